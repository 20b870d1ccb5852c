"""Feeds: their jobs, and the entries that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from ..feeds import FEED_FORMATS
from ..feeds.feed import Feed, FeedEntry, FeedSpec
from ..formats.citing import mark_retracted
from ..library.editions import name_collection
from ..library.page_kind import PageKind, Shard
from ..library.site import Site
from ..markup.embed import embed_blocks
from ..markup.markdown import escape_inline, escape_line_starts, render_blocks
from ..markup.texts import find_text, text_of
from ..model.build import Artifact, Job
from ..model.catalogue import Collection
from ..model.record import Record
from ..text.characters import cut_words
from ..themes.theme import Theme
from ..urls import feed, folder_of, listing, paper
from .mail import describe_paper

_SUMMARY = 500
# The papers of an edition's own feed, the editions of the feed of editions, and the papers that each of them names.
_WHOLE, _EDITIONS, _NAMED = 500, 10, 120


@dataclass(frozen=True, slots=True)
class FeedWork:
    """A feed in each format."""

    feed: Feed

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields a file for each format."""
        for path, form in zip(paths, FEED_FORMATS, strict=True):
            yield Artifact(path, form.write(self.feed))


def plan_feeds(site: Site, shard: Shard) -> Iterator[Job]:
    """Plans a job for each feed of a shard."""
    known: dict[str, FeedEntry] = {}
    for spec in site.feed_specs[shard.start : shard.stop]:
        yield plan_feed(site, known, spec)


def list_feed_papers(site: Site, spec: FeedSpec) -> Sequence[str]:
    """Returns the ids of the papers of a feed, in its order."""
    most = site.config.count_feed_entries(len(site.recency))
    if spec.whole and site.config.feed_size == "auto":
        most = _WHOLE
    if spec.ordered:
        return spec.papers[:most]
    return nsmallest(most, spec.papers, key=site.recency.__getitem__)


def list_feed_editions(site: Site, spec: FeedSpec) -> Sequence[Collection]:
    """Returns the editions of a feed of editions, newest first."""
    collections = site.catalogue.collections.values() if spec.editions else ()
    return tuple(islice((one for one in collections if one.date), _EDITIONS))


def plan_feed(site: Site, known: dict[str, FeedEntry], spec: FeedSpec) -> Job:
    """Plans the job of a feed; entries of papers are `known`, or added."""
    entries = [_make_edition(site, one) for one in list_feed_editions(site, spec)]
    for ident in list_feed_papers(site, spec):
        if ident not in known:
            known[ident] = _make_entry(site, site.catalogue.records[ident])
        entries.append(known[ident])
    folder = folder_of(spec.path)
    paths = tuple(feed(folder, form.file) for form in FEED_FORMATS)
    value = Feed(
        title=spec.title,
        description=spec.description,
        language=site.config.language,
        url=site.addresses.absolute(spec.path),
        self_urls={form.name: site.addresses.absolute(path) for form, path in zip(FEED_FORMATS, paths, strict=True)},
        updated=max((entry.updated for entry in entries), default=""),
        entries=tuple(entries),
    )
    return Job(f"feed {folder}", FeedWork(value), spec.owner, paths)


def _make_entry(site: Site, record: Record) -> FeedEntry:
    text = find_text(record, "summary", "abstract")
    short = cut_words(text_of(record, "takeaway").plain or text.plain, _SUMMARY)
    shown = record.added or record.date
    return FeedEntry(
        url=site.addresses.absolute(paper(site.catalogue.slugs[record.id])),
        title=mark_retracted(record, site.entries[record.id].title),
        date=shown.iso if shown else "",
        updated=shown.first_day.isoformat() if shown else "",
        authors=tuple(author.name for author in record.authors),
        summary=short,
        content=text.html if site.config.wants_feed_texts(len(site.recency)) else "",
        tags=tuple(site.catalogue.tags[tag].name for tag in record.tags if tag in site.catalogue.tags),
    )


def _make_edition(site: Site, collection: Collection) -> FeedEntry:
    """Creates the entry of an edition. Services that send a feed by mail put its content into their messages."""
    catalogue, addresses = site.catalogue, site.addresses
    url = addresses.absolute(listing("collections", collection.slug))
    lines = []
    for rank, ident in enumerate(collection.papers[:_NAMED], 1):
        marked = mark_retracted(catalogue.records[ident], site.entries[ident].title)
        title = escape_inline(marked, alone=False).replace("]", "\\]")
        text = escape_line_starts(escape_inline(describe_paper(catalogue.records[ident]), alone=False))
        lines.append(f"{rank}. [{title}]({addresses.absolute(paper(catalogue.slugs[ident]))})  \n   {text}".rstrip())
    left = len(collection.papers) - _NAMED
    if left > 0:
        lines.append(f"\n[{site.t('feed.more', count=left)}]({url})")
    date, papers = collection.date, site.t("list.papers", count=len(collection.papers))
    return FeedEntry(
        url=url,
        title=name_collection(collection, site.language),
        date=date.iso if date else "",
        updated=date.first_day.isoformat() if date else "",
        authors=(),
        summary=collection.description or site.t("layout.sentence", text=papers),
        content=render_blocks(embed_blocks("\n".join(lines))),
        tags=(),
    )


def read_feeds(site: Site, shard: Shard) -> Iterator[str]:
    """Yields the fields, editions and entries of the feeds of a shard."""
    for spec in site.feed_specs[shard.start : shard.stop]:
        yield spec.path
        yield spec.title
        yield spec.description
        yield spec.owner
        for collection in list_feed_editions(site, spec):
            yield repr(collection)
            yield from site.list_summaries(collection.papers)
        yield from site.list_summaries(list_feed_papers(site, spec))


def list_records(site: Site, shard: Shard) -> Iterator[str]:
    """Yields the ids of the papers in the feeds of a shard."""
    for spec in site.feed_specs[shard.start : shard.stop]:
        for collection in list_feed_editions(site, spec):
            yield from collection.papers
        yield from list_feed_papers(site, spec)


def _list_items(site: Site) -> Sequence[str]:
    return tuple(spec.path for spec in site.feed_specs)


FEEDS = PageKind("feeds", plan_feeds, read_feeds, list_records, items=_list_items, size=8, renews_workers=True)
