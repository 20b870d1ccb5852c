"""Importing: foreign files to native records in the content folder, nothing of it overwritten unasked."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..content.duplicates import are_distinct_rows, fill_gaps, find_place, keys_of
from ..content.folder import find_series, read_collections, require_folder
from ..content.records import list_records, read_chunks
from ..formats.yamlrecord import write_collection, write_fields, write_record
from ..importers import IMPORTERS, find_importer
from ..importers.fields import report_unknown
from ..importers.importer import Importer, ReadContext
from ..model.build import Source
from ..model.date import PartialDate
from ..model.errors import Fault, Faults, Report
from ..model.record import FIELDS, Record
from ..storage.cache_files import write_atomically
from ..text.report import count_of, list_faults
from ..text.slugs import LONGEST, add_suffix, make_slug
from ..text.yamltext import load_entries
from .arguments import add_content, make_number, read_date
from .terminal import say, show

DESCRIPTION = """\
Writes the papers of other files as records. A paper that is there already is never overwritten: missing fields
are filled in, and fields that differ are reported."""
_DATED = re.compile(r"(?:^|-)(\d{4}-\d{2}-\d{2})$")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound import`."""
    names = [importer.name for importer in IMPORTERS]
    ordered = " and ".join(importer.name for importer in IMPORTERS if importer.ordered)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file to import")
    add_content(parser)
    parser.add_argument(
        "--format",
        choices=names,
        default="",
        metavar="NAME",
        help=f"the format, where the file's name does not tell: {', '.join(names)}",
    )
    parser.add_argument(
        "--collection",
        type=_ident,
        metavar="ID",
        help=f"the collection that keeps the papers in this order (default of {ordered}: the file's name)",
    )
    parser.add_argument(
        "--date",
        type=read_date,
        metavar="DATE",
        help="the collection's date, which makes it an edition: YYYY-MM-DD (default: the date at the end of its id, or "
        "today); papers that are new were added on that day",
    )
    for importer in IMPORTERS:
        for option in importer.options:
            text = f"for {importer.name}: {option.help}"
            parser.add_argument(f"--{option.name}", type=make_number(0, 1_000_000), metavar="N", help=text)
    parser.add_argument("--update", action="store_true", help="let imported values replace those that differ")


def run(chosen: argparse.Namespace) -> int:
    """Imports the files; returns the exit code."""
    names = [option.name for importer in IMPORTERS for option in importer.options]
    values = {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None}
    faults = Faults()
    options = ImportOptions(
        content=chosen.content,
        files=tuple(chosen.files),
        format=chosen.format,
        collection=chosen.collection or "",
        values=values,
        update=chosen.update,
        date=chosen.date,
        today=PartialDate.parse(datetime.datetime.now(tz=datetime.UTC).date().isoformat()),
    )
    done = import_files(options, faults)
    for line in list_faults(faults.warnings, "warning"):
        say(line)
    show(
        f"{count_of(done.read, 'paper')} read: {done.added:,} added, {done.filled:,} filled in, "
        f"{done.read - done.added - done.filled:,} left as they were; {count_of(len(done.files), 'file')} written"
    )
    return 0


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of an import.

    `date` is the collection's; by default the date at the end of its id, or `today`.
    """

    content: Path
    files: tuple[Path, ...]
    format: str = ""
    collection: str = ""
    values: Mapping[str, int] = field(default_factory=dict)
    update: bool = False
    date: PartialDate | None = None
    today: PartialDate | None = None


@dataclass(slots=True)
class Imported:
    """Counts of an import, and the files to write."""

    read: int = 0
    added: int = 0
    filled: int = 0
    files: dict[Path, str] = field(default_factory=dict)


def import_files(options: ImportOptions, faults: Faults) -> Imported:
    """Imports the files; raises InputError, and writes nothing, for faulty input."""
    require_folder(options.content)
    library = _Library(options, list_records(read_chunks(options.content, faults.report)), faults.report)
    for file in options.files:
        library.add_file(file)
    faults.raise_errors()
    for path, text in sorted(library.done.files.items()):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    return library.done


class _Library:
    """The existing records by identifiers and titles, and the changes of an import."""

    def __init__(self, options: ImportOptions, records: Iterable[Record], report: Report) -> None:
        self.options, self.report = options, report
        self.done = Imported()
        self.records = list(records)
        self.paths = [self._locate(record.origin.file) for record in self.records]
        self.places: dict[tuple[str, str], int] = {}
        for place, record in enumerate(self.records):
            self._learn(record, place)
        self.stems = {file.stem.lower() for file in (options.content / "papers").rglob("*") if file.is_file()}

    def add_file(self, file: Path) -> None:
        """Adds the papers of a file, and their collection, if there is one."""
        importer, records = self._read(file)
        ident = self.options.collection or (make_slug(file.stem) if importer and importer.ordered else "")
        date = self.options.date or _find_date(ident) or self.options.today
        idents = [self._add(record, date if ident else None) for record in records]
        self.done.read += len(idents)
        if ident and idents:
            self._add_collection(ident, date, list(dict.fromkeys(idents)))
        elif self.options.date and idents:
            remedy = "Say --collection ID, or leave --date out."
            self.report(Fault(str(file), 0, "date", "a date is given, but no collection to have it", remedy))

    def _read(self, file: Path) -> tuple[Importer | None, list[Record]]:
        try:
            source = Source(str(file), file.read_bytes())
        except OSError as error:
            self.report(Fault(str(file), 0, "", f"the file cannot be read: {error.strerror}", "Check its name."))
            return None, []
        importer = find_importer(source.file, source.data, self.options.format)
        if importer is None:
            names = ", ".join(one.name for one in IMPORTERS)
            self.report(Fault(str(file), 0, "", "no format reads this file", f"Name one with --format: {names}."))
            return None, []
        named = {option.name for option in importer.options}
        values = {name: value for name, value in self.options.values.items() if name in named}
        context = ReadContext(self.report, options=values)
        reader = importer.reader
        records = [record for part in reader.split(source) for record in reader.read(part, context)]
        report_unknown(source.file, context.unknown, self.report)
        return importer, records

    def _locate(self, file: str) -> Path:
        """Returns the path of a file that is named from the content folder's name on."""
        return self.options.content / Path(file).relative_to(self.options.content.resolve().name)

    def _learn(self, record: Record, place: int) -> None:
        for key in keys_of(record, titles=True):
            self.places.setdefault(key, place)

    def _add(self, record: Record, date: PartialDate | None) -> str:
        """Adds a new record, or fills gaps of the same paper's record; returns its id."""
        place = find_place(record, self.places)
        if place is None or are_distinct_rows(record, self.records[place]):
            record = replace(record, added=record.added or date)
            self.paths.append(self._write_new(record))
            self.records.append(record)
            self._learn(record, len(self.records) - 1)
            return record.id
        mine = self.records[place]
        filled = self._merge(mine, record)
        if filled != mine and self._write_changed(mine, filled, self.paths[place]):
            self.done.filled += 1
            self.records[place] = filled
        return mine.id

    def _merge(self, mine: Record, record: Record) -> Record:
        if not self.options.update:
            return fill_gaps(mine, record, self.report)
        news = {name: getattr(record, name) for name in FIELDS if name not in ("id", "title") and getattr(record, name)}
        return replace(mine, **news)

    def _write_new(self, record: Record) -> Path:
        stem = record.id if _SAFE.fullmatch(record.id) else make_slug(record.id)[:LONGEST] or "paper"
        if stem.lower() in self.stems:
            stem = add_suffix(make_slug(stem), record.id)
        self.stems.add(stem.lower())
        path = self.options.content / "papers" / f"{stem}.yaml"
        self.done.files[path] = write_record(record, stem)
        self.done.added += 1
        return path

    def _write_changed(self, mine: Record, filled: Record, path: Path) -> bool:
        changed = [name for name in FIELDS if getattr(filled, name) != getattr(mine, name)]
        text = self.done.files.get(path) or path.read_text("utf-8")
        if path.suffix not in (".yaml", ".yml") or load_entries(text)[0]:
            message = f"{mine.id!r} stands in a file that import does not change; left out: {', '.join(changed)}"
            self.report(Fault(mine.origin.file, mine.origin.line, "", message, "Fill it in by hand.", warning=True))
            return False
        if any(getattr(mine, name) for name in changed):
            self.done.files[path] = write_record(filled, path.stem)
        else:
            self.done.files[path] = f"{text.rstrip()}\n{write_fields(filled, changed)}"
        return True

    def _add_collection(self, ident: str, date: PartialDate | None, papers: list[str]) -> None:
        known = {one.id: one for one in read_collections(self.options.content, self.report)}
        if ident not in known:
            title = _DATED.sub("", ident).strip("-").replace("-", " ").capitalize() or ident
            path = self.options.content / "collections" / f"{ident}.yaml"
            self.done.files[path] = write_collection(title, date.iso if date else "", "", "", papers)
            return
        old = known[ident]
        when = self.options.date or old.date
        has_others = list(old.papers) != papers
        if not has_others and when == old.date:
            return
        if not self.options.update:
            what = "holds other papers, or the same in another order" if has_others else "has another date"
            message = f"the collection {ident!r} {what}; left as it is"
            self.report(Fault(old.file, 0, "papers", message, "Say --update to write it anew.", warning=True))
            return
        series = old.series if old.series != find_series(ident) else ""
        text = write_collection(old.title, when.iso if when else "", old.description, series, papers)
        self.done.files[self._locate(old.file)] = text


def _find_date(ident: str) -> PartialDate | None:
    match = _DATED.search(ident)
    try:
        return PartialDate.parse(match[1]) if match else None
    except ValueError:
        return None


def _ident(text: str) -> str:
    if not text or not all(part.isalnum() for part in text.split("-")) or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not an id: letters, digits and single hyphens")
    return text
