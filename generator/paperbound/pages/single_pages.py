"""Single pages: home, search, subscribe, free pages, 404, redirects."""

from __future__ import annotations

from collections.abc import Iterator

from ..library.editions import find_newest
from ..library.payloads import PageWork
from ..library.pieces import Block, FeedLink, Reference
from ..library.plots import plot_years
from ..library.site import SECTIONS, Outline
from ..markup.markdown import render_blocks
from ..markup.seal import seal_blocks
from ..model.job import Job
from ..text.dates import show_date
from ..text.numbers import count_of
from ..urls import NO_PAGE, SEARCH_MANIFEST, home, listing, mail, page_path, paper, redirect_of
from .contexts import HomePage, MissingPage, RedirectPage, SearchPage, TextPage
from .subscribe import plan_subscribing

_EDITION = 30
_NEWEST = 6
_TAGS = 24


def plan_pages(outline: Outline) -> Iterator[Job]:
    """The jobs of all single pages."""
    yield _plan_home(outline)
    if outline.config.has_search:
        yield _plan_search(outline)
    yield plan_subscribing(outline)
    yield _plan_missing(outline)
    for free in outline.catalogue.pages:
        path = page_path(free.slug)
        head = outline.make_head(path, free.title, free.description, feeds=_site_feeds(outline))
        body = render_blocks(seal_blocks(free.body, below=1), base=outline.site.base_path)
        context = TextPage(outline.context, head, free.title, body)
        yield _make_job(path, "page.html", context, f"the page {free.file}")
    yield from _plan_redirects(outline)


def _make_job(path: str, template: str, context: object, owner: str, *, listed: bool = True) -> Job:
    return Job(path, "page", PageWork(template, context), owner, (path,), template, listed=listed)


def _site_feeds(outline: Outline) -> tuple[FeedLink, ...]:
    return outline.link_feeds(home(), outline.config.title)


def _indexes(outline: Outline) -> tuple[Reference, ...]:
    return tuple(Reference(name, outline.site.href(listing(section))) for section, name in SECTIONS)


def _plan_home(outline: Outline) -> Job:
    catalogue, config, site = outline.catalogue, outline.config, outline.site
    newest = outline.order
    edition = find_newest(catalogue.collections)
    standing = outline.editions[edition.id] if edition else None
    tags = sorted(catalogue.tags, key=lambda slug: (-len(catalogue.papers_by_tag[slug]), catalogue.tags[slug].name))
    foot = Reference(f"All {count_of(len(tags), 'topic')}", site.href(listing("tags")))
    path = listing("collections", edition.slug) if edition else listing("papers")
    lead = edition.papers if edition else newest
    context = HomePage(
        site=outline.context,
        head=outline.make_head(
            home(),
            f"{config.title}: {config.tagline}" if config.tagline else config.title,
            config.description,
            section="home",
            feeds=_site_feeds(outline),
        ),
        edition=Reference(edition.title if edition else "Newest papers", site.href(path), len(lead)),
        edition_date=show_date(edition.date) if edition and edition.date else "",
        edition_iso=edition.date.iso if edition and edition.date else "",
        edition_feed=outline.link_feeds(path if edition else home(), "")[0].href,
        entries=outline.pick_entries(lead[:_EDITION]),
        bars=plot_years({year: len(ids) for year, ids in catalogue.papers_by_year.items()}, site),
        tags=Block("topics", "Topics", tuple(outline.link_tag(tag) for tag in tags[:_TAGS]), foot=foot)
        if tags
        else None,
        newest=outline.pick_entries(newest[:_NEWEST]) if edition else (),
        moves=standing.moves[:_EDITION] if standing else (),
        edition_mail=site.href(mail(edition.slug)) if edition else "",
        calendar=site.href(listing("collections")) if catalogue.collections else "",
    )
    return _make_job(home(), "home.html", context, "the home page")


def _plan_search(outline: Outline) -> Job:
    path = listing("search")
    head = outline.make_head(
        path, "Search", "Search all papers by title, author, topic, venue and text.", section="search"
    )
    manifest = outline.site.href(SEARCH_MANIFEST)
    context = SearchPage(outline.context, head, manifest, outline.search_module, _indexes(outline))
    return _make_job(path, "search.html", context, "the search page")


def _plan_missing(outline: Outline) -> Job:
    head = outline.make_head(NO_PAGE, "Page not found", "There is no page at this address.", index=False)
    context = MissingPage(outline.context, head, _indexes(outline))
    return _make_job(NO_PAGE, "404.html", context, "the page for missing pages", listed=False)


def _plan_redirects(outline: Outline) -> Iterator[Job]:
    for ident, (file, *aliases) in outline.survey.aliases.items():
        target = paper(outline.catalogue.slugs[ident])
        for alias in aliases:
            path = redirect_of(alias)
            if path is None or path == target:
                continue
            head = outline.make_head(target, "Moved", "This page has moved.", index=False)
            context = RedirectPage(outline.context, head, outline.site.href(target), outline.site.absolute(target))
            owner = f"the alias {alias!r} of {ident!r} ({file})"
            yield _make_job(path, "redirect.html", context, owner, listed=False)
