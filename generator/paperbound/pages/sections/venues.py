"""The section of venues: conferences and journals."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.section import Facet, Group, GroupFeeds, PaperList, Section
from ...library.site import Site
from ...model.catalogue import Catalogue
from ...text.names import fold
from .list_page import count_authors, count_tags


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return catalogue.venues


def _find(site: Site, key: str) -> Group:
    venue = site.catalogue.venues[key]
    return Group(key, key, venue.name, venue.papers, f"the venue {venue.name!r}")


def _describe(site: Site, group: Group) -> PaperList:
    deck = site.t("venues.deck", count=len(group.papers), venue=group.name)
    return PaperList(deck, (count_tags(site, group.papers), count_authors(site, group.papers)))


def _is_in_header(catalogue: Catalogue) -> bool:
    # Without topics the venues take their place.
    return not catalogue.tags


def _find_letter(name: str) -> str:
    first = fold(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


VENUES = Section(
    name="venues",
    index_template="venues.html",
    template="venue.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    facet=Facet("venue"),
    feeds=GroupFeeds(),
    is_in_header=_is_in_header,
    is_in_footer=True,
    letter=_find_letter,
)
