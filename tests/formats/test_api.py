"""Files for programs: papers as JSON that follows its schema, and llms.txt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from markdown_it import MarkdownIt

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import build_site
from paperbound.model.build import Options
from paperbound.model.record import FIELDS
from surroundings import ROOT, Build


def write_site(folder: Path, papers: list[dict[str, Any]], settings: str = "") -> Path:
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(f"title: Salt [x]\nbase_url: https://example.org/s/\n{settings}", "utf-8")
    (folder / "papers" / "all.yaml").write_text(yaml.safe_dump(papers, allow_unicode=True), "utf-8")
    return folder


def read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def test_every_paper_is_in_a_file_that_follows_the_schema(tmp_path: Path) -> None:
    build_site(Options(ROOT / "tests" / "sites" / "features", tmp_path / "site"), InlineExecutor())
    api = tmp_path / "site" / "api"
    schema = read(api / "schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    papers = read(api / "papers" / "1.json")
    jsonschema.validate(papers, schema, jsonschema.Draft202012Validator)
    assert len(papers["papers"]) == read(api / "index.json")["papers"] > 5
    fields = {name for one in papers["papers"] for name in one}
    assert {"authors", "date", "venue", "tags", "abstract", "links", "doi"} <= fields
    # The schema has no room for what the files do not say.
    papers["papers"][0]["colour"] = "blue"
    assert not jsonschema.Draft202012Validator(schema).is_valid(papers)


# Fields of a record that a file of papers has under another name, or not at all: its addresses, and those for themes.
_OTHERWISE = {"slug", "aliases", "draft", "extra", "picture_alt"}


def test_a_paper_has_every_field_that_readers_see(tmp_path: Path, build: Build) -> None:
    person = {
        "name": "Ada King",
        "orcid": "0000-0002-1825-0097",
        "affiliation": "House",
        "url": "https://example.org/k",
    }
    record: dict[str, Any] = {
        **{name: name for name in ("venue", "booktitle", "series", "address", "volume", "issue", "pages", "publisher")},
        **{name: f"Some *{name}*" for name in ("takeaway", "summary", "abstract", "notes")},
        "id": "a", "title": "A", "other_titles": ["B *b*"], "authors": [person], "editors": [person, "Bo Ott"],
        "date": "2024", "added": "2024-05", "venue_year": "2025", "kind": "article", "tags": ["t"], "awards": ["Best"],
        "arxiv": "2401.00001", "doi": "10.1109/5.77", "pmid": "1", "isbn": "978-0-306-40615-7", "bibkey": "k", "category": "cs.CL",
        "language": "en", "license": "CC", "retracted": "yes", "note": "Note", "links": {"code": "https://example.org/c"},
        "picture": "a.svg", "picture_alt": "A line", "related": ["b", "b", "a"], "signals": {"stars": 3},
        "made_by": {"takeaway": "x"}, "extra": {"x": "y"}, "slug": "a", "aliases": ["old"],
    }  # fmt: skip
    assert {*record} | {"draft"} == {*FIELDS}  # a new field is here, or is none that readers see
    content = write_site(tmp_path / "content", [record, {"id": "b", "title": "Other"}])
    (content / "papers" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    build(content, tmp_path / "site")
    api = tmp_path / "site" / "api"
    papers = read(api / "papers" / "1.json")
    jsonschema.validate(papers, read(api / "schema.json"), jsonschema.Draft202012Validator)
    found = next(one for one in papers["papers"] if one["id"] == "a")
    assert {*FIELDS} - _OTHERWISE == {*found} - {"url", "key"}
    assert {*found} == {*read(api / "schema.json")["properties"]["papers"]["items"]["properties"]}
    homepage = {**{name: person[name] for name in ("name", "orcid", "affiliation")}, "homepage": person["url"]}
    assert found["editors"] == [homepage, {"name": "Bo Ott"}]
    assert found["authors"] == [{**homepage, "url": "https://example.org/s/authors/ada-king/"}]
    assert (found["address"], found["other_titles"], found["related"]) == ("address", ["B b"], ["b"])
    assert found["picture"] == {"url": "https://example.org/s/papers/a/a.svg", "alt": "A line"}


def test_a_new_paper_changes_the_last_file_alone(tmp_path: Path, build: Build) -> None:
    rows = [{"id": f"p{number}", "title": f"Paper {number}", "date": f"{1600 + number}"} for number in range(260)]
    site = tmp_path / "site"
    build(write_site(tmp_path / "content", rows), site)
    index = read(site / "api" / "index.json")
    assert index["files"] == [f"https://example.org/s/api/papers/{number}.json" for number in (1, 2)]
    files = [read(site / "api" / "papers" / f"{number}.json")["papers"] for number in (1, 2)]
    assert [len(one) for one in files] == [250, 10]
    assert [one["id"] for one in (files[0][0], files[1][-1])] == ["p0", "p259"]
    author = {"name": "Ada King", "orcid": "0000-0002-1825-0097"}
    rows.append({"id": "new", "title": "New *paper*", "date": "2020", "authors": [author]})
    result = build(write_site(tmp_path / "content", rows), site)
    assert [path for path in result.written if path.startswith("api/papers")] == ["api/papers/2.json"]
    new = read(site / "api" / "papers" / "2.json")["papers"][-1]
    assert new["title"] == "New paper"
    assert new["authors"] == [{**author, "url": "https://example.org/s/authors/ada-king/"}]
    build(write_site(tmp_path / "content", rows, "api: no\n"), site)
    assert not (site / "api").exists()


def test_llms_txt_links_markdown_pages(tmp_path: Path, build: Build) -> None:
    rows = [{"id": "a", "title": "Salt](https://example.com) *x*\\_", "authors": ["Ada King"], "date": "2024-03"}]
    build(write_site(tmp_path / "content", rows, "description: Of salt.\n"), tmp_path / "site")
    text = (tmp_path / "site" / "llms.txt").read_text("utf-8")
    tokens = MarkdownIt().parse(text)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2", "h2"]
    assert "> Of salt.\n" in text
    links = [
        str(child.attrs["href"]) for token in tokens for child in token.children or () if child.type == "link_open"
    ]
    assert all(link.startswith("https://example.org/s/") for link in links)
    paper = next(link for link in links if link.endswith("index.md"))
    assert (tmp_path / "site" / paper.removeprefix("https://example.org/s/")).is_file()
    build(write_site(tmp_path / "content", rows, "markdown_pages: no\n"), tmp_path / "site")
    assert "index.md" not in (tmp_path / "site" / "llms.txt").read_text("utf-8")
