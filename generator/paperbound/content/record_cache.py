"""The cache of parsed records: chunks by the digest of their bytes.

A record takes 8 µs to read from the cache, where parsing takes 60, and is decoded only if needed (decision 9).
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from ..model.date import PartialDate
from ..model.digests import digest_bytes
from ..model.errors import Fault
from ..model.record import (
    DATES,
    FIELDS,
    LINKS,
    PEOPLE,
    SIGNALS,
    Author,
    Link,
    Origin,
    Record,
    Signal,
    Text,
    list_values,
)
from ..storage.cache_files import PrivateFolder, read_segments, read_value, write_segments, write_value
from ..storage.sources import FileStat

_CHUNKS, _SOURCES = "records-7", "sources-2"
# Fields that no other page, no list and no order shows.
PRIVATE = ("abstract", "summary", "notes", "extra")
_PRIVATE = tuple(map(FIELDS.index, PRIVATE))
# Fields whose lines stand in warnings about several papers.
_WARNED = ("title", "slug", "tags", "authors", "id", "doi", "arxiv")
_Value = TypeVar("_Value")
# A chunk as text, numbers, bytes and tuples of them.
PackedChunk = tuple[Any, ...]


@dataclass(slots=True)
class ParsedChunk:
    """The result of parsing one chunk: records, warnings, and unknown keys.

    By unknown key, the count and the first line. `ids` and `digests` are those of the records. `shared_digest` is the
    digest of everything except long texts: all that other pages, lists and warnings show of the records; `latest` is
    the ordinal of their latest date, or 0. Both are empty before the chunk is packed.
    """

    ids: tuple[str, ...]
    digests: tuple[str, ...]
    warnings: tuple[Fault, ...]
    unknown: Mapping[str, tuple[int, int]]
    _decoded: dict[int, Record] = field(compare=False)
    shared_digest: str = field(default="", compare=False)
    latest: int = field(default=0, compare=False)
    _ends: tuple[int, ...] = field(default=(), compare=False)
    _body: bytes = field(default=b"", compare=False)

    @classmethod
    def of(
        cls, records: Sequence[Record], warnings: tuple[Fault, ...], unknown: Mapping[str, tuple[int, int]]
    ) -> ParsedChunk:
        """Makes the chunk of records that were parsed now."""
        ids, digests = tuple(one.id for one in records), tuple(one.digest for one in records)
        return cls(ids, digests, warnings, unknown, dict(enumerate(records)))

    @property
    def records(self) -> tuple[Record, ...]:
        """The records, in the order of the source; frees the memory of their packed form."""
        records = tuple(map(self.find, range(len(self.ids))))
        self._ends, self._body = (), b""
        return records

    def find(self, at: int) -> Record:
        """Finds the record at a place, decoded on first use."""
        record = self._decoded.get(at)
        if record is None:
            body = self._body[self._ends[at - 1] if at else 0 : self._ends[at]]
            record = self._decoded[at] = unpack_record(marshal.loads(body))
        return record

    def pack(self) -> PackedChunk:
        """Packs the chunk, and computes its shared digest and its latest date."""
        ends, body = self._ends, self._body
        if not body:
            rows = list(map(pack_record, self.records))
            # In one run of bytes: 81,417 small ones, freed again, left a heap in which all that followed took a fifth
            # longer.
            bodies = [marshal.dumps(row, 2) for row in rows]
            ends, body = tuple(accumulate(map(len, bodies))), b"".join(bodies)
            self.shared_digest = _digest_shared(self.records, rows)
            self.latest = max((one.date.first_day.toordinal() for one in self.records if one.date), default=0)
        warnings = tuple(map(pack_fault, self.warnings))
        return self.ids, self.digests, self.shared_digest, self.latest, warnings, dict(self.unknown), ends, body

    def move(self, lines: int) -> ParsedChunk:
        """Returns the chunk as it is that number of lines further down its file."""
        for record in self.records:
            origin = record.origin
            fields = {name: line + lines for name, line in origin.lines.items()}
            object.__setattr__(record, "origin", replace(origin, line=origin.line + lines, lines=fields))
        warnings = tuple(replace(one, line=one.line + lines) if one.line else one for one in self.warnings)
        unknown = {key: (count, line + lines) for key, (count, line) in self.unknown.items()}
        return ParsedChunk.of(self.records, warnings, unknown)

    @classmethod
    def unpack(cls, packed: PackedChunk) -> ParsedChunk:
        """Makes the chunk that was packed; each record is decoded on first use."""
        ids, digests, shared_digest, latest, warnings, unknown, ends, body = packed
        return cls(ids, digests, unpack_faults(warnings), unknown, {}, shared_digest, latest, ends, body)


class KnownSource(NamedTuple):
    """A source file of the previous build: stat, format and keys of its chunks.

    `offers` is what the file offers to other files of its format, `warnings` are those of its format and encoding.
    """

    stat: FileStat
    format: str
    keys: tuple[str, ...]
    offers: Mapping[str, Any]
    warnings: tuple[Fault, ...]


@dataclass(slots=True)
class RecordCache:
    """The parsed chunks of the previous build by key, and its source files.

    `save` drops the chunks that the build did not use.
    """

    private: PrivateFolder
    code: str
    known: dict[str, PackedChunk] = field(default_factory=dict)
    known_sources: dict[str, KnownSource] = field(default_factory=dict)
    used: dict[str, PackedChunk] = field(default_factory=dict)
    used_sources: dict[str, KnownSource] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, private: PrivateFolder, code: str) -> RecordCache:
        """Loads the cache that the same code wrote."""
        packed = read_value(private.manifest / "sources", _SOURCES, code) or {}
        sources = {
            name: KnownSource(FileStat(*stat), name_of_format, keys, offers, unpack_faults(warnings))
            for name, (stat, name_of_format, keys, offers, warnings) in packed.items()
        }
        return cls(private, code, read_segments(private.cache / "records", _CHUNKS, code), sources)

    def find_source(self, name: str, stat: FileStat) -> KnownSource | None:
        """Returns the source file of a name; None for a new file or another stat."""
        known = self.known_sources.get(name)
        return known if known and known.stat == stat and all(key in self.known for key in known.keys) else None

    def find(self, key: str) -> ParsedChunk | None:
        """Finds a chunk by its key."""
        return self._use(key) if key in self.known else None

    def find_moved(self, key: str) -> ParsedChunk | None:
        """Finds a chunk that stood at another line, whose number a key begins with."""
        if not self._places:
            self._places.update((known.partition(" ")[2], known) for known in self.known)
        line, _, place = key.partition(" ")
        known = self._places.get(place)
        if known is None:
            return None
        return ParsedChunk.unpack(self.known[known]).move(int(line) - int(known.partition(" ")[0]))

    def _use(self, key: str) -> ParsedChunk:
        packed = self.used[key] = self.known[key]
        return ParsedChunk.unpack(packed)

    def put(self, key: str, chunk: ParsedChunk) -> None:
        """Puts a chunk into the cache, unless it came from there."""
        if key not in self.used:
            self.used[key] = chunk.pack()

    def put_source(self, name: str, source: KnownSource) -> None:
        """Puts a source file into the cache, whose chunks are there."""
        self.used_sources[name] = source

    def save(self) -> None:
        """Writes what changed, each file atomically."""
        write_segments(self.private.cache / "records", _CHUNKS, self.code, self.used, self.known, tuple)
        if self.used_sources != self.known_sources:
            self.private.manifest.mkdir(parents=True, exist_ok=True)
            sources = {
                name: (tuple(stat), *rest, tuple(map(pack_fault, warnings)))
                for name, (stat, *rest, warnings) in self.used_sources.items()
            }
            write_value(self.private.manifest / "sources", _SOURCES, self.code, sources)

    def clear(self) -> None:
        """Frees the memory."""
        for values in (self.known, self.known_sources, self.used, self.used_sources, self._places):
            values.clear()


def pack_fault(fault: Fault) -> tuple[str, int, str, str, str, bool, str]:
    """Packs a warning as text and numbers."""
    return fault.file, fault.line, fault.field, fault.message, fault.remedy, True, fault.rule


def unpack_faults(packed: Iterable[tuple[str, int, str, str, str, bool, str]]) -> tuple[Fault, ...]:
    """Makes the warnings that were packed."""
    return tuple(Fault(*row) for row in packed)


def _digest_shared(records: Iterable[Record], rows: Iterable[tuple[list[Any], Any, Any, str]]) -> str:
    shown = []
    for record, (values, _, _, _) in zip(records, rows, strict=True):
        for place in _PRIVATE:
            values[place] = bool(values[place])
        origin = record.origin
        lines = [origin.line_of(name) for name in _WARNED]
        shown.append((values, origin.file, origin.line, origin.native, origin.by_title, lines))
    return digest_bytes(marshal.dumps(shown, 2))


def pack_record(record: Record) -> tuple[list[Any], Any, Any, str]:
    """Packs a record as text, numbers, tuples and mappings."""
    origin = record.origin
    packed = (origin.file, origin.line, origin.native, origin.by_title, dict(origin.lines))
    return list_values(record), packed, {name: tuple(text) for name, text in record.texts.items()}, record.digest


def unpack_record(packed: tuple[list[Any], Any, Any, str]) -> Record:
    """Makes the record that was packed."""
    # Packed values were checked when they were parsed, and checks are most of the time.
    values, origin, texts, digest = packed
    for place in PEOPLE:
        if people := values[place]:
            values[place] = tuple([_restore(Author, one) for one in people])
    for place in DATES:
        if date := values[place]:
            values[place] = PartialDate(*date)
    if links := values[LINKS]:
        values[LINKS] = tuple([Link(*link) for link in links])
    if signals := values[SIGNALS]:
        values[SIGNALS] = tuple(
            [Signal(name, value, day and PartialDate(*day), source) for name, value, day, source in signals]
        )
    return _restore(Record, (*values, Origin(*origin), {name: Text(*one) for name, one in texts.items()}, digest))


def _restore(kind: type[_Value], values: Iterable[Any]) -> _Value:
    # From all fields in order, without `__post_init__`: the values were checked when the first object was created.
    value = object.__new__(kind)
    for name, item in zip(kind.__slots__, values, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(value, name, item)
    return value
