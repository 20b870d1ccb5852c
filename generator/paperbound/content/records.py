"""Files of records: read, or taken from the shelf where they lie as they lay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from ..importers import IMPORTERS, find_importer
from ..importers.fields import report_unknown
from ..importers.importer import Importer, ReadContext
from ..model.errors import Fault, Report
from ..model.job import Source
from ..model.record import Author, Record
from ..storage.sources import name_file, read_source, walk_files
from ..text.digests import digest_bytes
from .apart import Apart, Read
from .record_cache import Parsed, Shelf

# An id as YAML or JSON writes it, in a file that may not parse.
_IDENT = re.compile(rb"""[\"']?\bid[\"']?\s*:\s*[\"']?([^\s\"',}]+)""")


def read_parsed(
    folder: Path, report: Report, spoilt: set[str] | None = None, shelf: Shelf | None = None
) -> tuple[Parsed, ...]:
    """What every file in `papers/` holds, in the order of the files' paths.

    The ids that files with errors may hold are added to `spoilt`. What was read in the last build is taken from the
    shelf, where there is one, and what is read now is put there.
    """
    found: list[Parsed] = []
    for file in walk_files(folder / "papers"):
        reader = _Reader(file, folder, shelf)
        faults: list[Fault] = []
        found.extend(reader.read(faults.append))
        for fault in faults:
            report(fault)
        if spoilt is not None and not all(fault.warning for fault in faults):
            spoilt.add(file.stem.lower())
            spoilt.update(ident.decode("utf-8", "replace").lower() for ident in _IDENT.findall(reader.data))
    return tuple(found)


def list_records(parsed: Iterable[Parsed]) -> tuple[Record, ...]:
    """The records of all of it, equal authors as one value: at 81,417 papers a tenth of the memory of all records."""
    known: dict[Author, Author] = {}
    records = tuple(record for part in parsed for record in part.records)
    for record in records:
        authors = tuple(known.setdefault(author, author) for author in record.authors)
        object.__setattr__(record, "authors", authors)
    return records


class _Reader:
    """Reads one file of records."""

    def __init__(self, file: Path, folder: Path, shelf: Shelf | None) -> None:
        self.file, self.folder, self.shelf = file, folder, shelf
        self.data = b""

    def read(self, report: Report) -> Iterator[Parsed]:
        name = name_file(self.file, self.folder)
        stat = self.file.stat() if self.shelf and not self.file.is_symlink() else None
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) if stat else None
        known = self.shelf.find_file(name, stamp) if self.shelf and stamp else None
        keys: list[str] = []
        context = ReadContext(report)
        for parsed in known if known is not None else self._parse(name, keys, report):
            for key, (count, first) in parsed.left.items():
                context.count_unknown(key, first, count)
            for fault in parsed.warnings:
                report(fault)
            yield parsed
        report_unknown(name, context.unknown, report)
        if self.shelf and stamp and known is None and keys:
            self.shelf.note(name, stamp, keys)

    def _parse(self, name: str, keys: list[str], report: Report) -> Iterator[Parsed]:
        """What each part of the file holds. `keys` are those of the parts, or none where one has an error."""
        source = read_source(self.file, self.folder, report)
        if not source:
            return
        self.data = source.data
        importer = find_importer(source.file, source.data)
        if not importer:
            suffixes = ", ".join(suffix for one in IMPORTERS for suffix in one.suffixes)
            remedy = f"Records are files that end with {suffixes}."
            report(Fault(source.file, 0, "", "no format reads this file", remedy, warning=True))
            return
        whole = True
        parts = list(importer.reader.split(source))
        named = [(f"{name} {part.line} {digest_bytes(part.data)}", part) for part in parts]
        unknown = [part for key, part in named if not (self.shelf and self.shelf.has(key))]
        # A little less than half, for what another process read has to be taken over.
        with Apart(unknown[len(unknown) * 9 // 16 :], partial(_read_part, importer=importer)) as apart:
            for key, part in named:
                parsed = self.shelf.find(key) if self.shelf else None
                if not parsed:
                    parsed, errors = apart.take(part) or _read_part(part, importer)
                    if errors:
                        whole = False
                        for fault in errors:
                            report(fault)
                    elif self.shelf:
                        self.shelf.put(key, parsed)
                keys.append(key)
                yield parsed
        if not whole:
            keys.clear()


def _read_part(part: Source, importer: Importer) -> Read:
    faults: list[Fault] = []
    context = ReadContext(faults.append)
    records = tuple(importer.reader.read(part, context))
    parsed = Parsed.of(records, tuple(fault for fault in faults if fault.warning), context.unknown)
    return parsed, [fault for fault in faults if not fault.warning]
