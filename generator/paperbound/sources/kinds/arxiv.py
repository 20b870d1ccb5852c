"""arXiv: new papers of a query, by day of announcement or submission.

https://info.arxiv.org/help/api/user-manual.html, https://info.arxiv.org/help/availability.html
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from ...importers.arxiv.atom import convert_entry
from ...importers.files.encodings import convert_to_utf8
from ...importers.foreign import make_foreign
from ...importers.importer import ReadContext
from ...importers.services.elements import read_elements
from ...model import build
from ...model.errors import Fault
from ...model.record import Origin, Record
from ..answers import Answer
from ..client import ATOM
from ..reading import Reading, check_xml
from ..source import Batch, Source, SourceKind, Window
from .values import read_line, read_list

_PAGE = 500
# 5,000 papers: more than a week of the largest category.
_MOST_PAGES = 10
# Days before the last one that are read again: a paper may come late, and later versions are marked.
_AGAIN = 3
_TOTAL = re.compile(rb"totalResults[^>]*>\s*(\d+)\s*<")
_ERROR = re.compile(
    rb"arxiv\.org/api/errors[^<]*</id>(?:(?!arxiv\.org/api/errors).)*?<summary[^<>]*>([^<]*)", re.DOTALL
)
_DEADLINE = 14
# Days from the first paper of a list to the list, or to the first list after it, by weekday from Monday on.
_DAYS_EARLIER = (4, 4, 2, 2, 2, 2, 3)
_FRIDAY, _SATURDAY = 4, 5


class _Entry(NamedTuple):
    record: Record
    day: datetime.date
    updated: datetime.date


def read_new(source: Source, window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields the papers of each day, oldest day first, then later versions of earlier papers."""
    start = window.go_back(_AGAIN)
    days: dict[datetime.date, list[Record]] = {}
    older: list[Record] = []
    for entry in _read_entries(source, start, reading):
        if entry.day > window.day:
            continue
        if entry.day >= start:
            days.setdefault(entry.day, []).append(entry.record)
        else:
            older.append(entry.record)
    for day in sorted(days):
        yield Batch(day, tuple(days[day]))
    yield Batch(None, tuple(older), fresh=False)


def _read_entries(source: Source, start: datetime.date, reading: Reading) -> Iterator[_Entry]:
    """Yields entries, the latest change first, until all earlier ones are of days before `start`."""
    by_announcement = source.text("by") != "submission"
    until = start - datetime.timedelta(days=_DAYS_EARLIER[start.weekday()] if by_announcement else 0)
    total = 0
    for number in range(_MOST_PAGES):
        query = {
            "search_query": make_query(source),
            "start": str(number * _PAGE),
            "max_results": str(_PAGE),
            "sortBy": "lastUpdatedDate",
            "sortOrder": "descending",
        }
        total, entries = reading.get(
            source,
            f"{source.url}?{urlencode(query)}",
            lambda answer, at=number * _PAGE, least=total: _parse(answer, at, least, by_announcement, reading),  # type: ignore[misc]
            accept=ATOM,
        )
        yield from entries
        if (number + 1) * _PAGE >= total or (entries and entries[-1].updated < until):
            return
    message = f"only the {_MOST_PAGES * _PAGE:,} papers that changed last are read"
    reading.report(Fault(source.id, 0, "", message, "Narrow the query.", warning=True))


def make_query(source: Source) -> str:
    """Returns the query of the API: the owner's, in any of the categories."""
    query, categories = source.text("query"), source.values.get("categories", ())
    anywhere = " OR ".join(f"cat:{one}" for one in categories)
    return " AND ".join(f"({part})" for part in (query, anywhere) if part)


def _parse(answer: Answer, start: int, least: int, by_announcement: bool, reading: Reading) -> tuple[int, list[_Entry]]:
    """Returns the number of all results and the entries of a page; raises ValueError.

    `least` is the number that an earlier page gave.
    """
    check_xml(answer)
    if error := _ERROR.search(answer.body):
        raise ValueError(f"the service tells an error: {error[1].decode('utf-8', 'replace').strip()[:200]}")
    found = _TOTAL.search(answer.body)
    if not found:
        raise ValueError("the feed is none of arXiv's API: it has no number of results")
    total, count = max(int(found[1]), least), answer.body.count(b"<entry")
    if count < min(_PAGE, total - start):  # a known fault of the service: an empty page with status 200
        raise ValueError(f"the page has {count} of {min(_PAGE, total - start)} papers")
    context = ReadContext(reading.report, lenient=True)
    source = convert_to_utf8(build.Source(answer.address, answer.body), "", reading.report)
    entries = []
    for element, line, _ in read_elements(source, context, frozenset(("entry",))):
        values = convert_entry(element, source.file, line, context)
        record = make_foreign(values, Origin(source.file, line, native=False), context) if values else None
        published = _read_time(element.findtext("published"))
        if record and published:
            day = find_announcement(published) if by_announcement else published.date()
            updated = (_read_time(element.findtext("updated")) or published).date()
            entries.append(_Entry(record, day, updated))
    return total, entries


def _read_time(text: str | None) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat((text or "").strip()).astimezone(datetime.UTC)
    except ValueError:
        return None


def find_announcement(submitted: datetime.datetime) -> datetime.date:
    """Returns the day whose list has a paper, by arXiv's schedule.

    Papers of a working day until 14:00 in New York are in the list of the next day, those of Friday in Monday's.
    """
    local = submitted - datetime.timedelta(hours=4 if _is_summer(submitted) else 5)
    day = local.date() + datetime.timedelta(days=local.hour >= _DEADLINE)
    while day.weekday() >= _SATURDAY:
        day += datetime.timedelta(days=1)
    return day + datetime.timedelta(days=3 if day.weekday() == _FRIDAY else 1)


def _is_summer(time: datetime.datetime) -> bool:
    """Returns whether New York has summer time: from March's second Sunday to November's first."""
    march, november = (datetime.datetime(time.year, month, 1, tzinfo=datetime.UTC) for month in (3, 11))
    begin = march + datetime.timedelta(days=(6 - march.weekday()) % 7 + 7, hours=7)
    end = november + datetime.timedelta(days=(6 - november.weekday()) % 7, hours=6)
    return begin <= time < end


def explain_day(source: Source, day: datetime.date) -> str:
    """Returns why arXiv announces no papers on a day; an empty text for other days."""
    announces = day.weekday() < _SATURDAY or source.text("by") == "submission"
    return "" if announces else "arXiv announces nothing on Saturdays and Sundays"


def _read_by(value: Any) -> str:
    if value not in ("announcement", "submission"):
        raise ValueError(f"{value!r} is neither announcement nor submission")
    return str(value)


ARXIV = SourceKind(
    "arxiv",
    read_new,
    {"query": read_line, "categories": read_list, "by": _read_by},
    needs=("query", "categories"),
    label="arXiv",
    url="https://export.arxiv.org/api/query",
    pace=3.0,
    explain=explain_day,
)
