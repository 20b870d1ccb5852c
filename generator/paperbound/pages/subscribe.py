"""The page about subscribing: the feeds of every kind, and a newsletter's form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..library.editions import find_newest, name_collection
from ..library.payloads import PageWork
from ..library.pieces import FeedGroup, FeedLink, Head, Reference, SiteContext
from ..library.site import Site
from ..markup.markdown import render_blocks
from ..model.job import Job
from ..text.numbers import count_of
from ..urls import home, listing

# Of each kind those with the most papers; the others' feeds are linked from their own pages.
_SHOWN = 24


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


def plan_subscribing(site: Site) -> Job:
    """The job of the page."""
    path, form = listing("subscribe"), site.config.subscribe
    feeds = site.link_feeds(home(), site.config.title)
    head = site.make_head(path, "Subscribe", "Feeds for every list of this site.", feeds=feeds)
    context = SubscribePage(
        site.context,
        head,
        tuple(group for group in _list_groups(site) if group.feeds),
        form.action if form else "",
        form.field if form else "",
        render_blocks(form.privacy) if form and form.privacy else "",
    )
    return Job(path, PageWork("subscribe.html", context), "the page about subscribing", (path,), listed=True)


def _list_groups(site: Site) -> Iterator[FeedGroup]:
    catalogue = site.catalogue
    yield FeedGroup("all", "All papers", "The newest papers of the whole site.", site.feeds)
    if site.config.feeds == "site":
        return
    if find_newest(catalogue.collections):
        text = "An entry an edition, with all its papers in their order: one a day, or however often one appears."
        yield FeedGroup("editions", "Editions", text, site.link_feeds(listing("collections"), "Editions"))
    collections = [(name_collection(one), one.slug, 0) for one in catalogue.collections.values()]
    text = "The papers of one edition or reading list, an entry a paper, in its order. It tells when one is added."
    yield _make_group(site, "collections", "One collection", text, collections, "collection")
    tags = [(tag.name, slug, len(catalogue.papers_by_tag[slug])) for slug, tag in catalogue.tags.items()]
    yield _make_group(site, "tags", "One topic", "New papers about one topic.", tags, "topic")
    least = site.config.count_author_feeds(len(catalogue.records))
    people = [(one.name, one.slug, len(one.papers)) for one in catalogue.people.values() if len(one.papers) >= least]
    text = f"New papers of one person; everybody with {count_of(least, 'paper')} or more has one."
    yield _make_group(site, "authors", "One author", text, people, "author")
    venues = [(one.name, one.slug, len(one.papers)) for one in catalogue.venues.values()]
    yield _make_group(site, "venues", "One venue", "New papers at one conference or in one journal.", venues, "venue")


def _make_group(
    site: Site, section: str, name: str, text: str, items: list[tuple[str, str, int]], noun: str
) -> FeedGroup:
    """A group of those with the most papers, collections in their own order; `items` are names, slugs, counts."""
    chosen = sorted(items, key=lambda item: -item[2])[:_SHOWN]
    feeds = tuple(
        FeedLink("application/rss+xml", shown, site.link_feeds(listing(section, slug), shown)[0].href)
        for shown, slug, _ in chosen
    )
    left = len(items) - len(feeds)
    more = Reference(count_of(left, noun), site.addresses.href(listing(section)), left) if left else None
    return FeedGroup(section, name, text, feeds, more)
