"""Feeds: for the site, each tag, author of several papers, venue and collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..model.feed import Feed, FeedEntry
from ..model.job import Job
from ..model.record import Record
from ..text.markdown import strip_markup
from ..urls import FEEDS, feed, folder_of, home, listing, paper
from .outline import Outline
from .work import FeedWork

_SUMMARY = 500


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A feed: the path of its page, its name, what it says of itself, its papers, newest first; who asks for it."""

    path: str
    title: str
    description: str
    papers: tuple[str, ...]
    owner: str
    ordered: bool = False


def count_feeds(outline: Outline) -> int:
    """The number of feeds."""
    return sum(1 for _ in _list_feeds(outline))


def plan_feeds(outline: Outline, start: int, stop: int) -> Iterator[Job]:
    """A job for each feed from `start` up to `stop`, which writes its three formats."""
    made: dict[str, FeedEntry] = {}
    for wanted in islice(_list_feeds(outline), start, stop):
        yield _plan(outline, made, wanted)


def _list_feeds(outline: Outline) -> Iterator[_Wanted]:
    catalogue, config = outline.catalogue, outline.config
    text = config.description or config.tagline or config.title
    yield _Wanted(home(), config.title, text, tuple(outline.recency), "the site's feed", ordered=True)
    if config.feeds == "site":
        return
    for tag in catalogue.tags.values():
        title, text = f"{tag.name} · {config.title}", tag.description or f"Papers about {tag.name}."
        papers = catalogue.papers_by_tag[tag.slug]
        yield _Wanted(listing("tags", tag.slug), title, text, papers, f"the tag {tag.slug!r}")
    for person in catalogue.people.values():
        if len(person.papers) >= config.count_author_feeds(len(catalogue.records)):
            title, text = f"{person.name} · {config.title}", f"Papers by {person.name}."
            yield _Wanted(listing("authors", person.slug), title, text, person.papers, f"the author {person.name!r}")
    for venue in catalogue.venues.values():
        title, text = f"{venue.name} · {config.title}", f"Papers at or in {venue.name}."
        yield _Wanted(listing("venues", venue.slug), title, text, venue.papers, f"the venue {venue.name!r}")
    for collection in catalogue.collections.values():
        title, text = f"{collection.title} · {config.title}", collection.description
        # A collection keeps its order: it is why the feed exists. Undated papers come last all the same.
        papers = tuple(sorted(collection.papers, key=lambda ident: catalogue.records[ident].day == 0))
        owner = f"the collection {collection.id!r}"
        path = listing("collections", collection.slug)
        yield _Wanted(path, title, text or f"The papers of {collection.title}.", papers, owner, ordered=True)


def _plan(outline: Outline, made: dict[str, FeedEntry], wanted: _Wanted) -> Job:
    ids = wanted.papers if wanted.ordered else sorted(wanted.papers, key=outline.recency.__getitem__)
    entries = []
    for ident in ids[: outline.config.count_feed_entries(len(outline.recency))]:
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
