"""Months and dates as proceedings write them, in English."""

from __future__ import annotations

import re

from ..model.date import PartialDate

MONTHS = tuple("January February March April May June July August September October November December".split())
_SHORT = tuple(month[:3] for month in MONTHS)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")


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
