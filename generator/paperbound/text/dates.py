"""Dates as people and feeds write them, and months as proceedings spell them. English, whatever the locale."""

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
    """The date at its precision: `30 September 2025`, `September 2025`, `2025`; months of three letters if short."""
    names = _SHORT if short else MONTHS
    if date.day:
        return f"{date.day} {names[date.month - 1]} {date.year}"
    return f"{names[date.month - 1]} {date.year}" if date.month else str(date.year)


def show_rfc822(date: PartialDate) -> str:
    """The date as RSS 2.0 asks for (RFC 822 with a year of four digits), at midnight UTC."""
    day = date.first_day
    return f"{_DAYS[day.weekday()]}, {day.day:02d} {_SHORT[day.month - 1]} {day.year:04d} 00:00:00 +0000"


def show_rfc3339(date: PartialDate) -> str:
    """The date as Atom and JSON Feed ask for (RFC 3339), at midnight UTC."""
    return f"{date.first_day.isoformat()}T00:00:00Z"


def read_month(text: str) -> tuple[int, int]:
    """Month and day (0 where unknown) from a month as proceedings spell it; (0, 0) where none can be read.

    A single day is kept (`20 October`, `August 28th`); a range of days within a month gives the month
    alone, and a range that crosses months the month in which it begins: that is as precise as it is.
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
    """The date of a year and a month as spelled; a day that the month does not have is dropped."""
    number, day = read_month(month)
    try:
        return PartialDate(year, number, day)
    except ValueError:
        return PartialDate(year, number)
