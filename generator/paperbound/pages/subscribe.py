"""The page about subscribing: the feeds of every kind, and a newsletter's form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..feeds import FEED_FORMATS
from ..library.editions import find_newest
from ..library.payloads import PageWork
from ..library.pieces import FeedGroup, FeedLink, Head, Reference, SiteContext
from ..library.section import GroupFeeds, Section
from ..library.site import Site
from ..markup.markdown import render_blocks
from ..model.build import Job
from ..text.english import count_of
from ..urls import listing
from .sections.registry import SECTIONS

# Of each kind those with the most papers; the others' feeds are linked from their own pages.
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """The context of `subscribe.html`: groups of feeds, and a newsletter's form.

    `privacy_html` is the note on privacy of the site's owner.
    """

    site: SiteContext
    head: Head
    groups: tuple[FeedGroup, ...]
    action: str
    field: str
    privacy_html: str


def plan_subscribing(site: Site) -> Job:
    """Plans the page."""
    path, form = listing("subscribe"), site.config.subscribe
    feeds = site.feeds
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
    yield FeedGroup("all", "All papers", "The newest papers of the whole site.", site.feeds)
    if site.config.feeds == "site":
        return
    if find_newest(site.catalogue.collections):
        text = "An entry an edition, with all its papers in their order: one a day, or however often one appears."
        yield FeedGroup("editions", "Editions", text, site.link_feeds(listing("collections"), "Editions"))
    with_feeds = [(section.feeds, section) for section in SECTIONS if section.feeds]
    for feeds, section in sorted(with_feeds, key=lambda pair: pair[0].place):
        yield _make_group(site, section, feeds)


def _make_group(site: Site, section: Section, feeds: GroupFeeds) -> FeedGroup:
    """Returns the feeds of the groups with the most papers.

    Groups with equal numbers are in the section's order.
    """
    least = section.count_least(site.catalogue, site.config)
    groups = [group for group in section.list_groups(site.catalogue) if len(group.papers) >= least]
    if section.is_ranked:
        groups.sort(key=lambda group: -len(group.papers))
    form = FEED_FORMATS[0]
    links = tuple(
        FeedLink(form.media_type, one.name, site.link_feeds(listing(section.name, one.slug), one.name)[0].href)
        for one in groups[:_SHOWN]
    )
    left = len(groups) - len(links)
    more = Reference(count_of(left, section.noun), site.context.sections[section.name], left) if left else None
    return FeedGroup(section.name, feeds.title, feeds.text.format(least=count_of(least, "paper")), links, more)
