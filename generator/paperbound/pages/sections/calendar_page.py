"""The calendar: all editions by month, and the collections without a date."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass

from ...library.page_kind import PageKind
from ...library.payloads import PageWork
from ...library.pieces import Day, Head, Month, Pager, Reference, SiteContext
from ...library.shard import Shard
from ...library.site import Site
from ...model.build import Job
from ...model.catalogue import Collection
from ...text.english import MONTHS, count_of, show_date
from ...urls import home, listing

_MONTHS = 12
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The context of `collections.html`: editions by month, newest first, and undated collections."""

    site: SiteContext
    head: Head
    title: str
    deck: str
    months: tuple[Month, ...]
    weekdays: tuple[str, ...]
    undated: tuple[Reference, ...]
    pager: Pager


def _plan_calendar(site: Site, _shard: Shard) -> Iterator[Job]:
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
        deck = _write_deck(len(dated), len(undated))
        head = site.make_head(
            path,
            "Collections" if number == 1 else f"Collections, page {number}",
            deck,
            section="collections",
            feeds=site.link_feeds(first, "Editions") if dated else site.feeds,
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


def _write_deck(editions: int, lists: int) -> str:
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


def _read_calendar(site: Site, _shard: Shard) -> Iterator[str]:
    return map(repr, site.catalogue.collections.values())


CALENDAR = PageKind("index collections", _plan_calendar, _read_calendar, templates={"collections.html": CalendarPage})
