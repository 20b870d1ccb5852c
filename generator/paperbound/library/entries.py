"""Entries: papers as lists show them, created once for all lists."""

from __future__ import annotations

from ..markup.markdown import render_inline, strip_inline
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
    date = record.date
    day = ""
    if date and date.month:
        day = show_date(date, short=True).removesuffix(str(date.year)).strip()
    venue = f"{record.venue} {record.venue_year}".strip() if record.venue else ""
    return Entry(
        id=record.id,
        href=addresses.href(paper(slug)),
        title=strip_inline(record.title),
        title_html=render_inline(record.title),
        takeaway_html=render_inline(record.takeaway),
        authors=join_names(tuple(author.name for author in record.authors), _AUTHORS),
        venue=venue,
        date=show_date(date, short=True) if date else "",
        iso=date.iso if date else "",
        year=str(date.year) if date else "",
        day=day,
        retracted=bool(record.retracted),
    )
