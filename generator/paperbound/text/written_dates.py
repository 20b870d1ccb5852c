"""Dates in the forms in which people write them."""

from __future__ import annotations

import re

from ..model.date import PartialDate
from .dates import find_foreign_month, read_month

_TIME = re.compile(
    r"(?:T|(?<!\s)\s+|,\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[AaPp]\.?[Mm]\.?|[+-]\d{2}:?\d{2})?"
)
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
_NUMBERS = re.compile(r"(\d{4})(?:\.0+|[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_TURNED = re.compile(r"(?:(\d{1,2})([-/.]))?(\d{1,2})[-/. ](\d{4})")
_COMPACT = re.compile(r"(1[0-9]\d\d|20\d\d)(\d\d)(\d\d)")
_RANGE = re.compile(
    r"(?:(?<!\s)\s+)?/\s*|(?<!\s)\s+(?:to|-)\s+|(?:(?<!\s)\s+)?(?:--+|[‐‑‒–—−]|\.\.)\s*|(?<=\d{4})-(?=\d{4})"
)
_WORD = re.compile(r"[^\W\d_]+")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.IGNORECASE,
)
# Between the words of a date: `5 de marzo de 2020`, `1er janvier`.
_BETWEEN = frozenset("de del le er den the of".split())
_SLASHED = re.compile(r"(\d{1,4})/([A-Za-z]{3,9})/(\d{1,4})")
# As spreadsheets write dates: `5-Mar-21`, `Mar-21`.
_SHORT = re.compile(r"(?:(\d{1,2})[- ])?([A-Za-z]{3})-(\d\d)")
_CENTURY = 50
_DAYS = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+|(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)


def find_date(text: str) -> tuple[PartialDate | None, bool]:
    """Returns the date in a text, and whether it is all that the text says.

    The date is as precise as possible. A range gives its first date; a range of days within a month gives the month
    (decision 4). A season, a remark, an impossible day or month is left out, and then the second value is False.
    """
    numbers = _NUMBERS.fullmatch(text)
    if not numbers:
        text = " ".join(_DAYS.sub("", _TIME.sub("", text)).strip(" .,;{}[]()").split())
        numbers = _COMPACT.fullmatch(text) or _NUMBERS.fullmatch(text)
    if numbers:
        return _check(int(numbers[1]), int(numbers[2] or 0), int(numbers[3] or 0))
    text = _SLASHED.sub(r"\1 \2 \3", text) if "/" in text else text
    turned = _TURNED.fullmatch(text)
    if turned:
        return _read_turned(turned)
    short = _SHORT.fullmatch(text)
    if short and _MONTH.fullmatch(short[2]):
        date, exact = _check(
            int(short[3]) + (2000 if int(short[3]) < _CENTURY else 1900), *read_month(f"{short[2]} {short[1] or ''}")
        )
        return date, exact and bool(short[1])
    first_part, *others = _RANGE.split(text)
    if not others or not _YEAR.search(first_part):
        return _read_words(text)
    first, whole = find_date(first_part)
    last, _ = find_date(others[-1])
    same_month = last and first and (first.year, first.month) == (last.year, last.month)
    if first and first.day and (same_month or re.fullmatch(r"\d\d?", others[-1])):
        return PartialDate(first.year, first.month), whole
    return first, whole


def _read_words(text: str) -> tuple[PartialDate | None, bool]:
    year = _YEAR.search(text)
    if not year:
        return None, False
    rest = text[: year.start()] + " " + text[year.end() :]
    words = [word for word in _WORD.findall(rest) if word.lower() not in _BETWEEN]
    unknown = [word for word in words if not (_MONTH.fullmatch(word) or find_foreign_month(word))]
    if len(unknown) == len(words):
        left = rest.strip(" .,;:()[]{}/-")
        return _make(int(year[1])), not left
    month, day = read_month(" ".join(part for part in re.split(r"[^\w]+", rest) if part not in unknown))
    date, exact = _check(int(year[1]), month, day)
    return date, exact and not unknown


def _read_turned(match: re.Match[str]) -> tuple[PartialDate | None, bool]:
    first, sign, second, year = match.groups()
    if first is None:
        return _check(int(year), int(second), 0)
    day, month = int(first), int(second)
    if sign == "." or day > 12 or day == month:
        return _check(int(year), month, day)
    if month > 12:
        return _check(int(year), day, month)
    # Which of two small numbers is the month depends on the country.
    return _make(int(year)), False


def _check(year: int, month: int, day: int) -> tuple[PartialDate | None, bool]:
    if not 1 <= month <= 12:
        return _make(year), not month and year >= 1000
    try:
        return PartialDate(year, month, day), True
    except ValueError:
        return (PartialDate(year, month) if 1000 <= year <= 9999 else None), False


def _make(year: int) -> PartialDate | None:
    return PartialDate(year) if 1000 <= year <= 9999 else None
