"""The calendar: all editions by month, and the collections without a date."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass

from ...formats.citing import mark_retracted
from ...library.editions import list_sessions
from ...library.gaps import find_gaps, join_gaps
from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Head, IndexItem, Pager, Reference, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...model.catalogue import Collection, Gap
from ...model.date import PartialDate
from ...urls import home, listing

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar: number (0: none of this month) and editions.

    With `lacks`, a daily series has no edition on this day.
    """

    number: int
    editions: tuple[IndexItem, ...] = ()
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a series has no edition, as a sentence, and the reason."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar: name, id in the page, weeks and editions.

    Weeks begin on Monday; there are none where no edition has a day. Editions are newest first, each with its count,
    its first paper and, as `note`, its date; `anchors` has the id in the page of each that is the first of its day, or
    the empty text. `absences` are days on which a series has none.
    """

    name: str
    id: str
    weeks: tuple[tuple[Day, ...], ...]
    editions: tuple[IndexItem, ...]
    anchors: tuple[str, ...]
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The context of `collections.html`: editions by month, newest first, and undated collections.

    `weekdays` are the names of the days from Monday on, each with a short one.
    """

    site: SiteContext
    head: Head
    title: str
    deck: str
    months: tuple[Month, ...]
    weekdays: tuple[tuple[str, str], ...]
    undated: tuple[IndexItem, ...]
    pager: Pager


def _plan_calendar(site: Site, _shard: Shard) -> Iterator[Job]:
    if not site.catalogue.collections:
        return
    by_month: dict[tuple[int, int], list[tuple[PartialDate, Collection]]] = {}
    gaps: dict[tuple[int, int], list[Gap]] = {}
    undated = []
    for one in site.catalogue.collections.values():
        if one.date:
            by_month.setdefault((one.date.year, one.date.month), []).append((one.date, one))
        elif not one.session:
            undated.append(_link(site, one, one.description))
    if sessions := list_sessions(site.catalogue.collections):
        href = site.addresses.href(listing("programme"))
        undated.append(IndexItem(site.t("programme.title"), href, sum(len(one.papers) for one in sessions)))
    for gap in find_gaps(site.catalogue.collections, site.catalogue.gaps):
        gaps.setdefault((gap.date.year, gap.date.month), []).append(gap)
    months = [
        _make_month(site, PartialDate(*key), by_month.get(key, []), gaps.get(key, []))
        for key in sorted({*by_month, *gaps}, reverse=True)
    ]
    first, pages = listing("collections"), max(1, -(-len(months) // _MONTHS))
    title, deck = site.t("collections.title"), _write_deck(site, sum(map(len, by_month.values())), len(undated))
    names, short = site.t("calendar.weekdays").split(), site.t("calendar.short_weekdays").split()
    for number in range(1, pages + 1):
        path = listing("collections", number=number)
        head = site.make_head(
            path,
            site.number_title(title, number),
            deck,
            section="collections",
            feeds=site.link_feeds(first, site.t("list.editions")) if by_month else site.feeds,
            steps=((site.config.title, home()), (title, first)) if number == 1 else (),
        )
        page = CalendarPage(
            site=site.context,
            head=head,
            title=title,
            deck=deck,
            months=tuple(months[(number - 1) * _MONTHS : number * _MONTHS]),
            weekdays=tuple(zip(names, short, strict=True)),
            undated=tuple(undated) if number == 1 else (),
            pager=site.make_pager(first, number, pages),
        )
        yield Job(path, PageWork("collections.html", page), "the calendar of collections", (path,), listed=True)


def _write_deck(site: Site, editions: int, lists: int) -> str:
    parts = [site.t("collections.editions", count=editions)] if editions else []
    parts += [site.t("collections.lists", count=lists)] if lists or not editions else []
    return site.t("layout.sentence", text=site.language.join_all(parts))


def _link(site: Site, collection: Collection, note: str) -> IndexItem:
    """Returns a collection with its first paper."""
    href = site.addresses.href(listing("collections", collection.slug))
    first = tuple(
        Reference(mark_retracted(site.catalogue.records[one.id], one.title), one.href)
        for one in site.pick_entries(collection.papers[:1])
    )
    return IndexItem(collection.title, href, len(collection.papers), note, newest=first)


def _make_month(
    site: Site, month: PartialDate, editions: list[tuple[PartialDate, Collection]], gaps: list[Gap]
) -> Month:
    # Those that know no day stand last, so that all of one day stand together.
    editions = sorted(editions, key=lambda one: -one[0].day)
    references = tuple(_link(site, one, site.language.show_date(date)) for date, one in editions)
    by_day: dict[int, list[IndexItem]] = {}
    anchors = []
    for (date, _), reference in zip(editions, references, strict=True):
        anchors.append(f"{month.iso}-{date.day}" if date.day and date.day not in by_day else "")
        if date.day:
            by_day.setdefault(date.day, []).append(reference)
    lacking = {gap.date.day for gap in gaps}
    weeks = calendar.Calendar().monthdayscalendar(month.year, month.month) if by_day or gaps else []
    days = tuple(
        tuple(Day(day, tuple(by_day.get(day, ())), day in lacking and day not in by_day) for day in week)
        for week in weeks
    )
    absences = tuple(_describe_absence(site, *run) for run in join_gaps(gaps))
    return Month(site.language.show_date(month), month.iso, days, references, tuple(anchors), absences)


def _describe_absence(site: Site, first: Gap, last: Gap) -> Absence:
    """Describes days on which a series has no edition."""
    titles = (one.title for one in site.catalogue.collections.values() if one.date and one.series == first.series)
    series, day = next(titles, first.series), site.language.show_date(first.date)
    if first is last:
        return Absence(site.t("calendar.absence", series=series, day=day), first.reason)
    text = site.t(
        "calendar.absences", series=series, first=str(first.date.day), last=site.language.show_date(last.date)
    )
    return Absence(text, first.reason)


def _read_calendar(site: Site, _shard: Shard) -> Iterator[str]:
    for one in site.catalogue.collections.values():
        yield repr(one)
        yield from site.list_summaries(one.papers[:1])
    yield repr(site.catalogue.gaps)


CALENDAR = PageKind("index collections", _plan_calendar, _read_calendar, templates={"collections.html": CalendarPage})
