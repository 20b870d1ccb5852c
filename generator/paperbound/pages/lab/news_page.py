"""The news of a site: a page with all of them, and a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ...feeds import FEED_FORMATS
from ...feeds.feed import Feed, FeedEntry
from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import FeedLink, Head, NewsEntry, SiteContext
from ...library.site import Site, make_feed_links
from ...markup.document import render_note
from ...markup.markdown import strip_inline
from ...model.build import Job
from ...text.characters import cut_words
from ...urls import feed, folder_of, home, listing
from ..feeds import FeedWork

_IN_FEED = 50
_TITLE = 80


@dataclass(frozen=True, slots=True)
class NewsPage:
    """The context of `news.html`: all news, newest first."""

    site: SiteContext
    head: Head
    title: str
    items: tuple[NewsEntry, ...]
    feeds: tuple[FeedLink, ...]


def list_news(site: Site, most: int = 1_000_000) -> tuple[NewsEntry, ...]:
    """Returns the newest items of a site; each has an anchor of its date."""
    seen: Counter[str] = Counter()
    entries = []
    # An older item of a day keeps its anchor when a newer one comes.
    for item in reversed(site.catalogue.news):
        seen[item.date.iso] += 1
        number = f"-{seen[item.date.iso]}" if seen[item.date.iso] > 1 else ""
        anchor = f"n-{item.date.iso}{number}"
        html = render_note(item.text, site.addresses.base_path, site.addresses.folder)
        href = f"{site.addresses.href(listing('news'))}#{anchor}"
        entries.append(NewsEntry(anchor, href, site.language.show_date(item.date), item.date.iso, item.title, html))
    return tuple(entries[::-1][:most])


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    if not site.catalogue.news:
        return
    path, title = listing("news"), site.t("news.title")
    name = site.t("news.of_site", title=site.config.title)
    links = () if site.config.feeds == "site" else make_feed_links(site.addresses, path, name)
    steps = ((site.config.title, home()), (title, path))
    head = site.make_head(path, title, name, section="news", feeds=(*links, *site.feeds), steps=steps)
    items = list_news(site)
    page = NewsPage(site.context, head, title, items, links)
    yield Job(path, PageWork("news.html", page), "the page of news", (path,), listed=True)
    if links:
        yield _plan_feed(site, path, name, items[:_IN_FEED])


def _plan_feed(site: Site, path: str, name: str, items: tuple[NewsEntry, ...]) -> Job:
    addresses, paths = site.addresses, tuple(feed(folder_of(path), form.file) for form in FEED_FORMATS)
    entries = []
    for item, source in zip(items, site.catalogue.news, strict=False):
        plain = strip_inline(source.text)
        entries.append(
            FeedEntry(
                url=f"{addresses.absolute(path)}#{item.anchor}",
                title=item.title or cut_words(plain, _TITLE),
                date=item.iso,
                updated=source.date.first_day.isoformat(),
                authors=(),
                summary=plain or item.title,
                content=render_note(source.text, addresses.base_url, addresses.folder),
                tags=(),
            )
        )
    value = Feed(
        title=name,
        description=name,
        language=site.config.language,
        url=addresses.absolute(path),
        self_urls={form.name: addresses.absolute(one) for form, one in zip(FEED_FORMATS, paths, strict=True)},
        updated=max(entry.updated for entry in entries),
        entries=tuple(entries),
    )
    return Job("feed news", FeedWork(value), "the feed of news", paths)


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    yield repr(site.catalogue.news)


NEWS = PageKind("news", _plan, _read, templates={"news.html": NewsPage})
