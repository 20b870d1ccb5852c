"""Indexes of names with counts: tags, authors from A to Z, years, venues, collections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ...library.page_kind import PageKind
from ...library.payloads import PageWork
from ...library.pieces import Head, IndexGroup, Pager, Reference, SiteContext
from ...library.shard import Shard
from ...library.site import Site
from ...model.job import Job
from ...text.names import fold, index_letter
from ...text.numbers import count_of
from ...urls import home, listing
from .collections import CalendarPage, plan_calendar

_LONG = 60
_NAMES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`index.html`, and `tags.html`, `authors.html`, `years.html`, `venues.html`, which extend it: an index of names
    with counts. `letters` lead to the groups, on whatever page."""

    site: SiteContext
    head: Head
    title: str
    deck: str
    letters: tuple[Reference, ...]
    groups: tuple[IndexGroup, ...]
    pager: Pager


def plan_indexes(site: Site, _shard: Shard) -> Iterator[Job]:
    """The jobs of the five indexes, each page by page; the last one is a calendar."""
    catalogue, href = site.catalogue, site.addresses.href
    tags = [site.link_tag(slug) for slug in catalogue.tags]
    yield from _plan(site, "tags", "Topics", "topic", sorted(tags, key=lambda tag: (fold(tag.name), tag.href)))
    people = [
        Reference(person.name, href(listing("authors", person.slug)), len(person.papers))
        for person in catalogue.people.values()
    ]
    letters = [index_letter(person.name) for person in catalogue.people.values()]
    yield from _plan(site, "authors", "Authors", "author", people, letters)
    years = [
        Reference(str(year), href(listing("years", str(year))), len(papers))
        for year, papers in catalogue.papers_by_year.items()
    ]
    yield from _plan(site, "years", "Years", "year", years)
    venues = [
        Reference(venue.name, href(listing("venues", venue.slug)), len(venue.papers))
        for venue in catalogue.venues.values()
    ]
    letters = [_letter_of(venue.name) for venue in catalogue.venues.values()]
    yield from _plan(site, "venues", "Venues", "venue", venues, letters)
    yield from plan_calendar(site)


def _letter_of(name: str) -> str:
    first = fold(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _plan(
    site: Site,
    section: str,
    title: str,
    noun: str,
    items: list[Reference],
    letters: list[str] | None = None,
) -> Iterator[Job]:
    first = listing(section)
    size = site.config.page_size * _NAMES_A_PAGE
    pages = max(1, -(-len(items) // size))
    lettered = (
        list(zip(letters, items, strict=True)) if letters and len(items) > _LONG else [("", item) for item in items]
    )
    # `#` sorts first and stands first; A to Z follow as the names are sorted already.
    jumps: dict[str, Reference] = {}
    for place, (letter, _) in enumerate(lettered):
        if letter and letter not in jumps:
            page = site.addresses.href(listing(section, number=place // size + 1))
            jumps[letter] = Reference(letter, f"{page}#letter-{letter.lower() if letter != '#' else 'other'}")
    for number in range(1, pages + 1):
        path = listing(section, number=number)
        part = lettered[(number - 1) * size : number * size]
        groups = tuple(
            IndexGroup(letter, tuple(item for _, item in group)) for letter, group in groupby(part, lambda one: one[0])
        )
        head = site.make_head(
            path,
            title if number == 1 else f"{title}, page {number}",
            f"{count_of(len(items), noun)} of {site.config.title}.",
            section=section,
            feeds=site.link_feeds(home(), site.config.title),
            steps=((site.config.title, home()), (title, first)) if number == 1 else (),
        )
        context = IndexPage(
            site=site.context,
            head=head,
            title=title,
            deck=f"{count_of(len(items), noun)}.",
            letters=tuple(jumps.values()),
            groups=groups,
            pager=site.make_pager(first, number, pages),
        )
        template = f"{section}.html"
        yield Job(
            path,
            PageWork(template, context),
            f"the index of {section}",
            (path,),
            listed=True,
        )


def read_indexes(site: Site, _shard: Shard) -> Iterator[str]:
    """The names and counts that the indexes show."""
    catalogue = site.catalogue
    yield from (f"{slug}\1{len(papers)}" for slug, papers in catalogue.papers_by_tag.items())
    yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in catalogue.people.values())
    yield from (f"{year}\1{len(papers)}" for year, papers in catalogue.papers_by_year.items())
    yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in catalogue.venues.values())
    yield from (repr(one) for one in catalogue.collections.values())


INDEXES = PageKind(
    "indexes",
    plan_indexes,
    read_indexes,
    templates={f"{name}.html": IndexPage for name in ("tags", "authors", "years", "venues")}
    | {"collections.html": CalendarPage},
)
