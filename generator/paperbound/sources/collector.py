"""Collecting: the news of one source become records and editions, written as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ..content.folder import find_series, read_collections
from ..content.imports import ImportedFiles, ImportLibrary
from ..content.lists.gaps import GAPS, read_gaps, write_gaps
from ..content.tags import match_keywords
from ..formats.yamlrecord import write_collection
from ..model.catalogue import Collection, Gap, Tag
from ..model.date import PartialDate
from ..model.errors import Fault
from ..model.record import Record
from .changes import write_changes
from .enrich.fill import enrich
from .enrich.filling import EnrichContext
from .faults import SourceError
from .matching import find_matches
from .reading import Reading
from .same import find_same
from .source import Batch, Source, Window
from .state import SourceState, name_seen

# Days that are caught up, at most.
_MOST_DAYS = 31


@dataclass(slots=True)
class NewPapers:
    """The new papers of an edition, with id, day and reasons of the order."""

    id: str
    day: datetime.date
    papers: list[str] = field(default_factory=list)
    reasons: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """The outcome of a source: counts, editions, files, why there is no edition, faults.

    A source with faults has failed, though answers of its last run may have been read.
    """

    source: Source
    read: int = 0
    added: int = 0
    changed: int = 0
    withdrawn: list[str] = field(default_factory=list)
    editions: list[NewPapers] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    why: str = ""
    faults: list[SourceError] = field(default_factory=list)


class _New(NamedTuple):
    record: Record
    day: datetime.date
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Collector:
    """The collector of one run. `day` is that of the editions, `tags` are the topics of tags.yaml."""

    content: Path
    library: ImportLibrary
    tags: tuple[Tag, ...]
    reading: Reading
    day: datetime.date
    writes: bool = True

    def collect(self, source: Source) -> Outcome:
        """Reads a source and writes its news; a source that fails changes nothing."""
        outcome = Outcome(source)
        state = SourceState.load(self.content, source.id)
        window = self._find_window(state)
        self.reading.begin(source)
        try:
            batches = list(source.kind.read(source, window, self.reading))
        except SourceError as fault:
            outcome.faults = [*self.reading.faults, fault]
            return outcome
        outcome.faults = list(self.reading.faults)
        outcome.read = sum(len(batch.records) for batch in batches)
        # Files of earlier sources stay: in a dry run they are not on the disk.
        earlier = self.library.done.list_files()
        self.library.done = ImportedFiles(texts=dict(earlier))
        self.library.update = source.update
        fresh, older = self._part(batches, state)
        files = self._merge(source, [*self._match(source, fresh)], older, state, outcome)
        files = {path: text for path, text in files.items() if earlier.get(path) != text}
        outcome.why = self._explain(source, outcome)
        files |= self._note_gaps(source, window, outcome)
        state.begun = state.begun or self.day
        if not outcome.faults:
            self._advance(batches, state)
        listed = frozenset(name_seen(record.id) for batch in batches for record in batch.records)
        noted = state.write(listed, self.day)
        if noted != state.text:
            files[state.file] = noted
        if self.writes:
            write_changes(self.content, files)
            self.reading.finish()
        self.library.imported.text = self.library.imported.write()
        outcome.files = [path.relative_to(self.content).as_posix() for path in files]
        return outcome

    def _find_window(self, state: SourceState) -> Window:
        """Returns the days to read.

        The last day with papers is read again, because it may have grown.
        """
        earliest = self.day - datetime.timedelta(days=_MOST_DAYS)
        first = min(max(state.last, earliest), self.day) if state.last else state.begun and max(state.begun, earliest)
        return Window(self.day, min(first, self.day) if first else None, state.begun)

    def _part(self, batches: Iterable[Batch], state: SourceState) -> tuple[list[_New], list[Record]]:
        """Parts news from known papers; late papers are of the day of the edition."""
        fresh: dict[str, _New] = {}
        older: list[Record] = []
        for batch in batches:
            late = batch.day is None or (state.last is not None and batch.day <= state.last)
            if batch.day and batch.day > self.day:
                continue
            for record in match_keywords(batch.records, self.tags):
                name = name_seen(record.id)
                if name in state.seen or not batch.fresh:
                    older.append(record)
                else:
                    fresh.setdefault(name, _New(record, self.day if late or not batch.day else batch.day))
        return list(fresh.values()), older

    def _match(self, source: Source, fresh: Sequence[_New]) -> Iterable[_New]:
        """Returns the papers that the source's query finds, best first.

        Each has the queries that move it up.
        """
        queries = [source.match, *source.boost] if source.match else [*source.boost]
        found = find_matches([new.record for new in fresh], queries)
        matching = found.pop(0) if source.match else frozenset(range(len(fresh)))
        matched = [
            new._replace(
                reasons=tuple(query for query, places in zip(source.boost, found, strict=True) if place in places)
            )
            for place, new in enumerate(fresh)
            if place in matching
        ]
        return sorted(matched, key=lambda new: (new.day, -len(new.reasons)))

    def _merge(
        self, source: Source, fresh: Sequence[_New], older: Iterable[Record], state: SourceState, outcome: Outcome
    ) -> dict[Path, str]:
        """Merges papers into records and editions; returns the files to write, records first."""
        library = self.library
        editions = _Editions(source, self.content, self.reading, frozenset(state.seen))
        added: list[str] = []
        for new in fresh:
            if source.limit and editions.count(new.day) >= source.limit:
                state.note([new.record.id], new.day)
                continue
            tags = tuple(dict.fromkeys((*new.record.tags, *source.tags)))
            record = replace(self._date_signals(new.record), tags=tags)
            count = library.done.added
            ident = self._add(record, new.day, outcome)
            added += [ident] if library.done.added > count else []
            editions.add(ident, new)
            state.note([new.record.id], new.day)
        for record in older:
            if find_same(record, library) is not None:
                self._add(self._date_signals(record), None, outcome)
        self._enrich(source, added)
        outcome.added, outcome.changed = library.done.added, library.done.filled
        outcome.editions = [one for one in editions.opened.values() if one.papers and source.edition]
        files = library.done.list_files()
        if (noted := library.imported.write()) != library.imported.text:
            files[library.imported.file] = noted
        return files | editions.write()

    def _enrich(self, source: Source, added: Sequence[str]) -> None:
        """Fills empty fields of the records that are new."""
        if not source.enrich or not added:
            return
        library, reading = self.library, self.reading
        listed = None if library.tags is None else self.tags
        place = f"{self.content.resolve().name}/sources.yaml: {source.id}"
        context = EnrichContext.of(library.records, listed, reading.report, place, reading.folder, reading.environment)
        records = [library.records[library.places["id", ident.lower()]] for ident in added]
        for old, record in zip(records, enrich(records, source.enrich, context), strict=True):
            if record is not old:
                library.rewrite(record)

    def _date_signals(self, record: Record) -> Record:
        today = _date(self.day)
        return replace(record, signals=tuple(one if one.date else one._replace(date=today) for one in record.signals))

    def _add(self, record: Record, day: datetime.date | None, outcome: Outcome) -> str:
        place = find_same(record, self.library)
        old = self.library.records[place] if place is not None else None
        if old:
            record = replace(record, id=old.id)
        # What a service says otherwise of a known paper is no news.
        self.library.report = _ignore if old else self.reading.report
        ident = self.library.add(record, _date(day) if day else None)
        if old and record.retracted and not old.retracted:
            outcome.withdrawn.append(ident)
        return ident

    def _explain(self, source: Source, outcome: Outcome) -> str:
        """Returns why there is no edition or no new paper; an empty text otherwise."""
        if any(edition.day == self.day for edition in outcome.editions) or (outcome.added and not source.edition):
            return ""
        if known := source.kind.explain(source, self.day):
            return known
        if not outcome.read:
            answer = self.reading.last
            place = f"{answer.address}: status {answer.status}: " if answer else ""
            return f"{place}the list is empty; the next run asks again"
        return f"all {outcome.read:,} papers that it lists are known, or do not match"

    def _note_gaps(self, source: Source, window: Window, outcome: Outcome) -> dict[Path, str]:
        """Returns the file of gaps with the days that never have papers."""
        days = (window.start + datetime.timedelta(days=number) for number in range((self.day - window.start).days + 1))
        reasons = {day: source.kind.explain(source, day) for day in days if source.edition}
        for edition in outcome.editions:
            reasons.pop(edition.day, None)
        gaps = [Gap(source.edition, _date(day), reason) for day, reason in reasons.items() if reason]
        known = read_gaps(self.content, self.reading.report)
        return {} if {*gaps} <= {*known} else {self.content / GAPS: write_gaps((*known, *gaps))}

    def _advance(self, batches: Iterable[Batch], state: SourceState) -> None:
        """Moves the last day: days without papers are read again."""
        days = [batch.day for batch in batches if batch.day and batch.fresh and batch.records and batch.day <= self.day]
        state.last = max([*days, *([state.last] if state.last else [])], default=None)


class _Editions:
    """The editions of a source's series: those on the disk, and their new papers."""

    def __init__(self, source: Source, content: Path, reading: Reading, seen: frozenset[str]) -> None:
        self.source, self.content = source, content
        self.reading, self.seen = reading, seen
        self.opened: dict[datetime.date, NewPapers] = {}
        every = read_collections(content, reading.report) if source.edition else ()
        self.known: Mapping[str, Collection] = {one.id: one for one in every}
        series = {self._series, source.edition}
        self.papers = {ident for one in every if one.date and one.series in series for ident in one.papers}

    @property
    def _series(self) -> str:
        return find_series(f"{self.source.edition}-2000-01-01")

    def _open(self, day: datetime.date) -> NewPapers:
        return self.opened.setdefault(day, NewPapers(f"{self.source.edition}-{day.isoformat()}", day))

    def _read_time(self) -> str:
        answer = self.reading.last
        now = self.reading.client.clock.time().isoformat(timespec="minutes")
        return (answer.read if answer and answer.read else now).replace("+00:00", "Z")

    def count(self, day: datetime.date) -> int:
        """Returns the number of the source's papers of a day so far."""
        edition = self._open(day)
        old = self.known.get(edition.id)
        return len(edition.papers) + sum(name_seen(ident) in self.seen for ident in (old.papers if old else ()))

    def add(self, ident: str, new: _New) -> None:
        """Adds a paper to the edition of its day, unless the series has it."""
        if ident in self.papers:
            return
        self.papers.add(ident)
        edition = self._open(new.day)
        edition.papers.append(ident)
        if new.reasons:
            edition.reasons[ident] = list(new.reasons)

    def write(self) -> dict[Path, str]:
        """Returns the files of editions with new papers."""
        files = {}
        for edition in self.opened.values():
            if not edition.papers or not self.source.edition:
                continue
            old = self.known.get(edition.id)
            path = self.content / "collections" / f"{edition.id}.yaml"
            title = old.title if old else self.source.title or self.source.edition.replace("-", " ").capitalize()
            series = "" if self._series == self.source.edition else self.source.edition
            papers = [*(old.papers if old else ()), *edition.papers]
            earlier = old.source.split(", ") if old and old.source else []
            others = {
                "source": ", ".join(dict.fromkeys((*earlier, self.source.label))),
                "read_at": self._read_time(),
                "rank_by": old.rank_by if old else self.source.rank_by,
                "reasons": {
                    ident: list(why) for ident, why in (*(old.reasons if old else ()), *edition.reasons.items())
                },
            }
            about = old.description if old else ""
            files[path] = write_collection(title, edition.day.isoformat(), about, series, papers, **others)
        return files


def _date(day: datetime.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _ignore(_: Fault) -> None:
    """Reports nothing."""
