"""Saved searches: their pages and feeds, when papers come and go, and faults of their file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.model.errors import InputError
from surroundings import Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
PAPERS = """\
- {id: a, title: Salt marshes, date: 2024}
- {id: b, title: Salt in soups, date: 2025, abstract: Of marsh plants.}
- {id: c, title: Pepper, date: 2026}
"""
SEARCHES = """\
- title: Marshes of salt
  query: salt marsh
  description: All on salt marshes.
- {title: Not salt, query: pepper -salt, slug: pepper}
"""


def read_feed(site: Path, slug: str) -> list[str]:
    feed = json.loads((site / "searches" / slug / "feed.json").read_text("utf-8"))
    return [item["title"] for item in feed["items"]]


def test_a_saved_search_has_a_page_and_feeds(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/all.yaml": PAPERS, "searches.yaml": SEARCHES})
    site = tmp_path / "site"
    result = build(content, site)
    assert not [one for one in result.warnings if "searches" in one.file]
    page = (site / "searches" / "marshes-of-salt" / "index.html").read_text("utf-8")
    assert page.index("Salt in soups") < page.index("Salt marshes")
    assert "Pepper" not in page
    assert "All on salt marshes." in page
    assert 'href="/searches/marshes-of-salt/feed.xml"' in page
    assert read_feed(site, "marshes-of-salt") == ["Salt in soups", "Salt marshes"]
    assert read_feed(site, "pepper") == ["Pepper"]
    assert {"feed.xml", "atom.xml"} <= {path.name for path in (site / "searches" / "pepper").iterdir()}
    for place in ("subscribe", "search"):
        assert "Marshes of salt" in (site / place / "index.html").read_text("utf-8"), place
    assert "/searches/pepper/" in (site / "sitemap.xml").read_text("utf-8")
    # Nothing changed: nothing is written.
    (content / "site.yaml").touch()
    assert build(content, site).written == ()


def test_other_papers_and_queries_are_those_of_a_clean_build(make_content: Make, tmp_path: Path, build: Build) -> None:
    site = tmp_path / "site"
    build(make_content({"papers/all.yaml": PAPERS, "searches.yaml": SEARCHES}), site)
    papers = PAPERS.replace("Pepper", "Salty marshes").replace("Of marsh plants", "Of plants")
    content = make_content({"papers/all.yaml": papers, "searches.yaml": SEARCHES})
    build(content, site)
    assert read_feed(site, "pepper") == []
    build(content, tmp_path / "clean")
    assert read_tree(site) == read_tree(tmp_path / "clean")
    content = make_content({"papers/all.yaml": papers, "searches.yaml": SEARCHES.replace("pepper -salt", "salt")})
    build(content, site)
    assert "Salt in soups" in read_feed(site, "pepper")
    build(content, tmp_path / "clean")
    assert read_tree(site) == read_tree(tmp_path / "clean")
    (content / "searches.yaml").unlink()
    build(content, site)
    assert not (site / "searches").exists()


def test_a_search_without_papers_is_a_warning_and_no_typo(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/all.yaml": PAPERS, "searches.yaml": "- title: Typo\n  query: peppr\n"})
    warnings = [one for one in build(content, tmp_path / "site").warnings if "searches" in one.file]
    assert [(one.line, one.field) for one in warnings] == [(2, "query")]
    assert "no paper is found by 'peppr'" in warnings[0].message
    assert "Pepper" not in (tmp_path / "site" / "searches" / "typo" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- {query: salt}", 1, "a saved search has no title"),
        ("- title: Salt\n  query: -salt", 2, "the query asks for no word"),
        ("- title: Salt", 1, "the query asks for no word"),
        ("- {title: Salt, query: a1}\n- {title: salt, query: b1}", 2, "'salt' stands twice"),
        ("- {title: Salt, query: a1, slug: A B}", 1, "'A B' is not a slug"),
        ("- {title: con, query: a1}", 1, "'con' cannot be an address"),
        ("- {title: Salt, query: a1, sort: date}", 1, "'sort' is no key of a saved search"),
        ("- salt", 1, "a mapping of fields is expected here"),
    ],
)
def test_a_faulty_search_is_named_with_its_line(
    make_content: Make, tmp_path: Path, build: Build, text: str, line: int, message: str
) -> None:
    content = make_content({"papers/all.yaml": PAPERS, "searches.yaml": text})
    with pytest.raises(InputError) as error:
        build(content, tmp_path / "site")
    assert [(fault.file.rpartition("/")[2], fault.line) for fault in error.value.faults] == [("searches.yaml", line)]
    assert message in error.value.faults[0].message


def test_a_site_without_search_saves_none(make_content: Make, tmp_path: Path, build: Build) -> None:
    files: dict[str, str | bytes] = {"papers/all.yaml": PAPERS, "searches.yaml": SEARCHES}
    content = make_content({**files, "site.yaml": "title: Salt\nsearch: no\n"})
    with pytest.raises(InputError) as error:
        build(content, tmp_path / "site")
    assert "the site has no search" in error.value.faults[0].message


def test_feeds_of_the_site_alone_leave_the_page(make_content: Make, tmp_path: Path, build: Build) -> None:
    files: dict[str, str | bytes] = {"papers/all.yaml": PAPERS, "searches.yaml": SEARCHES}
    build(make_content({**files, "site.yaml": "title: Salt\nfeeds: site\n"}), tmp_path / "site")
    assert [path.name for path in (tmp_path / "site" / "searches" / "pepper").iterdir()] == ["index.html"]
