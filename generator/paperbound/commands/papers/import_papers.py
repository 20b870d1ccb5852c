"""Importing: foreign files to native records in the content folder, nothing of it overwritten unasked."""

from __future__ import annotations

import argparse
import datetime
import errno
import gc
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ...config import Config
from ...content.duplicates import CITATION
from ...content.files.bundles import add_bundled
from ...content.folder import read_settings, require_folder
from ...content.imported_values import ImportedValues
from ...content.imports import Change, ImportedFiles, ImportLibrary
from ...content.lists.imported_lists import ImportedLists, find_date
from ...content.records import ParseResult, list_records, parse_all, parse_chunk, read_chunks
from ...content.tags import match_keywords, read_tags
from ...importers import IMPORTERS
from ...importers.fields import report_unknown
from ...importers.files.encodings import is_encoding
from ...importers.files.opening import find_nothing, merge_offers, merge_untitled, open_source
from ...importers.importer import Importer, ReadContext
from ...model.build import Progress as StepProgress
from ...model.build import Source, ignore_progress
from ...model.date import PartialDate
from ...model.errors import Fault, Faults, InputError, Report
from ...model.links import is_attached
from ...model.record import Record, is_alias
from ...sources.changes import Move, commit_changes, hold_content, stage_file
from ...storage.platform import BackgroundTask
from ...storage.sources import read_named, show_path, walk_files
from ...text.characters import read_number
from ...text.report import count_of
from ...text.slugs import make_slug
from ..console.arguments import add_content, add_json, read_date, read_ident
from ..console.parser import Example
from ..console.progress import Progress
from ..console.terminal import fail, say, say_faults, say_next, show, show_json

DESCRIPTION = """\
Writes the papers of other files as records. A paper that is there already is never overwritten: missing fields
are filled in, and fields that differ are reported."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound import library.bib", "takes the papers of a file, whose format is known by its content"),
    ("paperbound import old-site/ --dry-run", "shows what a folder of files has, and writes nothing"),
    ("paperbound import list.csv --collection winter-2026", "takes papers, and lists them in their order"),
)
_ADDRESS = re.compile(r"https?:/", re.IGNORECASE)
_IDENT = "{id}"
# The collection of the papers that a site of al-folio or of Hugo Blox shows first.
_SELECTED = "selected-papers"
_COLLECTIONS = "collections"
# https://gohugo.io/content-management/page-bundles/
_SECTION = "_index.md"
# Files from which a second process writes some.
_WORTH_A_PROCESS = 2_000
# Changes of fields that are shown one by one.
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound import`."""
    names = [importer.name for importer in IMPORTERS]
    ordered = " and ".join(importer.name for importer in IMPORTERS if importer.ordered)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file to import, or a folder of files")
    add_content(parser)
    parser.add_argument(
        "--format",
        choices=names,
        default="",
        metavar="NAME",
        help=f"the format, where content and suffix do not say it: {', '.join(names)}",
    )
    parser.add_argument(
        "--encoding",
        type=_encoding,
        metavar="NAME",
        help="the encoding of the files, such as latin-1 (default: UTF-8, UTF-16 by its mark, or else Windows-1252)",
    )
    parser.add_argument(
        "--collection",
        type=read_ident,
        metavar="ID",
        help=f"the collection that keeps the papers in this order (default of {ordered}: the file's name)",
    )
    parser.add_argument(
        "--date",
        type=read_date,
        metavar="DATE",
        help="the collection's date, which makes it an edition: YYYY-MM-DD (default: the date at the end of its id, if "
        "any); papers that are new were added on that day, or else today",
    )
    for importer in IMPORTERS:
        for option in importer.options:
            text = f"for {importer.name}: {option.help}"
            parser.add_argument(f"--{option.name}", type=_count, metavar="N", help=text)
    parser.add_argument(
        "--alias",
        type=_read_form,
        metavar="PATH",
        help="the address that each paper had on another site, which leads to its page: /poster_{id}.html, where {id} "
        "stands for its key or id in the file",
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="let imported values replace those that differ, but not edits by hand of imported values",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Imports the files; returns the exit code."""
    gc.disable()  # records hold no cycles, and the process ends with the import
    names = [option.name for importer in IMPORTERS for option in importer.options]
    faults = Faults()
    options = ImportOptions(
        chosen.content,
        tuple(chosen.files),
        chosen.format,
        chosen.collection or "",
        {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None},
        chosen.update,
        chosen.date,
        PartialDate.parse(datetime.datetime.now(tz=datetime.UTC).date().isoformat()),
        chosen.encoding or "",
        chosen.dry_run,
        chosen.alias or "",
    )
    progress = Progress(chosen.json)
    try:
        done = import_files(options, faults.report, progress)
    except InputError as error:
        progress.clear()
        return fail(chosen, error.faults, faults.warnings)
    progress.clear()
    if chosen.json:
        counts = {"dry_run": chosen.dry_run, "read": done.read, "added": done.added, "filled": done.filled}
        files = [file.relative_to(chosen.content).as_posix() for file in sorted((*done.paths, *done.copies))]
        changes = [change._asdict() for change in done.changes]
        show_json(chosen.command, {**counts, "files": files, "changes": changes}, warnings=faults.warnings)
        return 0
    say_faults(chosen.content, faults.warnings, "warning")
    for line in _list_changes(done.changes):
        say(line)
    written = count_of(len(done.paths) + len(done.copies), "file")
    show(
        f"{count_of(done.read, 'paper')} read: {done.added:,} added, {done.filled:,} filled in, "
        f"{done.read - done.added - done.filled:,} left as they were; {written} "
        f"{'would be written' if chosen.dry_run else 'written'}"
    )
    if done.paths:
        say_next("leave --dry-run out to write them" if chosen.dry_run else "`paperbound serve` shows them")
    return 0


def _list_changes(changes: list[Change]) -> Iterator[str]:
    for change in changes[:_SHOWN]:
        old = f"{change.old} becomes " if change.old else "added: "
        yield f"changed: {change.file} [{change.field}]: {old}{change.new}"
    if len(changes) > _SHOWN:
        yield f"changed: … and {len(changes) - _SHOWN:,} more fields (--json lists all)"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of an import.

    `date` is the collection's; by default the date at the end of its id. New papers of a collection without a date were
    added `today`. `alias` is the form of former addresses, with `{id}`.
    """

    content: Path
    files: tuple[Path, ...]
    format: str = ""
    collection: str = ""
    values: Mapping[str, int] = field(default_factory=dict)
    update: bool = False
    date: PartialDate | None = None
    today: PartialDate | None = None
    encoding: str = ""
    dry_run: bool = False
    alias: str = ""


@dataclass(slots=True)
class _OpenFile:
    """A file of an import whose format is known."""

    path: Path
    importer: Importer
    source: Source
    offers: Mapping[str, object] = field(default_factory=dict)


def import_files(options: ImportOptions, report: Report, progress: StepProgress = ignore_progress) -> ImportedFiles:
    """Imports the files; raises InputError, and writes nothing, for faulty input."""
    require_folder(options.content)
    with nullcontext() if options.dry_run else hold_content(options.content, writes=True):
        return _import_files(options, report, progress)


def _import_files(options: ImportOptions, report: Report, progress: StepProgress) -> ImportedFiles:
    errors: list[Fault] = []

    def keep(fault: Fault) -> None:
        (report if fault.warning else errors.append)(fault)

    known = list_records(read_chunks(options.content, keep, progress=progress))
    tags = read_tags(options.content, keep)
    slugs = None if tags is None else frozenset(tag.slug for tag in tags)
    settings = read_settings(options.content, lambda _: None) or Config()
    library = ImportLibrary(options.content, known, settings, slugs, options.update, keep)
    done = library.done
    files = [file for path in options.files for file in _open(path, options, keep)]
    files.sort(key=lambda file: file.path.name == CITATION)  # it fills the gaps of the page beside it
    offers = _merge_offers(files)
    selected: list[str] = []
    listed: dict[str, list[str]] = {}
    lists = ImportedLists(options.content, done, options.update, keep)
    for number, file in enumerate(files):
        progress("reading files", number, len(files))
        ident = options.collection or (make_slug(file.path.stem) if file.importer.ordered else "")
        date = options.date or find_date(ident)
        faults: list[Fault] = []
        is_blank = not file.source.data or file.source.data.isspace()
        library.folder = file.path.parent
        records: Iterable[Record] = _read(file, options, offers.get(file.importer.name, {}), faults.append, progress)
        records = match_keywords(records, tags or ())
        idents: list[str] = []
        for record in records:
            idents.append(library.add(record, (date or options.today) if ident else None))
            if str(record.extra.get("selected", "")).lower() in ("true", "yes", "1"):
                selected.append(idents[-1])
        if not idents and not faults and not is_blank:
            faults += find_nothing(file.source.file, file.importer, file.offers)
        if not idents:
            faults = merge_untitled(faults)
        for fault in faults:
            # A file of which nothing can be read is an error where it was named.
            keep(fault if idents or file.path not in options.files else replace(fault, warning=False))
        if ident and idents:
            listed.setdefault(ident, []).extend(idents)
        elif options.date and idents:
            remedy = "Say --collection ID, or leave --date out."
            keep(Fault(str(file.path), 0, "date", "a date is given, but no collection to have it", remedy))
    for ident, papers in listed.items():
        lists.keep(ident, options.date or find_date(ident), options.date, papers)
    if selected:
        lists.keep(_SELECTED, None, None, selected)
    if not errors and not done.read:
        names = ", ".join(map(str, options.files))
        remedy = "Name files that have papers; `paperbound import --help` lists the formats."
        errors.append(Fault(str(options.files[0]), 0, "", f"nothing is imported: no paper is in {names}", remedy))
    if errors:
        raise InputError(errors)
    if not options.dry_run:
        _write(options.content, done, library.imported, progress)
    return done


def _write(content: Path, done: ImportedFiles, imported: ImportedValues, progress: StepProgress) -> None:
    """Writes the files as a whole; of many a second process stages half."""
    # Copies come before the records that name them, and records before the collections.
    copies = list(done.copies.items())
    paths, idents = sorted(done.paths, key=lambda path: path.parent.name == _COLLECTIONS), imported.idents
    is_long = len(paths) >= _WORTH_A_PROCESS

    def stage(start: int, half: list[Path], some: list[str]) -> tuple[list[Move], str]:
        moves = []
        for number, path in enumerate(half, start):
            moves.append(stage_file(content, number, path, done.make_text(path)))
            progress("writing records", 2 * number if is_long else number, len(paths))
        return moves, "".join(map(imported.write_line, some))

    middle = len(paths) // 2 if is_long else max(len(paths), len(idents))
    moves = [stage_file(content, len(paths) + number, *copy) for number, copy in enumerate(copies)]
    with closing(BackgroundTask(lambda: stage(middle, paths[middle:], idents[middle:]), starts=is_long)) as task:
        first, noted = stage(0, paths[:middle], idents[:middle])
        second, noted_second = task.result()
    moves += [*first, *second]
    if (noted := noted + noted_second) != imported.text:
        moves.append(stage_file(content, len(moves), imported.file, noted))
    commit_changes(content, moves)


def _open(path: Path, options: ImportOptions, report: Report) -> Iterator[_OpenFile]:
    """Opens a file, or the files of a folder.

    An unknown format is a fault of a file, and a warning in a folder.
    """
    files = (file for file in walk_files(path) if not is_attached(file.name)) if path.is_dir() else (path,)
    for file in files:
        try:
            if path.is_dir() and not file.is_file():
                raise OSError(errno.EINVAL, "it is no regular file")
            data = read_named(file)
        except OSError as error:
            what, remedy = f"the file cannot be read: {error.strerror}", "Check its name."
            if _ADDRESS.match(str(file)):
                what, remedy = "this is an address, and no file", "Say `paperbound add ADDRESS`."
            report(Fault(str(file), 0, "", what, remedy))
            continue
        # `index.md` is named by its folder, also where it is named without one.
        alone = file.stem.lower() in ("index", "_index") and not file.parent.name
        name = f"{file.resolve().parent.name}/{file.name}" if alone else show_path(str(file))
        faults: list[Fault] = []
        opened = open_source(Source(name, data), faults.append, options.format, options.encoding)
        for fault in faults:
            report(fault if opened or path.is_dir() else replace(fault, warning=False))
        if opened and opened[0].native and file.name == _SECTION and path.is_dir():
            remedy = "Name the file itself, if it is a paper."
            report(Fault(name, 0, "", "the page of a section of Hugo is no paper; left out", remedy, warning=True))
        elif opened:
            yield _OpenFile(file, *opened)


def _merge_offers(files: Iterable[_OpenFile]) -> dict[str, Mapping[str, object]]:
    offers: dict[str, list[Mapping[str, object]]] = {}
    for file in files:
        gather = file.importer.reader.gather
        if gather:
            file.offers = gather(file.source)
            offers.setdefault(file.importer.name, []).append(file.offers)
    return {name: merge_offers(some) for name, some in offers.items()}


def _read(
    file: _OpenFile, options: ImportOptions, shared: Mapping[str, object], report: Report, progress: StepProgress
) -> Iterator[Record]:
    named = {option.name for option in file.importer.options}
    values = {name: value for name, value in options.values.items() if name in named}
    context = ReadContext(report, {}, values, shared, lenient=True)
    reader, name, size = file.importer.reader, file.source.file, len(file.source.data)
    has_papers = False
    parts = reader.split(file.source)
    parses: deque[Callable[[], ParseResult]] = deque(partial(parse_chunk, reader, part, context) for part in parts)
    file.source = Source(name, b"")  # each part is freed after reading
    for chunk, errors in parse_all(parses, size, progress):
        for record in chunk.records:
            origin = record.origin
            record = replace(record, origin=replace(origin, native=False)) if origin.native else record
            if file.importer.name == "hugo-blox" and file.path.stem == "index":
                record = add_bundled(record, file.path.parent)
            has_papers = True
            yield _give_alias(record, options.alias, report) if options.alias else record
        for fault in (*errors, *chunk.warnings):
            report(fault)
        for key, (count, first) in chunk.unknown.items():
            context.count_unknown(key, first, count)
    if has_papers:  # of others the keys say nothing
        report_unknown(name, context.unknown, report)


def _give_alias(record: Record, form: str, report: Report) -> Record:
    """Gives a record the former address of this form.

    jekyll-scholar writes colons of keys as underscores.
    """
    alias = form.replace(_IDENT, re.sub(r"[:\s]+", "_", record.bibkey or record.id))
    if not is_alias(alias):
        message = f"{alias[:60]!r} is no address of a redirect page; left out"
        report(Fault(record.origin.file, record.origin.line, "aliases", message, "Add it by hand.", warning=True))
        return record
    return replace(record, aliases=tuple(dict.fromkeys((*record.aliases, alias))))


def _count(text: str) -> int:
    number = read_number(text, 0, 10**9)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return number


def _read_form(text: str) -> str:
    if _IDENT not in text or not text.startswith("/") or not is_alias(text.replace(_IDENT, "x")):
        raise argparse.ArgumentTypeError(f"{text!r} is no path with {_IDENT}, such as /bibliography/{_IDENT}.html")
    return text


def _encoding(text: str) -> str:
    if not is_encoding(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no encoding that is known; utf-8, latin-1, cp1252, utf-16 are")
    return text
