"""Crossref's works: JSON with JATS in abstracts.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_html
from ..rows import Row
from .answers import COMMON, make_reader

_KINDS = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "posted-content": "preprint",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "dataset": "dataset",
}
# The date when the paper appeared: `issued` is Crossref's earliest one.
_DATES = ("issued", "published", "published-print", "published-online", "posted", "created")
_RETRACTIONS = frozenset(("retraction", "withdrawal", "removal"))
# Counts, the service's own bookkeeping, and what repeats other fields.
_DULL = frozenset(
    "URL resource indexed deposited source prefix member score reference reference-count references-count "
    "is-referenced-by-count content-domain license-ref relation created published published-print published-online "
    "posted content-created content-updated approved accepted journal-issue issn-type ISSN alternative-id short-title "
    "short-container-title assertion archive update-policy standards-body standard-status "
    "published-other free-to-read aliases event update-to updated-by subtype group-title".split()
)


def convert_work(row: Row) -> dict[str, Any]:
    """Converts a work to a paper's fields."""
    doi = row.text("DOI")
    title = ": ".join(from_html(text) for text in (*row.texts("title")[:1], *row.texts("subtitle")[:1]))
    kind = _KINDS.get(row.text("type"), "misc" if row.text("type") else "")
    venues = row.texts("container-title")
    institution = row.row("institution").text("name")
    retracts = [one.text("DOI") for one in row.rows("update-to") if one.text("type") in _RETRACTIONS]
    return {
        "id": doi.lower(),
        "title": title,
        "other_titles": [from_html(text) for text in row.texts("original-title")],
        "abstract": from_html(row.text("abstract")),
        "authors": [_read_person(person) for person in row.rows("author")],
        "editors": [_read_person(person) for person in row.rows("editor")],
        "date": _find_date(row),
        "kind": kind,
        "venue": venues[0] if venues else row.text("group-title") or institution,
        "series": venues[1] if len(venues) > 1 and kind != "article" else "",
        "booktitle": row.row("event").text("name") if kind == "inproceedings" else "",
        "publisher": row.text("publisher"),
        "address": row.text("publisher-location"),
        "volume": row.text("volume"),
        "issue": row.text("issue"),
        "pages": row.text("page", "article-number"),
        "isbn": row.text("ISBN"),
        "doi": doi,
        "language": row.text("language"),
        "license": next((one.text("URL") for one in row.rows("license")), ""),
        "tags": row.texts("subject"),
        "retracted": _read_retraction(row),
        "links": _find_links(row),
        "extra": {"retracts": [one for one in retracts if one]},
    }


def _read_person(row: Row) -> dict[str, Any]:
    affiliations = [name for one in row.rows("affiliation") if (name := one.text("name"))]
    shared = {"orcid": row.text("ORCID"), "affiliation": "; ".join(affiliations)}
    if name := row.text("name"):
        return {"literal": name, **shared}
    return {"given": row.name_part("given"), "family": row.name_part("family"), "suffix": row.text("suffix"), **shared}


def _find_date(row: Row) -> list[str]:
    for name in _DATES:
        parts = row.row(name).raw("date-parts")
        first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
        if first and first[0]:
            return [str(part) for part in first if part]
    return []


def _read_retraction(row: Row) -> str:
    for update in row.rows("updated-by"):
        if update.text("type") in _RETRACTIONS:
            return f"This paper was retracted: https://doi.org/{update.text('DOI')}."
    title = " ".join(row.texts("title")[:1]).lower()
    return "yes" if title.startswith(("retracted:", "retracted article:", "[retracted]")) else ""


def _find_links(row: Row) -> dict[str, str]:
    pdfs = [one.text("URL") for one in row.rows("link") if "pdf" in one.text("content-type")]
    return {"pdf": next(iter(pdfs), "")}


def _is_work(first: Mapping[str, Any]) -> bool:
    # CSL-JSON of Crossref has the same keys, and texts where this has lists of texts.
    return "DOI" in first and isinstance(first.get("title"), list)


READER = make_reader(convert_work, _is_work, COMMON, _DULL)
