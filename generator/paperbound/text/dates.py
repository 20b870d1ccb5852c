"""Months and dates as proceedings write them, in English and the languages around it."""

from __future__ import annotations

import re

from ..model.date import PartialDate
from .memo import memoize

MONTHS = tuple("January February March April May June July August September October November December".split())
_SHORT = tuple(month[:3] for month in MONTHS)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")


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
    return _SHORT.index(start) + 1 if start in _SHORT else find_foreign_month(word)


def find_foreign_month(word: str) -> int:
    """Returns the number of a month by its name in six other languages; else 0."""
    months: dict[str, int] = memoize("dates", "months", _list_months)
    return months.get(word.lower(), 0)


def _list_months() -> dict[str, int]:
    from babel import Locale  # few dates are in another language

    wide = (Locale(code).months["format"]["wide"] for code in _LANGUAGES)
    return {str(name).lower(): number for months in wide for number, name in months.items()}


def date_from_parts(year: int, month: str) -> PartialDate:
    """Returns the date of a year and a spelled month, without an impossible day."""
    number, day = read_month(month)
    try:
        return PartialDate(year, number, day)
    except ValueError:
        return PartialDate(year, number)
