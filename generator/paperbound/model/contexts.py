"""The theme contract: one frozen value per template, holding all that the template may use.

Fields named `*_html` are safe HTML; every other text is plain and is escaped by the template engine.
An `href` is a link within the site, root-absolute below the base path; a `url` is an absolute address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .digested import Digested


@dataclass(frozen=True, slots=True)
class Reference:
    """A name and where it leads; `href` is empty where there is no page. `count` and `note` may be shown."""

    name: str
    href: str = ""
    count: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of a page: its media type, title and link."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, repr=False)
class SiteContext(Digested):
    """What every page knows of its site. `home` is the link to the home page, `sections` those to the indexes,
    `assets` those to the theme's files by name, `opensearch` and `search_data` those to the description of the
    search and to its data; a reference of `navigation` notes its section.
    """

    title: str
    tagline: str
    description: str
    language: str
    home: str
    base_url: str
    sections: Mapping[str, str]
    navigation: tuple[Reference, ...]
    footer: tuple[Reference, ...]
    assets: Mapping[str, str]
    repository: str
    opensearch: str
    search_data: str
    digest: str = field(init=False)


@dataclass(frozen=True, slots=True)
class Head:
    """A page's head: title, description, canonical address, feeds, meta tags by name and by property.

    `section` names the part of the navigation that the page belongs to; `json_ld` is put into the page
    as JSON.
    """

    title: str
    description: str
    canonical: str
    section: str = ""
    feeds: tuple[FeedLink, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    json_ld: tuple[object, ...] = ()
    markdown: str = ""
    index: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Entry(Digested):
    """A paper as lists show it. `date` is for people, `iso` for machines; `year` stands alone in a margin."""

    id: str
    href: str
    title: str
    title_html: str
    takeaway_html: str
    authors: str
    venue: str
    date: str
    iso: str
    year: str
    day: str
    retracted: bool = False
    digest: str = field(init=False)


@dataclass(frozen=True, slots=True)
class Pager:
    """A list's pages: the present number, their count, and a link for each number that is shown (0: a gap)."""

    number: int
    count: int
    previous: str
    next: str
    numbers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a plot: its label below, the count, where it leads; its column (`left`, `room`) and its box in
    the plot's units."""

    label: str
    name: str
    count: int
    href: str
    left: str
    room: str
    x: str
    y: str
    width: str
    height: str
    middle: str
    above: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page's side: a name, an index of references, and a link to all of them."""

    id: str
    name: str
    items: tuple[Reference, ...]
    style: str = "index"
    foot: Reference | None = None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class ListPage:
    """`list.html`, and `papers.html`, `tag.html`, `author.html`, `year.html`, `venue.html`,
    `collection.html`, which extend it: a list of papers. `scope` is the facet (name, value)
    that is this list, or empty."""

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


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A part of an index: a letter or nothing, and its names."""

    letter: str
    items: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`index.html`, and `tags.html`, `authors.html`, `years.html`, `venues.html`, `collections.html`,
    which extend it: an index of names with counts. `letters` lead to the groups, on whatever page."""

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
class HomePage:
    """`home.html`: the site, its newest edition in its order (or the newest papers), and the ways in."""

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


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A link of a paper: its kind (`pdf`, `code`, …), the word on its button, the address."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A related paper: its link and absolute address, title (`name` as plain text), year, and the reason.

    `reason` is made of pieces, each the words before a name and the name: `shares `, `Statistics`.
    """

    href: str
    url: str
    name: str
    title_html: str
    year: str
    reason: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PaperText:
    """`paper.md`: a paper as its Markdown page is made of it, unescaped. `title`, `takeaway`, `summary`,
    `abstract` and `notes` are Markdown (filters `inline` and `block`), the rest is plain text (filters
    `md` and `yaml`). What this template makes of them is what the HTML page shows,
    but for what follows the heading `related_title`: the page has a place of its own for related papers."""

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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper's Markdown page: its heading (`name_html`), a slug of that, its HTML."""

    name_html: str
    slug: str
    html: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A collection that a paper is in: its name, link, the paper's rank and the number of papers."""

    name: str
    href: str
    rank: int
    count: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The paper before or after, in a list that is named."""

    href: str
    title_html: str
    label: str


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
    """`subscribe.html`: feeds explained, and a newsletter's form where the site has one."""

    site: SiteContext
    head: Head
    feeds: tuple[FeedLink, ...]
    tags: tuple[FeedLink, ...]
    action: str
    field: str


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
    "collections.html": IndexPage,
    "paper.md": PaperText,
    "paper.html": PaperPage,
    "search.html": SearchPage,
    "subscribe.html": SubscribePage,
    "page.html": TextPage,
    "404.html": MissingPage,
    "redirect.html": RedirectPage,
}
