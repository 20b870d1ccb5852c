"""Dates in BibTeX and biblatex: year, month and day, or one field with a range."""

from __future__ import annotations

import re

from ...text.dates import read_month

# https://www.loc.gov/standards/datetime/ (EDTF): `~`, `?` and `%` mark doubt; months 21 to 41 are parts of a year.
_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T[\d:.Z+-]*)?[~?%]?")
_YEAR = re.compile(r"\d{4}")


def read_date(date: str, year: str, month: str, day: str) -> str:
    """Returns the date in ISO 8601, or as it is written without a year.

    A range of days gives the first month, a range of months the first one, and a season the year.
    """
    if date:
        return _read_range(date)
    if not month or not _YEAR.fullmatch(year):
        return f"{year} {month}".strip()
    number, in_month = read_month(month)
    if not number:
        return f"{year} {month}"
    if not in_month and day.isdecimal():
        in_month = int(day)
    return f"{year}-{number:02d}-{in_month:02d}" if in_month else f"{year}-{number:02d}"


def _read_range(text: str) -> str:
    start, slash, end = text.strip().partition("/")
    first = _EDTF.fullmatch(start.strip())
    if not first:
        return text
    year, month, day = first.groups()
    if month and not 1 <= int(month) <= 12:
        return str(year) if 21 <= int(month) <= 41 else start
    parts = [year, month] if slash and end.strip() != start.strip() else [year, month, day]
    return "-".join(filter(None, parts))
