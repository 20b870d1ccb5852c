"""CSV and TSV: a paper a row, of spreadsheets, databases, conferences and personal sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.build import Source
from ...model.record import KINDS, Origin, Record
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..references.hints import expand_pages, read_abstract, read_language, read_plain, read_title, sort_links
from ..values import is_missing
from .cells import find_header, read_rows
from .columns import LINKS, count_known, find_fields

_KINDS = {
    **dict.fromkeys(
        ("journal article", "journal", "review", "journal paper", "letter", "editorial", "ieee journals"), "article"
    ),
    **dict.fromkeys(
        ("conference paper", "proceedings paper", "conference", "workshop", "poster", "ieee conferences"),
        "inproceedings",
    ),
    **dict.fromkeys(("book chapter", "book section"), "chapter"),
    **dict.fromkeys(("phd thesis", "dissertation", "master thesis", "masters thesis"), "thesis"),
    **dict.fromkeys(("technical report", "working paper", "tech report"), "report"),
    **dict.fromkeys(("data paper", "data set"), "dataset"),
    "monograph": "book",
    "preprint manuscript": "preprint",
}
_TEXTS = ("venue", "booktitle", "series", "volume", "issue", "publisher", "address", "license")
# Scopus adds its number of an author.
_NUMBER = re.compile(r"\s?\(\d{6,}\)")
# A sign before a formula keeps a spreadsheet from computing it.
_GUARDED = re.compile(r"\A'(?=[\t\r\n]|[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20])")
# Scopus has the title in the paper's language behind the English one.
_OTHER_TITLE = re.compile(r"; \[([^\[\]]+)\]$")
# As Scopus says it.
_NOTHING = re.compile(r"\[No [a-z ]+ available\]")
_YEAR = re.compile(r"\d{4}")
_BOOK = re.compile(r"(?:\d{4} )?(?:\w+ ){0,3}(?:Proceedings|Proc\.)|.*\bLecture Notes\b", re.IGNORECASE)


def read_table(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a table; columns that no field takes go to `extra`."""
    for cells, line in read_rows(source, context, count_known):
        record = make_foreign(_convert(cells), Origin(source.file, line, native=False), context)
        if record:
            yield record


def _convert(cells: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, str] = {}
    extra: dict[str, str] = {}
    fields = find_fields(cells)
    for name, cell in cells.items():
        field, text = fields[name], _GUARDED.sub("", cell, count=1)
        if is_missing(text) or _NOTHING.fullmatch(text):
            continue
        if not field or field in found:
            extra[name] = text
        else:
            found[field] = text
    values: dict[str, Any] = {name: read_plain(found[name]) for name in _TEXTS if name in found}
    values |= {
        name: found.pop(name)
        for name in ("id", "bibkey", "doi", "arxiv", "pmid", "isbn", "venue_year")
        if name in found
    }
    links = sort_links([found.get("url", "")])
    values |= {name: value for name, value in links.items() if not values.get(name)}
    values["links"] = {**links["links"], **{name: found[name] for name in LINKS - {"url"} if name in found}}
    kind = found.get("kind", "").lower()
    values["kind"] = _KINDS.get(kind, kind if kind in KINDS else "")
    if found.get("kind") and not values["kind"]:
        extra["kind"] = found["kind"]
    title, other = found.get("title", ""), _OTHER_TITLE.search(found.get("title", ""))
    if values["kind"] in ("inproceedings", "chapter") and _BOOK.match(values.get("venue", "")):
        values.setdefault("booktitle", values.pop("venue"))
    first, last = found.get("first_page", ""), found.get("last_page", "")
    pages = found.get("pages") or (f"{first}-{last}" if last and last != first else first) or found.get("article", "")
    date, year = found.get("date", ""), found.get("year", "")
    if not _YEAR.search(date):
        date = " ".join(filter(None, (found.get("day", ""), found.get("month", "") or date, year)))
    return {
        **values,
        "title": read_title(title[: other.start()] if other else title),
        "other_titles": [read_title(other[1])] if other else [],
        "authors": _NUMBER.sub("", found.get("full_names") or found.get("authors", "")),
        "editors": found.get("editors"),
        "date": date,
        "pages": expand_pages(pages),
        "abstract": read_abstract(found.get("abstract", "")),
        "takeaway": read_abstract(found.get("takeaway", "")),
        "summary": read_abstract(found.get("summary", "")),
        "tags": found.get("tags"),
        "picture": found.get("picture"),
        "awards": found.get("awards"),
        "retracted": found.get("retracted"),
        "language": read_language(found.get("language", "")),
        "extra": {**extra, "issn": found.get("issn", "")},
    }


def _matches(start: bytes) -> bool:
    return bool(find_header(start.decode("utf-8", "ignore").replace("\r", "\n"), count_known)[2])


READER = Reader(read_table, matches=_matches)
