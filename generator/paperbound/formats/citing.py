"""Values that several formats need: kind, year and pages of a record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.record import Record

# Records with the addresses of their pages.
Rows = Sequence[tuple[Record, str]]

_JOURNAL = re.compile(r"journal|transactions|magazine|letters|review", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]+\s*")


def guess_kind(record: Record) -> str:
    """Returns the record's kind, or the most likely one by its other fields."""
    if record.kind:
        return record.kind
    if not record.venue and not record.booktitle:
        return "preprint" if record.arxiv else "misc"
    return "article" if record.volume or _JOURNAL.search(record.venue) else "inproceedings"


def find_year(record: Record) -> str:
    """Returns the year to cite: the venue's for a published paper."""
    return record.venue_year or (str(record.date.year) if record.date else "")


def find_pages(record: Record) -> tuple[str, str]:
    """Returns first and last page; the last is empty for one page or number."""
    first, _, last = _DASH.sub("-", record.pages).partition("-")
    return first, last
