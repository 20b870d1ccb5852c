"""Saved searches: pages and feeds of the papers that queries of the owner find.

Their papers are known when the search index is: shards hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...feeds.feed import FeedEntry, FeedSpec
from ...library.page_kind import PageKind, Shard, Wave
from ...library.pieces import Block, FeedGroup, FeedLink, Reference
from ...library.section import Group, PaperList
from ...library.site import Site
from ...model.build import Job
from ...model.catalogue import SavedSearch
from ...urls import listing
from ..feeds import plan_feed
from .list_page import ListPage, Place, plan_list

_FOLDER = "searches"
_TEMPLATE = "list.html"


def _plan(site: Site, shard: Shard) -> Iterator[Job]:
    known: dict[str, FeedEntry] = {}
    place = Place(_FOLDER, _TEMPLATE, site.t("search.title"), index=listing("search"))
    for one, papers in _list_found(site, shard):
        path, owner = listing(_FOLDER, one.slug), f"the saved search {one.title!r} ({one.file})"
        group = Group(one.slug, one.slug, one.title, papers, owner, one.description)
        has_feeds = site.config.feeds != "site"
        feeds = site.link_feeds(path, one.title) if has_feeds else ()
        yield from plan_list(site, place, group, PaperList(one.description, kicker_note=one.query), feeds)
        if has_feeds:
            title = f"{one.title} · {site.config.title}"
            text = one.description or site.t("searches.feed", query=one.query)
            yield plan_feed(site, known, FeedSpec(path, title, text, papers, owner))


def _list_found(site: Site, shard: Shard) -> Iterator[tuple[SavedSearch, tuple[str, ...]]]:
    """Yields the searches of a shard with the ids of their papers, newest first."""
    found = dict(shard.related)
    for one in site.catalogue.searches[shard.start : shard.stop]:
        yield one, tuple(ident for ident, _ in found.get(one.slug, ()))


def _read(site: Site, shard: Shard) -> Iterator[str]:
    for one in site.catalogue.searches[shard.start : shard.stop]:
        yield f"{one!r} {one.file}"


def _list_records(site: Site, shard: Shard) -> Iterator[str]:
    for _, papers in _list_found(site, shard):
        yield from papers


def _list_items(site: Site) -> Sequence[str]:
    return tuple(one.slug for one in site.catalogue.searches) if site.has_index else ()


def list_searches(site: Site) -> Block | None:
    """Returns the block of all saved searches; None without any."""
    items = tuple(
        Reference(one.title, site.addresses.href(listing(_FOLDER, one.slug))) for one in site.catalogue.searches
    )
    return Block("searches", site.t("searches.title"), items) if items else None


def list_search_feeds(site: Site) -> FeedGroup:
    """Returns the feeds of all saved searches, for the page about subscribing."""
    links = (site.link_feeds(listing(_FOLDER, one.slug), one.title)[0] for one in site.catalogue.searches)
    named = tuple(
        FeedLink(link.type, one.title, link.href) for link, one in zip(links, site.catalogue.searches, strict=True)
    )
    return FeedGroup(_FOLDER, site.t("searches.title"), site.t("searches.hint"), named)


SEARCHES = PageKind(
    "searches",
    _plan,
    _read,
    _list_records,
    templates={_TEMPLATE: ListPage},
    items=_list_items,
    size=8,
    wave=Wave.FOUND,
    surveyed=False,
)
