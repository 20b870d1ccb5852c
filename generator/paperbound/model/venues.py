"""The venue of a paper, or that of its proceedings, which BibTeX names alone."""

from __future__ import annotations

import re

from .record import Record

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,6}teenth|[a-z]{3,5}tieth"
)
_NUMBER = rf"(?:(?:19|20)\d\d|\d{{1,3}}(?:st|nd|rd|th)|(?:(?:{_TENS})[- ])?(?:{_ONES})) "
_START = re.compile(
    rf"(?:in:? )?(?:(?:the )?(?:companion )?(?:proceedings|proc\.) of (?:the |(?={_NUMBER}))|the (?={_NUMBER}))?"
    rf"(?:{_NUMBER})*",
    re.IGNORECASE,
)
# A volume, and the year of `CHI '20` and `EMNLP 2020`.
_END = re.compile(r"[,:;]? \(?(?:vol(?:ume|\.) |(?:'|’|19|20)\d\d\b|\d{1,3}\Z)", re.IGNORECASE)
_PART = re.compile(r"[,(][^,(]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHORTEST = 3


def name_venue(record: Record) -> str:
    """Names the venue of a paper.

    Returns the venue that the record gives. Without one it is that of the proceedings, without their number and year;
    empty where there are none. A book of chapters is no venue.
    """
    if record.venue or not record.booktitle or record.kind in ("chapter", "book"):
        return record.venue
    return name_series(record.booktitle)


def describe_venue(record: Record) -> str:
    """Returns a paper's venue with its year, or the book of a chapter."""
    venue = name_venue(record) or record.booktitle
    return f"{venue} {record.venue_year}".strip() if venue else ""


def name_series(title: str) -> str:
    """Returns the title of proceedings without their number, year, volume and place."""
    title = " ".join(title.split())
    start = _START.match(title)
    name = title[start.end() :] if start else title
    # The acronym, day and place that follow a comma: `, ICML 2020, July 13-18`.
    dated = next((part.start() for part in _PART.finditer(name, _SHORTEST) if _YEAR.search(part[0])), len(name))
    end = _END.search(name, _SHORTEST, dated)
    name = name[: end.start() if end else dated]
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")]
    name = name.rstrip(" ,:;-–—")
    if len(name) < _SHORTEST:
        return title
    return name[0].upper() + name[1:]
