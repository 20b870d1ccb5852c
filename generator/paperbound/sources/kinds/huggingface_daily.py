"""Daily papers of the Hub: the list of each day, with its votes.

https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from ...model.record import Record
from ..answers import Answer
from ..reading import Reading, load_json
from ..source import Batch, Source, SourceKind, Window

_PAGE = 100
_MOST_PAGES = 10
# Days that are read again: an empty list may be a fault, and a list grows.
_AGAIN = 7


def read_days(source: Source, window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields the list of each day."""
    start = window.go_back(_AGAIN)
    for number in range((window.day - start).days + 1):
        day = start + datetime.timedelta(days=number)
        yield Batch(day, tuple(_read_day(source, day, reading)))


def _read_day(source: Source, day: datetime.date, reading: Reading) -> Iterator[Record]:
    for page in range(_MOST_PAGES):
        query = {"date": day.isoformat(), "limit": str(_PAGE), **({"p": str(page)} if page else {})}
        count, records = reading.get(source, f"{source.url}?{urlencode(query)}", lambda answer: _parse(answer, reading))
        yield from records
        if count < _PAGE:
            return


def _parse(answer: Answer, reading: Reading) -> tuple[int, tuple[Record, ...]]:
    values = load_json(answer)
    if not isinstance(values, list):
        raise ValueError("the answer is no list of papers")
    return len(values), reading.make_records(answer, "daily-papers") if values else ()


HUGGINGFACE_DAILY = SourceKind(
    "huggingface-daily", read_days, {}, label="Hugging Face", url="https://huggingface.co/api/daily_papers"
)
