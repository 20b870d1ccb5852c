"""ADS, the Astrophysics Data System: JSON of its search.

https://ui.adsabs.harvard.edu/help/api/api-docs.html
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from ..dialects import from_mixed
from ..rows import Row
from ..services.answers import COMMON, make_reader

_KINDS = {
    "article": "article",
    "eprint": "preprint",
    "inproceedings": "inproceedings",
    "abstract": "inproceedings",
    "proceedings": "book",
    "book": "book",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
    "software": "software",
    "dataset": "dataset",
}
# Counts, and numbers of the catalogue.
_DULL = frozenset(
    "id citation_count read_count bibstem orcid_user orcid_other property database esources data reader reference page "
    "eid volume citation author_count author_norm first_author_norm first_author pub_raw identifier alternate_bibcode "
    "date score".split()
)


def convert_paper(row: Row) -> dict[str, Any]:
    """Converts a paper of an answer to a paper's fields."""
    names, orcids, places = row.texts("author"), row.texts("orcid_pub"), row.texts("aff")
    arxiv = next((text[6:] for text in row.texts("identifier") if text.lower().startswith("arxiv:")), "")
    preprint = row.text("pub").startswith("arXiv")
    kind = _KINDS.get(row.text("doctype"), "" if not preprint else "preprint")
    authors = (
        {"name": name, "orcid": orcid.strip("-"), "affiliation": place.strip("-")}
        for name, orcid, place in zip_longest(names, orcids[: len(names)], places[: len(names)], fillvalue="")
    )
    return {
        "id": row.text("bibcode"),
        "bibkey": row.text("bibcode"),
        "title": from_mixed(" ".join(row.texts("title"))),
        "abstract": from_mixed(row.text("abstract")),
        "authors": list(authors),
        "editors": row.texts("editor"),
        "date": row.text("pubdate", "year").replace("-00", ""),
        "kind": kind,
        "venue": "" if preprint else row.text("pub"),
        "volume": "" if preprint else row.text("volume"),
        "issue": row.text("issue"),
        "pages": row.text("page_range") or ("" if preprint else row.text("page")),
        "publisher": row.text("publisher"),
        "doi": row.text("doi"),
        "arxiv": arxiv or (row.text("eid", "page").removeprefix("arXiv:") if preprint else ""),
        "category": row.text("arxiv_class"),
        "isbn": row.text("isbn"),
        "tags": row.texts("keyword"),
        "extra": {"issn": row.text("issn")},
    }


def _is_paper(first: Mapping[str, Any]) -> bool:
    return "bibcode" in first and "title" in first


READER = make_reader(convert_paper, _is_paper, COMMON | {"response", "docs"}, _DULL)
