"""Single pages: home, search, subscribe, free pages, 404, redirects."""

from __future__ import annotations

from collections.abc import Iterator

from ..library.editions import find_newest
from ..library.payloads import PageWork
from ..library.pieces import Block, FeedLink, Reference
from ..library.plots import plot_years
from ..library.site import SECTIONS, Site
from ..markup.embed import embed_blocks
from ..markup.markdown import render_blocks
from ..model.job import Job
from ..text.dates import show_date
from ..text.numbers import count_of
from ..urls import NO_PAGE, SEARCH_MANIFEST, home, listing, mail, page_path, paper, redirect_of
from .contexts import HomePage, MissingPage, RedirectPage, SearchPage, TextPage
from .subscribe import plan_subscribing

_EDITION = 30
_NEWEST = 6
_TAGS = 24


def plan_pages(site: Site) -> Iterator[Job]:
    """The jobs of all single pages."""
    yield _plan_home(site)
    if site.config.has_search:
        yield _plan_search(site)
    yield plan_subscribing(site)
    yield _plan_missing(site)
    for free in site.catalogue.pages:
        path = page_path(free.slug)
        head = site.make_head(path, free.title, free.description, feeds=_site_feeds(site))
        body = render_blocks(embed_blocks(free.body, below=1), base=site.addresses.base_path)
        context = TextPage(site.context, head, free.title, body)
        yield _make_job(path, "page.html", context, f"the page {free.file}")
    yield from _plan_redirects(site)


def _make_job(path: str, template: str, context: object, owner: str, *, listed: bool = True) -> Job:
    return Job(path, "page", PageWork(template, context), owner, (path,), template, listed=listed)


def _site_feeds(site: Site) -> tuple[FeedLink, ...]:
    return site.link_feeds(home(), site.config.title)


def _indexes(site: Site) -> tuple[Reference, ...]:
    return tuple(Reference(name, site.addresses.href(listing(section))) for section, name in SECTIONS)


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
            feeds=_site_feeds(site),
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
    context = SearchPage(site.context, head, manifest, site.search_module, _indexes(site))
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
