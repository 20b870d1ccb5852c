"""Facets and names: by what results are counted and narrowed, and what the search box suggests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..library.editions import name_collection
from ..model.catalogue import Catalogue
from ..model.record import Record
from ..search.document import FacetColumn, FacetsWork, NamesWork
from .papers import list_links

# Authors as a facet: at 81,417 papers all 61,000 would be 900 kB; these are the ones that a count can be large of.
_MOST_VALUES = 4_000
_MOST_CELLS = 60_000


def plan_facets(catalogue: Catalogue, records: Sequence[Record]) -> FacetsWork:
    """The columns of all facets for the records in the index's order; a facet without values is left out."""
    memberships: dict[str, list[str]] = {}
    for collection in catalogue.collections.values():
        for ident in collection.papers:
            memberships.setdefault(ident, []).append(collection.slug)
    people = {slug: person.name for slug, person in catalogue.people.items()}
    collections = {one.slug: name_collection(one) for one in catalogue.collections.values()}
    has = {"code": "Has code", "pdf": "Has PDF"}
    columns = (
        make_column("year", [[str(one.year)] if one.year else [] for one in records], {}),
        make_column(
            "tag", [list(one.tags) for one in records], {slug: tag.name for slug, tag in catalogue.tags.items()}
        ),
        make_column("author", [catalogue.people_of[one.id] for one in records], people),
        make_column(
            "venue",
            [[catalogue.venue_of[one.id]] if one.id in catalogue.venue_of else [] for one in records],
            {slug: venue.name for slug, venue in catalogue.venues.items()},
        ),
        make_column("collection", [memberships.get(one.id, []) for one in records], collections),
        make_column("has", [_list_offers(one, has) for one in records], has),
    )
    order = sorted(range(len(records)), key=lambda number: (_sort_title(records[number]), -number))
    places = [0] * len(records)
    for place, number in enumerate(order):
        places[number] = place
    return FacetsWork(tuple(column for column in columns if column.values), tuple(places))


def _list_offers(record: Record, known: Iterable[str]) -> list[str]:
    kinds = {link.kind for link in list_links(record)}
    return [kind for kind in known if kind in kinds]


def _sort_title(record: Record) -> str:
    return record.title.casefold().lstrip("\"'“‘([*_$")


def make_column(name: str, rows: Iterable[Sequence[str]], names: Mapping[str, str]) -> FacetColumn:
    """A facet from the slugs of each document's values; `names` names the values, and holds all there are."""
    listed = [tuple(dict.fromkeys(slug for slug in row if not names or slug in names)) for row in rows]
    counts = Counter(slug for row in listed for slug in row)
    order = sorted(counts, key=lambda slug: (-counts[slug], slug))
    least, cells = 1, 0
    for place, slug in enumerate(order):
        cells += counts[slug]
        if place >= _MOST_VALUES or (cells > _MOST_CELLS and len(order) > _MOST_VALUES):
            # All values of one count are listed, or none of them.
            least = counts[slug] + 1
            order = [one for one in order[:place] if counts[one] >= least]
            break
    numbers = {slug: number for number, slug in enumerate(order)}
    return FacetColumn(
        name,
        tuple((slug, names.get(slug, slug)) for slug in order),
        tuple(tuple(sorted(numbers[slug] for slug in row if slug in numbers)) for row in listed),
        least,
    )


def plan_names(catalogue: Catalogue, *, nodes: bool) -> NamesWork:
    """A row for each word of the names of topics, authors and venues."""
    named = [
        *(("tags", tag.name, tag.slug, len(catalogue.papers_by_tag[tag.slug])) for tag in catalogue.tags.values()),
        *(("authors", one.name, one.slug, len(one.papers)) for one in catalogue.people.values()),
        *(("venues", one.name, one.slug, len(one.papers)) for one in catalogue.venues.values()),
    ]
    rows: list[tuple[str, str, str, str, int]] = []
    for kind, name, slug, count in named:
        # A slug is the name in plain letters, which is what is typed; initials are not looked for.
        words = dict.fromkeys(word for word in slug.split("-") if len(word) > 1)
        rows.extend((word, kind, name, slug, count) for word in words)
    return NamesWork(tuple(rows), nodes)
