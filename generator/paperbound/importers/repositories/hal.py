"""HAL: JSON of the search of the French archive.

https://api.archives-ouvertes.fr/docs/search
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_mixed
from ..rows import Row
from ..services.answers import COMMON, make_reader

_KINDS = {
    "ART": "article",
    "COMM": "inproceedings",
    "POSTER": "inproceedings",
    "PROCEEDINGS": "book",
    "OUV": "book",
    "COUV": "chapter",
    "THESE": "thesis",
    "HDR": "thesis",
    "MEM": "thesis",
    "REPORT": "report",
    "UNDEFINED": "preprint",
    "PREPRINT": "preprint",
    "SOFTWARE": "software",
}
_NAMES = ("title_s", "authFullName_s", "halId_s", "docType_s", "producedDate_s", "uri_s")
# Forms of the same values, and the archive's own.
_DULL = frozenset(
    "docid label_s label_bibtex citationFull_s citationRef_s version_i openAccess_bool en_title_s".split()
)


def convert_document(row: Row) -> dict[str, Any]:
    """Converts a document to a paper's fields."""
    kind = _KINDS.get(row.text("docType_s"), "")
    title, others = row.texts("title_s")[:1], row.texts("title_s")[1:]
    subtitle = row.text("subTitle_s")
    return {
        "id": row.text("halId_s") or row.text("uri_s").rpartition("/")[2],
        "title": from_mixed(": ".join(filter(None, [*title, subtitle]))),
        "other_titles": [from_mixed(text) for text in others],
        "authors": row.texts("authFullName_s"),
        "abstract": from_mixed(row.text("abstract_s")),
        "date": row.text("producedDate_s", "publicationDate_s", "producedDateY_i", "publicationDateY_i"),
        "kind": kind,
        "venue": row.text("journalTitle_s") or row.text("conferenceTitle_s"),
        "booktitle": row.text("bookTitle_s", "source_s"),
        "volume": row.text("volume_s"),
        "issue": row.text("issue_s"),
        "pages": row.text("page_s"),
        "publisher": row.text("publisher_s", "journalPublisher_s", "authorityInstitution_s"),
        "address": row.text("city_s"),
        "doi": row.text("doiId_s"),
        "arxiv": row.text("arxivId_s"),
        "pmid": row.text("pubmedId_s"),
        "isbn": row.text("isbn_s"),
        "tags": row.texts("keyword_s"),
        "language": row.text("language_s"),
        "links": {"url": row.text("uri_s"), "pdf": row.text("fileMain_s")},
    }


def _is_document(first: Mapping[str, Any]) -> bool:
    return "title_s" in first and any(name in first for name in _NAMES[1:])


READER = make_reader(convert_document, _is_document, COMMON | {"response", "docs"}, _DULL)
