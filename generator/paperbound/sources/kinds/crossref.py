"""Crossref: works by query, author, ORCID, ISSN or institution, the newest first.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..reading import Reading
from ..source import Batch, Source, SourceKind, Window
from .values import read_day, read_issns, read_line, read_orcids
from .works import read_works

# Our settings, and the parameters of the service.
_QUERIES = {"query": "query", "author": "query.author", "institution": "query.affiliation"}


def read_all(source: Source, _window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields all works."""
    # Filters of one name are alternatives.
    filters = [f"{name}:{one}" for name in ("orcid", "issn") for one in source.values.get(name, ())]
    if since := source.text("since"):
        filters.append(f"from-pub-date:{since}")
    query = {"sort": "created", "order": "desc"}
    query |= {name: source.text(ours) for ours, name in _QUERIES.items() if source.text(ours)}
    query |= {"filter": ",".join(filters)} if filters else {}
    query |= {"mailto": source.text("mailto")} if source.text("mailto") else {}
    yield from read_works(source, query, "rows", "crossref", _find_page, reading)


def _find_page(value: Any) -> tuple[list[Any], str]:
    return list(value["message"]["items"]), str(value["message"].get("next-cursor") or "")


CROSSREF = SourceKind(
    "crossref",
    read_all,
    {
        "query": read_line,
        "author": read_line,
        "institution": read_line,
        "orcid": read_orcids,
        "issn": read_issns,
        "since": read_day,
        "mailto": read_line,
    },
    needs=("query", "author", "institution", "orcid", "issn"),
    label="Crossref",
    url="https://api.crossref.org/works",
)
