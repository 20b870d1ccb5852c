"""Editions: dated collections in series, with the changes of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalogue import Collection
from ..text.english import show_date
from ..urls import Addresses, listing
from .pieces import Membership, Move

_NEW, _BACK, _SAME = Move("new", "new"), Move("back", "back"), Move("same", "unchanged")


@dataclass(frozen=True, slots=True)
class Edition:
    """The ids of the previous and the next edition, and the moves of papers.

    An id is empty where there is no edition. The first edition of a series has no moves; a later one has one for each
    paper.
    """

    previous: str = ""
    next: str = ""
    moves: tuple[Move, ...] = ()


def name_collection(collection: Collection) -> str:
    """Returns a collection's title, with the date of an edition.

    Many editions of a series have one title.
    """
    return f"{collection.title}, {show_date(collection.date)}" if collection.date else collection.title


def find_newest(collections: Mapping[str, Collection]) -> Collection | None:
    """Returns the newest edition, or None.

    `collections` are ordered newest first, those without a date last.
    """
    first = next(iter(collections.values()), None)
    return first if first and first.date else None


def list_oldest_first(collections: Mapping[str, Collection]) -> tuple[Collection, ...]:
    """Returns collections, given newest first, with the oldest first.

    In this order a new edition moves no other one to another task.
    """
    return tuple(collections.values())[::-1]


def find_editions(collections: Mapping[str, Collection]) -> dict[str, Edition]:
    """Returns the editions by id; `collections` are ordered newest first."""
    series: dict[str, list[Collection]] = {}
    for collection in list_oldest_first(collections):
        if collection.date:
            series.setdefault(collection.series, []).append(collection)
    found: dict[str, Edition] = {}
    for line in series.values():
        moves = dict(zip((one.id for one in line), _follow_ranks(line), strict=True))
        for old, this, following in _walk(line):
            found[this.id] = Edition(old.id if old else "", following.id if following else "", moves[this.id])
    return found


def _walk(line: list[Collection]) -> Iterable[tuple[Collection | None, Collection, Collection | None]]:
    padded: list[Collection | None] = [None, *line, None]
    return zip(padded, line, padded[2:], strict=False)


def _follow_ranks(line: list[Collection]) -> Iterable[tuple[Move, ...]]:
    """Yields the moves of the papers of each edition of a series, oldest first."""
    yield ()
    seen: set[str] = set()
    for old, this in pairwise(line):
        ranks = {ident: rank for rank, ident in enumerate(old.papers)}
        seen.update(old.papers)
        yield tuple(_compare(ranks.get(ident), rank, ident in seen) for rank, ident in enumerate(this.papers))


def _compare(old: int | None, rank: int, known: bool) -> Move:
    if old is None:
        return _BACK if known else _NEW
    if old == rank:
        return _SAME
    places = abs(old - rank)
    return Move("up", f"up {places}", places) if old > rank else Move("down", f"down {places}", places)


# A list's name (empty: all papers), its papers, and the place of this one, from 0 on.
Walk = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Memberships:
    """The collections that a paper is in, and the walk along the first of them."""

    collections: tuple[Membership, ...]
    walk: Walk


def find_memberships(
    collections: Mapping[str, Collection], editions: Mapping[str, Edition], addresses: Addresses
) -> dict[str, Memberships]:
    """Returns the memberships of each paper of a collection, by its id."""
    memberships: dict[str, list[Membership]] = {}
    walks: dict[str, Walk] = {}
    for collection in collections.values():
        href = addresses.href(listing("collections", collection.slug))
        name, count = name_collection(collection), len(collection.papers)
        edition = editions.get(collection.id)
        moves = edition.moves if edition else ()
        for place, ident in enumerate(collection.papers):
            move = moves[place] if moves else None
            memberships.setdefault(ident, []).append(Membership(name, href, place + 1, count, move))
            walks.setdefault(ident, (collection.title, collection.papers, place))
    return {ident: Memberships(tuple(found), walks[ident]) for ident, found in memberships.items()}
