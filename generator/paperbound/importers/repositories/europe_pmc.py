"""Europe PMC: JSON of its search, brief and full.

https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects import from_html
from ..references.hints import read_abstract, read_language, read_retraction
from ..rows import Row
from ..services.answers import COMMON, make_reader


def convert_result(row: Row) -> dict[str, Any]:
    """Converts a result to a paper's fields."""
    journal, people = row.row("journalInfo"), row.row("authorList").rows("author")
    kinds = [text.lower() for text in (*row.row("pubTypeList").texts("pubType"), *row.texts("pubType"))]
    title, retracted = read_retraction(row.text("title").removesuffix("."))
    preprint = row.text("source") == "PPR" or "preprint" in kinds
    authors: Any = [_read_person(one) for one in people] or row.text("authorString").removesuffix(".")
    addresses = row.row("fullTextUrlList").rows("fullTextUrl")
    values = {
        "title": from_html(title),
        "authors": authors,
        "abstract": read_abstract(row.text("abstractText")),
        "date": row.text("firstPublicationDate") or row.text("pubYear") or journal.text("yearOfPublication"),
        "kind": "preprint" if preprint else "article",
        "retracted": "yes" if retracted or "retracted publication" in kinds else "",
        "venue": journal.row("journal").text("title") or row.text("journalTitle"),
        "volume": journal.text("volume") or row.text("journalVolume"),
        "issue": journal.text("issue") or row.text("issue"),
        "pages": row.text("pageInfo"),
        "doi": row.text("doi"),
        "pmid": row.text("pmid"),
        "tags": row.row("keywordList").texts("keyword"),
        "language": read_language(row.text("language")),
        "links": {"pdf": next((one.text("url") for one in addresses if one.text("documentStyle") == "pdf"), "")},
        "extra": {"pmcid": row.text("pmcid")},
    }
    row.used.update(row.values)  # the rest is counts, grants, headings
    return values


def _read_person(row: Row) -> dict[str, str]:
    ident = row.row("authorId")
    group, family = row.text("collectiveName"), row.text("lastName")
    details = row.row("authorAffiliationDetailsList").row("authorAffiliation")
    return {
        **({"literal": group} if group else {"family": family, "given": row.text("firstName", "initials")}),
        **({} if group or family else {"name": row.text("fullName")}),
        "orcid": ident.text("value") if ident.text("type") == "ORCID" else "",
        "affiliation": details.text("affiliation"),
    }


def _is_result(first: Mapping[str, Any]) -> bool:
    return "title" in first and "authorString" in first and bool(first.keys() & {"pubYear", "source", "journalInfo"})


READER = make_reader(convert_result, _is_result, COMMON | {"resultList", "result"})
