"""`paperbound collect`: takes new papers from the sources of sources.yaml, and makes editions of them."""

from __future__ import annotations

import argparse
import datetime
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...content.folder import require_folder
from ...model.catalogue import Tag
from ...model.date import PartialDate
from ...model.errors import Fault, Report, name_nearest
from ...sources.changes import open_content
from ...sources.client import Client, Clock
from ...sources.collector import Collector, Outcome
from ...sources.kinds import PLUGINS
from ...sources.reading import Reading
from ...sources.settings import NAME, read_sources
from ...sources.source import Source
from ...storage.cache_files import PRIVATE
from ...storage.plugins import describe_faults
from ...text.report import count_of
from ..console.arguments import add_content, add_json, read_date
from ..console.parser import Example
from ..console.progress import Progress
from ..console.terminal import say, say_faults, say_next, show, show_json

DESCRIPTION = """\
Reads each source of sources.yaml once, adds the papers that are new, and makes the edition of the day of them. Papers
that are there already are never doubled; days that were missed are caught up. A source that fails changes nothing,
and the others go on. Exit codes: 0 all is well, 1 faults in the input, 3 some source failed. Keys come from the
environment alone: PAPERBOUND_OPENALEX_KEY."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound collect", "reads all sources of content/sources.yaml"),
    ("paperbound collect --source arxiv --dry-run", "shows what one source has, and writes nothing"),
    ("paperbound collect --date 2026-11-24 --json", "makes the edition of a day, and prints a report for programs"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound collect`."""
    add_content(parser)
    parser.add_argument("--source", action="append", default=[], metavar="ID", help="only this source; repeatable")
    parser.add_argument(
        "--date", type=_day, metavar="DATE", help="the day of the edition: YYYY-MM-DD (default: today, in UTC)"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Collects from the sources; returns the exit code."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    options = CollectOptions(
        chosen.content, tuple(chosen.source), chosen.date or today, chosen.dry_run, environment=dict(os.environ)
    )
    # Of one site and day the pauses are always the same, and no two sites have the same ones.
    chance = random.Random(f"{chosen.content.resolve()} {options.day}").random
    clock = Clock(time.monotonic, lambda: datetime.datetime.now(tz=datetime.UTC), time.sleep, chance)
    warnings: list[Fault] = []
    outcomes: list[Outcome] = []
    progress = Progress(chosen.json)
    progress("reading sources")
    for outcome in collect_sources(options, clock, warnings.append):
        progress.clear()
        outcomes.append(outcome)
        for line in () if chosen.json else _describe(outcome, options.day):
            (say if line.startswith("failed: ") else show)(line)
        progress(f"reading the source after {outcome.source.id}", len(outcomes))
    progress.clear()
    failed = any(outcome.faults for outcome in outcomes)
    if chosen.json:
        values = {"dry_run": chosen.dry_run, "sources": _describe_outcomes(outcomes)}
        show_json(chosen.command, values, ok=not failed, warnings=warnings)
        return 3 if failed else 0
    say_faults(chosen.content, warnings, "warning")
    files = len({file for outcome in outcomes for file in outcome.files})
    added = sum(outcome.added for outcome in outcomes)
    verb = "would be written" if chosen.dry_run else "written"
    show(f"{count_of(len(outcomes), 'source')}: {count_of(added, 'new paper')}, {count_of(files, 'file')} {verb}")
    if files:
        say_next("leave --dry-run out to write them" if chosen.dry_run else "`paperbound serve` shows them")
    return 3 if failed else 0


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """Options of a run: the content folder, ids of sources, the day of the editions.

    Without ids all sources are read.
    """

    content: Path
    sources: tuple[str, ...]
    day: datetime.date
    dry_run: bool = False
    environment: Mapping[str, str] | None = None


def collect_sources(
    options: CollectOptions,
    clock: Clock,
    report: Report,
    make_client: Callable[[str, Clock], Client] = lambda site, clock: Client(site, clock),
) -> Iterator[Outcome]:
    """Yields what came of each source, one after the other; raises InputError for faulty input."""
    require_folder(options.content)
    for fault in describe_faults(PLUGINS):
        report(fault)
    folder, environment = options.content.resolve().parent, options.environment or {}

    def read(tags: tuple[Tag, ...] | None, report: Report) -> tuple[Source, ...]:
        return _choose(options, read_sources(options.content, report), tags, report)

    with open_content(options.content, report, read, update=False, dry_run=options.dry_run) as opened:
        site, tags, library, sources = opened
        answers = folder / PRIVATE / "collect" / "answers"
        reading = Reading(make_client(site, clock), folder, report, environment, answers, not options.dry_run)
        collector = Collector(options.content, library, tags, reading, options.day, not options.dry_run)
        for source in sources:
            yield collector.collect(source)


def _choose(
    options: CollectOptions, sources: tuple[Source, ...], tags: Iterable[Tag] | None, report: Report
) -> tuple[Source, ...]:
    """Returns the sources to read; reports unknown ids, and topics that tags.yaml lacks."""
    file = f"{options.content.resolve().name}/{NAME}"
    known = None if tags is None else [tag.slug for tag in tags]
    for source in sources:
        for tag in source.tags:
            if known is not None and tag not in known:
                report(
                    Fault(file, source.line, "tags", f"tags.yaml has no tag {tag!r}", name_nearest(tag, known, "tags"))
                )
    names = [source.id for source in sources]
    for ident in options.sources:
        if ident not in names and names:
            report(Fault("--source", 0, "", f"there is no source {ident!r}", name_nearest(ident, names, "sources")))
    return tuple(source for source in sources if not options.sources or source.id in options.sources)


def _describe(outcome: Outcome, day: datetime.date) -> Iterator[str]:
    """Yields lines about a source: counts, editions with reasons, why there is none, faults."""
    name = outcome.source.id
    for fault in outcome.faults:
        yield f"failed: {fault}"
    if outcome.read or not outcome.faults:
        changes = f"{outcome.added:,} new, {outcome.changed:,} changed"
        yield f"{name}: {count_of(outcome.read, 'paper')} read, {changes}"
    for ident in outcome.withdrawn:
        yield f"{name}: {ident} was withdrawn, and is marked"
    for edition in outcome.editions:
        yield f"{name}: edition {edition.id}, {count_of(len(edition.papers), 'new paper')}"
        for ident, queries in edition.reasons.items():
            yield f"{name}:   {ident} moved up by {', '.join(queries)}"
    if outcome.why and not outcome.faults:
        what = f"no edition of {day.isoformat()}" if outcome.source.edition else "nothing new"
        yield f"{name}: {what}: {outcome.why}"


def _describe_outcomes(outcomes: Iterable[Outcome]) -> list[dict[str, object]]:
    return [
        {
            "id": outcome.source.id,
            "kind": outcome.source.kind.name,
            "read": outcome.read,
            "added": outcome.added,
            "changed": outcome.changed,
            "withdrawn": outcome.withdrawn,
            "editions": [
                {"id": one.id, "date": one.day.isoformat(), "papers": one.papers, "reasons": one.reasons}
                for one in outcome.editions
            ],
            "files": outcome.files,
            "why": outcome.why,
            "faults": [
                {name: getattr(fault, name) for name in ("address", "status", "message", "next")}
                for fault in outcome.faults
            ],
        }
        for outcome in outcomes
    ]


def _day(text: str) -> datetime.date:
    date: PartialDate = read_date(text)
    if not date.day:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD")
    return date.first_day
