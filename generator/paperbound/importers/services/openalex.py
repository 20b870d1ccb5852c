"""OpenAlex's works: JSON with abstracts as positions of words.

https://docs.openalex.org/api-entities/works/work-object
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_html, from_plain
from ..paper_addresses import find_identifier
from ..rows import Row
from .answers import COMMON, make_reader

_KINDS = {
    "article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "erratum": "article",
    "data-paper": "article",
    "software-paper": "article",
    "book-review": "article",
    "conference-paper": "inproceedings",
    "proceedings-article": "inproceedings",
    "preprint": "preprint",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "dataset": "dataset",
    "report": "report",
    "software": "software",
}
_MOST_WORDS = 100_000
# Counts, scores and classifications of the service, and what repeats other fields.
_DULL = frozenset(
    "display_name publication_year relevance_score indexed_in countries_distinct_count institutions_distinct_count "
    "corresponding_author_ids corresponding_institution_ids apc_list apc_paid fwci has_fulltext fulltext_origin "
    "cited_by_count cited_by_percentile_year citation_normalized_percentile is_paratext primary_topic topics concepts "
    "mesh locations_count locations sustainable_development_goals grants funders awards datasets versions "
    "referenced_works_count referenced_works related_works ngrams_url cited_by_api_url counts_by_year updated_date "
    "created_date type_crossref is_oa host_venue alternate_host_venues abstract_inverted_index_v3 institutions "
    "is_authors_truncated open_access best_oa_location has_abstract has_content content_url content_urls".split()
)
_RESOLVER = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")


def convert_work(row: Row) -> dict[str, Any]:
    """Converts a work to a paper's fields."""
    location = row.row("primary_location")
    best, access = row.row("best_oa_location"), row.row("open_access")
    source, biblio, ids = location.row("source"), row.row("biblio"), row.row("ids")
    pages = [page for name in ("first_page", "last_page") if (page := biblio.text(name))]
    kind = _KINDS.get(row.text("type"), "misc" if row.text("type") else "")
    ident = (row.text("id") or ids.text("openalex")).rpartition("/")[2]
    doi = row.text("doi") or ids.text("doi")
    addresses = [doi, *(one.text("landing_page_url") for one in (location, *row.rows("locations")))]
    page = location.text("landing_page_url") or access.text("oa_url")
    archive = kind == "preprint" and source.text("type") == "repository"
    venue = "" if archive else source.text("display_name") or location.text("raw_source_name")
    return {
        "id": "" if doi else ident,
        "arxiv": next(
            (found.value for url in addresses if (found := find_identifier(url)) and found.kind == "arxiv"), ""
        ),
        "title": from_html(row.text("title", "display_name")),
        "abstract": from_plain(_read_abstract(row)),
        "authors": [_read_author(author) for author in row.rows("authorships")],
        "date": row.text("publication_date", "publication_year"),
        "kind": "inproceedings" if kind == "article" and source.text("type") == "conference" else kind,
        "venue": venue,
        "publisher": source.text("host_organization_name"),
        "volume": biblio.text("volume"),
        "issue": biblio.text("issue"),
        "pages": "–".join(dict.fromkeys(pages)),
        "doi": doi,
        "pmid": ids.text("pmid"),
        "language": row.text("language"),
        "license": location.text("license") or best.text("license"),
        "tags": [word for keyword in row.rows("keywords") if (word := keyword.text("display_name", "keyword"))],
        "retracted": "yes" if row.is_true("is_retracted") else "",
        "links": {
            "pdf": location.text("pdf_url") or best.text("pdf_url"),
            # The DOI is a field of its own.
            "url": "" if page.startswith(_RESOLVER) else page,
        },
        "extra": {"openalex": ident},
    }


def _read_author(row: Row) -> dict[str, str]:
    author = row.row("author")
    institutions = [name for one in row.rows("institutions") if (name := one.text("display_name"))]
    return {
        "name": author.text("display_name") or row.text("raw_author_name"),
        "orcid": author.text("orcid"),
        "affiliation": "; ".join(institutions or row.texts("raw_affiliation_strings")),
    }


def _read_abstract(row: Row) -> str:
    index = row.row("abstract_inverted_index")
    words: dict[int, str] = {}
    for word, places in index.values.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and len(words) < _MOST_WORDS:
                words[place] = str(word)
    return " ".join(words[place] for place in sorted(words))


def _is_work(first: Mapping[str, Any]) -> bool:
    ident = first.get("id")
    return (
        "abstract_inverted_index" in first
        or "authorships" in first
        or (isinstance(ident, str) and ident.startswith("https://openalex.org/W"))
    )


READER = make_reader(convert_work, _is_work, COMMON, _DULL)
