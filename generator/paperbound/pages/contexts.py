"""The theme contract: one frozen value per template, holding all that the template may use.

Fields named `*_html` are safe HTML; every other text is plain and is escaped by the template engine.
An `href` is a link within the site, root-absolute below the base path; a `url` is an absolute address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..library.pieces import (
    Bar,
    Block,
    Entry,
    FeedGroup,
    Head,
    IndexGroup,
    MailEntry,
    Membership,
    Month,
    Move,
    Neighbour,
    Pager,
    PaperLink,
    Part,
    Reference,
    RelatedPaper,
    SiteContext,
)
from ..model.values import quick


@quick
@dataclass(frozen=True, slots=True)
class ListPage:
    """`list.html`, and `papers.html`, `tag.html`, `author.html`, `year.html`, `venue.html`,
    `collection.html`, which extend it: a list of papers. `scope` is the facet (name, value)
    that is this list, or empty. An edition has `moves`, one for each entry, unless it is the first of its
    series, and the editions before and after; a collection has exports, and an edition its mail as a page."""

    site: SiteContext
    head: Head
    kicker: Reference | None
    kicker_note: str
    title: str
    deck: str
    count: int
    order: str
    ranked: bool
    first_rank: int
    entries: tuple[Entry, ...]
    pager: Pager
    blocks: tuple[Block, ...]
    bars: tuple[Bar, ...]
    note: str = ""
    scope: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    before: Reference | None = None
    after: Reference | None = None
    exports: tuple[Reference, ...] = ()
    mail: str = ""


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`index.html`, and `tags.html`, `authors.html`, `years.html`, `venues.html`, which extend it: an index of names
    with counts. `letters` lead to the groups, on whatever page."""

    site: SiteContext
    head: Head
    title: str
    deck: str
    noun: str
    count: int
    letters: tuple[Reference, ...]
    groups: tuple[IndexGroup, ...]
    pager: Pager


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
class MailPage:
    """`mail.html` and `mail.txt`: a digest as it is sent, and as a page. All addresses are absolute; `texts` are the
    words around the papers, in the message's language. There are `count` papers; only the first `full` entries show
    their text; `more` says how many papers are left out (empty: none), `unsubscribe` leads to a page where that can
    be done."""

    site: SiteContext
    language: str
    title: str
    date: str
    deck: str
    url: str
    entries: tuple[MailEntry, ...]
    count: int
    full: int
    more: str
    home: str
    archive: str
    unsubscribe: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HomePage:
    """`home.html`: the site, its newest edition in its order (or the newest papers), and the ways in. `moves` has one
    for each entry where there is an edition before; `edition_mail` is the edition's mail, `calendar` leads to all."""

    site: SiteContext
    head: Head
    edition: Reference | None
    edition_date: str
    edition_iso: str
    edition_feed: str
    entries: tuple[Entry, ...]
    bars: tuple[Bar, ...]
    tags: Block | None
    newest: tuple[Entry, ...]
    moves: tuple[Move, ...]
    edition_mail: str
    calendar: str


@quick
@dataclass(frozen=True, slots=True)
class PaperText:
    """`paper.md`: a paper as its Markdown page is made of it, unescaped. `title`, `takeaway`, `summary`,
    `abstract` and `notes` are Markdown (filters `inline` and `block`), the rest is plain text (filters
    `md` and `yaml`). What this template makes of them is what the HTML page shows,
    but for what follows the heading `related_title`: the page has a place of its own for related papers. Where it is
    not `published`, nobody sees more of it than that."""

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    date: str
    venue: str
    venue_year: str
    tags: tuple[str, ...]
    arxiv: str
    doi: str
    links: tuple[PaperLink, ...]
    retracted: str
    takeaway: str
    summary: str
    abstract: str
    notes: str
    related: tuple[RelatedPaper, ...]
    related_title: str = "Related papers"
    published: bool = True


@quick
@dataclass(frozen=True, slots=True)
class PaperPage:
    """`paper.html`: a paper's page. `title_html`, `intro_html` and `parts` come out of its Markdown page."""

    site: SiteContext
    head: Head
    title_html: str
    intro_html: str
    parts: tuple[Part, ...]
    authors: tuple[Reference, ...]
    venue: Reference | None
    venue_year: str
    booktitle: str
    date: str
    iso: str
    links: tuple[PaperLink, ...]
    tags: tuple[Reference, ...]
    identifiers: tuple[Reference, ...]
    awards: tuple[str, ...]
    retracted: str
    note: str
    bibtex: str
    collections: tuple[Membership, ...]
    related: tuple[RelatedPaper, ...]
    previous: Neighbour | None
    next: Neighbour | None
    list_name: str
    markdown: str
    correction: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`search.html`: the search, and what stands there without JavaScript. `manifest` is where the
    search data begins."""

    site: SiteContext
    head: Head
    manifest: str
    module: str
    indexes: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """`subscribe.html`: feeds of every kind, and a newsletter's form where the site has one, with the note on privacy
    of the site's owner."""

    site: SiteContext
    head: Head
    groups: tuple[FeedGroup, ...]
    action: str
    field: str
    privacy_html: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """`page.html`: a free page, such as the one about the site."""

    site: SiteContext
    head: Head
    title: str
    body_html: str


@dataclass(frozen=True, slots=True)
class MissingPage:
    """`404.html`: shown for an address that does not exist, at any depth."""

    site: SiteContext
    head: Head
    indexes: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """`redirect.html`: at a former address, leading to the new one."""

    site: SiteContext
    head: Head
    href: str
    target: str


TEMPLATES: Mapping[str, type] = {
    "home.html": HomePage,
    "papers.html": ListPage,
    "tag.html": ListPage,
    "author.html": ListPage,
    "year.html": ListPage,
    "venue.html": ListPage,
    "collection.html": ListPage,
    "tags.html": IndexPage,
    "authors.html": IndexPage,
    "years.html": IndexPage,
    "venues.html": IndexPage,
    "collections.html": CalendarPage,
    "mail.html": MailPage,
    "mail.txt": MailPage,
    "paper.md": PaperText,
    "paper.html": PaperPage,
    "search.html": SearchPage,
    "subscribe.html": SubscribePage,
    "page.html": TextPage,
    "404.html": MissingPage,
    "redirect.html": RedirectPage,
}
