"""ORCID: JSON of the works of a person.

https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_mixed
from ..rows import Row
from ..services.answers import COMMON, make_reader

_KINDS = {
    "journal-article": "article",
    "magazine-article": "article",
    "conference-paper": "inproceedings",
    "conference-abstract": "inproceedings",
    "conference-poster": "inproceedings",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "dissertation-thesis": "thesis",
    "report": "report",
    "technical-report": "report",
    "preprint": "preprint",
    "working-paper": "preprint",
    "data-set": "dataset",
    "software": "software",
}
_IDENTIFIERS = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "isbn": "isbn"}


def convert_work(row: Row) -> dict[str, Any] | None:
    """Converts a work, or the preferred one of a group, to a paper's fields."""
    work = row.row("work-summary") if "work-summary" in row.values else row
    if not work.row("title").values:
        return None
    title = work.row("title")
    subtitle = title.row("subtitle").text("value")
    date = work.row("publication-date")
    ids = [
        one for one in work.row("external-ids").rows("external-id") if one.text("external-id-relationship") != "part-of"
    ]
    known = {one.text("external-id-type").lower(): one.text("external-id-value") for one in reversed(ids)}
    people = work.row("contributors").rows("contributor")
    if not people:
        row.warn("authors", "ORCID's list of works names no authors", "`paperbound add DOI` reads a paper with them.")
    values = {
        "title": from_mixed(": ".join(filter(None, (title.row("title").text("value"), subtitle)))),
        "authors": [_read_person(one) for one in people],
        "date": "-".join(part for name in ("year", "month", "day") if (part := date.row(name).text("value"))),
        "kind": _KINDS.get(work.text("type").lower().replace("_", "-"), "misc"),
        "venue": work.row("journal-title").text("value"),
        "abstract": from_mixed(work.text("short-description")),
        **{name: known.get(key, "") for key, name in _IDENTIFIERS.items()},
        "links": {"url": work.row("url").text("value")},
        "language": work.text("language-code"),
    }
    row.used.update(row.values)
    return values


def _read_person(row: Row) -> dict[str, str]:
    return {"name": row.row("credit-name").text("value"), "orcid": row.row("contributor-orcid").text("path")}


def _is_work(first: Mapping[str, Any]) -> bool:
    title = first.get("title")
    return "work-summary" in first or ("put-code" in first and isinstance(title, dict) and "title" in title)


READER = make_reader(convert_work, _is_work, COMMON | {"activities-summary", "works", "group", "bulk", "work"})
