"""Colours of points on the map: by topic, by year, by venue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...library.pieces import Reference
from ...library.site import Site
from ...urls import listing

# Eye and palette know no more of them.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Colouring:
    """A way to colour points: its name, its label, the group of each colour.

    `values` has a digit for each document: the number of its colour among `items`, or of the colour of all others.
    """

    name: str
    label: str
    items: tuple[Reference, ...]
    values: str

    @property
    def has_others(self) -> bool:
        """Whether some points have none of the colours."""
        return str(_MOST) in self.values


def list_colourings(site: Site) -> tuple[Colouring, ...]:
    """Returns the ways to colour points that have two colours and more."""
    colourings = {"topic": _list_topics, "year": _list_years, "venue": _list_venues}
    found = []
    for name, make in colourings.items():
        groups = tuple(make(site))
        items = tuple(item for item, _ in groups)
        if len(items) > 1:
            label = site.t({"topic": "tags.label", "year": "years.label", "venue": "venues.label"}[name])
            found.append(Colouring(name, label, items, _number(site.order[::-1], [ids for _, ids in groups])))
    return tuple(found)


def _number(documents: Sequence[str], groups: Sequence[Iterable[str]]) -> str:
    """Returns the digit of each document.

    Of several groups the last one counts, which is the smallest.
    """
    digits: Mapping[str, str] = {ident: str(number) for number, ids in enumerate(groups) for ident in ids}
    return "".join(digits.get(ident, str(_MOST)) for ident in documents)


def _list_topics(site: Site) -> Iterator[tuple[Reference, Sequence[str]]]:
    tags, papers = site.catalogue.tags, site.catalogue.papers_by_tag
    for slug in sorted(tags, key=lambda slug: (-len(papers[slug]), slug))[:_MOST]:
        if papers[slug]:
            yield site.link_tag(slug), papers[slug]


def _list_venues(site: Site) -> Iterator[tuple[Reference, Sequence[str]]]:
    venues = site.catalogue.venues.values()
    for venue in sorted(venues, key=lambda one: (-len(one.papers), one.slug))[:_MOST]:
        href = site.addresses.href(listing("venues", venue.slug))
        yield Reference(venue.name, href, len(venue.papers)), venue.papers


def _list_years(site: Site) -> Iterator[tuple[Reference, Sequence[str]]]:
    """Yields the newest years with papers, and all earlier ones."""
    years = sorted(site.catalogue.papers_by_year.items(), reverse=True)
    for year, ids in years if len(years) <= _MOST else years[: _MOST - 1]:
        yield Reference(str(year), site.addresses.href(listing("years", str(year))), len(ids)), ids
    if len(years) > _MOST:
        earlier = [ident for _, ids in years[_MOST - 1 :] for ident in ids]
        yield Reference(site.t("plot.earlier", year=str(years[_MOST - 1][0])), "", len(earlier)), earlier
