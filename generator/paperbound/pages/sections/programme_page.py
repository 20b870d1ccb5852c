"""The programme: the sessions of a conference, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ...library.editions import list_sessions
from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Entry, Head, Reference, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...model.catalogue import Collection, Session
from ...urls import home, listing


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session of the programme: its page, time, facts and papers.

    `begin` is empty where the time is unknown; `hours` says when it begins and ends; `facts` are track, room and chair.
    """

    link: Reference
    begin: str
    hours: str
    facts: tuple[str, ...]
    description: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day of the programme, with its ISO date."""

    iso: str
    name: str
    sessions: tuple[SessionEntry, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """The context of `programme.html`: the days of a conference."""

    site: SiteContext
    head: Head
    title: str
    days: tuple[ProgrammeDay, ...]


def show_hours(site: Site, session: Session) -> str:
    """Returns when a session begins and ends; empty where that is unknown."""
    return site.t("programme.hours", begin=session.begin, end=session.end) if session.end else session.begin


def list_facts(site: Site, session: Session) -> tuple[str, ...]:
    """Returns track, room and chair of a session, as far as known."""
    chair = site.t("programme.chair", name=session.chair) if session.chair else ""
    return tuple(filter(None, (session.track, session.room, chair)))


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    found = list_sessions(site.catalogue.collections)
    if not found:
        return
    path, title = listing("programme"), site.t("programme.title")
    days = tuple(
        ProgrammeDay(iso, name, tuple(_describe(site, one, session) for *_, one, session in same))
        for (iso, name), same in groupby(_list_rows(site, found), key=lambda row: row[:2])
    )
    description = site.t("programme.description", title=site.config.title)
    steps = ((site.config.title, home()), (title, path))
    head = site.make_head(path, title, description, section="programme", feeds=site.feeds, steps=steps)
    page = ProgrammePage(site.context, head, title, days)
    yield Job(path, PageWork("programme.html", page), "the programme", (path,), listed=True)


def _list_rows(site: Site, found: tuple[Collection, ...]) -> Iterator[tuple[str, str, Collection, Session]]:
    for one in found:
        if one.session:
            yield one.session.day.iso, site.language.show_date(one.session.day), one, one.session


def _describe(site: Site, collection: Collection, session: Session) -> SessionEntry:
    href = site.addresses.href(listing("collections", collection.slug))
    return SessionEntry(
        Reference(collection.title, href, len(collection.papers)),
        session.begin,
        show_hours(site, session),
        list_facts(site, session),
        collection.description,
        site.pick_entries(collection.papers),
    )


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    for one in list_sessions(site.catalogue.collections):
        yield repr(one)
        yield from site.list_summaries(one.papers)


PROGRAMME = PageKind("programme", _plan, _read, templates={"programme.html": ProgrammePage})
