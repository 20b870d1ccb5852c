"""Editions: collections with dates, each beside the one before and after it of its series, with how ranks moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model.catalogue import Collection
from ..text.dates import show_date
from ..urls import Addresses, listing
from .pieces import Membership, Move

_NEW, _BACK, _SAME = Move("new", "new"), Move("back", "back"), Move("same", "unchanged")


@dataclass(frozen=True, slots=True)
class Edition:
    """The ids of the previous and the next edition (empty where there is none), and how each paper's rank moved.

    The first edition of a series has no moves; in later ones there is one for each paper.
    """

    previous: str = ""
    next: str = ""
    moves: tuple[Move, ...] = ()


def name_collection(collection: Collection) -> str:
    """The collection's title, with its date if it is an edition: many of a series have one title."""
    return f"{collection.title}, {show_date(collection.date)}" if collection.date else collection.title


def find_newest(collections: Mapping[str, Collection]) -> Collection | None:
    """The newest edition; `collections` are ordered newest first, those without a date last."""
    first = next(iter(collections.values()), None)
    return first if first and first.date else None


def list_oldest_first(collections: Mapping[str, Collection]) -> tuple[Collection, ...]:
    """All collections (given newest first) in the order of the plan, in which a new edition moves no other one."""
    return tuple(collections.values())[::-1]


def find_editions(collections: Mapping[str, Collection]) -> dict[str, Edition]:
    """The editions among the collections (newest first), by id."""
    series: dict[str, list[Collection]] = {}
    for collection in list_oldest_first(collections):
        if collection.date:
            series.setdefault(collection.series, []).append(collection)
    found: dict[str, Edition] = {}
    for line in series.values():
        moves = dict(zip((one.id for one in line), _follow_ranks(line), strict=True))
        for before, this, after in _walk(line):
            found[this.id] = Edition(before.id if before else "", after.id if after else "", moves[this.id])
    return found


def _walk(line: list[Collection]) -> Iterable[tuple[Collection | None, Collection, Collection | None]]:
    padded: list[Collection | None] = [None, *line, None]
    return zip(padded, line, padded[2:], strict=False)


def _follow_ranks(line: list[Collection]) -> Iterable[tuple[Move, ...]]:
    """For each edition of a series, oldest first, the moves of its papers from the one before."""
    yield ()
    seen: set[str] = set()
    for before, this in pairwise(line):
        ranks = {ident: rank for rank, ident in enumerate(before.papers)}
        seen.update(before.papers)
        yield tuple(_compare(ranks.get(ident), rank, ident in seen) for rank, ident in enumerate(this.papers))


def _compare(before: int | None, rank: int, known: bool) -> Move:
    if before is None:
        return _BACK if known else _NEW
    if before == rank:
        return _SAME
    places = abs(before - rank)
    return Move("up", f"up {places}", places) if before > rank else Move("down", f"down {places}", places)


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
    """The memberships of each paper that is in a collection, by its id."""
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
