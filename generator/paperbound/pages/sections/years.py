"""The section of years."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.section import Facet, Group, PaperList, Section
from ...library.site import Site
from ...model.catalogue import Catalogue
from .list_page import count_tags, count_venues


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return map(str, catalogue.papers_by_year)


def _find(site: Site, key: str) -> Group:
    return Group(key, key, key, site.catalogue.papers_by_year[int(key)], f"the year {key}")


def _describe(site: Site, group: Group) -> PaperList:
    deck = site.t("years.deck", count=len(group.papers), year=group.name)
    return PaperList(deck, (count_tags(site, group.papers), count_venues(site, group.papers)), has_plot=False)


YEARS = Section(
    name="years",
    index_template="years.html",
    template="year.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    facet=Facet("year", place=0),
    is_suggested=False,
    renews_workers=True,
)
