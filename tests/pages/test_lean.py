"""The omissions of a large site, set on a small one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from surroundings import Build

RECORD = """\
title: On Reading Lists
authors: [Ada Lovelace]
date: 2024
abstract: {text}
"""


def test_lean_heads_keep_what_scholars_need(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    record = RECORD.format(text="A line of an abstract.")
    content = make_content(
        {"papers/a.yaml": record, "site.yaml": "title: Papers\nmetadata: lean\nbase_url: https://example.org/\n"}
    )
    build(content, tmp_path / "site")
    page = (tmp_path / "site" / "papers" / "on-reading-lists" / "index.html").read_text("utf-8")
    assert '<meta name="citation_title" content="On Reading Lists">' in page
    assert '<link rel="canonical"' in page
    assert '<meta name="description" content="A line of an abstract.">' in page
    for absent in ("og:", "twitter:", "ld+json", "atom.xml"):
        assert absent not in page
    (content / "site.yaml").write_text("title: Papers\n", "utf-8")
    build(content, tmp_path / "site")
    page = (tmp_path / "site" / "papers" / "on-reading-lists" / "index.html").read_text("utf-8")
    for present in ("og:title", "twitter:card", "ScholarlyArticle", "atom.xml"):
        assert present in page


def test_short_feeds_hold_the_beginning_and_the_newest(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    text = " ".join(f"word{number}" for number in range(300))
    papers = {f"papers/{name}.yaml": RECORD.format(text=text) for name in "abc"}
    content = make_content({**papers, "site.yaml": "title: Papers\nfeed_texts: short\nfeed_size: 2\n"})
    build(content, tmp_path / "site")
    feed = (tmp_path / "site" / "feed.xml").read_text("utf-8")
    assert "word1 " in feed
    assert "word299" not in feed
    assert feed.count("<item>") == 2


def test_an_author_of_too_few_papers_is_a_name_without_a_page(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    content = make_content({"papers/a.yaml": RECORD.format(text="X"), "site.yaml": "title: X\nauthor_pages: 2\n"})
    build(content, tmp_path / "site")
    assert not (tmp_path / "site" / "authors" / "ada-lovelace").exists()
    page = (tmp_path / "site" / "papers" / "on-reading-lists" / "index.html").read_text("utf-8")
    assert '<p class="by">Ada Lovelace</p>' in page


def test_a_lean_site_has_all_that_a_template_puts_together(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    site = "title: X\nmetadata: lean\nsearch: no\nmarkdown_pages: no\n"
    content = make_content({"papers/a.yaml": RECORD.format(text="An *abstract*."), "site.yaml": site})
    (content / "templates").mkdir()
    (content / "templates" / "paper.html").write_text('{{ head["descr" ~ "iption"] }}', "utf-8")
    build(content, tmp_path / "site")
    page = tmp_path / "site" / "papers" / "on-reading-lists" / "index.html"
    assert page.read_text("utf-8") == "An abstract."


def test_a_page_is_the_same_with_and_without_its_markdown(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    records = {f"papers/{name}.yaml": RECORD.format(text=f"Of {name} and *reading*.") for name in ("a", "b")}
    pages = []
    for setting in ("yes", "no"):
        content = make_content({**records, "site.yaml": f"title: X\nmarkdown_pages: {setting}\n"})
        build(content, tmp_path / setting)
        page = (tmp_path / setting / "papers" / "on-reading-lists" / "index.html").read_text("utf-8")
        assert ("index.md" in page) == (setting == "yes")
        pages.append([line for line in page.partition("<aside")[0].split("\n") if "index.md" not in line])
    assert "<em>reading</em>" in "".join(pages[0])
    assert pages[0] == pages[1]
