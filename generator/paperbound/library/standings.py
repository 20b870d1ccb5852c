"""Standings: in which collections each paper is, at which rank, and along which of them its page leads on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.catalogue import Collection
from ..urls import Site, listing
from .editions import Edition, name_collection
from .pieces import Membership

# A list's name (empty: all papers), its papers, and the place of this one, from 0 on.
Walk = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """The collections that a paper is in, and the walk along the first of them."""

    memberships: tuple[Membership, ...]
    walk: Walk


def find_standings(
    collections: Mapping[str, Collection], editions: Mapping[str, Edition], site: Site
) -> dict[str, Standing]:
    """The standing of each paper that is in a collection, by its id."""
    memberships: dict[str, list[Membership]] = {}
    walks: dict[str, Walk] = {}
    for collection in collections.values():
        href = site.href(listing("collections", collection.slug))
        name, count = name_collection(collection), len(collection.papers)
        edition = editions.get(collection.id)
        moves = edition.moves if edition else ()
        for place, ident in enumerate(collection.papers):
            move = moves[place] if moves else None
            memberships.setdefault(ident, []).append(Membership(name, href, place + 1, count, move))
            walks.setdefault(ident, (collection.title, collection.papers, place))
    return {ident: Standing(tuple(found), walks[ident]) for ident, found in memberships.items()}
