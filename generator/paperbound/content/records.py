"""Files of records: parsed in chunks, or read from the cache if unchanged."""

from __future__ import annotations

import marshal
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..importers import find_importer
from ..importers.fields import name_record, report_unknown
from ..importers.files.opening import find_nothing, merge_offers, open_source
from ..importers.importer import ReadContext, Reader
from ..model.build import Progress, Source, ignore_progress
from ..model.digests import digest_bytes
from ..model.errors import Fault, Report
from ..model.links import is_attached
from ..model.record import Author, Record
from ..storage.platform import BackgroundTask
from ..storage.sources import FileStat, name_file, read_source, walk_files
from .record_cache import KnownSource, PackedChunk, ParsedChunk, RecordCache

# An id as YAML or JSON writes it, in a file that may not parse.
_IDENT = re.compile(rb"""[\"']?\bid[\"']?\s*:\s*[\"']?([^\s\"',}]+)""")
# Bytes of new chunks from which a second process parses some of them: of 0.52 s for 10,000 records it saves 0.18
# (decision 15).
_WORTH_A_PROCESS = 1_000_000
# A parsed chunk with its errors, which are no warnings.
ParseResult = tuple[ParsedChunk, list[Fault]]


def read_chunks(
    folder: Path,
    report: Report,
    faulty_ids: set[str] | None = None,
    cache: RecordCache | None = None,
    progress: Progress = ignore_progress,
) -> tuple[ParsedChunk, ...]:
    """Reads the chunks of every file in `papers/`, in the order of the files' paths.

    Ids that stand in files with errors are added to `faulty_ids`. Chunks of the previous build come from the cache,
    where there is one, and new chunks are put there.
    """
    paths = (path for path in walk_files(folder / "papers") if not is_attached(path.name))
    files = [_RecordFile.of(path, folder, cache) for path in paths]
    shared = _merge_offers(files)
    for file in files:
        file.split(*shared.get(file.format, ({}, "")), cache)
    places = [(file, place) for file in files for place in file.unparsed]
    size = sum(len(file.unparsed[place].data) for file, place in places)
    parsed = parse_all(deque(partial(file.parse, place) for file, place in places), size, progress)
    for (file, place), (chunk, errors) in zip(places, parsed, strict=True):
        file.put(place, chunk, errors)
    for file in files:
        file.finish(report, cache)
        if faulty_ids is not None and file.has_errors:
            faulty_ids.add(name_record(file.name).lower())
            faulty_ids.update(ident.decode("utf-8", "replace").lower() for ident in _IDENT.findall(file.data))
        file.data = b""
    return tuple(chunk for file in files for chunk in file.chunks)


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


def _merge_offers(files: Iterable[_RecordFile]) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Merges the offers of each format's files; returns them with their digest, by format."""
    offers: dict[str, list[Mapping[str, Any]]] = {}
    for file in files:
        if file.offers:
            offers.setdefault(file.format, []).append(file.offers)
    merged = {name: merge_offers(some) for name, some in offers.items()}
    return {name: (one, digest_bytes(marshal.dumps(dict(one), 2))) for name, one in merged.items()}


@dataclass(slots=True)
class _RecordFile:
    """A file of records during reading; `unparsed` are chunks by their places in `parsed`."""

    path: Path
    folder: Path
    name: str
    stat: FileStat | None
    known: KnownSource | None = None
    format: str = ""
    offers: Mapping[str, Any] = field(default_factory=dict)
    context: ReadContext = field(default_factory=lambda: ReadContext(lambda _: None))
    reader: Reader | None = None
    data: bytes = b""
    parsed: dict[int, ParsedChunk] = field(default_factory=dict)
    unparsed: dict[int, Source] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, folder: Path, cache: RecordCache | None) -> _RecordFile:
        """Opens a file, and reads it unless the cache knows it by this stat."""
        stat = FileStat.of(path.stat()) if cache and not path.is_symlink() else None
        file = cls(path, folder, name_file(path, folder), stat)
        file.known = cache.find_source(file.name, stat) if cache and stat else None
        if file.known:
            file.format, file.offers, file.warnings = file.known.format, file.known.offers, list(file.known.warnings)
        else:
            file._read()
        return file

    def _read(self) -> None:
        self.warnings.clear()
        source = read_source(self.path, self.folder, self.faults.append)
        opened = open_source(source, self.warnings.append) if source else None
        if opened:
            importer, source = opened
            self.format, self.reader, self.data = importer.name, importer.reader, source.data
            self.offers = self.reader.gather(source) if self.reader.gather else {}

    def split(self, shared: Mapping[str, Any], digest: str, cache: RecordCache | None) -> None:
        """Splits the file into chunks; chunks in the cache are parsed.

        The cache has chunks that were read with the same shared values. `digest` is that of the shared values.
        """
        if cache and self.known and all(key.endswith(f" {digest}") for key in self.known.keys):
            self.keys = list(self.known.keys)
            self.parsed = {place: known for place, key in enumerate(self.keys) if (known := cache.find(key))}
            return
        if self.known:
            self._read()
        if not self.reader:
            return
        self.context = replace(self.context, shared=shared)
        for place, chunk in enumerate(self.reader.split(Source(self.name, self.data))):
            key = f"{chunk.line} {self.name} {digest_bytes(chunk.data)} {digest}"
            self.keys.append(key)
            parsed = (cache.find(key) or cache.find_moved(key)) if cache else None
            if parsed:
                self.parsed[place] = parsed
            else:
                self.unparsed[place] = chunk

    def parse(self, place: int) -> ParseResult:
        """Parses the chunk at a place."""
        assert self.reader
        return parse_chunk(self.reader, self.unparsed[place], self.context)

    def put(self, place: int, chunk: ParsedChunk, errors: Sequence[Fault]) -> None:
        """Puts a parsed chunk at its place."""
        self.parsed[place] = chunk
        self.faults.extend(errors)
        if not errors:
            # A chunk with errors is parsed again by the next build.
            del self.unparsed[place]

    @property
    def chunks(self) -> Iterator[ParsedChunk]:
        """The parsed chunks in the order of the file."""
        return (self.parsed[place] for place in sorted(self.parsed))

    @property
    def has_errors(self) -> bool:
        """Whether the file has a fault that is no warning."""
        return not all(fault.warning for fault in self.faults)

    def finish(self, report: Report, cache: RecordCache | None) -> None:
        """Reports the faults of the file and puts its chunks into the cache."""
        context = ReadContext(report)
        for place, key in enumerate(self.keys):
            if cache and place not in self.unparsed:
                cache.put(key, self.parsed[place])
        for chunk in self.chunks:
            for key, (count, first) in chunk.unknown.items():
                context.count_unknown(key, first, count)
            self.faults.extend(chunk.warnings)
        report_unknown(self.name, context.unknown, self.faults.append)
        importer = find_importer("", b"", self.format) if self.format else None
        if importer and not (self.faults or self.warnings or any(chunk.ids for chunk in self.parsed.values())):
            self.faults += find_nothing(self.name, importer, self.offers)
        for fault in (*self.warnings, *self.faults):
            report(fault)
        if cache and self.stat and self.keys and not self.unparsed:
            known = KnownSource(self.stat, self.format, tuple(self.keys), self.offers, tuple(self.warnings))
            cache.put_source(self.name, known)


def parse_chunk(reader: Reader, source: Source, context: ReadContext) -> ParseResult:
    """Parses a chunk; faults and unknown keys are those of the chunk alone."""
    faults: list[Fault] = []
    context = replace(context, report=faults.append, unknown={})
    records = tuple(reader.read(source, context))
    warnings = tuple(fault for fault in faults if fault.warning)
    return ParsedChunk.of(records, warnings, context.unknown), [fault for fault in faults if not fault.warning]


def parse_all(parses: deque[Callable[[], ParseResult]], size: int, progress: Progress) -> Iterator[ParseResult]:
    """Parses chunks in order, and empties the deque of their functions.

    Of chunks of many bytes, `size` in all, a second process parses some.
    """
    # More than half here: the other process packs its results besides. With nine sixteenths both end together.
    total = len(parses)
    border = total * 9 // 16 if size >= _WORTH_A_PROCESS else total
    tail = [parses.pop() for _ in range(total - border)][::-1]
    with closing(BackgroundTask(lambda: [_pack(*parse()) for parse in tail], starts=bool(tail))) as task:
        while parses:
            yield parses.popleft()()
            # The other process is as far with the rest.
            progress("reading records", total - len(parses) * total // border, total)
        for parse, packed in zip(tail, task.result(), strict=True):
            # A chunk with errors is parsed here, where its errors are reported.
            yield (ParsedChunk.unpack(packed), []) if packed else parse()


def _pack(chunk: ParsedChunk, errors: list[Fault]) -> PackedChunk | None:
    return None if errors else chunk.pack()
