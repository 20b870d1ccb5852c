"""Entries: papers as lists show them, and the survey of all papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from ..languages import Language
from ..markup.texts import text_of
from ..model.catalogue import Catalogue, Survey, Tag
from ..model.digests import digest_texts
from ..model.record import Record
from ..model.venues import describe_venue
from ..urls import Addresses, listing, paper
from .links import list_links
from .pieces import Entry, Figure, Reference

_AUTHORS = 4
_TOPICS = 3
# The links that lists show: what readers take at once.
_OFFERED = ("pdf", "code")
_Value = TypeVar("_Value")


class LazyDict(dict[str, _Value]):
    """A dictionary whose values are computed at first use."""

    def __init__(self, make: Callable[[str], _Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: str) -> _Value:
        value = self[key] = self.make(key)
        return value


def make_entry(
    record: Record,
    slug: str,
    addresses: Addresses,
    language: Language,
    thumbnail: Figure | None = None,
    tags: Mapping[str, Tag] = MappingProxyType({}),
    content_language: str = "",
) -> Entry:
    """Creates the entry of a paper.

    It has title and takeaway as HTML, up to four authors, the venue with its year, the date, up to three topics, and
    the links to PDF and code. `content_language` is that of records that name none.
    """
    date, title = record.date, text_of(record, "title")
    lang, direction = language.mark(record.language or content_language)
    shown, day = language.show_short(date) if date else ("", "")
    return Entry(
        id=record.id,
        href=addresses.href(paper(slug)),
        title=title.plain,
        title_html=title.inline,
        takeaway_html=text_of(record, "takeaway").inline,
        authors=language.join_names([author.name for author in record.authors], _AUTHORS),
        venue=describe_venue(record),
        date=shown,
        iso=date.iso if date else "",
        year=str(date.year) if date else "",
        day=day,
        retracted=bool(record.retracted),
        draft=bool(record.draft),
        thumbnail=thumbnail,
        awards=record.awards,
        topics=tuple(
            Reference(tags[tag].name, addresses.href(listing("tags", tag)))
            for tag in [one for one in dict.fromkeys(record.tags) if one in tags][:_TOPICS]
        ),
        lang=lang,
        dir=direction,
        added=record.added.first_day.isoformat() if record.added else "",
        offers=tuple(link for link in list_links(record, language) if link.kind in _OFFERED),
    )


def survey_records(catalogue: Catalogue) -> Survey:
    """Returns the survey of a catalogue."""
    records = catalogue.records
    return Survey(
        recent=tuple(sorted(records, key=lambda ident: (-records[ident].day, ident))),
        summary_digests=_digest_summaries(catalogue),
        pinned={ident: record.related for ident, record in records.items() if record.related},
        aliases={ident: (one.origin.file, *one.aliases) for ident, one in records.items() if one.aliases},
        made_by={
            ident: tuple(found) for ident, one in records.items() if one.made_by and (found := one.list_programs())
        },
    )


def _digest_summaries(catalogue: Catalogue) -> dict[str, str]:
    """Digests what pages show of each paper besides its page, such as its entry."""
    names = {slug: f"{slug}\1{person.name}" for slug, person in catalogue.people.items()}
    venues = {slug: f"{slug}\1{venue.name}" for slug, venue in catalogue.venues.items()}
    summaries = {}
    for ident, record in catalogue.records.items():
        pieces = (
            catalogue.slugs[ident],
            catalogue.keys[ident],
            record.title,
            record.takeaway,
            record.date.iso if record.date else "",
            str(record.year),
            str(record.day),
            "added" if record.added else "",
            describe_venue(record),
            record.venue_year,
            venues.get(catalogue.venue_of.get(ident, ""), ""),
            record.arxiv,
            record.doi,
            "retracted" if record.retracted else "",
            "draft" if record.draft else "",
            *(author.name for author in record.authors),
            "\1",
            *(names.get(slug, slug) for slug in catalogue.people_of[ident]),
            "\1",
            *record.tags,
            "\1",
            *(f"{link.kind}\1{link.url}" if link.kind in _OFFERED else link.kind for link in record.links),
            "\1",
            *record.awards,
            record.language,
            repr(record.signals) if record.signals else "",
            repr(catalogue.pictures[ident]) if ident in catalogue.pictures else "",
        )
        summaries[ident] = digest_texts(pieces)
    return summaries
