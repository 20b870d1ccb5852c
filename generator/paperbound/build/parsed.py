"""Parsed records, kept from build to build: only what changed of the sources is parsed again.

Kept are the records of each file, of each 256 lines where a file holds a record a line, by the digest of the bytes
that they were read from; and each file's stamp, for one that lies as it lay is not even opened. As tuples in sealed
files a record takes 8 µs to read, where parsing takes 60 and a pickle of dataclasses 20.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from ..model.date import PartialDate
from ..model.errors import Fault
from ..model.record import Author, Link, Origin, Record
from .sealed import read_sealed, read_slices, write_sealed, write_slices

_KIND, _FILES = "records 1", "files"
_RECORD = tuple(item.name for item in fields(Record))
_read_record, _set = attrgetter(*_RECORD), object.__setattr__
_AUTHOR = tuple(item.name for item in fields(Author))
_read_author = attrgetter(*_AUTHOR)
_people, _dates = {"authors", "editors"}, {"date", "added"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of some bytes: records, warnings, and by keys that were left behind: how often, and where first."""

    records: tuple[Record, ...]
    warnings: tuple[Fault, ...] = ()
    left: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Shelf:
    """What is kept, by digests of bytes, in a folder beside the output; of no use to other `code`.

    What is not asked for while a build reads is not kept any longer.
    """

    folder: Path
    code: str
    known: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, tuple[tuple[int, int, int], tuple[str, ...]]] = field(default_factory=dict)
    used: dict[str, bytes] = field(default_factory=dict)
    read: dict[str, tuple[tuple[int, int, int], tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, code: str) -> Shelf:
        """What lies in the folder and can be trusted."""
        known = read_slices(folder, _KIND, code)
        return cls(folder, code, known, read_sealed(folder / _FILES, _KIND, code) or {})

    def find_file(self, name: str, stamp: tuple[int, int, int]) -> list[Parsed] | None:
        """What was read of a file that lies as it lay; None for any other."""
        before, keys = self.files.get(name, (None, ()))
        if before != stamp or not all(key in self.known for key in keys):
            return None
        self.read[name] = (stamp, keys)
        return [self._take(key) for key in keys]

    def find(self, key: str) -> Parsed | None:
        """What was read of these bytes before."""
        return self._take(key) if key in self.known else None

    def _take(self, key: str) -> Parsed:
        body = self.used[key] = self.known[key]
        return _unpack(*marshal.loads(body))

    def put(self, key: str, parsed: Parsed) -> None:
        """Keeps what was read of some bytes."""
        self.used[key] = marshal.dumps(_pack(parsed), 2)

    def note(self, name: str, stamp: tuple[int, int, int], keys: Iterable[str]) -> None:
        """Keeps of which bytes a file is made, as it lies."""
        self.read[name] = (stamp, tuple(keys))

    def save(self) -> None:
        """Writes the slices that changed, each atomically."""
        write_slices(self.folder, _KIND, self.code, self.used, self.known, bytes)
        if self.read != self.files:
            write_sealed(self.folder / _FILES, _KIND, self.code, self.read)

    def clear(self) -> None:
        """Gives the memory back."""
        for kept in (self.known, self.files, self.used, self.read):
            kept.clear()


def _pack(parsed: Parsed) -> tuple[Any, ...]:
    warnings = [(one.file, one.line, one.field, one.message, one.remedy) for one in parsed.warnings]
    return [_pack_record(record) for record in parsed.records], warnings, dict(parsed.left)


def _pack_record(record: Record) -> list[Any]:
    values: list[Any] = list(_read_record(record))
    for place, name in enumerate(_RECORD):
        value = values[place]
        if not value:
            continue
        if name in _people:
            values[place] = tuple(_read_author(author) for author in value)
        elif name in _dates:
            values[place] = (value.year, value.month, value.day)
        elif name == "links":
            values[place] = tuple((link.kind, link.url) for link in value)
        elif name == "origin":
            values[place] = (value.file, value.line, value.native, value.by_title, dict(value.lines))
    return values


def _unpack(records: list[list[Any]], warnings: list[tuple[str, int, str, str, str]], left: dict[str, Any]) -> Parsed:
    faults = tuple(Fault(*one, warning=True) for one in warnings)
    return Parsed(tuple(map(_unpack_record, records)), faults, left)


def _unpack_record(values: list[Any]) -> Record:
    # Without __init__: what was kept had been checked, and checking is most of the time.
    record: Record = Record.__new__(Record)
    for name, value in zip(_RECORD, values, strict=True):
        if value:
            if name in _people:
                value = tuple(map(_unpack_author, value))
            elif name in _dates:
                value = PartialDate(*value)
            elif name == "links":
                value = tuple(Link(*link) for link in value)
            elif name == "origin":
                value = Origin(*value)
        _set(record, name, value)
    return record


def _unpack_author(values: tuple[str, ...]) -> Author:
    author: Author = Author.__new__(Author)
    for name, value in zip(_AUTHOR, values, strict=True):
        _set(author, name, value)
    return author
