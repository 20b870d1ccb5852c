"""Dates as text for people and feeds, and months from proceedings. English."""

from __future__ import annotations

import re

from ..model.date import PartialDate

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT = tuple(month[:3] if month != "September" else "Sep" for month in MONTHS)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def show_date(date: PartialDate, *, short: bool = False) -> str:
    """Returns `30 September 2025`, `September 2025` or `2025`, by the date's precision.

    With `short`, months have three letters.
    """
    names = _SHORT if short else MONTHS
    if date.day:
        return f"{date.day} {names[date.month - 1]} {date.year}"
    return f"{names[date.month - 1]} {date.year}" if date.month else str(date.year)


def show_rfc822(date: PartialDate) -> str:
    """Returns the date for RSS 2.0 (RFC 822, year of four digits), midnight UTC."""
    day = date.first_day
    return f"{_DAYS[day.weekday()]}, {day.day:02d} {_SHORT[day.month - 1]} {day.year:04d} 00:00:00 +0000"


def show_rfc3339(date: PartialDate) -> str:
    """Returns the date for Atom and JSON Feed (RFC 3339), midnight UTC."""
    return f"{date.first_day.isoformat()}T00:00:00Z"


def read_month(text: str) -> tuple[int, int]:
    """Reads month and day of a proceedings' month; 0 where unknown.

    A single day is kept (`20 October`, `August 28th`); a range of days within a month gives the month alone; a range
    across months gives the first month (decision 4).
    """
    words = [number for number in map(_find_month, _WORD.findall(text)) if number]
    numbers = [int(number) for number in _NUMBER.findall(text)]
    if not words:
        only = len(numbers) == 1 and 1 <= numbers[0] <= 12
        return (numbers[0], 0) if only else (0, 0)
    if len(words) == 1 and len(numbers) == 1 and 1 <= numbers[0] <= 31:
        return words[0], numbers[0]
    return words[0], 0


def _find_month(word: str) -> int:
    start = word[:3].capitalize()
    return _SHORT.index(start) + 1 if start in _SHORT else 0


def date_from_parts(year: int, month: str) -> PartialDate:
    """Returns the date of a year and a spelled month, without an impossible day."""
    number, day = read_month(month)
    try:
        return PartialDate(year, number, day)
    except ValueError:
        return PartialDate(year, number)
