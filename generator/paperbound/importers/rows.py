"""Rows of foreign files: values by key as text, lists or rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model.errors import Fault
from ..model.record import Origin
from .importer import ReadContext
from .values import is_missing

_TYPES = {dict: "a mapping", list: "a list", str: "text", bool: "yes or no", int: "a number", float: "a number"}


@dataclass(frozen=True, slots=True)
class Row:
    """A mapping of a foreign file, at a line.

    `used` collects the keys that were read. `path` is the place in the outer mapping of the file, such as `paper.`;
    `lines` are the lines of keys, where known.
    """

    values: Mapping[str, Any]
    file: str
    line: int
    context: ReadContext
    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @property
    def origin(self) -> Origin:
        """The origin of the record of this row."""
        return Origin(self.file, self.line, native=False, lines=self.lines)

    def warn(self, name: str, message: str, remedy: str = "The paper stays without this value.") -> None:
        """Reports a warning for a field of this row."""
        line = self.lines.get(name, self.line)
        self.context.report(Fault(self.file, line, f"{self.path}{name}", message, remedy, warning=True))

    def raw(self, name: str) -> Any:
        """Returns the value of a key; None for a missing, empty or NaN value."""
        self.used.add(name)
        value = self.values.get(name)
        return None if is_missing(value) else value

    def text(self, *names: str) -> str:
        """Returns the first text of the first key that has one; else an empty text."""
        self.used.update(names)
        return next((texts[0] for name in names if name in self.values and (texts := self.texts(name))), "")

    def name_part(self, *names: str) -> str:
        """Returns a part of a person's name: `Na` and `Null` are names."""
        given = next((value for name in names if isinstance(value := self.values.get(name), str) and value.strip()), "")
        return self.text(*names) or given.strip()

    def texts(self, name: str) -> list[str]:
        """Returns the texts and numbers of a key; warns of other types."""
        found = []
        given = self.raw(name)
        if given is None or type(given) is str:  # most keys
            return [given] if given and given.strip() else []
        for value in _list(given):
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                found.append(_write(value))
            else:
                self._warn_type(name, value, "text")
        return [text for text in found if text.strip()]

    def number(self, name: str) -> int | None:
        """Returns the whole number of a key, or None; warns of other values."""
        value = self.raw(name)
        if value is None:
            return None
        text = _write(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
        if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 20:
            return int(text)
        self.warn(name, f"{_quote(value)} is no whole number")
        return None

    def is_true(self, name: str) -> bool:
        """Returns whether a key says yes."""
        return str(self.raw(name)).lower() in ("true", "yes", "1")

    def row(self, name: str) -> Row:
        """Returns the first mapping of a key as a row; else an empty row."""
        return next(iter(self.rows(name)), self._make({}, name))

    def rows(self, name: str) -> list[Row]:
        """Returns the mappings of a key as rows; warns of other types."""
        found = []
        for value in _list(self.raw(name)):
            if isinstance(value, Mapping):
                found.append(self._make(value, name))
            else:
                self._warn_type(name, value, "a mapping")
        return found

    def find_unused(self, dull: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yields the keys with a value that were not read, but those that are `dull`."""
        for name, value in self.values.items():
            if not (is_missing(value) or name in self.used or f"{self.path}{name}" in dull):
                yield f"{self.path}{name}"

    def count_unused(self, dull: frozenset[str] = frozenset()) -> None:
        """Counts the keys that were not read: a file gives one warning for each."""
        for name in self.find_unused(dull):
            self.context.count_unknown(name, self.line)

    def _make(self, values: Mapping[str, Any], name: str) -> Row:
        return Row(values, self.file, self.line, self.context, f"{self.path}{name}.", self.lines)

    def _warn_type(self, name: str, value: Any, expected: str) -> None:
        kind = _TYPES.get(type(value), "another type")
        self.warn(name, f"{_quote(value)} is {kind}, where {expected} is expected")


Convert = Callable[[Row], Mapping[str, Any] | None]
"""A function that converts a row to a paper's fields, or returns None for a row that is no paper."""


def _list(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if not is_missing(one)]


def _write(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int) and abs(value) >= 10**30:
        return f"{value:#x}"  # longer numbers than Python writes in decimals
    return str(value)


def _quote(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
