"""A Record as a native YAML record, which reads back as the same Record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from ..model.date import PartialDate
from ..model.record import FIELDS, Author, Link, Record, Signal
from ..text.memo import memoize_text
from ..text.yamltext import compose_mapping, load_entries

_WIDTH = 100
# Texts that YAML has without quotes, DOIs and pages too, and texts with a colon or a number sign, which have them; of
# what PyYAML writes these are most, and it takes 60 µs for each.
_SIGNS = r"[^\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_PLAIN = re.compile(
    rf"(?!(?:y|n|yes|no|on|off|true|false|null)$)(?:[a-z]|\d[\d.]*[–/])(?:{_SIGNS}:#]++|:(?! |$)|(?<! )#)*+(?<! )",
    re.IGNORECASE,
)
_SPACE = re.compile(r"(?<! ) (?! )")
_QUOTED = re.compile(rf"[a-z]{_SIGNS}]*+(?<![ :])", re.IGNORECASE)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and everything else as PyYAML does."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and not any(line.endswith(" ") for line in text.split("\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_record(record: Record, stem: str) -> str:
    """Writes the record as YAML, without an id equal to the file's stem."""
    names = [name for name in FIELDS if getattr(record, name) and not (name == "id" and record.id == stem)]
    return write_fields(record, names)


def list_plain_values(record: Record) -> dict[str, Any]:
    """Returns the values of a record as YAML and JSON hold them, without empty ones."""
    return {name: _convert(value) for name in FIELDS if (value := getattr(record, name))}


def write_fields(record: Record, names: Iterable[str]) -> str:
    """Writes some fields of the record as YAML, in the given order."""
    return "".join(_write_field(name, _convert(getattr(record, name))) for name in names)


def replace_fields(text: str, record: Record, names: Iterable[str]) -> str:
    """Replaces fields in the YAML of a record, or adds them at its end.

    All else stays as it is. A record in one line is written anew. Raises YamlError for a text that is no mapping.
    """
    root = compose_mapping(text)
    if not root or root.flow_style:
        return write_fields(record, [name for name in FIELDS if getattr(record, name)])
    return _replace_lines(text, root, {name: write_fields(record, [name]) for name in names})


def replace_papers(text: str, papers: Iterable[str]) -> str:
    """Replaces the papers in the YAML of a collection; all else stays as it is.

    A collection in one line is written anew. Raises YamlError for a text that is no mapping.
    """
    root, listed = compose_mapping(text), list(papers)
    if root and root.flow_style:
        values = {**load_entries(text)[1][0].values, "papers": listed}
        return "".join(_write_field(name, value) for name, value in values.items())
    written = _write_field("papers", listed)
    return _replace_lines(text, root, {"papers": written}) if root else "\n".join([*text.splitlines(), written])


def _replace_lines(text: str, root: yaml.MappingNode, fields: Mapping[str, str]) -> str:
    lines = text.rstrip("\n").split("\n")
    starts = [key.start_mark.line for key, _ in root.value] + [len(lines)]
    places = {key.value: (start, end) for (key, _), start, end in zip(root.value, starts, starts[1:], strict=False)}
    for name in sorted(places.keys() & fields.keys(), key=lambda name: -places[name][0]):
        start, end = places[name]
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        lines[start:end] = fields[name].rstrip("\n").split("\n")
    added = "".join(written for name, written in fields.items() if name not in places)
    return "\n".join(lines) + "\n" + added


def write_collection(title: str, date: str, description: str, series: str, papers: Iterable[str], **others: Any) -> str:
    """Writes a collection as YAML, without empty values; `others` are its other fields, by name."""
    values: dict[str, Any] = {"title": title, "date": date, "description": description, "series": series, **others}
    values["papers"] = list(papers)
    return "".join(_write_field(name, value) for name, value in values.items() if value or name == "papers")


def _write_field(name: str, value: Any) -> str:
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return f"{name}: {_fold(value, len(name) + 2)}\n"
        if (": " in value or " #" in value) and _QUOTED.fullmatch(value):
            quoted = value.replace("'", "''")
            return f"{name}: '{_fold(quoted, len(name) + 3)}'\n"
        if len(value) < 20:  # a date, a number
            return memoize_text("yaml", f"{name}: {value}", lambda text: _dump({name: text}), value)
    elif name in ("authors", "editors") and all(isinstance(one, str) and _PLAIN.fullmatch(one) for one in value):
        return "".join([f"{name}:\n", *(f"- {_fold(one, 2)}\n" for one in value)])
    elif name == "links" and all(map(_PLAIN.fullmatch, (*value, *value.values()))):
        return "".join(["links:\n", *(f"  {kind}: {url}\n" for kind, url in value.items())])
    if name in ("tags", "aliases", "related") and isinstance(value, list):
        flow = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=10_000)
        return f"{name}: {flow}"
    return _dump({name: value})


def _dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _fold(text: str, column: int) -> str:
    """Folds a text as PyYAML does: at the first single space beyond the width."""
    if len(text) + column <= _WIDTH:
        return text
    lines, start = [], 0
    while space := _SPACE.search(text, start + _WIDTH + 1 - column):
        lines.append(text[start : space.start()])
        start, column = space.end(), 2
    return "\n  ".join([*lines, text[start:]])


def _convert(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, tuple) and value and isinstance(value[0], Link):
        return {link.kind: link.url for link in value}
    if isinstance(value, tuple) and value and isinstance(value[0], Signal):
        return {one.name: _convert_signal(one) for one in value}
    if isinstance(value, tuple):
        return [_convert_author(item) if isinstance(item, Author) else _convert(item) for item in value]
    if isinstance(value, dict):
        return {key: _convert(inner) for key, inner in value.items()}
    return value


def _convert_signal(signal: Signal) -> dict[str, Any]:
    values = {"value": signal.value, "date": signal.date.iso if signal.date else "", "source": signal.source}
    return {key: value for key, value in values.items() if value != ""}


def _convert_author(author: Author) -> str | dict[str, str]:
    keys = ("name", "id", "orcid", "affiliation", "url")
    known = {key: getattr(author, key) for key in keys if getattr(author, key)}
    return author.name if len(known) == 1 else known
