"""JSON of papers, an object a line or a list, ours or the anthology's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..model.build import Source
from ..model.errors import Fault
from ..model.record import FIELDS, KNOWN, Origin, Record
from ..text.characters import decode
from .arxiv.daily_json import convert_arxiv_row, is_arxiv_row
from .dialects import from_mixed
from .fields import make_record
from .files.detection import find_message
from .foreign import make_foreign
from .importer import ReadContext, Reader
from .mends import mend_date
from .services.acl_anthology import convert_row, is_anthology_row
from .values import JSON, is_missing

# Lines of a part.
# What a row says to Paperbound, and not of its paper: of its markup, and of rules that `check` ignores.
_OWN_KEYS = ("markup", "paperbound")
_PART = 64
_TEXTS = ("title", "abstract", "summary", "takeaway", "notes")
_LINKS = {
    **{kind: kind for kind in ("pdf", "code", "project", "data", "demo", "slides", "video", "poster", "url")},
    "website": "project",
    "github": "code",
    "html": "url",
    "pdf_url": "pdf",
    "url_pdf": "pdf",
    "link": "url",
    "abs": "url",
    "talk": "video",
    "youtube": "video",
    "openreview": "openreview",
    "supplementary": "supplement",
}
# Names that other programs give to our fields, in lower case.
_NAMES = {
    **{name: name for name in FIELDS},
    "author": "authors",
    "editor": "editors",
    "keywords": "tags",
    "topics": "tags",
    "journal": "venue",
    "conference": "venue",
    "number": "issue",
    "type": "kind",
    "arxiv_id": "arxiv",
    "arxivid": "arxiv",
    "paper_id": "id",
    "published": "date",
    "publication_date": "date",
    "citation_key": "bibkey",
    "tldr": "takeaway",
    "award": "awards",
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_REMEDY = "Write one JSON object a line, or a list of them."


def _explain(error: ValueError | RecursionError) -> str:
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


def looks_like_json(start: bytes) -> bool:
    """Returns whether a file begins as a JSON object or a list of them."""
    return re.match(rb"\s*(?:\{\s*[\"}]|\[\s*[{\]])", start) is not None


def split_lines(source: Source) -> Iterator[Source]:
    """Splits a file of lines into parts of 64: unchanged parts are not parsed again."""
    data, start, line = source.data, 0, 1
    # A carriage return alone ends a line too; such files are rare. Neither they nor lists are split.
    whole = not _is_lines(data) or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n"))
    while start <= len(data):
        end = len(data) if whole else _find_end(data, start)
        part = data[start:end]
        yield Source(source.file, part, line)
        start, line = end + 1, line + _PART


def _is_lines(data: bytes) -> bool:
    first = data[: data.find(b"\n", 0, 1_000_000) + 1 or len(data)].strip()
    return not first.startswith(b"[") and first not in (b"{", b"") and not first.endswith((b",", b"[", b"{", b":"))


def _find_end(data: bytes, start: int) -> int:
    # A list of all 81,417 lines would fragment the heap.
    for _ in range(_PART):
        end = data.find(b"\n", start)
        if end < 0:
            return len(data)
        start = end + 1
    return end


def read_rows(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a file or a part of one; reports other rows."""
    text = decode(source, context.report)
    if text is None:
        return
    rows = _parse_lines if source.line > 1 or _is_lines(source.data) else _parse_list
    for line, row in rows(text, source, context):
        record = _make_row(row, Origin(source.file, line, native=False), context)
        if record:
            yield record


def _report(source: Source, line: int, message: str, context: ReadContext) -> None:
    context.report(Fault(source.file, line, "", message, _REMEDY, warning=True))


def _parse_lines(text: str, source: Source, context: ReadContext) -> Iterator[tuple[int, dict[str, Any]]]:
    # Not splitlines(): JSON text may hold U+2028 and its kin inside a line.
    for number, line in enumerate(text.split("\n"), source.line):
        if not line.strip():
            continue
        try:
            row = JSON.decode(line)
        except (ValueError, RecursionError) as error:
            _report(source, number, f"the line is not JSON: {_explain(error)}; left out", context)
            continue
        if isinstance(row, dict):
            yield from ((number, one) for one in _unwrap(row))
        else:
            _report(source, number, "the line is not a JSON object; left out", context)


def _parse_list(text: str, source: Source, context: ReadContext) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yields the objects of a list, or of objects one after another, with their lines."""
    at, line, found = 0, 1, False
    gap = re.compile(r"[\s,\[\]]*")
    while True:
        match = gap.match(text, at)
        assert match
        line += text.count("\n", at, match.end())
        at = match.end()
        if at == len(text):
            if not found and text.strip():
                _report(source, line, "no JSON object in the file", context)
            return
        found = True
        try:
            row, end = JSON.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            _report(
                source, line, f"not JSON from here on: {_explain(error)}; the rest of the file is left out", context
            )
            return
        if not isinstance(row, dict):
            _report(source, line, "a value that is not a JSON object; left out", context)
        else:
            yield from ((line, one) for one in _unwrap(row))
        line += text.count("\n", at, end)
        at = end


def _unwrap(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields the rows in a list that an object holds, or else the object."""
    lists = {} if "title" in row else {key: one for key, one in row.items() if isinstance(one, list) and one}
    rows = [
        # `{"2017": […]}`: the papers of a year.
        {"year": key, **inner} if _YEAR.fullmatch(key) and "date" not in inner else inner
        for key, one in lists.items()
        for inner in one
        if isinstance(inner, dict) and "title" in inner
    ]
    yield from rows or (row,)


def _make_row(row: dict[str, Any], origin: Origin, context: ReadContext) -> Record | None:
    if is_anthology_row(row):
        return make_foreign(convert_row(row), origin, context)
    if is_arxiv_row(row) and "markup" not in row:
        return make_foreign(convert_arxiv_row(row), origin, context)
    if row.get("markup") == "markdown":
        faults: list[Fault] = []
        values = {name: value for name, value in row.items() if name not in _OWN_KEYS}
        record = make_record(values, origin, faults.append)
        if record:
            for fault in faults:
                context.report(fault)
            return record
    message = find_message(row) if is_missing(row.get("title")) and is_missing(row.get("Title")) else ""
    if message:
        text = f"an answer of a service, and no paper: {message[:100]!r}; left out"
        context.report(Fault(origin.file, origin.line, "", text, "Save the list of papers again.", warning=True))
        return None
    return make_foreign(_convert(row, origin, context), origin, context, report_forms=True)


def _convert(row: Mapping[str, Any], origin: Origin, context: ReadContext) -> dict[str, Any]:
    values = rename_keys(row, origin, context)
    for name in (name for name in values if name not in KNOWN):
        context.count_unknown(f"extra.{name}", origin.line)
    for name in _TEXTS:
        if isinstance(values.get(name), str):
            values[name] = from_mixed(given_text := values[name], markdown=True)
            if values[name] != given_text:
                message = f"LaTeX, tags or entities in {_shorten(given_text)} are read as Markdown"
                remedy = "Write Markdown with formulas between dollars."
                context.report(Fault(origin.file, origin.line, name, message, remedy, warning=True))
    return values


def rename_keys(row: Mapping[str, Any], origin: Origin, context: ReadContext) -> dict[str, Any]:
    """Returns the values of a row by our names of fields, others by their keys."""
    values: dict[str, Any] = {}
    links: dict[str, Any] = {}
    for key, value in row.items():
        name = _NAMES.get(key.lower(), "")
        if name and name not in values:
            values[name] = value
        elif key.lower() in _LINKS and isinstance(value, str | list):
            links[_LINKS[key.lower()]] = value
        elif key.lower() == "paper" and isinstance(value, str) and ("/" in value or value.endswith(".pdf")):
            links.setdefault("pdf" if value.lower().endswith(".pdf") else "url", value)
        elif key.lower() not in ("year", "month", *_OWN_KEYS) and not is_missing(value):
            values[key] = value
    if links:
        given = values.get("links")
        values["links"] = {**links, **(given if isinstance(given, Mapping) else {"url": given} if given else {})}
    if is_missing(values.get("date")) and not is_missing(row.get("year")):
        values["date"] = _make_date(row, origin, context)
    return values


def _shorten(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}…")


def _make_date(row: Mapping[str, Any], origin: Origin, context: ReadContext) -> str:
    year, month = row["year"], row.get("month")
    mend = mend_date(year if is_missing(month) else f"{month} {year}")
    for message in mend.messages:
        remedy = "Write the year in four digits."
        context.report(Fault(origin.file, origin.line, "year", message, remedy, warning=True))
    return mend.value.iso if mend.value else ""


READER = Reader(read_rows, split_lines, looks_like_json)
