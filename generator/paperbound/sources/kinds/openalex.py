"""OpenAlex: works by query, ORCID, ISSN or institution, the newest first.

https://docs.openalex.org/how-to-use-the-api/get-lists-of-entities
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..reading import Reading
from ..source import Batch, Source, SourceKind, Window
from .values import read_day, read_issns, read_line, read_list, read_orcids
from .works import read_works

# The environment variable of the key.
KEY = "PAPERBOUND_OPENALEX_KEY"
# Our settings, and the filters of the service: https://docs.openalex.org/api-entities/works/filter-works
_FILTERS = {
    "orcid": "authorships.author.orcid",
    "author": "authorships.author.id",
    "issn": "primary_location.source.issn",
    "institution": "authorships.institutions.lineage",
}


def read_all(source: Source, _window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields all works."""
    filters = [f"{name}:{'|'.join(source.values[ours])}" for ours, name in _FILTERS.items() if ours in source.values]
    if since := source.text("since"):
        filters.append(f"from_publication_date:{since}")
    query = {"sort": "publication_date:desc"}
    query |= {"search": source.text("query")} if source.text("query") else {}
    query |= {"filter": ",".join(filters)} if filters else {}
    query |= {"mailto": source.text("mailto")} if source.text("mailto") else {}
    key = reading.environment.get(KEY, "")
    yield from read_works(source, query, "per_page", "openalex", _find_page, reading, {"api_key": key} if key else None)


def _find_page(value: Any) -> tuple[list[Any], str]:
    return list(value["results"]), str(value["meta"].get("next_cursor") or "")


OPENALEX = SourceKind(
    "openalex",
    read_all,
    {
        "query": read_line,
        "orcid": read_orcids,
        "author": read_list,
        "issn": read_issns,
        "institution": read_list,
        "since": read_day,
        "mailto": read_line,
    },
    needs=("query", "orcid", "author", "issn", "institution"),
    label="OpenAlex",
    url="https://api.openalex.org/works",
)
