"""Direction, months and weekdays of a language, by CLDR."""

from __future__ import annotations

from collections.abc import Iterable

from .language import find_direction


def list_calendar_words(code: str) -> dict[str, str]:
    """Returns the phrases of a language that CLDR has: its direction, months and weekdays.

    Names of several words are left out: these phrases are lists of words. So are all of an unknown language.
    """
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    months, days = locale.months["format"], locale.days["format"]
    found = {
        "date.months": _join(months["wide"][number] for number in range(1, 13)),
        "date.short_months": _join(months["abbreviated"][number] for number in range(1, 13)),
        "mail.months": _join(months["wide"][number] for number in range(1, 13)),
        "calendar.weekdays": _join(days["wide"][number] for number in range(7)),
        "calendar.short_weekdays": _join(days["short"][number] for number in range(7)),
    }
    return {"layout.direction": find_direction(code)} | {key: words for key, words in found.items() if words}


def _join(names: Iterable[str]) -> str:
    words = list(names)
    return "" if any(len(word.split()) != 1 for word in words) else " ".join(words)
