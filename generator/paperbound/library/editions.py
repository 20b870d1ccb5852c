"""Editions: dated collections in series, with the changes of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..languages import Language
from ..model.catalogue import Collection
from ..urls import Addresses, listing
from .pieces import Membership, Move


@dataclass(frozen=True, slots=True)
class Edition:
    """The ids of the previous and the next edition, and the moves of papers.

    An id is empty where there is no edition. The first edition of a series has no moves; a later one has one for each
    paper.
    """

    previous: str = ""
    next: str = ""
    moves: tuple[Move, ...] = ()


def name_collection(collection: Collection, language: Language) -> str:
    """Returns a collection's title, with the date of an edition."""
    if not collection.date:
        return collection.title
    return language.t("collections.name", title=collection.title, date=language.show_date(collection.date))


def list_sessions(collections: Mapping[str, Collection]) -> tuple[Collection, ...]:
    """Returns the sessions by day, time, track and title; those without a time are first."""
    found = [(one.session, one.title, one.id, one) for one in collections.values() if one.session]
    return tuple(
        one for *_, one in sorted(found, key=lambda row: (row[0].day.iso, row[0].begin, row[0].track, row[1], row[2]))
    )


def find_newest(collections: Mapping[str, Collection]) -> Collection | None:
    """Returns the newest edition, or None; those without a date are last among `collections`."""
    first = next(iter(collections.values()), None)
    return first if first and first.date else None


def list_oldest_first(collections: Mapping[str, Collection]) -> tuple[Collection, ...]:
    """Returns collections, given newest first, with the oldest first.

    In this order a new edition moves no other one to another task.
    """
    return tuple(collections.values())[::-1]


def find_editions(collections: Mapping[str, Collection], language: Language) -> dict[str, Edition]:
    """Returns the editions by id; `collections` are ordered newest first."""
    series: dict[str, list[Collection]] = {}
    for collection in list_oldest_first(collections):
        if collection.date:
            series.setdefault(collection.series, []).append(collection)
    found: dict[str, Edition] = {}
    for line in series.values():
        ids = ["", *(one.id for one in line), ""]
        for place, moves in enumerate(_follow_ranks(line, language)):
            found[ids[place + 1]] = Edition(ids[place], ids[place + 2], moves)
    return found


def _follow_ranks(line: list[Collection], language: Language) -> Iterable[tuple[Move, ...]]:
    """Yields the moves of the papers of each edition of a series, oldest first."""
    yield ()
    seen: set[str] = set()
    for old, this in pairwise(line):
        ranks = {ident: rank for rank, ident in enumerate(old.papers)}
        seen.update(old.papers)
        yield tuple(_compare(ranks.get(ident), rank, ident in seen, language) for rank, ident in enumerate(this.papers))


def _compare(old: int | None, rank: int, known: bool, language: Language) -> Move:
    if old is None:
        kind, places = "back" if known else "new", 0
    else:
        kind, places = "same" if old == rank else "up" if old > rank else "down", abs(old - rank)
    return Move(kind, language.t(f"move.{kind}", places=places), places)


# A list's name (empty: all papers), its papers, and the place of this one, from 0 on.
Walk = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Memberships:
    """The collections that a paper is in, and the walk along the first of them."""

    collections: tuple[Membership, ...]
    walk: Walk


def find_memberships(
    collections: Mapping[str, Collection], editions: Mapping[str, Edition], addresses: Addresses, language: Language
) -> dict[str, Memberships]:
    """Returns the memberships of each paper of a collection, by its id."""
    memberships: dict[str, list[Membership]] = {}
    walks: dict[str, Walk] = {}
    for collection in collections.values():
        href = addresses.href(listing("collections", collection.slug))
        name, count = name_collection(collection, language), len(collection.papers)
        edition = editions.get(collection.id)
        moves = edition.moves if edition else ()
        for place, ident in enumerate(collection.papers):
            move = moves[place] if moves else None
            memberships.setdefault(ident, []).append(Membership(name, href, place + 1, count, move))
            walks.setdefault(ident, (collection.title, collection.papers, place))
    return {ident: Memberships(tuple(found), walks[ident]) for ident, found in memberships.items()}
