"""Formats are known by content: each case under any name, answers in any wrapping, and our own rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_services import CASES, CONTENT, SCHOLAR, read

from paperbound.importers import find_importer
from paperbound.importers.services.answers import COMMON
from paperbound.model.record import FIELDS

FORMATS = {
    "academicpages/_publications/2023-05-01-salt-walks.md": "academicpages",
    "academicpages/publications.tsv": "csv",
    "ads/ads.bib": "bibtex",
    "arxiv/query.atom": "arxiv",
    "arxiv-daily/daily.json": "arxiv-daily",
    "awesome/README.md": "links",
    "biblatex/export.bib": "bibtex",
    "bibtex/al-folio.bib": "bibtex",
    "bibtex/messy.bib": "bibtex",
    "bibtex-encoding/jabref.bib": "bibtex",
    "bibtex-encoding/utf16.bib": "bibtex",
    "bibtex-strings/papers.bib": "bibtex",
    "bundles/salt-2021/index.md": "markdown",
    "cff/CITATION.cff": "cff",
    "conference-list/sss2025.json": "conference",
    "crossref/works.json": "crossref",
    "csl/library.json": "csl",
    "csv/excel.csv": "csv",
    "csv/miniconf.csv": "csv",
    "huggingface/daily_papers.json": "daily-papers",
    "hugo-blox/salt-2023/index.md": "hugo-blox",
    "lab-citations/citations.yaml": "lab-citations",
    "nbib/pubmed.nbib": "nbib",
    "openalex/works.json": "openalex",
    "ris/publisher.ris": "ris",
    "zotero/items.json": "zotero",
    "zotero/My-Library.csv": "zotero-csv",
}


def find(file: str, data: bytes) -> str:
    importer = find_importer(file, data)
    return importer.name if importer else ""


@pytest.mark.parametrize("path", FORMATS)
def test_cases_are_known_by_content(path: str) -> None:
    data = (CASES / path).read_bytes()
    assert find(path, data) == FORMATS[path]
    if FORMATS[path] != "markdown":  # ours needs its suffix
        assert find("download", data) == FORMATS[path]
        assert find("download.txt", data) in (FORMATS[path], "csv")  # a table of Zotero is a table


NOTE = {"id": "AbC", "forum": "AbC", "invitation": "x", "cdate": 1735689600000, "content": CONTENT}
ANSWERS: dict[str, tuple[Any, str]] = {
    "openalex": (json.loads((CASES / "openalex/works.json").read_text("utf-8"))["results"][0], "results"),
    "crossref": (json.loads((CASES / "crossref/works.json").read_text("utf-8"))["message"]["items"][0], "items"),
    "daily-papers": (json.loads((CASES / "huggingface/daily_papers.json").read_text("utf-8"))[0], "data"),
    "semantic-scholar": (SCHOLAR, "data"),
    "openreview": (NOTE, "notes"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_the_same_in_any_wrapping(name: str) -> None:
    entry, wrapper = ANSWERS[name]
    line = json.dumps(entry)
    (first,), _ = read("answer.json", line, name)
    for file, text in {
        "list.json": json.dumps([entry, entry]),
        "wrapped.json": json.dumps({"total": 2, wrapper: [entry, entry], "next": None}, indent=2),
        "lines.jsonl": f"{line}\n\n{line}\n",
        "lines.json": f"{line}\n{line}\n",
        "list.jsonl": json.dumps([entry, entry], indent=1),
        **{f"{key}.json": json.dumps({"meta": {"count": 2}, key: [entry, entry]}) for key in COMMON},
        "deep.json": json.dumps({"status": "ok", "message": {"total": 2, "items": [entry, entry]}}),
    }.items():
        records, _ = read(file, text, name)
        assert records == [first, first], file


@pytest.mark.parametrize("name", ["", *FIELDS])
def test_rows_of_ours_are_never_of_a_service(name: str) -> None:
    odd = {
        "id": "https://example.org/W1",
        "links": {"doi": "https://doi.org/10.5555/a"},
        "extra": {"upvotes": 3, "DOI": "x"},
    }
    row = {
        field: odd.get(field, [f"some {field}"] if field in ("authors", "tags") else f"some {field}")
        for field in FIELDS
    }
    if name:
        row = {"id": "x", "title": "x", name: row[name]}
    assert find("papers.jsonl", json.dumps(row).encode()) == "jsonl"
    assert find("papers.json", json.dumps([row], indent=2).encode()) in ("jsonl", "json")


def test_every_case_is_here() -> None:
    others = {"bibtex-encoding/broken.bib", "bibtex-strings/crossref.bib", "bibtex-strings/strings.bib"}
    others |= {"bundles/pepper-2022/index.md", "pitfalls/array.json", "rows/rows.jsonl"}
    files = {path.relative_to(CASES).as_posix() for path in CASES.rglob("*") if path.is_file()}
    own = {file for file in files if Path(file).name not in ("expected.json", "queries.json")}
    assert {file for file in own - others if not file.startswith(("pitfalls/", "export/"))} == set(FORMATS)
