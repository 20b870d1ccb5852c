"""The section of years."""

from __future__ import annotations

from collections.abc import Iterable

from ...library.section import Facet, Group, PaperList, Section
from ...library.site import Site
from ...model.catalogue import Catalogue
from ...text.english import count_of
from .blocks import count_tags, count_venues


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return map(str, catalogue.papers_by_year)


def _find(catalogue: Catalogue, key: str) -> Group:
    return Group(key, key, key, catalogue.papers_by_year[int(key)], f"the year {key}")


def _describe(site: Site, group: Group) -> PaperList:
    deck = f"{count_of(len(group.papers), 'paper')} that first appeared in {group.name}."
    return PaperList(deck, (count_tags(site, group.papers), count_venues(site, group.papers)), has_plot=False)


YEARS = Section(
    name="years",
    title="Years",
    label="Year",
    noun="year",
    index_template="years.html",
    template="year.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    facet=Facet("year", "Year", place=0),
    is_suggested=False,
    renews_workers=True,
)
