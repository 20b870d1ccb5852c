"""The survey: digests of the fields that other pages show of papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from ..model.catalogue import Catalogue, Survey
from ..text.digests import digest_texts
from .pieces import Entry

_Value = TypeVar("_Value")


class LazyDict(dict[str, _Value]):
    """A dictionary whose values are computed at first use."""

    def __init__(self, make: Callable[[str], _Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: str) -> _Value:
        value = self[key] = self.make(key)
        return value


def survey_records(catalogue: Catalogue, entries: Mapping[str, Entry]) -> Survey:
    """Returns the survey of a catalogue."""
    records = catalogue.records
    return Survey(
        recent=tuple(sorted(records, key=lambda ident: (-records[ident].day, ident))),
        summary_digests=_digest_summaries(catalogue, entries),
        pinned={ident: record.related for ident, record in records.items() if record.related},
        aliases={ident: (one.origin.file, *one.aliases) for ident, one in records.items() if one.aliases},
    )


def _digest_summaries(catalogue: Catalogue, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Computes the digest of the fields of each paper that other pages show.

    These are entry, key, people, tags, venue, year and kinds of links.
    """
    names = {slug: f"{slug}\1{person.name}" for slug, person in catalogue.people.items()}
    venues = {slug: f"{slug}\1{venue.name}" for slug, venue in catalogue.venues.items()}
    summaries = {}
    for ident, record in catalogue.records.items():
        pieces = (
            entries[ident].digest,
            record.title,
            catalogue.keys[ident],
            str(record.year),
            venues.get(catalogue.venue_of.get(ident, ""), ""),
            *(names.get(slug, slug) for slug in catalogue.people_of[ident]),
            "\1",
            *record.tags,
            "\1",
            *(link.kind for link in record.links),
            record.arxiv,
        )
        summaries[ident] = digest_texts(pieces)
    return summaries
