"""Dates of papers: a year, a month or a day, as precise as their source."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of known precision; `month` and `day` are 0 where unknown."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1000 <= self.year <= 9999:
            raise ValueError(f"{self.year} is no year of four digits")
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; raises ValueError for any other text."""
        match = _FORM.fullmatch(text)
        if not match or not text.isascii():
            raise ValueError(f"{text!r} is not a date")
        try:
            datetime.date(*map(int, match.groups("1")))
            return cls(*map(int, match.groups("0")))
        except ValueError as error:
            raise ValueError(f"{text!r} is not a date of the calendar") from error

    @property
    def iso(self) -> str:
        """The date in ISO 8601, at its own precision."""
        return "-".join(f"{part:02d}" for part in (self.year, self.month, self.day) if part)

    @property
    def first_day(self) -> datetime.date:
        """The first possible day: a missing month or day counts as 01."""
        return datetime.date(self.year, self.month or 1, self.day or 1)


_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


class Moment(NamedTuple):
    """A minute of a day: `time` is HH:MM, `offset` from UTC is Z or +HH:MM."""

    date: PartialDate
    time: str
    offset: str

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Parses a day with hour and offset (ISO 8601); raises ValueError for others."""
        match = _MOMENT.fullmatch(text)
        if not match or not text.isascii():
            raise ValueError(f"{text!r} is not a day with its hour")
        return cls(PartialDate.parse(match[1]), match[2], "Z" if match[3] in ("+00:00", "-00:00") else match[3])

    @property
    def iso(self) -> str:
        """The moment in ISO 8601, to the minute."""
        return f"{self.date.iso}T{self.time}{self.offset}"
