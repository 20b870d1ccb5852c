"""Site: the value that pages are planned from, and helpers of many pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..config import Config
from ..feeds import FEED_FORMATS
from ..feeds.feed import FeedSpec
from ..formats import EXPORTS, ExportSpec
from ..formats.cards import HEIGHT, WIDTH
from ..formats.metadata import describe, make_breadcrumbs
from ..languages import Language
from ..model.catalogue import Catalogue, Survey
from ..urls import NO_PAGE, Addresses, card, export, feed, folder_of, home, listing, page_path
from .editions import Edition, Memberships, name_collection
from .pieces import Entry, FeedLink, Head, Pager, Reference, SiteContext
from .translation import Translation


def make_feed_links(addresses: Addresses, path: str, title: str) -> tuple[FeedLink, ...]:
    """Returns the feeds of the page at a path, one of each format."""
    folder = folder_of(path)
    return tuple(
        FeedLink(one.media_type, f"{title} ({one.title})", addresses.href(feed(folder, one.file)), one.label)
        for one in FEED_FORMATS
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that pages are planned from: catalogue, settings, language, addresses, entries, feeds.

    `assets` are the theme's files, path and bytes by name. `entries` and `recency` (places among the newest) are by id
    of a paper. `order` has all papers in the catalogue's order and `keys` the keys of all groups by section: a worker
    that reads its range of a tuple copies no other memory, as running through a mapping would. `people` are the links
    to authors' pages by slug, empty without a page; `feeds` are the links to the site's own feeds. `feed_specs` are all
    feeds, `export_specs` all files of lists' papers, and `exported` the numbers of these files by the lists' folders;
    `editions` are the dated collections by id; `memberships` are those of papers in collections; `digests` are
    those of the records; `shared` is the digest of the inputs of every page. `groups` are those of sections by name, as
    far as they were listed. `languages` are those of a site in several: code, name and addresses of each;
    `published_assets` are the paths of files of the theme that the site of another language publishes.
    """

    catalogue: Catalogue
    config: Config
    language: Language
    assets: Mapping[str, tuple[str, bytes]]
    addresses: Addresses
    context: SiteContext
    entries: Mapping[str, Entry]
    recency: Mapping[str, int]
    order: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    people: Mapping[str, str]
    feeds: tuple[FeedLink, ...]
    editions: Mapping[str, Edition]
    memberships: Mapping[str, Memberships]
    survey: Survey
    digests: Mapping[str, str]
    shared: str
    feed_specs: tuple[FeedSpec, ...] = ()
    export_specs: tuple[ExportSpec, ...] = ()
    exported: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[tuple[str, str, Addresses], ...] = ()
    published_assets: frozenset[str] = frozenset()
    groups: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def t(self, key: str, /, **values: object) -> str:
        """Returns a phrase in the site's language, as `Language.t` does."""
        return self.language.t(key, **values)

    @property
    def description(self) -> str:
        """The site's description, or its tagline, or its title."""
        return self.config.description or self.config.tagline or self.config.title

    def make_head(
        self,
        path: str,
        title: str,
        description: str = "",
        *,
        section: str = "",
        feeds: tuple[FeedLink, ...] = (),
        steps: Sequence[tuple[str, str]] = (),
        about: Sequence[object] = (),
        card_of: str = home(),
        index: bool = True,
    ) -> Head:
        """Creates the head of a page.

        `steps` are the names and paths of the pages that lead to this one; `about` is what JSON-LD says of it;
        `card_of` is the path of the page whose card image is shown.
        """
        config = self.config
        full = title if path == home() else f"{title} · {config.title}"
        text = describe(description or self.description)
        canonical = self.addresses.canonical(path)
        if not self.has_metadata:
            return Head(full, text, canonical, section, feeds, index=index, translations=self.list_translations(path))
        properties = (
            ("og:type", "website"),
            ("og:site_name", config.title),
            ("og:title", title),
            ("og:description", text),
            *((("og:url", canonical),) if canonical else ()),
        )
        links = tuple((name, self.addresses.absolute(where)) for name, where in steps)
        crumbs = (make_breadcrumbs(links),) if links else ()
        return Head(
            full,
            text,
            canonical,
            section,
            feeds,
            (("twitter:card", self.card_kind),),
            (*properties, *self.show_card(card_of)),
            (*about, *crumbs),
            index=index,
            translations=self.list_translations(path),
        )

    def list_translations(self, path: str) -> tuple[Translation, ...]:
        """Returns the page at a path in each language of the site.

        A site in one language has none. The page for missing pages, which stands at any address, leads home.
        """
        path = home() if path == NO_PAGE else path
        return tuple(
            Translation(code, name, where.href(path), where.canonical(path), where.folder == self.addresses.folder)
            for code, name, where in self.languages
        )

    def number_title(self, title: str, number: int) -> str:
        """Returns the title of page `number` of a list."""
        return title if number == 1 else self.t("layout.page_of", title=title, number=str(number))

    @property
    def has_index(self) -> bool:
        """Whether the site has an index of its papers.

        The search of a site without papers finds its pages.
        """
        return self.config.has_search and bool(self.order)

    @property
    def has_map(self) -> bool:
        """Whether the site has a map of its papers.

        A free page at that address replaces the map.
        """
        return "map" in self.context.sections

    @property
    def has_metadata(self) -> bool:
        """Whether heads hold Open Graph and JSON-LD."""
        return self.config.wants_metadata(len(self.recency))

    @property
    def has_cards(self) -> bool:
        """Whether pages have card images."""
        return self.has_metadata and self.config.cards == "yes"

    @property
    def card_kind(self) -> str:
        """The kind of a card at X (https://developer.x.com/en/docs/x-for-websites/cards)."""
        return "summary_large_image" if self.has_cards else "summary"

    def show_card(self, page: str) -> tuple[tuple[str, str], ...]:
        """Returns the Open Graph properties of the card image of a page."""
        if not self.has_cards:
            return ()
        image = self.addresses.absolute(card(page))
        return (("og:image", image), ("og:image:width", str(WIDTH)), ("og:image:height", str(HEIGHT)))

    def link_feeds(self, path: str, title: str) -> tuple[FeedLink, ...]:
        """Returns the feeds of the page at a path, by default the site's."""
        if self.config.feeds == "site" or (path == home() and title == self.config.title):
            return self.feeds
        return make_feed_links(self.addresses, path, title)

    def list_formats(self, folder: str) -> tuple[str, ...]:
        """Returns the suffixes of the exports of the list in a folder."""
        is_lean = folder == folder_of(listing("papers")) and self.config.has_lean_exports(len(self.order))
        return ("bib", "csv") if is_lean else tuple(EXPORTS)

    def link_exports(self, path: str) -> tuple[Reference, ...]:
        """Returns the exports of the list at a path, named by their formats."""
        folder = folder_of(path)
        files = self.exported.get(folder, 0)
        return tuple(
            Reference(
                f"{EXPORTS[suffix].name} {number}" if files > 1 else EXPORTS[suffix].name,
                self.addresses.href(export(folder, suffix, number)),
            )
            for suffix in self.list_formats(folder)
            for number in range(1, files + 1)
        )

    def link_author(self, slug: str, name: str, count: int = 0) -> Reference:
        """Returns an author's name, with a link if there is a page."""
        return Reference(name, self.people[slug], count)

    def link_tag(self, slug: str) -> Reference:
        """Returns a tag's name with its link and the number of its papers."""
        tag = self.catalogue.tags[slug]
        count = len(self.catalogue.papers_by_tag[slug])
        return Reference(tag.name, self.addresses.href(listing("tags", slug)), count, tag.description)

    def link_edition(self, ident: str) -> Reference | None:
        """Returns a collection's name and link; None for the empty id."""
        if not ident:
            return None
        collection = self.catalogue.collections[ident]
        href = self.addresses.href(listing("collections", collection.slug))
        return Reference(name_collection(collection, self.language), href, len(collection.papers))

    def list_memberships(self, start: int, stop: int) -> Iterator[tuple[str, Memberships]]:
        """Yields the papers from `start` up to `stop` with their memberships.

        A paper of no collection has its place among all papers.
        """
        walked = self.order if self.config.has_walk(len(self.order)) else ()
        for place, ident in enumerate(self.order[start:stop], start):
            yield ident, self.memberships.get(ident) or Memberships((), ("", walked, place))

    def list_summaries(self, ids: Iterable[str]) -> Iterator[str]:
        """Yields address and summary digest of each paper."""
        for ident in ids:
            yield self.catalogue.slugs[ident]
            yield self.survey.summary_digests[ident]

    def pick_entries(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """Returns the entries of papers, in their order."""
        return tuple(self.entries[ident] for ident in ids)

    def make_pager(self, path: str, number: int, count: int) -> Pager:
        """Creates the pager of a list whose first page is at `path`."""
        if count == 1:
            return Pager(1, 1, "", "", ((1, self.addresses.href(path)),))
        folder = folder_of(path)

        def href(page: int) -> str:
            return self.addresses.href(page_path(folder, number=page) if folder else page_path(number=page))

        near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
        numbers: list[tuple[int, str]] = []
        for page in near:
            if numbers and page - numbers[-1][0] > 1:
                numbers.append((0, ""))
            numbers.append((page, href(page)))
        previous = href(number - 1) if number > 1 else ""
        following = href(number + 1) if number < count else ""
        return Pager(number, count, previous, following, tuple(numbers))
