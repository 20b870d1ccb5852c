"""INSPIRE's records: JSON of its API for literature.

https://github.com/inspirehep/rest-api-doc
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_mixed
from ..rows import Row
from ..services.answers import COMMON, make_reader

_KINDS = {
    "article": "article",
    "conference paper": "inproceedings",
    "thesis": "thesis",
    "book": "book",
    "book chapter": "chapter",
    "proceedings": "book",
    "report": "report",
}
_OWN = frozenset(("control_number", "texkeys", "arxiv_eprints", "inspire_categories"))


def convert_record(row: Row) -> dict[str, Any]:
    """Converts a record to a paper's fields."""
    eprint, place, imprint = row.row("arxiv_eprints"), row.row("publication_info"), row.row("imprints")
    people = row.rows("authors")
    editors = [one for one in people if "editor" in one.texts("inspire_roles")]
    first, last = place.text("page_start"), place.text("page_end")
    journal = place.text("journal_title")
    kind = next((_KINDS[name] for name in row.texts("document_type") if name in _KINDS), "misc")
    reports = [one.text("value") for one in row.rows("report_numbers")]
    groups = [*row.texts("corporate_author"), *(one.text("value") for one in row.rows("collaborations"))]
    values = {
        "id": row.text("texkeys"),
        "bibkey": row.text("texkeys"),
        "title": from_mixed(row.row("titles").text("title")),
        "authors": [_read_person(one) for one in people if one not in editors]
        or [{"literal": group} for group in groups],
        "editors": [_read_person(one) for one in editors],
        "abstract": from_mixed(row.row("abstracts").text("value")),
        "date": row.text("earliest_date", "preprint_date") or imprint.text("date") or place.text("year"),
        "venue_year": place.text("year") if journal else "",
        "kind": "preprint" if kind == "article" and eprint.values and not journal else kind,
        "venue": journal,
        "volume": place.text("journal_volume"),
        "issue": place.text("journal_issue"),
        "pages": f"{first}-{last}" if first and last else first or place.text("artid"),
        "publisher": imprint.text("publisher") or row.row("thesis_info").row("institutions").text("name"),
        "address": imprint.text("place"),
        "arxiv": eprint.text("value"),
        "category": eprint.text("categories"),
        "doi": row.row("dois").text("value"),
        "isbn": row.row("isbns").text("value"),
        "tags": [one.text("value") for one in row.rows("keywords") if one.text("schema") != "INSPIRE"],
        "links": {"url": row.row("urls").text("value")},
        "extra": {"collaborations": ", ".join(groups), "report_numbers": ", ".join(reports)},
    }
    row.used.update(row.values)  # the rest is the catalogue's own
    return values


def _read_person(row: Row) -> dict[str, str]:
    orcid = next((one.text("value") for one in row.rows("ids") if one.text("schema") == "ORCID"), "")
    return {"name": row.text("full_name"), "orcid": orcid, "affiliation": row.row("affiliations").text("value")}


def _is_record(first: Mapping[str, Any]) -> bool:
    return "titles" in first and bool(_OWN & first.keys())


READER = make_reader(convert_record, _is_record, COMMON | {"hits", "metadata"})
