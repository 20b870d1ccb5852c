"""Parsed records, kept from build to build: only what changed of the sources is parsed again.

Kept are the records of each file, of each 256 lines where a file holds a record a line, by the digest of the bytes
that they were read from; and each file's stamp, for one that lies as it lay is not even opened. As tuples in sealed
files a record takes 8 µs to read, where parsing takes 60 and a pickle of dataclasses 20; and records are unpacked
only where one of them is asked for.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..model.date import PartialDate
from ..model.errors import Fault
from ..model.record import DATES, FIELDS, LINKS, PEOPLE, Author, Link, Origin, Record, list_values
from ..model.values import make_restorer
from ..storage.cache_files import read_sealed, read_slices, write_sealed, write_slices
from ..text.digests import digest_bytes

_KIND, _FILES = "records 3", "files"
_restore_record, _restore_author = make_restorer(Record), make_restorer(Author)
# What no other page, no list and no order shows of a paper.
_UNSEEN = tuple(map(FIELDS.index, ("abstract", "summary", "notes", "extra")))
_TOLD = ("title", "slug", "tags", "authors", "id", "doi", "arxiv")


@dataclass(slots=True)
class Parsed:
    """What was read of some bytes: records, warnings, and by keys that were left behind: how often, and where first.

    `ids` and `digests` are those of the records, `face` is the digest of all that other pages, lists and warnings say
    of them, of everything but long texts; empty before they are packed.
    """

    ids: tuple[str, ...]
    digests: tuple[str, ...]
    warnings: tuple[Fault, ...]
    left: Mapping[str, tuple[int, int]]
    _made: dict[int, Record] = field(compare=False)
    face: str = field(default="", compare=False)
    _ends: tuple[int, ...] = field(default=(), compare=False)
    _body: bytes = field(default=b"", compare=False)

    @classmethod
    def of(cls, records: Sequence[Record], warnings: tuple[Fault, ...], left: Mapping[str, tuple[int, int]]) -> Parsed:
        """What was read just now."""
        ids, digests = tuple(one.id for one in records), tuple(one.digest for one in records)
        return cls(ids, digests, warnings, left, dict(enumerate(records)))

    @property
    def records(self) -> tuple[Record, ...]:
        """The records, in the order of the source; what they were packed in is given back."""
        records = tuple(map(self.find, range(len(self.ids))))
        self._ends, self._body = (), b""
        return records

    def find(self, at: int) -> Record:
        """One of the records."""
        record = self._made.get(at)
        if record is None:
            body = self._body[self._ends[at - 1] if at else 0 : self._ends[at]]
            record = self._made[at] = _unpack_record(marshal.loads(body))
        return record

    def pack(self) -> tuple[Any, ...]:
        """All of what was read as tuples, text and numbers; its face is known from now on."""
        ends, body = self._ends, self._body
        if not body:
            rows = list(map(_pack_record, self.records))
            # In one run of bytes: 81,417 small ones, freed again, left a heap in which all that followed took a fifth
            # longer.
            bodies = [marshal.dumps(row, 2) for row in rows]
            ends, body = tuple(accumulate(map(len, bodies))), b"".join(bodies)
            self.face = _digest_faces(self.records, rows)
        return self.ids, self.digests, self.face, tuple(map(pack_fault, self.warnings)), dict(self.left), ends, body

    @classmethod
    def unpack(cls, packed: tuple[Any, ...]) -> Parsed:
        """What was packed; each record is unpacked when it is asked for."""
        ids, digests, face, warnings, left, ends, body = packed
        return cls(ids, digests, unpack_faults(warnings), left, {}, face, ends, body)


@dataclass(slots=True)
class Shelf:
    """What is kept, by digests of bytes, in a folder beside the output; of no use to other `code`.

    What is not asked for while a build reads is not kept any longer.
    """

    folder: Path
    code: str
    known: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    files: dict[str, tuple[tuple[int, int, int], tuple[str, ...]]] = field(default_factory=dict)
    used: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    read: dict[str, tuple[tuple[int, int, int], tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, code: str) -> Shelf:
        """What lies in the folder and can be trusted."""
        known = read_slices(folder, _KIND, code)
        return cls(folder, code, known, read_sealed(folder / _FILES, _KIND, code) or {})

    @property
    def catalogue(self) -> Path:
        """Where the catalogue of these records is kept."""
        return self.folder / "catalogue"

    def find_file(self, name: str, stamp: tuple[int, int, int]) -> list[Parsed] | None:
        """What was read of a file that lies as it lay; None for any other."""
        before, keys = self.files.get(name, (None, ()))
        if before != stamp or not all(key in self.known for key in keys):
            return None
        self.read[name] = (stamp, keys)
        return [self._take(key) for key in keys]

    def has(self, key: str) -> bool:
        """Whether these bytes were read before."""
        return key in self.known

    def find(self, key: str) -> Parsed | None:
        """What was read of these bytes before."""
        return self._take(key) if key in self.known else None

    def _take(self, key: str) -> Parsed:
        packed = self.used[key] = self.known[key]
        return Parsed.unpack(packed)

    def put(self, key: str, parsed: Parsed) -> None:
        """Keeps what was read of some bytes."""
        self.used[key] = parsed.pack()

    def note(self, name: str, stamp: tuple[int, int, int], keys: Iterable[str]) -> None:
        """Keeps of which bytes a file is made, as it lies."""
        self.read[name] = (stamp, tuple(keys))

    def save(self) -> None:
        """Writes the slices that changed, each atomically."""
        write_slices(self.folder, _KIND, self.code, self.used, self.known, tuple)
        if self.read != self.files:
            write_sealed(self.folder / _FILES, _KIND, self.code, self.read)

    def clear(self) -> None:
        """Gives the memory back."""
        for kept in (self.known, self.files, self.used, self.read):
            kept.clear()


def pack_fault(fault: Fault) -> tuple[str, int, str, str, str]:
    """A warning as text and numbers."""
    return fault.file, fault.line, fault.field, fault.message, fault.remedy


def unpack_faults(packed: Iterable[tuple[str, int, str, str, str]]) -> tuple[Fault, ...]:
    """The warnings that were packed."""
    return tuple(Fault(file, line, field, message, remedy, True) for file, line, field, message, remedy in packed)


def _digest_faces(records: Iterable[Record], rows: Iterable[tuple[list[Any], Any, str]]) -> str:
    faces = []
    for record, (values, _, _) in zip(records, rows, strict=True):
        for place in _UNSEEN:
            values[place] = None
        origin = record.origin
        # Of the lines those that warnings name.
        lines = [origin.line_of(name) for name in _TOLD]
        faces.append((values, origin.file, origin.line, origin.native, origin.by_title, lines))
    return digest_bytes(marshal.dumps(faces, 2))


def _pack_record(record: Record) -> tuple[list[Any], Any, str]:
    origin = record.origin
    packed = (origin.file, origin.line, origin.native, origin.by_title, dict(origin.lines))
    return list_values(record), packed, record.digest


def _unpack_record(packed: tuple[list[Any], Any, str]) -> Record:
    # What was kept had been checked, and checking is most of the time.
    values, origin, digest = packed
    for place in PEOPLE:
        if people := values[place]:
            values[place] = tuple([_restore_author(*one) for one in people])
    for place in DATES:
        if date := values[place]:
            values[place] = PartialDate(*date)
    if links := values[LINKS]:
        values[LINKS] = tuple([Link(*link) for link in links])
    return _restore_record(*values, origin=Origin(*origin), digest=digest)
