"""Catalogue: all records by id, and indexes whose values are ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .date import Moment, PartialDate
from .record import Record


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of the site, below the topic `parent`.

    `match` are keywords of foreign files that mean the topic.
    """

    slug: str
    name: str
    description: str = ""
    parent: str = ""
    match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """An author by the most frequent spelling, with ids of papers newest first.

    `similar` are the slugs of other people of the same name. ORCID, homepage (`url`), affiliation and picture (a path
    in the static folder) are empty where they are unknown.
    """

    slug: str
    name: str
    variants: tuple[str, ...]
    papers: tuple[str, ...]
    orcid: str = ""
    url: str = ""
    affiliation: str = ""
    picture: str = ""
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A person in authors.yaml: the id is the address.

    `variants` are other spellings, `former` names that are replaced everywhere, `similar` ids of other people. Somebody
    with a `role` is a member of the lab, since and until a year; until is empty for present members.
    """

    id: str
    name: str
    variants: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    orcid: str = ""
    url: str = ""
    affiliation: str = ""
    picture: str = ""
    role: str = ""
    since: str = ""
    until: str = ""
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference or a journal, with its papers newest first."""

    slug: str
    name: str
    papers: tuple[str, ...]


class Session(NamedTuple):
    """The time and the place of a session of a conference.

    `begin` and `end` are `09:30`, or empty.
    """

    day: PartialDate
    begin: str = ""
    end: str = ""
    room: str = ""
    chair: str = ""
    track: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """An ordered list of papers.

    With a date, it is an edition of its series; with `session`, a session of a conference. `source` names what
    the papers were read from, at the moment `read_at`. With `rank_by`, the name of a signal, papers of larger values
    come first, and equal ones in the order of the file. `reasons` are the queries that moved papers up when they were
    collected, by id.
    """

    id: str
    slug: str
    title: str
    papers: tuple[str, ...]
    date: PartialDate | None = None
    description: str = ""
    series: str = ""
    source: str = ""
    read_at: Moment | None = None
    rank_by: str = ""
    reasons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    session: Session | None = None
    file: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query of the site's owner, with a page and feeds of its papers."""

    slug: str
    title: str
    query: str
    description: str = ""
    file: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)


class NewsItem(NamedTuple):
    """A short text of a day, in Markdown; the title may be empty."""

    date: PartialDate
    text: str
    title: str = ""


class Gap(NamedTuple):
    """A day on which a series has no edition, and why."""

    series: str
    date: PartialDate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page of the site's own: slug, title and Markdown.

    The slug of a page in a folder has slashes, that of the home page is empty. `links` are the places of the relative
    targets of its links and pictures: a path of the site, or `../` and a path beside the content folder. `language` is
    what the file's name says, and `translations` are all languages that have the page, of a site in several.
    """

    slug: str
    title: str
    description: str
    body: str
    file: str = field(default="", compare=False, repr=False)
    links: tuple[tuple[str, str], ...] = ()
    language: str = ""
    translations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to publish: path in the site, place on disk, digest of the bytes.

    A picture has a width and a height in pixels, where its format is known. The path of a file beside a record is that
    from the content folder on, until the paper has an address.
    """

    path: str
    location: str = field(compare=False, repr=False)
    digest: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All content of a site. Mappings keep the order in which their pages are listed.

    `records` is ordered newest first, undated last, then by id; `slugs` gives each id its address, `keys` the key of
    its BibTeX entry; `people_of` gives each id the slugs of its authors, in their order on the paper.
    `gaps` are days without an edition that were noted when papers were collected. `attachments` are the files that
    papers have beside their records, with their paths in the site; `pictures` are those of papers by id.
    `members` are the people of a lab, present and former ones; `news` are newest first. `synonyms` are groups of words
    that mean the same to the search; `searches` are those that are saved.
    """

    records: Mapping[str, Record]
    slugs: Mapping[str, str]
    tags: Mapping[str, Tag]
    papers_by_tag: Mapping[str, tuple[str, ...]]
    people: Mapping[str, Person]
    people_of: Mapping[str, tuple[str, ...]]
    papers_by_year: Mapping[int, tuple[str, ...]]
    venues: Mapping[str, Venue]
    venue_of: Mapping[str, str]
    collections: Mapping[str, Collection]
    pages: tuple[FreePage, ...] = ()
    static: tuple[Asset, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    attachments: tuple[Asset, ...] = ()
    pictures: Mapping[str, Asset] = field(default_factory=dict)
    members: tuple[Profile, ...] = ()
    news: tuple[NewsItem, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    searches: tuple[SavedSearch, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """All papers by age, and the facts that pages of other papers show.

    `recent` are all ids, newest first; `summary_digests` are digests of what other pages show of each paper;
    `pinned` are the related papers that records name; `aliases` are former addresses with the file that names them;
    `made_by` are the fields of each paper that a program wrote.
    """

    recent: tuple[str, ...]
    summary_digests: Mapping[str, str]
    pinned: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]
    made_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def list_ancestors(slug: str, tags: Mapping[str, Tag]) -> list[str]:
    """Returns the tags above a tag, the nearest first.

    A cycle ends with the tag that closes the cycle.
    """
    found: list[str] = []
    while (slug := tags[slug].parent) in tags and slug not in found:
        found.append(slug)
    return found
