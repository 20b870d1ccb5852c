"""Zenodo: JSON of its records, one or those of a search.

https://developers.zenodo.org
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_html
from ..rows import Row
from ..services.answers import COMMON, make_reader

_KINDS = {
    "article": "article",
    "conferencepaper": "inproceedings",
    "preprint": "preprint",
    "workingpaper": "preprint",
    "book": "book",
    "section": "chapter",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
}


def convert_record(row: Row) -> dict[str, Any]:
    """Converts a record to a paper's fields."""
    data = row.row("metadata")
    form, journal, meeting = data.row("resource_type"), data.row("journal"), data.row("meeting")
    values = {
        "title": from_html(data.text("title")),
        "authors": [_read_person(one) for one in data.rows("creators")],
        "date": data.text("publication_date"),
        "abstract": from_html(data.text("description")),
        "kind": _KINDS.get(form.text("subtype")) or _KINDS.get(form.text("type"), "misc"),
        "venue": journal.text("title") or meeting.text("title"),
        "volume": journal.text("volume"),
        "issue": journal.text("issue"),
        "pages": journal.text("pages"),
        "address": meeting.text("place"),
        "publisher": "" if journal.values else "Zenodo",
        "doi": row.text("doi") or data.text("doi"),
        "tags": data.texts("keywords"),
        "language": data.text("language"),
        "license": data.row("license").text("id"),
        "links": {"url": row.row("links").text("self_html", "html")},
        "extra": {"version": data.text("version")},
    }
    row.used.update(row.values)  # the rest is files, counts and owners
    return values


def _read_person(row: Row) -> dict[str, str]:
    return {"name": row.text("name"), "orcid": row.text("orcid"), "affiliation": row.text("affiliation")}


def _is_record(first: Mapping[str, Any]) -> bool:
    data = first.get("metadata")
    return isinstance(data, dict) and "title" in data and "resource_type" in data and "creators" in data


READER = make_reader(convert_record, _is_record, COMMON | {"hits"})
