"""What every citation format asks of a record: its kind, its year, its pages."""

from __future__ import annotations

import re

from ..model.record import Record

_JOURNAL = re.compile(r"journal|transactions|magazine|letters|review", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]+\s*")


def guess_kind(record: Record) -> str:
    """The record's kind, or the likeliest one by what it says: a preprint without a venue, a journal by its name."""
    if record.kind:
        return record.kind
    if not record.venue and not record.booktitle:
        return "preprint" if record.arxiv else "misc"
    return "article" if record.volume or _JOURNAL.search(record.venue) else "inproceedings"


def find_year(record: Record) -> str:
    """The year to cite: the venue's, where one published the paper."""
    return record.venue_year or (str(record.date.year) if record.date else "")


def find_pages(record: Record) -> tuple[str, str]:
    """The first and the last page; the latter is empty where one is given, or an article number."""
    first, _, last = _DASH.sub("-", record.pages).partition("-")
    return first, last
