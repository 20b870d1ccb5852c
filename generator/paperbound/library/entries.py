"""Entries: papers as lists show them, created once for all lists."""

from __future__ import annotations

from ..markup.texts import text_of
from ..model.record import Record
from ..text.english import show_date
from ..text.names import join_names
from ..urls import Addresses, paper
from .pieces import Entry

_AUTHORS = 4


def make_entry(record: Record, slug: str, addresses: Addresses) -> Entry:
    """Creates the entry of a paper.

    It has title and takeaway as HTML, up to four authors, the venue with its year, and the date.
    """
    date, title = record.date, text_of(record, "title")
    day = ""
    if date and date.month:
        day = show_date(date, short=True).removesuffix(str(date.year)).strip()
    venue = f"{record.venue} {record.venue_year}".strip() if record.venue else ""
    return Entry(
        id=record.id,
        href=addresses.href(paper(slug)),
        title=title.plain,
        title_html=title.inline,
        takeaway_html=text_of(record, "takeaway").inline,
        authors=join_names(tuple(author.name for author in record.authors), _AUTHORS),
        venue=venue,
        date=show_date(date, short=True) if date else "",
        iso=date.iso if date else "",
        year=str(date.year) if date else "",
        day=day,
        retracted=bool(record.retracted),
    )
