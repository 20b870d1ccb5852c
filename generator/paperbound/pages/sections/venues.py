"""The section of venues: conferences and journals."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.section import Facet, Group, GroupFeeds, PaperList, Section
from ...library.site import Site
from ...model.catalogue import Catalogue
from ...text.english import count_of
from ...text.names import fold
from .blocks import count_authors, count_tags


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return catalogue.venues


def _find(catalogue: Catalogue, key: str) -> Group:
    venue = catalogue.venues[key]
    return Group(key, key, venue.name, venue.papers, f"the venue {venue.name!r}")


def _describe(site: Site, group: Group) -> PaperList:
    deck = f"{count_of(len(group.papers), 'paper')} at or in {group.name}."
    return PaperList(deck, (count_tags(site, group.papers), count_authors(site, group.papers)))


def _is_in_header(catalogue: Catalogue) -> bool:
    # Without topics the venues take their place.
    return not catalogue.tags


def _find_letter(name: str) -> str:
    first = fold(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


VENUES = Section(
    name="venues",
    title="Venues",
    label="Venue",
    noun="venue",
    index_template="venues.html",
    template="venue.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    facet=Facet("venue", "Venue"),
    feeds=GroupFeeds("Papers at or in {name}.", "One venue", "New papers at one conference or in one journal."),
    is_in_header=_is_in_header,
    is_in_footer=True,
    letter=_find_letter,
)
