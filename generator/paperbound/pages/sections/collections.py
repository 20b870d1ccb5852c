"""Collections: beside each one's list its mail as a page and its exports; the calendar of all editions."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...formats.exports import EXPORTS
from ...languages import find_language
from ...library.editions import list_oldest_first
from ...library.page_kind import PageKind
from ...library.payloads import PageWork
from ...library.pieces import Day, Head, Month, Pager, Reference, SiteContext
from ...library.shard import Shard
from ...library.site import Site
from ...model.catalogue import Collection
from ...model.job import Artifact, Job
from ...model.record import Record
from ...text.dates import MONTHS, show_date
from ...text.numbers import count_of
from ...themes.theme import Theme
from ...urls import export, folder_of, home, listing, mail, paper
from ..mail import MailPage, MailWork, MailWriter, select_collection

# 10,000 papers of the anthology are 8 MB of BibTeX; a host refuses files of 100 MB.
_MOST = 10_000
_MONTHS = 12
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """`collections.html`: the editions by month, newest first, and the collections that have no date."""

    site: SiteContext
    head: Head
    title: str
    deck: str
    months: tuple[Month, ...]
    weekdays: tuple[str, ...]
    undated: tuple[Reference, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class ExportWork:
    """Papers for reference managers: the format by its suffix, records with the addresses of their pages."""

    suffix: str
    rows: tuple[tuple[Record, str], ...]

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """The papers in the format."""
        yield Artifact(paths[0], EXPORTS[self.suffix][1](self.rows).encode())


def plan_collections(site: Site, shard: Shard) -> Iterator[Job]:
    """The jobs of the mails and the exports of a shard of the collections."""
    writer = MailWriter(site, find_language(site.config.language))
    for collection in _list_collections(site, shard):
        owner = f"the collection {collection.id!r}"
        path = mail(collection.slug)
        page = writer.write(select_collection(site, collection, writer.language))
        yield Job(path, MailWork(page), owner, (path,))
        for suffix in EXPORTS:
            for number, ids in enumerate(_cut(collection.papers), 1):
                path = export(folder_of(listing("collections", collection.slug)), suffix, number)
                yield Job(path, ExportWork(suffix, _make_rows(site, ids)), owner, (path,))


def _cut(papers: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [papers[start : start + _MOST] for start in range(0, len(papers), _MOST)]


def _make_rows(site: Site, ids: Sequence[str]) -> tuple[tuple[Record, str], ...]:
    records, slugs = site.catalogue.records, site.catalogue.slugs
    return tuple((records[ident], site.addresses.absolute(paper(slugs[ident]))) for ident in ids)


def link_exports(site: Site, collection: Collection) -> tuple[Reference, ...]:
    """The exports of a collection, by the names of their formats."""
    folder = folder_of(listing("collections", collection.slug))
    files = len(_cut(collection.papers))
    return tuple(
        Reference(f"{name} {number}" if files > 1 else name, site.addresses.href(export(folder, suffix, number)))
        for suffix, (name, _) in EXPORTS.items()
        for number in range(1, files + 1)
    )


def plan_calendar(site: Site) -> Iterator[Job]:
    """The pages of the calendar, twelve months each, newest first; collections without a date on the first."""
    collections = tuple(site.catalogue.collections.values())
    dated = [one for one in collections if one.date]
    by_month: dict[tuple[int, int], list[Collection]] = {}
    for one in dated:
        if one.date:
            by_month.setdefault((one.date.year, one.date.month), []).append(one)
    months = [_make_month(site, *key, by_month[key]) for key in sorted(by_month, reverse=True)]
    undated = tuple(_link(site, one) for one in collections if not one.date)
    first, pages = listing("collections"), max(1, -(-len(months) // _MONTHS))
    for number in range(1, pages + 1):
        path = listing("collections", number=number)
        deck = _describe(len(dated), len(undated))
        head = site.make_head(
            path,
            "Collections" if number == 1 else f"Collections, page {number}",
            deck,
            section="collections",
            feeds=site.link_feeds(first if dated else home(), "Editions" if dated else site.config.title),
            steps=((site.config.title, home()), ("Collections", first)) if number == 1 else (),
        )
        context = CalendarPage(
            site=site.context,
            head=head,
            title="Collections",
            deck=deck,
            months=tuple(months[(number - 1) * _MONTHS : number * _MONTHS]),
            weekdays=_WEEKDAYS,
            undated=undated if number == 1 else (),
            pager=site.make_pager(first, number, pages),
        )
        work = PageWork("collections.html", context)
        yield Job(path, work, "the calendar of collections", (path,), listed=True)


def _describe(editions: int, lists: int) -> str:
    parts = [count_of(editions, "edition")] if editions else []
    parts += [count_of(lists, "reading list")] if lists or not editions else []
    return f"{' and '.join(parts)}."


def _link(site: Site, collection: Collection) -> Reference:
    date = collection.date
    note = show_date(date) if date else collection.description
    return Reference(
        collection.title, site.addresses.href(listing("collections", collection.slug)), len(collection.papers), note
    )


def _make_month(site: Site, year: int, month: int, editions: list[Collection]) -> Month:
    # Those that know no day stand last, so that all of one day stand together.
    editions = sorted(editions, key=lambda one: -one.date.day if one.date else 0)
    references = tuple(_link(site, one) for one in editions)
    name = f"{MONTHS[month - 1]} {year}" if month else str(year)
    by_day: dict[int, list[Reference]] = {}
    for collection, reference in zip(editions, references, strict=True):
        if collection.date and collection.date.day:
            by_day.setdefault(collection.date.day, []).append(reference)
    weeks = calendar.Calendar().monthdayscalendar(year, month) if by_day else []
    days = tuple(tuple(Day(day, tuple(by_day.get(day, ()))) for day in week) for week in weeks)
    return Month(name, f"{year}-{month:02}" if month else str(year), days, references)


def _list_collections(site: Site, shard: Shard) -> tuple[Collection, ...]:
    return list_oldest_first(site.catalogue.collections)[shard.start : shard.stop]


def read_collections(site: Site, shard: Shard) -> Iterator[str]:
    """All that the mails and exports of a shard show besides records."""
    for collection in _list_collections(site, shard):
        yield repr(collection)
        yield repr(site.editions.get(collection.id))
        yield from site.list_summaries(collection.papers)


def list_records(site: Site, shard: Shard) -> Iterator[str]:
    """The ids of the papers of a shard of the collections."""
    for collection in _list_collections(site, shard):
        yield from collection.papers


def _count(site: Site) -> int:
    return len(site.catalogue.collections)


COLLECTIONS = PageKind(
    "collections",
    plan_collections,
    read_collections,
    list_records,
    {"mail.html": MailPage, "mail.txt": MailPage},
    _count,
    size=16,
)
