"""Answers of catalogues and repositories: each in its wrapping, known by its content, with all values of a paper."""

from __future__ import annotations

import json
from typing import Any

import pytest

from paperbound.model.record import Record
from surroundings import read_records

ORCID = "0000-0002-1825-0097"
_AUTHORS = [["Ada Kern", ORCID, "Univ A"], ["Bo Lund", "", ""]]

INSPIRE = {
    "titles": [{"title": "Salt of $B^0$", "source": "arXiv"}],
    "authors": [
        {"full_name": "Kern, Ada", "ids": [{"schema": "ORCID", "value": ORCID}], "affiliations": [{"value": "Univ A"}]},
        {"full_name": "Lund, Bo"},
        {"full_name": "Pim, Cy", "inspire_roles": ["editor"]},
    ],
    "abstracts": [{"value": "We measure $x$."}],
    "arxiv_eprints": [{"value": "1901.00001", "categories": ["hep-ex"]}],
    "dois": [{"value": "10.5555/x.1"}],
    "collaborations": [{"value": "SALT"}],
    "publication_info": [{"journal_title": "Salt Lett.", "journal_volume": "122", "journal_issue": "1", "page_start": "1", "page_end": "9", "year": 2019}],
    "earliest_date": "2019-01-02", "document_type": ["article"], "control_number": 1, "texkeys": ["Kern:2019abc"],
    "keywords": [{"value": "salt", "schema": "INSPIRE"}, {"value": "brine"}], "citation_count": 5,
}  # fmt: skip
ADS = {
    "bibcode": "2020ApJ...900....1K", "title": ["Salt of stars: <i>E</i>"], "author": ["Kern, Ada", "Lund, Bo"],
    "orcid_pub": [ORCID, "-"], "aff": ["Univ A", "-"], "year": "2020", "pubdate": "2020-09-00", "pub": "The Salt Journal",
    "volume": "900", "issue": "2", "page": ["1"], "page_range": "1-9", "doi": ["10.5555/ads.1"], "abstract": "Stars.",
    "identifier": ["2020ApJ...900....1K", "arXiv:2001.00001"], "keyword": ["salt"], "doctype": "article", "citation_count": 3,
}  # fmt: skip
HAL = {
    "docid": "1", "halId_s": "hal-1", "label_s": "Ada Kern. Sel.", "uri_s": "https://hal.example.org/hal-1", "title_s": ["Le sel", "The salt"],
    "authFullName_s": ["Ada Kern", "Bo Lund"], "producedDate_s": "2019-08-01", "doiId_s": "10.5555/hal.1", "docType_s": "COMM",
    "conferenceTitle_s": "GRETSEL", "page_s": "1-9", "keyword_s": ["sel"], "language_s": ["fr"], "abstract_s": ["Résumé."],
    "fileMain_s": "https://hal.example.org/hal-1/document",
}  # fmt: skip
EUROPE = {
    "id": "31234567", "source": "MED", "pmid": "31234567", "pmcid": "PMC1", "doi": "10.5555/epmc.1", "title": "Salt &amp; <i>E</i>.",
    "authorString": "Kern A, Lund B.", "pubYear": "2019", "firstPublicationDate": "2019-03-01", "pageInfo": "101-9",
    "authorList": {"author": [
        {"firstName": "Ada", "lastName": "Kern", "authorId": {"type": "ORCID", "value": ORCID},
         "authorAffiliationDetailsList": {"authorAffiliation": [{"affiliation": "Univ A. ada@example.org."}]}},
        {"collectiveName": "Salt Group"},
    ]},
    "journalInfo": {"issue": "3", "volume": "12", "journal": {"title": "Journal of Salt"}}, "abstractText": "<h4>Aim</h4>Salt.",
    "pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]}, "keywordList": {"keyword": ["salt"]}, "language": "eng",
}  # fmt: skip
WORK = {
    "put-code": 1, "title": {"title": {"value": "Salt"}, "subtitle": {"value": "A tale"}}, "type": "journal-article",
    "external-ids": {"external-id": [
        {"external-id-type": "doi", "external-id-value": "10.5555/orcid.1", "external-id-relationship": "self"},
        {"external-id-type": "isbn", "external-id-value": "9783161484100", "external-id-relationship": "part-of"},
    ]},
    "publication-date": {"year": {"value": "2020"}, "month": {"value": "03"}, "day": None}, "journal-title": {"value": "Journal of Salt"},
}  # fmt: skip
PEOPLE = {"contributor": [{"credit-name": {"value": "Ada Kern"}, "contributor-orcid": {"path": ORCID}}]}
ZENODO = {
    "id": 1, "doi": "10.5555/zenodo.1", "links": {"self_html": "https://zenodo.example.org/records/1"}, "files": [{"key": "a.csv"}],
    "metadata": {
        "title": "Salt", "creators": [{"name": "Kern, Ada", "affiliation": "Univ A", "orcid": ORCID}, {"name": "Lund, Bo"}],
        "publication_date": "2020-05-01", "description": "<p>D.</p>", "resource_type": {"type": "dataset"}, "keywords": ["salt"],
        "license": {"id": "cc-by-4.0"}, "version": "v1",
    },
}  # fmt: skip
CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "inspire": (
        {"hits": {"hits": [{"id": "1", "links": {}, "metadata": INSPIRE}], "total": 1}},
        {"title": "Salt of $B^0$", "authors": _AUTHORS, "date": "2019-01-02", "venue": "Salt Lett.", "volume": "122", "issue": "1",
         "pages": "1–9", "arxiv": "1901.00001", "category": "hep-ex", "doi": "10.5555/x.1", "bibkey": "Kern:2019abc", "tags": ("brine",),
         "kind": "article", "venue_year": "2019", "extra": {"collaborations": "SALT"}},
    ),
    "ads": (
        {"responseHeader": {}, "response": {"numFound": 1, "docs": [ADS]}},
        {"title": "Salt of stars: *E*", "authors": _AUTHORS, "date": "2020-09", "venue": "The Salt Journal", "pages": "1–9",
         "arxiv": "2001.00001", "doi": "10.5555/ads.1", "tags": ("salt",), "abstract": "Stars.", "id": "2020ApJ...900....1K"},
    ),
    "hal": (
        {"response": {"numFound": 1, "docs": [HAL]}},
        {"title": "Le sel", "other_titles": ("The salt",), "authors": [["Ada Kern", "", ""], ["Bo Lund", "", ""]], "date": "2019-08-01",
         "kind": "inproceedings", "venue": "GRETSEL", "pages": "1–9", "language": "fr", "tags": ("sel",), "doi": "10.5555/hal.1", "id": "hal-1",
         "links": {"url": "https://hal.example.org/hal-1", "pdf": "https://hal.example.org/hal-1/document"}},
    ),
    "europe-pmc": (
        {"hitCount": 1, "resultList": {"result": [EUROPE]}},
        {"title": "Salt & *E*", "authors": [["Ada Kern", ORCID, "Univ A"], ["Salt Group", "", ""]], "date": "2019-03-01", "pages": "101–109",
         "venue": "Journal of Salt", "volume": "12", "issue": "3", "pmid": "31234567", "retracted": "This paper was retracted.", "language": "en"},
    ),
    "orcid": (
        {"activities-summary": {"employments": {"path": "/x"}, "works": {"group": [{"external-ids": {}, "work-summary": [WORK, WORK]}]}}},
        {"title": "Salt: A tale", "authors": [], "date": "2020-03", "venue": "Journal of Salt", "doi": "10.5555/orcid.1", "isbn": "", "kind": "article"},
    ),
    "zenodo": (
        {"hits": {"hits": [ZENODO], "total": 1}},
        {"title": "Salt", "authors": _AUTHORS, "date": "2020-05-01", "kind": "dataset", "publisher": "Zenodo", "license": "cc-by-4.0",
         "abstract": "D.", "doi": "10.5555/zenodo.1", "extra": {"version": "v1"}},
    ),
}  # fmt: skip


def show(record: Record, field: str) -> Any:
    """A field in the form of the expected values."""
    value = getattr(record, field)
    if field == "authors":
        return [[one.name, one.orcid, one.affiliation] for one in value]
    if field == "links":
        return {link.kind: link.url for link in value}
    return (value.iso if value else "") if field == "date" else value


@pytest.mark.parametrize("name", CASES)
def test_answers_are_known_and_read(name: str) -> None:
    answer, expected = CASES[name]
    # Without a name the format is found by the content.
    (record,), faults = read_records("", json.dumps(answer), "answer.json")
    assert {field: show(record, field) for field in expected} == expected
    assert [fault.message for fault in faults] == (
        ["ORCID's list of works names no authors"] if name == "orcid" else []
    )


def test_inspire_has_editors_apart_and_groups_for_want_of_authors() -> None:
    (record,), _ = read_records("inspire", json.dumps(INSPIRE), "a.json")
    assert [one.name for one in record.editors] == ["Cy Pim"]
    (record,), _ = read_records("inspire", json.dumps({**INSPIRE, "authors": []}), "a.json")
    assert [one.name for one in record.authors] == ["SALT"]


def test_a_work_of_orcid_has_its_contributors() -> None:
    (record,), faults = read_records("", json.dumps({"bulk": [{"work": {**WORK, "contributors": PEOPLE}}]}), "a.json")
    assert (show(record, "authors"), faults) == ([["Ada Kern", ORCID, ""]], [])
