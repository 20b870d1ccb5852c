"""English text of the command line and of proceedings: counts and months."""

from __future__ import annotations

import re

from ..model.date import PartialDate

_SHORT = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def count_of(number: int, noun: str) -> str:
    """Returns a number with its noun: `1 paper`, `2 papers`, `12,000 papers`."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def date_from_parts(year: int, month: str) -> PartialDate:
    """Returns the date of a year and a spelled month, without an impossible day."""
    number, day = _read_month(month)
    try:
        return PartialDate(year, number, day)
    except ValueError:
        return PartialDate(year, number)


def _read_month(text: str) -> tuple[int, int]:
    """Returns month and day of a proceedings' month; 0 where unknown.

    A single day is kept (`20 October`, `August 28th`); a range of days within a month gives the month alone; a range
    across months gives the first month (decision 4).
    """
    starts = [word[:3].capitalize() for word in _WORD.findall(text)]
    months = [_SHORT.index(start) + 1 for start in starts if start in _SHORT]
    numbers = [int(number) for number in _NUMBER.findall(text)]
    only = numbers[0] if len(numbers) == 1 else 0
    if not months:
        return (only, 0) if only <= 12 else (0, 0)
    return months[0], only if len(months) == 1 and only <= 31 else 0
