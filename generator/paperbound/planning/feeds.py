"""Feeds: for the site, each tag, author with two papers, venue and collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.feed import Feed, FeedEntry
from ..model.job import Job
from ..model.record import Record
from ..text.markdown import strip_inline, strip_markup
from ..urls import FEEDS, feed, folder_of, home, listing, paper
from .outline import Outline
from .work import FeedWork

_SUMMARY = 500


def plan_feeds(outline: Outline) -> Iterator[Job]:
    """A job for each feed, which writes its three formats."""
    catalogue, config = outline.catalogue, outline.config
    made: dict[str, FeedEntry] = {}
    newest = sorted(catalogue.records, key=lambda ident: _order(catalogue.records[ident]))
    recency = {ident: place for place, ident in enumerate(newest)}

    def plan(path: str, title: str, description: str, ids: Sequence[str], owner: str) -> Job:
        return _plan(outline, made, path, title, description, ids, owner)

    def sort(ids: Sequence[str]) -> list[str]:
        return sorted(ids, key=recency.__getitem__)

    yield plan(home(), config.title, config.description or config.tagline or config.title, newest, "the site's feed")
    for tag in catalogue.tags.values():
        title = f"{tag.name} · {config.title}"
        text = tag.description or f"Papers about {tag.name}."
        ids = sort(catalogue.papers_by_tag[tag.slug])
        yield plan(listing("tags", tag.slug), title, text, ids, f"the tag {tag.slug!r}")
    for person in catalogue.people.values():
        if len(person.papers) >= 2:
            path = listing("authors", person.slug)
            ids = sort(person.papers)
            yield plan(
                path,
                f"{person.name} · {config.title}",
                f"Papers by {person.name}.",
                ids,
                f"the author {person.name!r}",
            )
    for venue in catalogue.venues.values():
        path = listing("venues", venue.slug)
        ids = sort(venue.papers)
        yield plan(
            path,
            f"{venue.name} · {config.title}",
            f"Papers at or in {venue.name}.",
            ids,
            f"the venue {venue.name!r}",
        )
    for collection in catalogue.collections.values():
        path = listing("collections", collection.slug)
        text = collection.description or f"The papers of {collection.title}."
        # A collection keeps its order: it is why the feed exists. Undated papers come last all the same.
        ids = sorted(collection.papers, key=lambda ident: _day(catalogue.records[ident]) == 0)
        yield plan(path, f"{collection.title} · {config.title}", text, ids, f"the collection {collection.id!r}")


def _day(record: Record) -> int:
    date = record.added or record.date
    return date.first_day.toordinal() if date else 0


def _order(record: Record) -> tuple[int, str]:
    return -_day(record), record.id


def _plan(
    outline: Outline,
    made: dict[str, FeedEntry],
    path: str,
    title: str,
    description: str,
    ids: Sequence[str],
    owner: str,
) -> Job:
    entries = []
    for ident in ids[: outline.config.feed_size]:
        if ident not in made:
            made[ident] = _make_entry(outline, outline.catalogue.records[ident])
        entries.append(made[ident])
    folder = folder_of(path)
    paths = tuple(feed(folder, name) for name, _ in FEEDS)
    value = Feed(
        title=title,
        description=description,
        language=outline.config.language,
        url=outline.site.absolute(path),
        self_urls=tuple(outline.site.absolute(one) for one in paths),
        updated=max((entry.updated for entry in entries), default=""),
        entries=tuple(entries),
    )
    return Job(f"feed {folder}", "feed", FeedWork(value), owner, paths)


def _make_entry(outline: Outline, record: Record) -> FeedEntry:
    text = record.summary or record.abstract
    short = strip_markup(record.takeaway) or strip_markup(text)
    if len(short) > _SUMMARY:
        short = short[:_SUMMARY].rsplit(" ", 1)[0] + "…"
    shown = record.added or record.date
    return FeedEntry(
        url=outline.site.absolute(paper(outline.catalogue.slugs[record.id])),
        title=strip_inline(record.title),
        date=shown.iso if shown else "",
        updated=shown.first_day.isoformat() if shown else "",
        authors=tuple(author.name for author in record.authors),
        summary=short,
        content=text,
        tags=tuple(outline.catalogue.tags[tag].name for tag in record.tags if tag in outline.catalogue.tags),
    )
