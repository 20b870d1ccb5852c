"""Semantic Scholar's papers: JSON of its Graph API.

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_plain
from ..rows import Row
from .answers import COMMON, make_reader

_KINDS = {
    "JournalArticle": "article",
    "Conference": "inproceedings",
    "Book": "book",
    "BookSection": "chapter",
    "Dataset": "dataset",
    "Review": "article",
}
_WRAPPERS = COMMON | {"recommendedPapers", "citedPaper", "citingPaper", "paper"}
_OWN = frozenset(("paperId", "corpusId", "externalIds", "citationCount", "influentialCitationCount", "s2FieldsOfStudy"))
# Counts, vectors and other papers.
_DULL = frozenset(
    "corpusId citationCount influentialCitationCount referenceCount isOpenAccess citations references embedding "
    "paperId venue citationStyles matchScore textAvailability s2FieldsOfStudy url".split()
)


def convert_paper(row: Row) -> dict[str, Any]:
    """Converts a paper of the service to a paper's fields."""
    ids, journal, venue = row.row("externalIds"), row.row("journal"), row.row("publicationVenue")
    kinds = [_KINDS[kind] for kind in row.texts("publicationTypes") if kind in _KINDS]
    reprint = journal.text("name").lower() == "arxiv" and bool(row.text("venue"))
    name = venue.text("name") or ("" if reprint else journal.text("name")) or row.text("venue")
    preprint = name.lower() in ("arxiv", "arxiv.org", "biorxiv", "medrxiv")
    if reprint and "inproceedings" in kinds:
        kinds = ["inproceedings"]
    fields = [one.text("category") for one in row.rows("s2FieldsOfStudy")]
    tldr = from_plain(row.row("tldr").text("text"))
    return {
        "id": ids.text("ArXiv") or ids.text("DOI").lower() or ids.text("ACL") or row.text("paperId"),
        "title": from_plain(row.text("title")),
        "abstract": from_plain(row.text("abstract")),
        "takeaway": tldr,
        "authors": [_read_author(author) for author in row.rows("authors")],
        "date": row.text("publicationDate", "year"),
        "kind": "preprint" if preprint else kinds[0] if kinds else "",
        "venue": "" if preprint else name,
        **({} if preprint or reprint else _read_volume(journal.text("volume"))),
        "pages": journal.text("pages"),
        "doi": ids.text("DOI"),
        "arxiv": ids.text("ArXiv") or (journal.text("volume").removeprefix("abs/") if preprint or reprint else ""),
        "pmid": ids.text("PubMed"),
        "tags": list(dict.fromkeys([*row.texts("fieldsOfStudy"), *filter(None, fields)])),
        "links": {"pdf": row.row("openAccessPdf").text("url")},
        "made_by": {"takeaway": "Semantic Scholar"} if tldr else {},
    }


def _read_volume(text: str) -> dict[str, str]:
    """Returns the volume, and the issue that stands behind it: `9 2`."""
    volume, _, issue = text.partition(" ")
    both = volume.isdigit() and issue.isdigit()
    return {"volume": volume, "issue": issue} if both else {"volume": text}


def _read_author(row: Row) -> dict[str, str]:
    return {
        "name": row.text("name"),
        "affiliation": "; ".join(row.texts("affiliations")),
        "url": row.text("homepage"),
        "orcid": row.row("externalIds").text("ORCID"),
    }


def _is_paper(first: Mapping[str, Any]) -> bool:
    return len(_OWN & first.keys()) > ("paperId" not in first)


READER = make_reader(convert_paper, _is_paper, _WRAPPERS, _DULL)
