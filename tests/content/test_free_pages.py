"""Free pages: folders, links to other files, chapters, and sites without papers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.checks.running import check_site
from paperbound.cli import main
from paperbound.model.errors import Faults
from surroundings import read_tree

Make = Callable[[dict[str, str | bytes]], Path]
SETTINGS = """\
title: Guide
base_url: https://example.org/guide/
nav:
  - title: First
    pages: [start, {page: more, title: More}]
  - title: Then
    pages: [deep]
"""
FILES: dict[str, str | bytes] = {
    "site.yaml": SETTINGS,
    "pages/index.md": "# The guide\n\n[Begin](start.md), or see [the deep](deep/).\n",
    "pages/start.md": "# Start\n\n## One\n\n## Two\n\n## Three\n\nGo [on](more.md#what-else), or [deeper](deep/sea.md).\n",
    "pages/more.md": "# There is more\n\n## What else\n\n[A picture](files/a.png) ![It](files/a.png) [data](../static/d.csv)\n",
    "pages/files/a.png": b"\x89PNG",
    "pages/files/unlinked.png": b"\x89PNG",
    "pages/deep/README.md": "# Deep\n\n[Up](../start.md), [out](../../../tests/x.py), [away](../../../LICENSE).\n",
    "pages/deep/sea.md": "# Sea\n\nBack to [deep](README.md) or [index](.).\n",
    "static/d.csv": "a,b\n",
}


def build(content: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int, str]]:
    """The warnings of a build without errors."""
    code = main(["build", "--content", str(content), "--output", str(output), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert code == 0, said
    return [(one["file"].partition("/")[2], one["line"], one["message"]) for one in said["warnings"]]


def read_links(site: Path, path: str) -> dict[str, str]:
    html = (site / path / "index.html").read_text("utf-8").partition('<article class="prose free')[2]
    body = html.partition("</article>")[0]
    return {text: href for href, text in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', body)}


@pytest.fixture
def site(make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert build(make_content(FILES), tmp_path / "site", capsys) == []
    return tmp_path / "site"


def test_files_are_pages_by_their_paths_and_links_lead_to_them(site: Path) -> None:
    assert read_links(site, "") == {"Begin": "/guide/start/", "the deep": "/guide/deep/"}
    assert read_links(site, "start") == {"on": "/guide/more/#what-else", "deeper": "/guide/deep/sea/"}
    assert read_links(site, "deep/sea") == {"deep": "/guide/deep/", "index": "/guide/deep/"}
    # Files beside the pages are published where they are linked; files outside the site have no address.
    assert read_links(site, "more") == {"A picture": "/guide/files/a.png", "data": "/guide/d.csv"}
    assert '<img src="/guide/files/a.png" alt="It"' in (site / "more" / "index.html").read_text("utf-8")
    assert [path for path in read_tree(site) if path.startswith("files/")] == ["files/a.png"]
    assert read_links(site, "deep") == {"Up": "/guide/start/"}
    assert "<loc>https://example.org/guide/deep/sea/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    faults = Faults()
    assert check_site(site, "/guide/", faults.report) == 7
    assert faults.errors == []


def test_files_beside_the_site_are_those_of_the_repository(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = SETTINGS + "repository: https://example.org/r\n"
    assert build(make_content({**FILES, "site.yaml": settings}), tmp_path / "site", capsys) == []
    links = read_links(tmp_path / "site", "deep")
    assert links["out"] == "https://example.org/r/blob/main/tests/x.py"
    page = (tmp_path / "site" / "deep" / "sea" / "index.html").read_text("utf-8")
    assert 'href="https://example.org/r/edit/main/content/pages/deep/sea.md"' in page


def test_a_link_to_nothing_is_reported_with_its_line(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {**FILES, "pages/more.md": "# More\n\n[gone](gone.md)\n\n![none](none.png)\n\n[Years](/years/) [x](#x)\n"}
    assert build(make_content(files), tmp_path / "site", capsys) == [
        ("pages/more.md", 3, "the link 'gone.md' leads to no page and to no file"),
        ("pages/more.md", 5, "there is no picture 'none.png' beside the page or in static/"),
    ]


def test_chapters_stand_in_the_menu_and_lead_from_page_to_page(site: Path) -> None:
    page = (site / "more" / "index.html").read_text("utf-8")
    nav = re.search(r'<nav class="nav".*?</nav>', page, re.DOTALL)
    assert nav
    assert re.findall(r'<a href="([^"]*)"( aria-current="true")?>([^<]*)', nav[0]) == [
        ("/guide/start/", ' aria-current="true"', "First"),
        ("/guide/deep/", "", "Then"),
    ]
    assert '<a href="/guide/start/" rel="prev"><span>Previous</span>Start</a>' in page
    assert '<a href="/guide/deep/" rel="next"><span>Next</span>Deep</a>' in page
    chapter = re.search(r'<nav class="chapter" aria-label="First">.*?</nav>', page, re.DOTALL)
    assert chapter
    assert re.findall(r'href="([^"]*)"( aria-current="page")?>([^<]*)', chapter[0]) == [
        ("/guide/start/", "", "Start"),
        ("/guide/more/", ' aria-current="page"', "More"),
    ]
    # A page in a folder belongs to the page of its folder.
    below = (site / "deep" / "sea" / "index.html").read_text("utf-8")
    assert '<nav class="chapter" aria-label="Then">' in below
    assert 'rel="next"' not in below
    # A page has its contents from three headings on.
    assert re.findall(r'<li><a href="#(\w+)"', (site / "start" / "index.html").read_text("utf-8")) == [
        "one",
        "two",
        "three",
    ]
    assert 'class="toc"' not in page


@pytest.mark.parametrize(
    ("nav", "said"),
    [
        ("[{title: A, pages: [gone]}]", "'gone' is no page of the site"),
        ("[{title: A, pages: [papers]}]", "'papers' is no page of the site"),
        ("[{title: A, pages: []}]", "a chapter has a title, and pages"),
        ("[{pages: [start]}]", "a chapter has a title, and pages"),
        ("[{title: A, pages: [{title: B, pages: [start]}]}]", "a chapter has a title, and pages"),
        ("[{title: A, pages: [start], reference: often}]", "a chapter has a title, and pages"),
        ("[{title: A, pages: start}]", "a chapter has a title, and pages"),
    ],
)
def test_faulty_chapters_are_reported(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], nav: str, said: str
) -> None:
    content = make_content({**FILES, "site.yaml": f"title: Guide\nnav: {nav}\n"})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--json"]) == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert (error["line"], error["field"]) == (2, "nav")
    assert error["message"].endswith(said)


def test_a_site_without_papers_has_nothing_of_papers(site: Path) -> None:
    files = read_tree(site)
    assert sorted(path for path in files if not path.startswith("assets/")) == [
        ".nojekyll", ".paperbound-site", "404.html", "d.csv", "deep/index.html", "deep/sea/index.html", "files/a.png",
        "index.html", "llms.txt", "more/index.html", "opensearch.xml", "robots.txt", "search-data/pages.json",
        "search/index.html", "sitemap.xml", "start/index.html", "sw.js",
    ]  # fmt: skip
    pages = [data.decode() for path, data in files.items() if path.endswith(".html")]
    assert not [page for page in pages if re.search(r'href="/guide/(papers|subscribe|tags|feed|atom)', page)]
    assert not [page for page in pages if "papers belong to their authors" in page]
    assert '<a href="/guide/start/">First</a>' in files["404.html"].decode().partition("<main")[2]
    links = re.findall(r"^- \[([^\]]*)\]\((\S*)\)$", files["llms.txt"].decode(), re.MULTILINE)
    assert ("Sea", "https://example.org/guide/deep/sea/") in links
    assert all(urls.removeprefix("https://example.org/guide/") + "index.html" in files for _, urls in links[:-1])
    assert links[-1] == ("Sitemap", "https://example.org/guide/sitemap.xml")
    # The search lists every page, also where no script runs.
    search = files["search/index.html"].decode().partition("data-search-all")[2]
    assert set(re.findall(r'<li><a href="(/guide/[\w/]*)"', search.partition("</main>")[0])) == {
        f"/guide/{path}" for path in ("", "start/", "more/", "deep/", "deep/sea/")
    }


def test_a_paper_brings_back_what_lists_papers(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(FILES)
    build(content, tmp_path / "site", capsys)
    (content / "papers").mkdir()
    (content / "papers" / "a.yaml").write_text("title: Salt\ndate: 2024\n", "utf-8")
    build(content, tmp_path / "site", capsys)
    files = read_tree(tmp_path / "site")
    assert {"papers/index.html", "subscribe/index.html", "feed.xml", "search-data/manifest.json"} <= files.keys()
    assert "search-data/pages.json" not in files
    # The home page stays the free page.
    assert "The guide" in files["index.html"].decode()
    (content / "papers" / "a.yaml").unlink()
    build(content, tmp_path / "site", capsys)
    assert "papers/index.html" not in read_tree(tmp_path / "site")


def test_pages_may_stand_beside_the_settings(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(
        {
            "site.yaml": "title: Docs\npages: .\n",
            "README.md": "# Docs\n\n[More](more.md) [shot](shots/a.png)\n",
            "more.md": "# More\n\n[Lib](../lib/code.py)\n",
            "shots/a.png": b"\x89PNG",
            "papers/note.md": "---\ntitle: A paper\n---\nText.\n",
            "templates/readme.md": "No page.",
            "site/.paperbound-site": "",
            "site/old.md": "# A built page\n",
        }
    )
    build(content, tmp_path / "site", capsys)
    pages = {path for path in read_tree(tmp_path / "site") if path.endswith(".html") and not path.startswith("papers/")}
    assert {"index.html", "more/index.html"} <= pages
    assert not [path for path in pages if "old" in path or "readme" in path or "note" in path]
    assert (tmp_path / "site" / "shots" / "a.png").is_file()
    assert main(["build", "--content", str(content), "--output", str(content / "site"), "--quiet"]) == 0
    assert not (content / "site" / "old" / "index.html").exists()


def test_a_page_that_cannot_be_an_address_is_refused(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({**FILES, "pages/search.md": "# Search\n"})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    assert "'search' cannot be an address" in capsys.readouterr().err
