"""Feeds of journals and blogs: RSS, Atom and JSON Feed."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from typing import Any

from ...importers.dialects import from_html
from ...importers.foreign import make_foreign
from ...importers.importer import ReadContext
from ...importers.paper_addresses import find_identifier
from ...model.record import Origin, Record
from ..answers import Answer
from ..reading import Reading, check_xml, load_json
from ..source import Batch, Source, SourceKind, Window

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9"


def read_entries(source: Source, window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields the entries by their days; in the first run all of them at once."""
    entries = reading.get(source, source.url, lambda answer: parse_feed(answer, reading), accept=_ACCEPT)
    days: dict[datetime.date, list[Record]] = {}
    undated: list[Record] = []
    for day, record in entries:
        # Journals date entries by the coming issue.
        if window.first and day and window.first <= day <= window.day:
            days.setdefault(day, []).append(record)
        else:
            undated.append(record)
    for day in sorted(days):
        yield Batch(day, tuple(days[day]))
    yield Batch(None, tuple(undated))


def parse_feed(answer: Answer, reading: Reading) -> list[tuple[datetime.date | None, Record]]:
    """Returns the entries with their days; raises ValueError for another file."""
    entries = _parse_json(answer) if answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _parse_xml(answer)
    context = ReadContext(reading.report, lenient=True)
    found = []
    for day, values in entries:
        record = make_foreign(values, Origin(answer.address, native=False), context)
        if record:
            found.append((day, record))
    return found


def _parse_xml(answer: Answer) -> Iterator[tuple[datetime.date | None, dict[str, Any]]]:
    import feedparser  # 80 ms

    check_xml(answer)
    headers = {"content-type": answer.headers.get("content-type", "")} if "content-type" in answer.headers else None
    feed = feedparser.parse(io.BytesIO(answer.body), response_headers=headers, resolve_relative_uris=False)
    if not feed.version:
        raise ValueError("the XML is no feed")
    return (_read_entry(entry) for entry in feed.entries)


def _read_entry(entry: Mapping[str, Any]) -> tuple[datetime.date | None, dict[str, Any]]:
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    day = datetime.date(*when[:3]) if when else None
    link = entry.get("link") or entry.get("id") or ""
    texts = [entry.get("prism_doi"), entry.get("dc_identifier"), entry.get("id"), link]
    content = next((one.get("value") for one in entry.get("content", ())), "")
    values = _make_values(
        entry.get("title", ""),
        entry.get("summary") or content or "",
        [author.get("name", "") for author in entry.get("authors", ())],
        day,
        link,
        [f"https://doi.org/{text}" if text.startswith("10.") else text for text in texts if text],
    )
    values |= {
        "venue": entry.get("prism_publicationname", ""),
        "tags": [one.get("term") for one in entry.get("tags", ())],
    }
    return day, values


def _parse_json(answer: Answer) -> Iterator[tuple[datetime.date | None, dict[str, Any]]]:
    # https://www.jsonfeed.org/version/1.1/
    value = load_json(answer)
    if "jsonfeed.org" not in str(value.get("version")) or not isinstance(value.get("items"), list):
        raise ValueError("the JSON is no feed")
    return (_read_item(item) for item in value["items"] if isinstance(item, dict))


def _read_item(item: Mapping[str, Any]) -> tuple[datetime.date | None, dict[str, Any]]:
    try:
        day = datetime.datetime.fromisoformat(str(item.get("date_published"))).astimezone(datetime.UTC).date()
    except ValueError:
        day = None
    people = item.get("authors") if isinstance(item.get("authors"), list) else []
    link = str(item.get("url") or item.get("external_url") or item.get("id") or "")
    text = item.get("summary") or item.get("content_html") or item.get("content_text") or ""
    names = [str(one.get("name") or "") for one in people or () if isinstance(one, dict)]
    values = _make_values(str(item.get("title") or ""), str(text), names, day, link, [str(item.get("id") or ""), link])
    return day, values | {"tags": item.get("tags") if isinstance(item.get("tags"), list) else []}


def _make_values(
    title: str, text: str, names: list[str], day: datetime.date | None, link: str, texts: list[str]
) -> dict[str, Any]:
    found = {one.kind: one.value for text_of in texts if (one := find_identifier(text_of))}
    return {
        "title": from_html(title),
        "abstract": from_html(text),
        "authors": [name for name in names if name],
        "date": day.isoformat() if day else "",
        "links": {"url": link} if link.startswith(("http://", "https://")) else {},
        "doi": found.get("doi", ""),
        "arxiv": found.get("arxiv", ""),
    }


FEED = SourceKind("feed", read_entries, {}, needs=("url",))
