"""The people of a lab: present and former members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Head, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...model.catalogue import Profile
from ...urls import home, link_orcid, listing


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the lab: name, role, years and links.

    `href` leads to the page with the papers, `url` to the homepage; `picture` is a link. All but name and role may be
    empty.
    """

    name: str
    role: str
    years: str
    href: str
    url: str
    orcid: str
    orcid_url: str
    picture: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The context of `people.html`: present and former members, in the order of authors.yaml."""

    site: SiteContext
    head: Head
    title: str
    members: tuple[Member, ...]
    former: tuple[Member, ...]


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    if not site.catalogue.members:
        return
    path, title = listing("people"), site.t("people.title")
    description = site.t("people.description", title=site.config.title)
    steps = ((site.config.title, home()), (title, path))
    head = site.make_head(path, title, description, section="people", feeds=site.feeds, steps=steps)
    former = tuple(_describe(site, one) for one in site.catalogue.members if one.until)
    page = PeoplePage(site.context, head, title, list_members(site), former)
    yield Job(path, PageWork("people.html", page), "the page of people", (path,), listed=True)


def list_members(site: Site) -> tuple[Member, ...]:
    """Returns the present members of the lab."""
    return tuple(_describe(site, one) for one in site.catalogue.members if not one.until)


def read_members(site: Site) -> Iterator[str]:
    """Yields what pages show of all members."""
    return (f"{one!r}{site.people[one.id]}" for one in site.catalogue.members)


def _describe(site: Site, one: Profile) -> Member:
    years = site.t("people.until", year=one.until) if one.until else ""
    if one.since:
        years = f"{one.since}–{one.until}" if one.until else site.t("people.since", year=one.since)
    return Member(
        name=one.name,
        role=one.role,
        years=years,
        href=site.people[one.id],
        url=one.url,
        orcid=one.orcid,
        orcid_url=link_orcid(one.orcid) if one.orcid else "",
        picture=site.addresses.href(one.picture) if one.picture else "",
        affiliation=one.affiliation,
    )


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    return read_members(site)


PEOPLE = PageKind("people", _plan, _read, templates={"people.html": PeoplePage})
