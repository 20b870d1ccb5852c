"""Pieces of the theme contract: values that several templates use.

Fields named `*_html` are safe HTML; every other text is plain and is escaped by the template engine.
An `href` is a link within the site, root-absolute below the base path; a `url` is an absolute address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..formats.citing import RETRACTED
from ..model.digests import Digested
from .translation import Translation


@dataclass(frozen=True, slots=True)
class Reference:
    """A name and where it leads; `href` is empty where there is no page. `count` and `note` may be shown."""

    name: str
    href: str = ""
    count: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of a page: media type, title, link and label of its format."""

    type: str
    title: str
    href: str
    label: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SiteContext(Digested):
    """The fields of a site that every page knows.

    Links: `home`, `logo` to a picture, `sections` to the indexes that there are, `assets` to the theme's files by name,
    and those of the search. A reference of `navigation` notes its section. `integrity` has the hashes of scripts and
    styles by name, `options` the value of each option of the theme. `worker` and `web_manifest` are those of an
    installable site, and else empty; `touch_icon` is the icon of home screens, if there is one.
    """

    title: str
    tagline: str
    description: str
    language: str
    home: str
    sections: Mapping[str, str]
    navigation: tuple[Reference, ...]
    footer: tuple[Reference, ...]
    assets: Mapping[str, str]
    integrity: Mapping[str, str]
    opensearch: str
    search_data: str
    search_script: str
    logo: str
    options: Mapping[str, str]
    worker: str = ""
    web_manifest: str = ""
    touch_icon: str = ""
    digest: str = field(init=False)


@dataclass(frozen=True, slots=True)
class Head:
    """A page's head: title, description, canonical address, feeds, meta tags by name and by property.

    `section` names the part of the navigation that the page belongs to; `json_ld` is put into the page as JSON;
    `canonical` is empty on a site without an address. `translations` are the page in each of several languages.
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
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: link, size in CSS pixels, alternative text, smaller files with widths."""

    href: str
    width: int
    height: int
    alt: str = ""
    files: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """An item of the news: anchor, link, date, title and text.

    The link leads to the anchor on the page of news. `date` is for people, `iso` for machines; title or text may be
    empty.
    """

    anchor: str
    href: str
    date: str
    iso: str
    title: str
    text_html: str


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A link of a paper: kind (`pdf`, `code`, …), word on its button, address."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, repr=False)
class Entry(Digested):
    """A paper as lists show it, with a thumbnail where the site has them.

    `date` is for people, `iso` for machines, as is `added`, the day of addition; `year` stands alone in a margin.
    `topics` are at most three, `offers` the links to PDF and code. `lang` and `dir` are those of the title, where they
    are not those of the page.
    """

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
    draft: bool = False
    thumbnail: Figure | None = None
    awards: tuple[str, ...] = ()
    topics: tuple[Reference, ...] = ()
    offers: tuple[PaperLink, ...] = ()
    lang: str = ""
    dir: str = ""
    added: str = ""
    digest: str = field(init=False)

    @property
    def full_title_html(self) -> str:
        """The title, marked if the paper is retracted."""
        return f"{RETRACTED}{self.title_html}" if self.retracted else self.title_html


@dataclass(frozen=True, slots=True)
class MorePapers:
    """A list beside others: id in the page, name, link, papers.

    The link may be empty; without papers, they are read from where it leads.
    """

    id: str
    name: str
    href: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a text of a paper: name of the text, and plain text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list: number of this page, count, and links by number. The number 0 stands for a gap."""

    number: int
    count: int
    previous: str
    next: str
    numbers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a plot: label, count, link, column and box.

    The column (`left`, `room`) and the box are in the plot's units.
    """

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
    """A part of a page's side: name, references, and a link to all of them."""

    id: str
    name: str
    items: tuple[Reference, ...]
    foot: Reference | None = None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Portrait:
    """Facts about a person: affiliation, homepage (`url`), ORCID, link to a picture.

    Each is empty where it is unknown.
    """

    affiliation: str = ""
    url: str = ""
    orcid: str = ""
    orcid_url: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A name of an index, the number of its papers, and some of them.

    `spark` is the path of a plot of papers by year, a bar a year, 24 high and 120 wide, from `first` year to `last`;
    `share` is the number of papers as a percentage of the largest of the index; `newest` are the newest papers. They
    are empty in a list of many names.
    """

    name: str
    href: str
    count: int = 0
    note: str = ""
    spark: str = ""
    first: str = ""
    last: str = ""
    share: str = ""
    newest: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A part of an index: a letter or nothing, and its names."""

    letter: str
    items: tuple[IndexItem, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A name of an index, with those below it."""

    item: IndexItem | Reference
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalCount:
    """A signal of a paper: its count in words, its source and its day.

    `date` is for people, `iso` for machines; they and `source` may be empty.
    """

    text: str
    source: str
    date: str
    iso: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The source that papers were read from, and the hour.

    `time` is for people, `iso` for machines; each field is empty where it is unknown.
    """

    source: str
    time: str
    iso: str


@dataclass(frozen=True, slots=True)
class CitationText:
    """A citation of a paper to copy: name of its style or format, and text.

    `suffix` is that of a file in the format; a text for readers has none.
    """

    name: str
    text: str
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A related paper: link, address, title, year and reason.

    `name` is the title as plain text. `reason` has pieces, each the words in front of a name and the name: `shares `,
    `Statistics`.
    """

    href: str
    url: str
    name: str
    title_html: str
    year: str
    reason: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper's Markdown page: heading, slug and HTML."""

    name_html: str
    slug: str
    html: str


@dataclass(frozen=True, slots=True)
class Move:
    """The change of a paper's rank since the previous edition.

    `kind` is new (never listed), back (not in the previous edition, but in an older one), same, up or down, by a number
    of `places`; `text` says it in words (`up 3`).
    """

    kind: str
    text: str
    places: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """A collection of a paper: name, link, rank of the paper, number of papers.

    `move` is the change of the rank, None without a previous edition.
    """

    name: str
    href: str
    rank: int
    count: int
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The paper before or after, in a list that is named."""

    href: str
    title_html: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """A group of feeds: id in the page, name, text, feeds, link to more."""

    id: str
    name: str
    text: str
    feeds: tuple[FeedLink, ...]
    more: Reference | None = None


@dataclass(frozen=True, slots=True, repr=False)
class MailEntry(Digested):
    """A paper in a message, all of it plain text, formulas as Unicode. `rank` may be empty, `move` too."""

    url: str
    title: str
    text: str
    authors: str
    venue: str
    date: str
    rank: str
    move: str
    retracted: str
    digest: str = field(init=False)
