"""Values of foreign files: whether missing, as a line, as items, as shown."""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from typing import Any

from ..model.record import Author, Link
from ..text.characters import clean, collapse

_MOST_DIGITS = 4_000
_MISSING = frozenset(("", "nan", "null", "none", "n/a", "na", "<na>", "nil", "undefined", "-", "--", "[]", "{}"))
_MISSING_STARTS = frozenset(" \t\r\n\xa0<-[{nNuU")
_SEPARATOR = re.compile(r"[;,\n|]")
_LIST = re.compile(r"\s*+\[\s*+['\"{]")
_LONGEST_LIST = 100_000


_TEXTS: dict[type, Callable[[Any], tuple[str, ...]]] = {
    kind: attrgetter(*(one.name for one in fields(kind))) for kind in (Author, Link)
}


def _read_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


# A number of more digits than Python reads is its text.
JSON = json.JSONDecoder(parse_int=_read_number)


def is_missing(value: Any) -> bool:
    """Returns whether a value is missing: empty, no number, or a word such as `N/A`."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value or (value[0] in _MISSING_STARTS and len(value) < 12 and value.strip().lower() in _MISSING)
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, list | tuple | dict) and not value


def count_characters(value: Any) -> int:
    """Returns the number of characters in a value; each item counts as one more."""
    kind = type(value)
    if kind is str:
        return len(value)
    if kind is tuple or kind is list:
        return sum([len(one) if type(one) is str else count_characters(one) for one in value]) + len(value)
    if kind in _TEXTS:
        return sum(map(len, _TEXTS[kind](value))) + 1
    if isinstance(value, Mapping):
        return sum(len(str(key)) + count_characters(inner) + 1 for key, inner in value.items())
    return len(value) if isinstance(value, str) else 0


def show_value(value: Any) -> str:
    """Returns a value as messages show it: quoted, at most 100 characters."""
    text = str(value)
    return repr(text if len(text) <= 100 else f"{text[:97]}…")


def make_line(value: Any) -> str:
    """Returns a value as one line of text; of a list, its items."""
    if type(value) is str and value.isascii() and value.isprintable():
        return " ".join(value.split())  # most values
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(text for text in map(make_line, value) if text)
    if isinstance(value, Mapping):
        return make_line(next((value[key] for key in ("name", "title", "value", "text") if key in value), ""))
    return collapse(clean(str(value))[0])


def read_list(text: str) -> list[Any] | None:
    """Reads a list as JSON and Python write one; returns None for other text.

    Tables that pandas writes have such cells: `['Ada Kern', 'Bo Lund']`.
    """
    if not text.rstrip().endswith("]") or not _LIST.match(text) or len(text) > _LONGEST_LIST:
        return None
    readers: tuple[Callable[[str], Any], ...] = (JSON.decode, ast.literal_eval)
    for read in readers:
        with suppress(ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            found = read(text.strip())
            return found if isinstance(found, list) else None
    return None


def list_items(value: Any, separators: str = r"[;\n|]") -> list[Any]:
    """Returns the items of a list, or of a text in which signs separate them."""
    items: Iterable[Any]
    if isinstance(value, str):
        items = read_list(value) or (re.split(separators, value) if _SEPARATOR.search(value) else (value,))
    elif isinstance(value, list | tuple):
        items = value
    else:
        items = (value,)
    return [item for item in items if not is_missing(item)]
