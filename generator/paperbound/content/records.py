"""Files of records: parsed in chunks, or read from the cache if unchanged."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from ..importers import IMPORTERS, find_importer
from ..importers.fields import report_unknown
from ..importers.importer import ReadContext, Reader
from ..model.build import Source
from ..model.date import PartialDate
from ..model.digests import digest_bytes
from ..model.errors import Fault, Report
from ..model.record import DATES, FIELDS, LINKS, PEOPLE, Author, Link, Origin, Record, Text, list_values
from ..storage.cache_files import PrivateFolder, read_segments, read_value, write_segments, write_value
from ..storage.sources import FileStat, name_file, read_source, walk_files

# An id as YAML or JSON writes it, in a file that may not parse.
_IDENT = re.compile(rb"""[\"']?\bid[\"']?\s*:\s*[\"']?([^\s\"',}]+)""")
_CHUNKS, _SOURCES = "records-5", "sources-1"
# Fields that no other page, no list and no order shows.
_PRIVATE = tuple(map(FIELDS.index, ("abstract", "summary", "notes", "extra")))
# Fields whose lines stand in warnings about several papers.
_WARNED = ("title", "slug", "tags", "authors", "id", "doi", "arxiv")
# A chunk as text, numbers, bytes and tuples of them.
PackedChunk = tuple[Any, ...]
_Value = TypeVar("_Value")


def read_chunks(
    folder: Path, report: Report, faulty_ids: set[str] | None = None, cache: RecordCache | None = None
) -> tuple[ParsedChunk, ...]:
    """Reads the chunks of every file in `papers/`, in the order of the files' paths.

    Ids that stand in files with errors are added to `faulty_ids`. Chunks of the previous build come from the cache,
    where there is one, and new chunks are put there.
    """
    paths = walk_files(folder / "papers")
    return tuple(chunk for path in paths for chunk in _read_file(path, folder, report, faulty_ids, cache))


def list_records(chunks: Iterable[ParsedChunk]) -> tuple[Record, ...]:
    """Lists the records of chunks, with equal authors as one value.

    At 81,417 papers this saves a tenth of the records' memory.
    """
    known: dict[Author, Author] = {}
    records = tuple(record for chunk in chunks for record in chunk.records)
    for record in records:
        authors = tuple(known.setdefault(author, author) for author in record.authors)
        object.__setattr__(record, "authors", authors)
    return records


def _read_file(
    path: Path, folder: Path, report: Report, faulty_ids: set[str] | None, cache: RecordCache | None
) -> list[ParsedChunk]:
    """Reads the chunks of a file; reports its faults at the end."""
    name = name_file(path, folder)
    stat = FileStat.of(path.stat()) if cache and not path.is_symlink() else None
    faults: list[Fault] = []
    chunks = cache.find_source(name, stat) if cache and stat else None
    data = b""
    if chunks is None:
        source = read_source(path, folder, faults.append)
        reader = _find_reader(source, faults.append) if source else None
        chunks = []
        if source and reader:
            data = source.data
            chunks = _parse_source(source, reader, stat, faults, cache)
    context = ReadContext(report)
    for chunk in chunks:
        for key, (count, first) in chunk.unknown.items():
            context.count_unknown(key, first, count)
        faults.extend(chunk.warnings)
    report_unknown(name, context.unknown, faults.append)
    for fault in faults:
        report(fault)
    if faulty_ids is not None and not all(fault.warning for fault in faults):
        faulty_ids.add(path.stem.lower())
        faulty_ids.update(ident.decode("utf-8", "replace").lower() for ident in _IDENT.findall(data))
    return chunks


def _find_reader(source: Source, report: Report) -> Reader | None:
    importer = find_importer(source.file, source.data)
    if importer:
        return importer.reader
    suffixes = ", ".join(suffix for one in IMPORTERS for suffix in one.suffixes)
    remedy = f"Records are files that end with {suffixes}."
    report(Fault(source.file, 0, "", "no format reads this file", remedy, warning=True))
    return None


def _parse_source(
    source: Source, reader: Reader, stat: FileStat | None, faults: list[Fault], cache: RecordCache | None
) -> list[ParsedChunk]:
    """Parses the chunks of a source that are not cached; adds their errors to `faults`."""
    chunks: list[ParsedChunk] = []
    keys: list[str] = []
    all_errors: list[Fault] = []
    for part in reader.split(source):
        keys.append(f"{source.file} {part.line} {digest_bytes(part.data)}")
        chunk = cache.find(keys[-1]) if cache else None
        if chunk is None:
            found: list[Fault] = []
            context = ReadContext(found.append)
            records = tuple(reader.read(part, context))
            chunk = ParsedChunk.of(records, tuple(fault for fault in found if fault.warning), context.unknown)
            errors = [fault for fault in found if not fault.warning]
            all_errors += errors
            # A chunk with errors is parsed again by the next build.
            if cache and not errors:
                cache.put(keys[-1], chunk)
        chunks.append(chunk)
    if cache and stat and keys and not all_errors:
        cache.put_source(source.file, stat, keys)
    faults += all_errors
    return chunks


@dataclass(slots=True)
class ParsedChunk:
    """The result of parsing one chunk: records, warnings, and unknown keys.

    By unknown key, the count and the first line. `ids` and `digests` are those of the records. `shared_digest` is the
    digest of everything except long texts: all that other pages, lists and warnings show of the records; it is empty
    before the chunk is packed.
    """

    ids: tuple[str, ...]
    digests: tuple[str, ...]
    warnings: tuple[Fault, ...]
    unknown: Mapping[str, tuple[int, int]]
    _decoded: dict[int, Record] = field(compare=False)
    shared_digest: str = field(default="", compare=False)
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
            record = self._decoded[at] = _unpack_record(marshal.loads(body))
        return record

    def pack(self) -> PackedChunk:
        """Packs the chunk, and computes its shared digest."""
        rows = list(map(_pack_record, self.records))
        # In one run of bytes: 81,417 small ones, freed again, left a heap in which all that followed took a fifth
        # longer (decision 14).
        bodies = [marshal.dumps(row, 2) for row in rows]
        ends = tuple(accumulate(map(len, bodies)))
        self.shared_digest = _digest_shared(self.records, rows)
        warnings = tuple(map(pack_fault, self.warnings))
        return self.ids, self.digests, self.shared_digest, warnings, dict(self.unknown), ends, b"".join(bodies)

    @classmethod
    def unpack(cls, packed: PackedChunk) -> ParsedChunk:
        """Makes the chunk that was packed; each record is decoded on first use."""
        ids, digests, shared_digest, warnings, unknown, ends, body = packed
        return cls(ids, digests, unpack_faults(warnings), unknown, {}, shared_digest, ends, body)


@dataclass(slots=True)
class RecordCache:
    """Parsed chunks of the previous build by key, and each source file's stat and keys.

    A record takes 8 µs to read from the cache, where parsing takes 60, and is decoded only if needed (decision 9).
    """

    private: PrivateFolder
    code: str
    known: dict[str, PackedChunk] = field(default_factory=dict)
    known_sources: dict[str, tuple[FileStat, tuple[str, ...]]] = field(default_factory=dict)
    used: dict[str, PackedChunk] = field(default_factory=dict)
    used_sources: dict[str, tuple[FileStat, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def load(cls, private: PrivateFolder, code: str) -> RecordCache:
        """Loads the cache that the same code wrote."""
        sources = read_value(private.manifest / "sources", _SOURCES, code) or {}
        return cls(private, code, read_segments(private.cache / "records", _CHUNKS, code), sources)

    def find_source(self, name: str, stat: FileStat) -> list[ParsedChunk] | None:
        """Returns the chunks of a source file; None for a new file or another stat."""
        previous, keys = self.known_sources.get(name, (None, ()))
        if previous != stat or not all(key in self.known for key in keys):
            return None
        self.used_sources[name] = (stat, keys)
        return [chunk for key in keys if (chunk := self.find(key))]

    def find(self, key: str) -> ParsedChunk | None:
        """Finds a chunk by its key."""
        if key not in self.known:
            return None
        self.used[key] = self.known[key]
        return ParsedChunk.unpack(self.known[key])

    def put(self, key: str, chunk: ParsedChunk) -> None:
        """Puts a new chunk into the cache."""
        self.used[key] = chunk.pack()

    def put_source(self, name: str, stat: FileStat, keys: Iterable[str]) -> None:
        """Puts the keys of a source file's chunks into the cache."""
        self.used_sources[name] = (stat, tuple(keys))

    def save(self) -> None:
        """Writes what changed, each file atomically, and frees the memory."""
        write_segments(self.private.cache / "records", _CHUNKS, self.code, self.used, self.known, tuple)
        if self.used_sources != self.known_sources:
            self.private.manifest.mkdir(parents=True, exist_ok=True)
            sources = {name: (tuple(stat), keys) for name, (stat, keys) in self.used_sources.items()}
            write_value(self.private.manifest / "sources", _SOURCES, self.code, sources)
        for values in (self.known, self.known_sources, self.used, self.used_sources):
            values.clear()


def pack_fault(fault: Fault) -> tuple[str, int, str, str, str]:
    """Packs a warning as text and numbers."""
    return fault.file, fault.line, fault.field, fault.message, fault.remedy


def unpack_faults(packed: Iterable[tuple[str, int, str, str, str]]) -> tuple[Fault, ...]:
    """Makes the warnings that were packed."""
    return tuple(Fault(file, line, field, message, remedy, True) for file, line, field, message, remedy in packed)


def _digest_shared(records: Iterable[Record], rows: Iterable[tuple[list[Any], Any, Any, str]]) -> str:
    shown = []
    for record, (values, _, _, _) in zip(records, rows, strict=True):
        for place in _PRIVATE:
            values[place] = None
        origin = record.origin
        lines = [origin.line_of(name) for name in _WARNED]
        shown.append((values, origin.file, origin.line, origin.native, origin.by_title, lines))
    return digest_bytes(marshal.dumps(shown, 2))


def _pack_record(record: Record) -> tuple[list[Any], Any, Any, str]:
    origin = record.origin
    packed = (origin.file, origin.line, origin.native, origin.by_title, dict(origin.lines))
    return list_values(record), packed, {name: tuple(text) for name, text in record.texts.items()}, record.digest


def _unpack_record(packed: tuple[list[Any], Any, Any, str]) -> Record:
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
    return _restore(Record, (*values, Origin(*origin), {name: Text(*one) for name, one in texts.items()}, digest))


def _restore(kind: type[_Value], values: Iterable[Any]) -> _Value:
    # From all fields in order, without `__post_init__`: the values were checked when the first object was created.
    value = object.__new__(kind)
    for name, item in zip(kind.__slots__, values, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(value, name, item)
    return value
