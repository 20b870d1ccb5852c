"""JSON answers: objects, arrays, wrapped arrays, JSON lines, with the line of each value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Record
from ...text.characters import decode
from ..files.detection import find_message
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..rows import Convert, Row
from ..values import JSON

# Keys of arrays and objects around papers, whoever saved them.
COMMON = frozenset(("message", "items", "results", "data", "papers", "records", "works"))
# Keys of an object that may be an error of a service.
_FEW = 6
# Entries that are no papers, from which on a file is left: 500 kB may hold 250,000.
MOST_OTHERS = 10_000
# Arrays and objects around the papers.
_DEEPEST = 10
_SPACE = re.compile(r"[\s,\ufeff]*")
_COLON = re.compile(r"\s*:\s*")


class Value(NamedTuple):
    """A JSON value, its line, and its number in the file, from 1."""

    value: Any
    line: int
    number: int


class JsonError(ValueError):
    """Raised for text that is no JSON; `at` is the place in the text."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def make_reader(
    convert: Convert,
    recognise: Callable[[Mapping[str, Any]], bool],
    wrappers: frozenset[str],
    dull: frozenset[str] = frozenset(),
) -> Reader:
    """Makes the reader of a service.

    `convert` converts an object of the service to a paper's fields. `recognise` says whether a file's first object is
    the service's. `wrappers` are the keys of objects and arrays around the papers. Keys that are not read are counted,
    but those that are `dull`.
    """

    def read(source: Source, context: ReadContext) -> Iterator[Record]:
        papers = 0
        for value, line, number in read_values(source, context, wrappers):
            if number - papers > MOST_OTHERS:
                message = f"of {number - 1:,} entries {papers:,} are papers; the rest of the file is left out"
                context.report(Fault(source.file, line, "", message, "Save the papers alone.", warning=True))
                return
            if value is None:
                continue
            if not isinstance(value, dict):
                message = f"entry {number} is no object: {json.dumps(value)[:60]}"
                context.report(Fault(source.file, line, "", message, "The others are read.", warning=True))
                continue
            row = Row(value, source.file, line, context)
            fields = convert(row)
            if fields and not fields.get("title") and len(value) < _FEW and (words := find_message(value)):
                message = f"an answer of a service, and no paper: {words[:200]!r}; left out"
                context.report(Fault(source.file, line, "", message, "Save the answer again.", warning=True))
                continue
            record = make_foreign(fields, row.origin, context) if fields is not None else None
            if record:
                papers += 1
                row.count_unused(dull)
                yield record

    def matches(data: bytes) -> bool:
        first = find_first_object(data, wrappers)
        return bool(first) and recognise(first)

    return Reader(read, matches=matches)


def read_values(source: Source, context: ReadContext, wrappers: frozenset[str]) -> Iterator[Value]:
    """Yields the values of an answer; reports other text, and goes on after it.

    An object with one of the keys `wrappers` stands for the values of that key.
    """
    text = decode(source, context.report)
    if text is None:
        return
    at, line, counted = 0, source.line, 0
    number = 0
    while at < len(text):
        walker = _Walker(text, wrappers)
        try:
            for value, start in walker.walk_all(at):
                line, counted = line + text.count("\n", counted, start), start
                number += 1
                yield Value(value, line, number)
            return
        except JsonError as error:
            place = line + text.count("\n", counted, error.at)
            message = f"the text is no JSON: {error}"
            context.report(Fault(source.file, place, "", message, "The entries that are JSON are read.", warning=True))
            at = _find_next(text, walker.start)


def find_first_object(data: bytes, wrappers: frozenset[str]) -> Mapping[str, Any]:
    """Returns the first object of an answer, or its part in these bytes."""
    walker = _Walker(data.decode("utf-8", "ignore"), wrappers)
    try:
        return next((value for value, _ in walker.walk_all(0) if isinstance(value, dict)), {})
    except JsonError:
        return walker.values


def _find_next(text: str, failed: int) -> int:
    # The next object that begins a line with the same indentation; a deeper one may be a part of the failed object.
    start = text.rfind("\n", 0, failed) + 1
    indent = text[start:failed] if not text[start:failed].strip() else ""
    found = text.find(f"\n{indent}{{", failed)
    return found + 1 if found >= 0 else len(text)


class _Walker:
    """Decoder of values one by one: a broken one spoils no other."""

    def __init__(self, text: str, wrappers: frozenset[str]) -> None:
        self.text, self.wrappers = text, wrappers
        self.start = self.depth = 0
        self.values: dict[str, Any] = {}

    def walk_all(self, at: int) -> Iterator[tuple[Any, int]]:
        """Yields all values from a place on: JSON lines are values without a comma."""
        while (at := self._skip(at)) < len(self.text):
            if self.text[at] in "]}" and at:  # the end of an array whose entry was left out
                at += 1
                continue
            at = yield from self._walk(at)

    def _walk(self, at: int) -> Any:
        if self.text[at] in "[{" and self.depth < _DEEPEST:
            self.depth += 1
            end = yield from (self._walk_array(at + 1) if self.text[at] == "[" else self._walk_object(at))
            self.depth -= 1
            return end
        value, end = self._decode(at)
        yield value, at
        return end

    def _walk_array(self, at: int) -> Any:
        while (at := self._skip(at)) < len(self.text) and self.text[at] != "]":
            if self.text[at] == "{" and self.depth < _DEEPEST:
                at = yield from self._walk(at)
            else:
                value, end = self._decode(at)
                yield value, at
                at = end
        if at >= len(self.text):
            raise JsonError("an array does not end", at)
        return at + 1

    def _walk_object(self, start: int) -> Any:
        self.start = start
        values = self.values = {}
        wraps = False
        at = start + 1
        while (at := self._skip(at)) < len(self.text) and self.text[at] != "}":
            key, at = self._decode(at)
            colon = _COLON.match(self.text, at)
            if not isinstance(key, str) or not colon:
                raise JsonError("a key and a colon are expected", at)
            at = colon.end()
            if key in self.wrappers and self.text[at : at + 1] in ("[", "{"):
                wraps = True
                at = yield from self._walk(at)
            else:
                values[key], at = self._decode(at)
        if at >= len(self.text):
            raise JsonError("an object does not end", at)
        if not wraps:
            yield values, start
        return at + 1

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        assert space
        return space.end()

    def _decode(self, at: int) -> tuple[Any, int]:
        try:
            return JSON.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise JsonError(error.msg, error.pos) from error
        except (ValueError, RecursionError) as error:  # 10,000 brackets
            raise JsonError(str(error).partition(";")[0], at) from error
