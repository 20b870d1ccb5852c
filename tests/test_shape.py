"""The shape of a site: header, footer, logo and home page as site.yaml has them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import main

Make = Callable[[dict[str, str | bytes]], Path]
PAPER = "title: Salt\nauthors: [Ada Kern]\ndate: 2024\n"
SETTINGS = """\
title: Lab
base_url: https://example.org/lab/
nav: [papers, about, {page: help, title: How to read}, {title: Code, url: "https://example.org/code"}, {title: Days, url: /years/}]
footer: [subscribe, authors]
logo: images/logo.svg
home: {list: reading, beside: [venues, collections, newest]}
"""
FILES: dict[str, str | bytes] = {
    "site.yaml": SETTINGS,
    "papers/salt.yaml": PAPER + "venue: Journal of Salt\n",
    "papers/flats.yaml": "title: Flats\ndate: 2025\n",
    "pages/about.md": "# About us\n\nWho we are.\n",
    "pages/help.md": "# Help\n\nHow.\n",
    "collections/reading.yaml": "title: Where to begin\npapers: [flats]\n",
    "static/images/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
}


def build(content: Path, output: Path) -> int:
    return main(["build", "--content", str(content), "--output", str(output), "--quiet"])


def find_menu(page: str, tag: str) -> list[tuple[str, str]]:
    part = re.search(rf"<{tag}[ >].*?</{tag}>", page, re.DOTALL)
    assert part
    return re.findall(r'<li><a href="([^"]*)"[^>]*>([^<]*)</a></li>', part[0])


def test_menus_logo_and_home_are_those_of_the_settings(make_content: Make, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(make_content(FILES), site) == 0
    page = (site / "index.html").read_text("utf-8")
    assert find_menu(page, "nav") == [
        ("/lab/papers/", "Papers"),
        ("/lab/about/", "About us"),
        ("/lab/help/", "How to read"),
        ("https://example.org/code", "Code"),
        ("/lab/years/", "Days"),
    ]
    assert find_menu(page, "footer") == [("/lab/subscribe/", "Subscribe"), ("/lab/authors/", "Authors")]
    assert '<img src="/lab/images/logo.svg" alt=""' in page
    assert re.findall(r'<h2 id="([\w-]+)"', page) == ["edition", "side-venues", "side-collections", "newest"]
    assert ">Where to begin</h2>" in page
    about = (site / "about" / "index.html").read_text("utf-8")
    assert '<a href="/lab/about/" aria-current="true">' in about


def test_a_section_without_groups_has_no_page_and_no_link(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content({"site.yaml": "title: Lab\n", "papers/salt.yaml": PAPER}), tmp_path / "site"
    assert build(content, site) == 0
    missing = ("tags", "venues", "collections")
    assert [name for name in missing if (site / name).exists()] == []
    pages = [file.read_text("utf-8") for file in site.rglob("*.html")]
    assert [name for name in missing if any(f'href="/{name}/"' in page for page in pages)] == []
    (content / "papers" / "salt.yaml").write_text(PAPER + "venue: Journal of Salt\ntags: [salt]\n", "utf-8")
    assert build(content, site) == 0
    page = (site / "index.html").read_text("utf-8")
    assert ("/tags/", "Topics") in find_menu(page, "nav")
    assert (site / "venues" / "index.html").is_file()
    (content / "papers" / "salt.yaml").write_text(PAPER, "utf-8")
    assert build(content, site) == 0
    assert not (site / "venues" / "index.html").exists()


def test_collections_stand_in_the_header(make_content: Make, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**FILES, "site.yaml": "title: Lab\n"}
    assert build(make_content(files), tmp_path / "site") == 0
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert ("/collections/", "Collections") in find_menu(page, "nav")


def test_former_addresses_of_lists_lead_to_the_present_ones(make_content: Make, tmp_path: Path) -> None:
    redirects = "redirects: {/publications.html: /papers/, /a/b/: 'https://example.org/?q=1&r=2'}\n"
    content = make_content({**FILES, "site.yaml": SETTINGS + redirects})
    assert build(content, tmp_path / "site") == 0
    page = (tmp_path / "site" / "publications.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=/lab/papers/">' in page
    assert '<a href="/lab/papers/">https://example.org/lab/papers/</a>' in page
    page = (tmp_path / "site" / "a" / "b" / "index.html").read_text("utf-8")
    assert 'content="0; url=https://example.org/?q=1&amp;r=2"' in page
    (content / "site.yaml").write_text(SETTINGS + "redirects: {/about/: /papers/}\n", "utf-8")
    assert build(content, tmp_path / "site") == 1


@pytest.mark.parametrize(
    ("setting", "field", "said"),
    [
        ("redirects: [/a/]", "redirects", "a mapping of paths to addresses is expected here"),
        ("redirects: {a: /b/}", "redirects", "'a' is no address of a redirect page"),
        ("redirects: {/../a/: /b/}", "redirects", "is no address of a redirect page"),
        ('redirects: {/a/: "javascript:alert(1)"}', "redirects", "is no address"),
        ('redirects: {/a/: "//example.org/"}', "redirects", "is no address"),
        ("nav: papers", "nav", "a list is expected here"),
        ("nav: [papers, abuot]", "nav", "'abuot' is no page of the site"),
        ('nav: [{title: Code, url: "javascript:alert(1)"}]', "nav", "is no address"),
        ("nav: [{title: Code}]", "nav", "an entry has a page, or a title and a url"),
        ('nav: [{title: Code, url: "//example.org/"}]', "nav", "is no address"),
        ("footer: [{page: gone}]", "footer", "'gone' is no page of the site"),
        ("logo: images/none.svg", "logo", "there is no file static/images/none.svg"),
        ("logo: ../logo.svg", "logo", "is no picture"),
        ("home: {list: readings}", "home", "'readings' is no list of the home page"),
        ("home: {beside: [tag]}", "home", "'tag' is no block of the home page"),
        ("theme: lap", "theme", "there is no theme 'lap'"),
        ("home: newest", "home", "a mapping with list and beside is expected here"),
    ],
)
def test_faults_of_the_shape_name_line_and_field(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], setting: str, field: str, said: str
) -> None:
    content = make_content({**FILES, "site.yaml": f"title: Lab\n{setting}\n"})
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--json"]) == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [(one["line"], one["field"]) for one in errors] == [(2, field)]
    assert said in errors[0]["message"]
