"""Edits of authors.yaml: variants and people are added; comments and all else stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from ...model.catalogue import Profile
from ...model.errors import Fault, InputError
from ...text.slugs import make_slug
from ...text.yamltext import YamlError, compose, load_entries

_FIELDS = ("id", "name", "variants", "orcid")


def add_profiles(text: str, profiles: Iterable[Profile], file: str) -> str:
    """Returns the text of authors.yaml with the people, or their variants, added.

    Raises InputError where the file is written in a way that cannot be edited without loss.
    """
    for profile in profiles:
        people = _read(text)
        edited = _add(text, profile) if people is not None and all(map(_is_person, people)) else None
        if edited is None or _read(edited) != _expect(text, profile):
            message = f"{profile.name!r} cannot be added without changing other lines"
            raise InputError([Fault(file, 0, "", message, "Add this by hand: " + _write(profile, 0).strip())])
        text = edited
    return text


def _read(text: str) -> list[dict[str, Any]] | None:
    try:
        return [dict(entry.values) for entry in load_entries(text)[1]]
    except YamlError:
        return None


def _is_person(values: dict[str, Any]) -> bool:
    variants = values.get("variants") or []
    texts = [values.get("name"), values.get("id") or "", *(variants if isinstance(variants, list) else [None])]
    return bool(values.get("name")) and all(isinstance(one, str) for one in texts)


def _name_id(values: dict[str, Any]) -> str:
    return str(values.get("id") or make_slug(str(values.get("name") or "")))


def _expect(text: str, profile: Profile) -> list[dict[str, Any]]:
    """Returns the values of the file after the edit."""
    entries = _read(text) or []
    for values in entries:
        if _name_id(values) == profile.id:
            known = list(values.get("variants") or [])
            if new := [one for one in profile.variants if one not in known]:
                values["variants"] = known + new
            return entries
    return [*entries, {name: value for name, value in _list_values(profile).items() if value}]


def _list_values(profile: Profile) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in _FIELDS}
    return {**values, "variants": list(profile.variants)}


def _write(profile: Profile, column: int) -> str:
    values = {name: value for name, value in _list_values(profile).items() if value}
    written = yaml.safe_dump([values], sort_keys=False, allow_unicode=True, width=10_000)
    return "".join(f"{' ' * column}{line}\n" for line in written.splitlines())


def _add(text: str, profile: Profile) -> str | None:
    root = compose(text)
    if root is None:
        return text + ("\n" if text and not text.endswith("\n") else "") + _write(profile, 0)
    if not isinstance(root, yaml.SequenceNode) or root.flow_style:
        return None
    for node in root.value:
        keys = {key.value: value for key, value in node.value}
        if _name_id({key: value.value for key, value in keys.items()}) == profile.id:
            known = [item.value for item in keys["variants"].value] if "variants" in keys else []
            new = [one for one in profile.variants if one not in known]
            return _add_variants(text, node, keys, new) if new else text
    return text.rstrip("\n") + "\n" + _write(profile, root.start_mark.column)


def _add_variants(text: str, node: yaml.MappingNode, keys: dict[str, yaml.Node], new: list[str]) -> str:
    flow = yaml.safe_dump(new, default_flow_style=True, allow_unicode=True, width=10_000).strip()
    variants = keys.get("variants")
    if isinstance(variants, yaml.SequenceNode) and variants.value and not variants.flow_style:
        last = variants.value[-1]
        lines = "".join(f"{' ' * variants.start_mark.column}- {_quote(one)}\n" for one in new)
        return _insert_line(text, last.end_mark.line + 1, lines)
    if isinstance(variants, yaml.SequenceNode):
        return _insert_item(text, variants, flow[1:-1])
    if node.flow_style:
        return _insert_item(text, node, f"variants: {flow}")
    name = keys["name"]
    return _insert_line(text, name.end_mark.line + 1, f"{' ' * node.start_mark.column}variants: {flow}\n")


def _quote(text: str) -> str:
    return yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10_000).strip()[1:-1]


def _insert_line(text: str, line: int, added: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join([*lines[:line], added, *lines[line:]])


def _insert_item(text: str, node: yaml.Node, added: str) -> str:
    """Inserts an item before the bracket at the end of a node."""
    end = node.end_mark.index - 1
    head = text[:end].rstrip()
    comma = "" if head.endswith((",", "[", "{")) else ","
    gap = " " if not head.endswith(("[", "{")) else ""
    return f"{head}{comma}{gap}{added}{text[end:]}"
