"""Feeds: the jobs of those that are wanted, and the entries that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from ..model.feed import Feed, FeedEntry
from ..model.job import Job
from ..model.record import Record
from ..text.markdown import strip_markup
from ..urls import FEEDS, feed, folder_of, paper
from .outline import Outline
from .wanted import WantedFeed
from .work import FeedWork

_SUMMARY = 500


def plan_feeds(outline: Outline, start: int, stop: int) -> Iterator[Job]:
    """A job for each feed from `start` up to `stop`, which writes its three formats."""
    made: dict[str, FeedEntry] = {}
    for wanted in outline.wanted[start:stop]:
        yield _plan(outline, made, wanted)


def list_feed_papers(outline: Outline, wanted: WantedFeed) -> Sequence[str]:
    """The ids of the papers that a feed holds, in its order."""
    most = outline.config.count_feed_entries(len(outline.recency))
    if wanted.ordered:
        return wanted.papers[:most]
    return nsmallest(most, wanted.papers, key=outline.recency.__getitem__)


def _plan(outline: Outline, made: dict[str, FeedEntry], wanted: WantedFeed) -> Job:
    entries = []
    for ident in list_feed_papers(outline, wanted):
        if ident not in made:
            made[ident] = _make_entry(outline, outline.catalogue.records[ident])
        entries.append(made[ident])
    folder = folder_of(wanted.path)
    paths = tuple(feed(folder, name) for name, _ in FEEDS)
    value = Feed(
        title=wanted.title,
        description=wanted.description,
        language=outline.config.language,
        url=outline.site.absolute(wanted.path),
        self_urls=tuple(outline.site.absolute(one) for one in paths),
        updated=max((entry.updated for entry in entries), default=""),
        entries=tuple(entries),
    )
    return Job(f"feed {folder}", "feed", FeedWork(value), wanted.owner, paths)


def _make_entry(outline: Outline, record: Record) -> FeedEntry:
    text = record.summary or record.abstract
    short = strip_markup(record.takeaway) or strip_markup(text)
    if len(short) > _SUMMARY:
        short = short[:_SUMMARY].rsplit(" ", 1)[0] + "…"
    shown = record.added or record.date
    return FeedEntry(
        url=outline.site.absolute(paper(outline.catalogue.slugs[record.id])),
        title=outline.entries[record.id].title,
        date=shown.iso if shown else "",
        updated=shown.first_day.isoformat() if shown else "",
        authors=tuple(author.name for author in record.authors),
        summary=short,
        content=text if outline.config.wants_feed_texts(len(outline.recency)) else "",
        tags=tuple(outline.catalogue.tags[tag].name for tag in record.tags if tag in outline.catalogue.tags),
    )
