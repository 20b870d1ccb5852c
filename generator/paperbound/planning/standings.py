"""Standings: in which collections each paper is, at which rank, and along which of them its page leads on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.catalogue import Collection
from ..model.contexts import Membership
from ..text.dates import show_date
from ..urls import Site, listing

# A list's name (empty: all papers), its papers, and the place of this one, from 0 on.
Walk = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """The collections that a paper is in, and the walk along the first of them."""

    memberships: tuple[Membership, ...]
    walk: Walk


def find_standings(collections: Mapping[str, Collection], site: Site) -> dict[str, Standing]:
    """The standing of each paper that is in a collection, by its id."""
    found: dict[str, Standing] = {}
    for collection in collections.values():
        href = site.href(listing("collections", collection.slug))
        name = f"{collection.title}, {show_date(collection.date)}" if collection.date else collection.title
        for rank, ident in enumerate(collection.papers, 1):
            membership = Membership(name, href, rank, len(collection.papers))
            known = found.get(ident)
            found[ident] = Standing(
                (*known.memberships, membership) if known else (membership,),
                known.walk if known else (collection.title, collection.papers, rank - 1),
            )
    return found
