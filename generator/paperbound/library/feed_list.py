"""Wanted feeds: the site's, and those of each tag, author of several papers, venue and collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..config import Config
from ..model.catalogue import Catalogue
from ..urls import home, listing
from .editions import find_newest, list_oldest_first, name_collection


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed: the path of its page, its name, what it says of itself, its papers, newest first; who asks for it.

    `ordered` papers are in the feed's order already; a `whole` feed holds all of them, whatever the size of feeds is;
    with `editions` it holds no papers, but the newest editions.
    """

    path: str
    title: str
    description: str
    papers: tuple[str, ...]
    owner: str
    ordered: bool = False
    whole: bool = False
    editions: bool = False


def list_feeds(catalogue: Catalogue, config: Config, recent: tuple[str, ...]) -> Iterator[FeedSpec]:
    """All feeds in the order of the plan; `recent` are all papers, newest first."""
    text_of_site = config.description or config.tagline or config.title
    yield FeedSpec(home(), config.title, text_of_site, recent, "the site's feed", ordered=True)
    if config.feeds == "site":
        return
    for tag in catalogue.tags.values():
        title, text = f"{tag.name} · {config.title}", tag.description or f"Papers about {tag.name}."
        papers = catalogue.papers_by_tag[tag.slug]
        yield FeedSpec(listing("tags", tag.slug), title, text, papers, f"the tag {tag.slug!r}")
    least = config.count_author_feeds(len(catalogue.records))
    for person in catalogue.people.values():
        if len(person.papers) >= least:
            title, text = f"{person.name} · {config.title}", f"Papers by {person.name}."
            yield FeedSpec(listing("authors", person.slug), title, text, person.papers, f"the author {person.name!r}")
    for venue in catalogue.venues.values():
        title, text = f"{venue.name} · {config.title}", f"Papers at or in {venue.name}."
        yield FeedSpec(listing("venues", venue.slug), title, text, venue.papers, f"the venue {venue.name!r}")
    if find_newest(catalogue.collections):
        title = f"Editions · {config.title}"
        yield FeedSpec(listing("collections"), title, text_of_site, (), "the feed of editions", editions=True)
    for collection in list_oldest_first(catalogue.collections):
        name = name_collection(collection)
        papers, text = collection.papers, collection.description or f"The papers of {name}."
        # A collection keeps its order: it is why the feed exists. In a reading list undated papers come last all the
        # same; an edition is whole, and agrees with its page and its mail.
        if not collection.date:
            papers = tuple(sorted(papers, key=lambda ident: catalogue.records[ident].day == 0))
        path, owner = listing("collections", collection.slug), f"the collection {collection.id!r}"
        is_edition = collection.date is not None
        yield FeedSpec(path, f"{name} · {config.title}", text, papers, owner, ordered=True, whole=is_edition)
