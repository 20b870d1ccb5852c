"""Dates in BibTeX and biblatex: year, month and day, or one field with a range."""

from __future__ import annotations

import re
from typing import Any

from ...text.dates import read_month

# https://www.loc.gov/standards/datetime/ (EDTF): `~`, `?` and `%` mark doubt; months 21 to 41 are parts of a year.
_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T[\d:.Z+-]*)?[~?%]?")
_YEAR = re.compile(r"\d{4}")


def read_date(date: str, year: str, month: str, day: str) -> Any:
    """Returns the date as a list of numbers, or as text without a year.

    A range of days gives the first month, a range of months the first one, and a season the year.
    """
    if date:
        return _read_range(date)
    if not _YEAR.fullmatch(year):
        return f"{year} {month}".strip()
    number, in_month = read_month(month)
    if not number:
        return [int(year)]
    if not in_month and day.isdecimal():
        in_month = int(day)
    return [int(year), number, in_month] if in_month else [int(year), number]


def _read_range(text: str) -> Any:
    start, slash, end = text.strip().partition("/")
    first = _EDTF.fullmatch(start.strip())
    if not first:
        return text
    numbers = [int(part) for part in first.groups() if part]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return numbers[:1] if 21 <= numbers[1] <= 41 else start
    return numbers[:2] if slash and end.strip() != start.strip() else numbers
