"""Settings: those of site.yaml as one frozen value.

`docs/settings.md` consists of the texts below the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.phrases import OwnLanguage
from ..shape import Home, MenuItem, SiteLanguage

DEFAULT_BASE_URL = "http://localhost:8000/"
# Larger sites leave out parts of pages and feeds, to stay within the limits of static hosts.
LARGE = 20_000
HUGE = 50_000
# More papers than any list has.
_NEVER = 1_000_000_000
# Sites up to here have exports of every list of two papers, and of every list of ten.
_SMALL, _MIDDLE = 1_000, 2_000
# At 10,000 papers their JSON is 18 MB, and 2 % of the CPU of a build.
_MOST_IN_API = 5_000

# Fewer points show no regions.
_FEWEST_ON_MAP = 20


@dataclass(frozen=True, slots=True)
class Subscription:
    """The form of a newsletter service."""

    action: str
    """The address that the form is sent to."""
    field: str = "email"
    """The name of the form's input for the address."""
    privacy: str = ""
    """A note on privacy beside the form, in Markdown."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """Settings of the e-mail digest; [digest.md](digest.md) says more of each."""

    sender: str = ""
    """The sender: an address that you may send from through the mail server."""
    reply_to: str = ""
    """The address for answers, if not the sender's."""
    unsubscribe: str = ""
    """A link to unsubscribe by, `https://` or `mailto:`; it may hold `{address}` and `{token}`."""
    smtp: str = ""
    """The mail server, `HOST:PORT`; `--smtp` overrides it."""
    security: str = ""
    """`starttls`, `tls` (by default at port 465), or `none`, for localhost only; `--security` overrides it."""
    rate: int = 600
    """Messages a minute; `--rate` overrides it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of site.yaml, of which only `title` is required.

    Below each field stands what docs/settings.md says of it. `style_texts` are the texts of the style files among
    `citation_styles`, `own_languages` those of files; `base_url` ends with a slash; menus are empty for the usual ones.
    """

    title: str = "Papers"
    """Required: the name of the site."""
    tagline: str = ""
    """The home page's heading."""
    description: str = ""
    """One sentence for search engines, feeds and the home page."""
    base_url: str = DEFAULT_BASE_URL
    """Where the site will be, `https://example.org/papers/`; `--base-url` overrides it. Without it feeds, sitemap,
    JSON-LD and mail say `http://localhost:8000/`, pages have no canonical link, `build` and `check` warn
    (`--strict` does not make it an error), and no mail is sent."""
    language: str = "en"
    """The language of the interface, such as `pt-BR`: `en`, `de`, `fr`, `es`, `pt`, `zh`, `ja`, `ar`, and those that
    you add ([languages.md](languages.md#a-language-of-your-own))."""
    languages: tuple[SiteLanguage, ...] = ()
    """Several languages at once, the first at `/`, the others below `/de/`: `[en, {code: de, tagline: Worüber man
    spricht}]`; `title`, `tagline` and `description` replace those of the site
    ([languages.md](languages.md#a-site-in-several-languages))."""
    theme: str = "default"
    """A theme: a folder of `themes/`, or one of an installed package ([themes.md](themes.md))."""
    theme_options: Mapping[str, str] = field(default_factory=dict)
    """Values of the theme's options, `{accent: "#0a6b4f"}` ([themes.md](themes.md))."""
    page_size: int = 50
    """Papers on a page of a list."""
    feed_size: str = "auto"
    """Entries of a feed; `auto` is 50 up to 20,000 papers, then 10."""
    feed_texts: str = "auto"
    """What entries of feeds hold: `full` texts, `short` ones of 500 characters, or `auto`: full up to 20,000
    papers."""
    markdown_pages: str = "auto"
    """Publish each paper's Markdown page: `yes`, `no`, or `auto`: up to 20,000 papers."""
    metadata: str = "auto"
    """`full`, `lean` (heads without Open Graph and JSON-LD), or `auto`: full up to 20,000 papers."""
    api: str = "auto"
    """Publish all papers as JSON for programs ([api.md](api.md)): `yes`, `no`, or `auto`: up to 5,000 papers."""
    offline: str = "no"
    """`no`, or `yes`: the site can be installed, and opens visited pages, the search and the reading list without a
    network ([offline.md](offline.md))."""
    cards: str = "no"
    """`no`, or `yes`: each paper and each list has a card image, which other sites show beside a link; needs
    `pip install "paperbound[cards]"`."""
    thumbnails: str = "no"
    """`no`, or `yes`: lists show the papers' [pictures](records.md#files-of-a-paper), small, and pages load them in
    the size that a screen needs; needs `pip install "paperbound[cards]"`."""
    author_pages: str = "auto"
    """Papers from which an author gets a page; `auto` is 1 up to 20,000 papers, 2 up to 50,000, then 10."""
    team_size: int = 100
    """Authors of a paper up to which it counts for their pages ([people.md](people.md))."""
    author_feeds: str = "auto"
    """Papers from which an author has feeds; `auto` is 2 up to 2,000 papers, 5 up to 20,000, then 50."""
    feeds: str = "all"
    """`all`, or `site`: the feed of the newest papers alone ([feeds.md](feeds.md))."""
    exports: str = "auto"
    """Which lists have their papers as files (BibTeX, RIS, CSL-JSON, CSV): `all`, `site` (all papers, and
    collections), `no`, or `auto`: lists of two papers up to 1,000 papers, lists of ten up to 2,000, then as `site`,
    with BibTeX and CSV alone for all papers. `all`, and `auto` up to 2,000 papers, also put BibLaTeX, RIS and
    CSL-JSON beside the BibTeX on pages of papers."""
    citation_styles: tuple[str, ...] = ("apa", "ieee", "acm")
    """Texts to copy on a paper's page, the first one open: `apa`, `ieee`, `acm`, `mla`, `chicago`, and files of the
    content folder in the [Citation Style Language](https://citationstyles.org), such as `styles/journal.csl`, for
    which say `pip install "paperbound[csl]"`; beyond 20,000 papers the first alone."""
    style_texts: tuple[tuple[str, str], ...] = ()
    own_languages: tuple[OwnLanguage, ...] = ()
    search: str = "yes"
    """`yes`, or `no`: no search and no related papers. That of a site without papers finds
    [pages](pages.md#the-search-of-pages)."""
    related_papers: str = "yes"
    """`yes`: six a paper, four beyond 50,000 papers; or `no`: only those chosen by hand."""
    map: str = "auto"
    """The [map](discovery.md#the-map) of papers: `yes`, `no`, or `auto`: from 20 papers on. It needs
    `related_papers`."""
    repository: str = ""
    """`https://github.com/OWNER/REPO`: pages then link to their file, to suggest a correction."""
    pages: str = "pages"
    """The folder of the free pages in the content folder; `.` is the content folder itself
    ([pages.md](pages.md))."""
    nav: tuple[MenuItem, ...] = ()
    """The header's menu: names of lists (`papers`, `tags`, `authors`, `years`, `venues`, `collections`, `programme`,
    `people`, `news`, `map`, `stats`, `reading-list`, `random`, `search`, `subscribe`), free pages by the path of their
    file, links, and [chapters](pages.md#chapters) of free pages: `[papers, about, {page: help, title: How to read},
    {title: Code, url: https://example.org/code}]`. By default all lists that have something, venues only where there
    are no topics."""
    footer: tuple[MenuItem, ...] = ()
    """The footer's menu, likewise; by default the free pages that are in no folder and no chapter, `subscribe`, `map`,
    `stats` and `venues`."""
    logo: str = ""
    """A picture of the static folder in place of Paperbound's sign: `images/logo.svg`."""
    home: Home = field(default=Home())
    """What the home page shows: the list is `edition` (the newest, or the newest papers), `newest`, or the id of a
    collection; beside it stand `news`, `people`, `years`, `tags`, `venues`, `collections` and `newest` in your order,
    by default those of the theme. A free page `index.md` takes the place of it all."""
    redirects: tuple[tuple[str, str], ...] = ()
    """Former addresses of lists and pages, with the present ones: `{/publications/: /papers/, /cv.html:
    https://example.org/cv}`; those of papers are their `aliases`."""
    subscribe: Subscription | None = None
    """The form of a newsletter service."""
    # No page shows which papers are published, nor settings of checks and of the digest.
    future_papers: str = field(default="no", repr=False)
    """`no`: a paper whose date is to come is a [draft](records.md#drafts); or `yes`."""
    checks: Mapping[str, str] = field(default_factory=dict, repr=False)
    """How grave a fault of each rule of [`paperbound check`](checks/README.md) is: `error`, `warning`, `note` or `off`:
    `{missing-date: off, mojibake: error}`. Faults that stop a build stay errors."""
    digest: Mailing = field(default=Mailing(), repr=False)
    """How digests are sent by mail ([digest.md](digest.md))."""

    @property
    def versions(self) -> tuple[Config, ...]:
        """The settings of the site in each of its languages."""
        return tuple(self.speak(one) for one in self.languages) or (self,)

    @property
    def folder(self) -> str:
        """The folder of this language, with a slash; empty for the first one."""
        return f"{self.language.lower()}/" if self.languages and self.language != self.languages[0].code else ""

    @property
    def content_language(self) -> str:
        """The language of papers and pages that name none.

        It is empty on a site in one language.
        """
        return self.languages[0].code if self.languages else ""

    def speak(self, language: SiteLanguage) -> Config:
        """Returns the settings of the site in one of its languages."""
        texts = {name: text for name, text in language._asdict().items() if text and name != "code"}
        return replace(self, language=language.code, **texts)

    def wants_markdown(self, papers: int) -> bool:
        """Returns whether each paper's Markdown page is published beside its HTML page."""
        if self.markdown_pages == "auto":
            return papers <= LARGE
        return self.markdown_pages == "yes"

    def wants_metadata(self, papers: int) -> bool:
        """Returns whether pages have Open Graph and JSON-LD besides `citation_*` tags."""
        return papers <= LARGE if self.metadata == "auto" else self.metadata == "full"

    def wants_api(self, papers: int) -> bool:
        """Returns whether all papers are published as JSON for programs."""
        return papers <= _MOST_IN_API if self.api == "auto" else self.api == "yes"

    def wants_map(self, papers: int) -> bool:
        """Returns whether the site has a map of its papers."""
        return self.has_related and papers >= (_FEWEST_ON_MAP if self.map == "auto" else 2) and self.map != "no"

    def count_author_pages(self, papers: int) -> int:
        """Returns the number of papers from which an author gets a page."""
        if self.author_pages == "auto":
            return 1 if papers <= LARGE else 2 if papers <= HUGE else 10
        return int(self.author_pages)

    def wants_feed_texts(self, papers: int) -> bool:
        """Returns whether feed entries hold whole texts instead of their beginnings."""
        return papers <= LARGE if self.feed_texts == "auto" else self.feed_texts == "full"

    def count_related(self, papers: int) -> int:
        """Returns the number of related papers on a paper's page."""
        return 6 if papers <= HUGE else 4

    def has_walk(self, papers: int) -> bool:
        """Returns whether papers of no collection link to the next paper of the site."""
        return papers <= LARGE

    def has_topic_news(self, papers: int) -> bool:
        """Returns whether papers show the newest of their topic.

        A new paper writes all these pages anew.
        """
        return papers <= _SMALL

    def count_feed_entries(self, papers: int) -> int:
        """Returns the number of entries of a feed."""
        if self.feed_size == "auto":
            return 50 if papers <= LARGE else 10
        return int(self.feed_size)

    @property
    def has_search(self) -> bool:
        """Whether the site has a search."""
        return self.search == "yes"

    @property
    def has_related(self) -> bool:
        """Whether pages of papers list related papers from the search index."""
        return self.has_search and self.related_papers == "yes"

    def count_author_feeds(self, papers: int) -> int:
        """Returns the number of papers from which an author gets feeds."""
        if self.author_feeds == "auto":
            return 2 if papers <= 2_000 else 5 if papers <= LARGE else 50
        return int(self.author_feeds)

    def count_exported(self, papers: int) -> int:
        """Returns the number of papers from which a list has exports.

        The list of all papers and collections have them anyway; 0 means that no list has any.
        """
        if self.exports == "auto":
            return 2 if papers <= _SMALL else 10 if papers <= _MIDDLE else _NEVER
        return {"all": 1, "no": 0}.get(self.exports, _NEVER)

    def has_lean_exports(self, papers: int) -> bool:
        """Returns whether the list of all papers has BibTeX and CSV alone."""
        return self.exports == "auto" and papers > _MIDDLE

    def wants_formats(self, papers: int) -> bool:
        """Returns whether pages of papers have more formats than BibTeX."""
        return papers <= _MIDDLE if self.exports == "auto" else self.exports == "all"

    def list_choices(self, papers: int) -> tuple[int, ...]:
        """Returns all choices that follow from the number of papers."""
        return (
            self.wants_markdown(papers),
            self.wants_metadata(papers),
            self.wants_api(papers),
            self.count_author_pages(papers),
            self.wants_feed_texts(papers),
            self.count_related(papers),
            self.has_walk(papers),
            self.has_topic_news(papers),
            self.count_feed_entries(papers),
            self.count_author_feeds(papers),
            self.count_exported(papers),
            self.wants_formats(papers),
        )
