"""Values that several citation formats need: kind, year and pages of a record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.record import Record

# Records with the addresses of their pages.
Rows = Sequence[tuple[Record, str]]

_JOURNAL = re.compile(r"journal|transactions|magazine|letters|review", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[–—]|--)[-–—]*\s*")
_HYPHEN = re.compile(r"\s*-\s*")
RETRACTED = "RETRACTED: "


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
    """Returns first and last page; the last is empty for a single page.

    An article number is a single page; of several ranges, the first page of the first and the last of the last.
    """
    ranges = [part.strip() for part in record.pages.split(",") if part.strip()]
    if not ranges:
        return "", ""
    first, last = _split_range(ranges[0])[0], _split_range(ranges[-1])[-1]
    return first, last if last != first else ""


def _split_range(text: str) -> list[str]:
    return (_DASH if _DASH.search(text) else _HYPHEN).split(text)


def mark_retracted(record: Record, title: str) -> str:
    """Returns a title, marked if the paper is retracted (NISO RP-45-2024)."""
    marked = title.lower().startswith("retracted") or not record.retracted
    return title if marked else f"{RETRACTED}{title}"
