"""Identifiers, words with signs and single characters: what people type and paste finds the paper, in both clients."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from paperbound.search.query.identifiers import choose_shard, make_key, strip_addresses
from paperbound.search.query.index_reader import Index
from paperbound.search.query.results import search
from paperbound.search.tokens import analyze
from surroundings import ROOT, SHARED, Build

ASSETS = ROOT / "themes" / "default" / "assets"
PAPERS: list[dict[str, Any]] = [
    {"id": "plus", "title": "C++17 lambdas", "doi": "10.5555/Salt.12", "arxiv": "2401.00001v3", "date": "2020"},
    {"id": "sharp", "title": "Rows in C#", "authors": [{"name": "Ada King", "orcid": "0000-0002-1825-0097"}]},
    {"id": "plain", "title": "The language C", "bibkey": "King1984c", "arxiv": "hep-th/9901001"},
    {"id": "han", "title": "盐滩研究", "authors": ["李明"]},
    {"id": "other", "title": "Rows of 2401 and 10.5555", "abstract": "Of 00001 rows, 5555 salt, 12."},
]
FIRST = {
    "C++": "plus",
    '"C++"': "plus",
    "+C++17": "plus",
    "cplusplus": "plus",
    "C#": "sharp",
    "title:C#": "sharp",
    '"the language C"': "plain",
    "盐": "han",
    "究": "han",
    "滩": "han",
    "明": "han",
    "-rows 李": "han",
    "https://doi.org/10.5555/Salt.12": "plus",
    "dx.doi.org/10.5555%2Fsalt.12": "plus",
    "doi: 10.5555/salt.12": "plus",
    "DOI:https://doi.org/10.5555/salt.12": "plus",
    "https://arxiv.org/abs/2401.00001v2": "plus",
    "https://arxiv.org/pdf/2401.00001.pdf": "plus",
    "arXiv:2401.00001": "plus",
    "2401.00001v1": "plus",
    "arxiv.org/abs/hep-th/9901001?context=cs": "plain",
    "king1984c": "plain",
}
TEXTS = [
    *FIRST,
    "10.48550/arXiv.2510.00128",
    "https://orcid.org/0000-0002-1825-009X",
    "arxiv: a survey of 2 rows",
    "doi:10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O.",
    "https://doi.org/10.1000/%E4%B8%AD1",
    "https://doi.org/10.1000/1%E0%",
    "of 1 doi.org/ and arXiv:x v2 hep-th/99010019v2",
    "李 2401.00001v2, see",
]


def write_site(folder: Path, papers: list[dict[str, Any]]) -> Path:
    (folder / "papers").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: Salt\n", "utf-8")
    (folder / "papers" / "all.yaml").write_text(yaml.safe_dump(papers, allow_unicode=True), "utf-8")
    return folder


def find_first(site: Path, query: str) -> str:
    found = search(Index(lambda path: (site / "search-data" / path).read_bytes()), query)
    return found.papers[0][0].title if found.papers else ""


def run_script(module: str, function: str, arguments: list[Any]) -> Any:
    script = f"""import {{ {function} }} from '{(ASSETS / module).as_uri()}';
    let text = ""; for await (const part of process.stdin) text += part;
    console.log(JSON.stringify(JSON.parse(text).map((one) => {function}(...one))));"""
    command = ["node", "--input-type=module", "-e", script]
    return json.loads(
        subprocess.run(command, input=json.dumps(arguments), capture_output=True, text=True, check=True).stdout
    )


def test_what_is_pasted_finds_the_paper_first(tmp_path: Path, build: Build) -> None:
    build(write_site(tmp_path / "content", PAPERS), tmp_path / "site")
    titles = {paper["id"]: paper["title"] for paper in PAPERS}
    assert {query: find_first(tmp_path / "site", query) for query in FIRST} == {
        query: titles[ident] for query, ident in FIRST.items()
    }
    index = Index(lambda path: (tmp_path / "site" / "search-data" / path).read_bytes())
    assert {query: search(index, query).whole for query in ("C++", "C#", '"C"', "图")} == {
        "C++": 1,
        "C#": 1,
        '"C"': 1,
        "图": 0,
    }


@pytest.mark.real
def test_the_cases_are_found(tmp_path: Path, build: Build) -> None:
    file = SHARED.parent / "cases" / "search" / "queries.json"
    cases = json.loads(file.read_text("utf-8"))
    build(write_site(tmp_path / "content", cases["papers"]), tmp_path / "site")
    titles = {paper["id"]: paper["title"] for paper in cases["papers"]}
    assert {query: find_first(tmp_path / "site", query) for query in cases["first"]} == {
        query: titles[ident] for query, ident in cases["first"].items()
    }
    index = Index(lambda path: (tmp_path / "site" / "search-data" / path).read_bytes())
    for query, idents in cases["only"].items():
        assert [paper.title for paper, _ in search(index, query).papers] == [titles[ident] for ident in idents]


def test_words_with_signs_and_single_characters_are_terms() -> None:
    terms = analyze("C, C++, C#-like, g++ 4 and #1 of a++b, issue#3")
    assert " ".join(terms) == "c cplusplu csharp gplusplu 4 1 b issu 3"
    assert analyze("东京大学 x") == ["东京", "京大", "大学", "学", "x"]


def test_the_table_leads_from_each_identifier_to_its_page(tmp_path: Path, build: Build) -> None:
    many: list[dict[str, Any]] = [{"id": f"n{number}", "title": f"Paper {number}"} for number in range(300)]
    # One key is the id of another paper: the id counts.
    many.append({"id": "last", "title": "Last", "bibkey": "n7"})
    build(write_site(tmp_path / "content", [*PAPERS, *many]), tmp_path / "site")
    files = sorted((tmp_path / "site" / "id").glob("*.json"))
    assert [file.name for file in files] == ["0.json", "1.json", "2.json", "3.json"]
    rows = [json.loads(file.read_text("utf-8")) for file in files]
    expected = {
        "https://doi.org/10.5555/SALT.12": "papers/c-17-lambdas/",
        "10.48550/arXiv.2401.00001v9": "papers/c-17-lambdas/",
        "King1984c": "papers/the-language-c/",
        "https://orcid.org/0000-0002-1825-0097": "authors/ada-king/",
        "n7": "papers/paper-7/",
        "HAN": "papers/yan-tan-yan-jiu/",
    }
    for text, path in expected.items():
        key = make_key(text)
        assert rows[choose_shard(key, 4)].get(key) == path, text
    assert all(choose_shard(key, 4) == number for number, row in enumerate(rows) for key in row)
    assert sum(map(len, rows)) >= 306 + 5
    page = (tmp_path / "site" / "id" / "index.html").read_text("utf-8")
    assert 'data-identifiers="/id/" data-shards="4"' in page
    assert "<noscript>" in page
    assert "/id/" not in (tmp_path / "site" / "sitemap.xml").read_text("utf-8")


@pytest.mark.judge
def test_the_browser_reads_identifiers_as_the_command_line_does() -> None:
    arguments = [[text] for text in TEXTS]
    assert run_script("lookup.js", "stripAddresses", arguments) == [strip_addresses(text) for text in TEXTS]
    assert run_script("lookup.js", "makeKey", arguments) == [make_key(text) for text in TEXTS]
    keys = [make_key(text) for text in TEXTS]
    shards = run_script("lookup.js", "chooseShard", [[key, 64] for key in keys])
    assert shards == [choose_shard(key, 64) for key in keys]
    assert len(set(shards)) > 8
