"""Single pages: home, search, subscribe, free pages, 404, redirects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..library.editions import find_newest
from ..library.page_kind import PageKind
from ..library.payloads import PageWork
from ..library.pieces import Bar, Block, Entry, Head, Move, Reference, SiteContext
from ..library.plots import plot_years
from ..library.shard import Shard
from ..library.site import Site
from ..markup.embed import embed_blocks
from ..markup.markdown import render_blocks
from ..model.build import Job
from ..text.english import count_of, show_date
from ..urls import NO_PAGE, SEARCH_MANIFEST, home, listing, mail, page_path, paper, redirect_of
from .search_index import list_facets
from .sections.index_page import read_names
from .sections.registry import SECTIONS
from .subscribe import SubscribePage, plan_subscribing

_EDITION = 30
_NEWEST = 6
_TAGS = 24


@dataclass(frozen=True, slots=True)
class HomePage:
    """The context of `home.html`: newest edition or papers, and links to everything.

    `moves` has one item for each entry if there is a previous edition; `edition_mail` is the edition's mail, `calendar`
    links to all editions.
    """

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


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`search.html`: the search, and what stands there without JavaScript. `manifest` is where the
    search data begins."""

    site: SiteContext
    head: Head
    manifest: str
    module: str
    facets: tuple[tuple[str, str], ...]
    indexes: tuple[Reference, ...]


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


def plan_pages(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans the jobs of all single pages."""
    yield _plan_home(site)
    if site.config.has_search:
        yield _plan_search(site)
    yield plan_subscribing(site)
    yield _plan_missing(site)
    for free in site.catalogue.pages:
        path = page_path(free.slug)
        head = site.make_head(path, free.title, free.description, feeds=site.feeds)
        body = render_blocks(embed_blocks(free.body, below=1), base=site.addresses.base_path)
        context = TextPage(site.context, head, free.title, body)
        yield _make_job(path, "page.html", context, f"the page {free.file}")
    yield from _plan_redirects(site)


def _make_job(path: str, template: str, context: object, owner: str, *, listed: bool = True) -> Job:
    return Job(path, PageWork(template, context), owner, (path,), listed=listed)


def _indexes(site: Site) -> tuple[Reference, ...]:
    indexes = (Reference(one.title, site.context.sections[one.name]) for one in SECTIONS if one.is_in_header)
    return (Reference("Papers", site.context.sections["papers"]), *indexes)


def _plan_home(site: Site) -> Job:
    catalogue, config, addresses = site.catalogue, site.config, site.addresses
    newest = site.order
    edition = find_newest(catalogue.collections)
    moves = site.editions[edition.id].moves if edition else ()
    tags = sorted(catalogue.tags, key=lambda slug: (-len(catalogue.papers_by_tag[slug]), catalogue.tags[slug].name))
    foot = Reference(f"All {count_of(len(tags), 'topic')}", addresses.href(listing("tags")))
    path = listing("collections", edition.slug) if edition else listing("papers")
    lead = edition.papers if edition else newest
    context = HomePage(
        site=site.context,
        head=site.make_head(
            home(),
            f"{config.title}: {config.tagline}" if config.tagline else config.title,
            config.description,
            section="home",
            feeds=site.feeds,
        ),
        edition=Reference(edition.title if edition else "Newest papers", addresses.href(path), len(lead)),
        edition_date=show_date(edition.date) if edition and edition.date else "",
        edition_iso=edition.date.iso if edition and edition.date else "",
        edition_feed=site.link_feeds(path if edition else home(), "")[0].href,
        entries=site.pick_entries(lead[:_EDITION]),
        bars=plot_years({year: len(ids) for year, ids in catalogue.papers_by_year.items()}, addresses),
        tags=Block("topics", "Topics", tuple(site.link_tag(tag) for tag in tags[:_TAGS]), foot=foot) if tags else None,
        newest=site.pick_entries(newest[:_NEWEST]) if edition else (),
        moves=moves[:_EDITION],
        edition_mail=addresses.href(mail(edition.slug)) if edition else "",
        calendar=addresses.href(listing("collections")) if catalogue.collections else "",
    )
    return _make_job(home(), "home.html", context, "the home page")


def _plan_search(site: Site) -> Job:
    path = listing("search")
    head = site.make_head(
        path, "Search", "Search all papers by title, author, topic, venue and text.", section="search"
    )
    manifest = site.addresses.href(SEARCH_MANIFEST)
    facets = tuple((one.name, one.title) for one in list_facets())
    context = SearchPage(site.context, head, manifest, site.search_module, facets, _indexes(site))
    return _make_job(path, "search.html", context, "the search page")


def _plan_missing(site: Site) -> Job:
    head = site.make_head(NO_PAGE, "Page not found", "There is no page at this address.", index=False)
    context = MissingPage(site.context, head, _indexes(site))
    return _make_job(NO_PAGE, "404.html", context, "the page for missing pages", listed=False)


def _plan_redirects(site: Site) -> Iterator[Job]:
    for ident, (file, *aliases) in site.survey.aliases.items():
        target = paper(site.catalogue.slugs[ident])
        for alias in aliases:
            path = redirect_of(alias)
            if path is None or path == target:
                continue
            head = site.make_head(target, "Moved", "This page has moved.", index=False)
            context = RedirectPage(site.context, head, site.addresses.href(target), site.addresses.absolute(target))
            owner = f"the alias {alias!r} of {ident!r} ({file})"
            yield _make_job(path, "redirect.html", context, owner, listed=False)


def read_pages(site: Site, _shard: Shard) -> Iterator[str]:
    """Yields the inputs of single pages.

    These are the groups of all sections, free pages, the newest edition, the newest papers, and former addresses.
    """
    catalogue, summaries = site.catalogue, site.survey.summary_digests
    for section in SECTIONS:
        yield from read_names(section, site)
    yield from (f"{page!r}{page.file}" for page in catalogue.pages)
    edition = find_newest(catalogue.collections)
    yield repr((edition, site.editions[edition.id] if edition else None))
    shown = (*edition.papers[:_EDITION], *site.order[:_NEWEST]) if edition else site.order[:_EDITION]
    yield from (summaries[ident] for ident in shown)
    for ident, aliases in site.survey.aliases.items():
        yield from (ident, catalogue.slugs[ident], *aliases)


PAGES = PageKind(
    "pages",
    plan_pages,
    read_pages,
    templates={
        "home.html": HomePage,
        "search.html": SearchPage,
        "subscribe.html": SubscribePage,
        "page.html": TextPage,
        "404.html": MissingPage,
        "redirect.html": RedirectPage,
    },
)
