"""Options of a theme: declarations, settings and custom properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from ..model.errors import FieldError, convert_each, name_nearest

TYPES = ("colour", "choice", "list", "text", "typeface")
# The typeface that is no file: what the reader's system has.
SYSTEM = "system"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PROPERTY = re.compile(r"--[a-z][a-z0-9-]*")
# Text in a stylesheet is one value: no sign that ends the value, the rule or the string that it stands in.
_UNSAFE = re.compile(r"[;{}<>\\\"'@]|/\*")
_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Option:
    """An option as theme.yaml declares it.

    A colour needs a contrast of 4.5:1 on all `grounds`; a choice is one of `values`, a list some of them, with spaces
    between. A typeface is a choice: `system`, or the name of two files among the theme's assets, a stylesheet and the
    font (WOFF2). The value is the custom property `property` of the stylesheet: in both schemes, or in `dark` alone.
    """

    type: str = "text"
    default: str = ""
    grounds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    property: str = ""
    scheme: str = ""


_KEYS = tuple(field.name for field in fields(Option))


def declare_options(declared: object, inherited: Mapping[str, Option]) -> dict[str, Option]:
    """Returns the options of a theme: those of its parent, with what its theme.yaml declares.

    `name: value` is short for `name: {default: value}`. Raises FieldError for a declaration that is not well formed.
    """
    if not isinstance(declared, Mapping):
        raise FieldError("options", "a mapping is expected here", 'Write `options: {paper_colour: "#fffdf5"}`.')

    def declare(item: tuple[str, Any]) -> tuple[str, Option]:
        name, value = item
        if not _NAME.fullmatch(str(name)):
            raise FieldError("options", f"{name!r} is no name of an option", "Use a to z, 0 to 9 and _.")
        keys = value if isinstance(value, Mapping) else {"default": value}
        return name, _declare(name, keys, inherited.get(name))

    return {**inherited, **dict(convert_each(declared.items(), declare))}


def choose_options(options: Mapping[str, Option], chosen: Mapping[str, str]) -> dict[str, str]:
    """Returns the value of each option: what site.yaml chose, or the default.

    Raises FieldError for an unknown option and for a value that the declaration refuses.
    """

    def check(item: tuple[str, str]) -> None:
        name, value = item
        if name not in options:
            remedy = name_nearest(name, options, "options")
            raise FieldError("theme_options", f"the theme has no option {name!r}", remedy)
        _check("theme_options", name, value, options[name])

    convert_each(chosen.items(), check)
    return {name: chosen.get(name, option.default) for name, option in options.items()}


def list_typefaces(options: Mapping[str, Option], values: Mapping[str, str]) -> dict[str, bool]:
    """Returns the names of all typefaces that have files, and whether each is chosen."""
    own = [name for name, one in options.items() if one.type == "typeface"]
    chosen = {values[name] for name in own}
    return {value: value in chosen for name in own for value in options[name].values if value != SYSTEM}


def write_properties(options: Mapping[str, Option], values: Mapping[str, str], names: Iterable[str]) -> str:
    """Returns the rules of a stylesheet that set the options' custom properties."""
    rules = []
    for name in sorted(names):
        option = options[name]
        if option.property and option.scheme == "dark":
            body = f"{option.property}:{values[name]}"
            # A dark page is printed on white paper.
            dark = "screen and (prefers-color-scheme:dark)"
            rules.append(f"@media {dark}{{:root:not([data-theme=light]){{{body}}}}}\n")
            rules.append(f"@media screen{{:root[data-theme=dark]{{{body}}}}}\n")
        elif option.property:
            rules.append(f":root{{{option.property}:{values[name]}}}\n")
    return "".join(rules)


def _declare(name: str, keys: Mapping[str, Any], parent: Option | None) -> Option:
    is_list = keys.get("type", parent.type if parent else "") == "list"
    lists = ("grounds", "values", "default") if is_list else ("grounds", "values")

    def check_key(item: tuple[str, Any]) -> None:
        key, value = item
        if key not in _KEYS:
            raise FieldError("options", f"{name}: {key!r} is no key of an option", name_nearest(key, _KEYS, "keys"))
        if isinstance(value, str) == (key in lists):
            remedy = f"Write `{key}: [first, second]`." if isinstance(value, str) else f"Write `{key}: …` in one line."
            raise FieldError("options", f"{name}: {key} is not of its form", remedy)

    convert_each(keys.items(), check_key)
    given = {key: value if isinstance(value, str) else tuple(map(str, value)) for key, value in keys.items()}
    if not isinstance(given.get("default", ""), str):
        given["default"] = " ".join(given["default"])
    if parent is None and "type" not in given:
        given["type"] = "colour" if _COLOUR.fullmatch(str(given.get("default", ""))) else "text"
    option = replace(parent or Option(), **given)  # type: ignore[arg-type]
    if option.type not in TYPES:
        remedy = name_nearest(option.type, TYPES, "types")
        raise FieldError("options", f"{name}: there is no type {option.type!r}", remedy)
    if option.property and not _PROPERTY.fullmatch(option.property):
        raise FieldError("options", f"{name}: {option.property!r} is no custom property", "Write `property: --name`.")
    if option.scheme not in ("", "dark"):
        raise FieldError("options", f"{name}: there is no scheme {option.scheme!r}", "Write `scheme: dark`.")
    convert_each(option.grounds, partial(_check_colour, "options", name))
    _check("options", name, option.default, option)
    return option


def _check(field: str, name: str, value: str, option: Option) -> None:
    chosen = {"choice": [value], "typeface": [value], "list": value.split()}

    def check_choice(one: str) -> None:
        if one not in option.values:
            raise FieldError(field, f"{name}: {one!r} is no choice", name_nearest(one, option.values, "choices"))

    convert_each(chosen.get(option.type, ()), check_choice)
    if option.type == "text" and option.property and _UNSAFE.search(value):
        remedy = "Leave out ; { } < > \\ \" ' @ and /*."
        raise FieldError(field, f"{name}: {value!r} cannot stand in a stylesheet", remedy)
    if option.type != "colour":
        return
    _check_colour(field, name, value)
    low, ground = min(((_measure_contrast(value, ground), ground) for ground in option.grounds), default=(21.0, ""))
    if low < _CONTRAST:
        message = f"{name}: {value} has a contrast of {low:.1f}:1 where text needs {_CONTRAST}:1"
        darker = _measure_luminance(ground) > 0.18
        raise FieldError(field, message, f"Choose a {'darker' if darker else 'lighter'} colour.")


def _check_colour(field: str, name: str, value: str) -> None:
    if not _COLOUR.fullmatch(value):
        raise FieldError(field, f"{name}: {value!r} is not a colour", 'Write it as "#0a6a54".')


def _measure_contrast(first: str, second: str) -> float:
    """Returns the contrast ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((_measure_luminance(first), _measure_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _measure_luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
