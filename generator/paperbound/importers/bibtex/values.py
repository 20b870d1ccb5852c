"""Values of BibTeX fields: parts joined by `#`, names of strings replaced by texts.

The form of values is that of "BibTeXing" (Patashnik 1988) and of "Tame the BeaST" (Markey 2009).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...text.dates import MONTHS
from .journals import STANDARD

_BRACES = re.compile(r"(?<!\\)[{}]")
_BRACES_AND_QUOTES = re.compile(r"(?<!\\)[{}]|\"")
_WORD = re.compile(r"[^\s#{}\"]+")
# Strings of strings, and parents of parents, end here: files of people have two or three.
DEEPEST = 50
_LONGEST = 100_000
_MONTHS = {name: month for month in MONTHS for name in (month[:3].lower(), month.lower())}
# `author = Kern #and# Lund` is common, and the string mostly in another file.
_KNOWN = {**_MONTHS, "sept": "September", "and": " and ", **STANDARD}


def read_value(raw: str, find_string: Callable[[str], str]) -> str:
    """Returns the text of a value: its parts joined, each name replaced by `find_string`."""
    parts = []
    at = 0
    while at < len(raw):
        sign = raw[at]
        if sign == "{":
            end = _find_brace(raw, at)
            parts.append(raw[at + 1 : end])
            at = end + 1
        elif sign == '"':
            end = _find_quote(raw, at)
            parts.append(raw[at + 1 : end])
            at = end + 1
        elif word := _WORD.match(raw, at):
            parts.append(word[0] if word[0].isdigit() else find_string(word[0]))
            at = word.end()
        else:
            at += 1
    return "".join(parts)


def _find_brace(raw: str, start: int) -> int:
    depth = 0
    for match in _BRACES.finditer(raw, start):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return len(raw)


def _find_quote(raw: str, start: int) -> int:
    depth = 0
    for match in _BRACES_AND_QUOTES.finditer(raw, start + 1):
        if match[0] == '"' and not depth:
            return match.start()
        if match[0] != '"':
            depth += 1 if match[0] == "{" else -1
    return len(raw)


class Strings:
    """The strings of all files by name, and the months; finds the text of each.

    `report` gets a message for a name that has no text: no file defines it, or it is defined by itself.
    """

    def __init__(self, raw: Mapping[str, str], report: Callable[[str], None]) -> None:
        self._raw, self._report = raw, report
        self._texts: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Finds the text of a string; returns the name for one without."""
        return self._find(name, ())

    def _find(self, name: str, way: tuple[str, ...]) -> str:
        key = name.lower()
        if key in self._texts:
            return self._texts[key]
        if key in way:
            circle = " → ".join((*way[way.index(key) :], key))
            self._report(f"the string {name!r} is defined by itself ({circle}); its name stands for the text")
            return name
        self._texts[key] = self._make(name, key, way)
        return self._texts[key]

    def _make(self, name: str, key: str, way: tuple[str, ...]) -> str:
        raw = self._raw.get(key)
        if raw is None:
            known = _KNOWN.get(key)
            if known is None:
                self._report(f"the string {name!r} is defined in none of the files; its name stands for the text")
            return known or name
        text = read_value(raw, lambda inner: self._find(inner, (*way, key))) if len(way) < DEEPEST else None
        if text is None or len(text) > _LONGEST:
            self._report(f"the string {name!r} is made of too many others; its name stands for the text")
            return name
        return text
