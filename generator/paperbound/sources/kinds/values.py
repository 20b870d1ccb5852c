"""Values of settings: each function returns a value, or raises ValueError for people."""

from __future__ import annotations

import datetime
import re
from typing import Any

from ...text import characters

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")


def read_line(value: Any) -> str:
    """Returns text in one line."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("text is expected here")
    return " ".join(value.split())


def read_list(value: Any) -> tuple[str, ...]:
    """Returns a list of texts; a text is a list of one."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values:
        raise ValueError("a list is expected here, such as [one, two]")
    return tuple(map(read_line, values))


def read_number(value: Any) -> int:
    """Returns a whole number from 1 to 10,000."""
    number = characters.read_number(value, 1, 10_000) if isinstance(value, str) else None
    if number is None:
        raise ValueError(f"{value!r} is not a whole number from 1 to 10,000")
    return number


def read_seconds(value: Any) -> float:
    """Returns a number of seconds, at most a minute."""
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = -1.0
    if not 0 <= seconds <= 60:
        raise ValueError(f"{value!r} is not a number of seconds from 0 to 60")
    return seconds


def read_choice(value: Any) -> bool:
    """Returns whether the value is yes."""
    if value not in ("yes", "no"):
        raise ValueError(f"{value!r} is neither yes nor no")
    return bool(value == "yes")


def read_day(value: Any) -> str:
    """Returns a day as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a day, such as 2026-03-02") from None


def read_orcids(value: Any) -> tuple[str, ...]:
    """Returns ORCIDs without their address."""
    found = [_ORCID.fullmatch(one) for one in read_list(value)]
    if not all(found):
        raise ValueError("an ORCID is written 0000-0000-0000-0000")
    return tuple(one[1] for one in found if one)


def read_issns(value: Any) -> tuple[str, ...]:
    """Returns ISSNs."""
    values = read_list(value)
    if not all(map(_ISSN.fullmatch, values)):
        raise ValueError("an ISSN is written 0000-0000")
    return values


def read_address(value: Any) -> str:
    """Returns a web address."""
    text = read_line(value)
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ValueError(f"{text!r} is no web address")
    return text
