"""What a large site leaves out, asked for on a small one."""

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
    content = make_content({"papers/a.yaml": record, "site.yaml": "title: Papers\nmetadata: lean\n"})
    build(content, tmp_path / "site")
    page = (tmp_path / "site" / "papers" / "on-reading-lists" / "index.html").read_text()
    assert '<meta name="citation_title" content="On Reading Lists">' in page
    assert '<link rel="canonical"' in page
    assert '<meta name="description" content="A line of an abstract.">' in page
    for absent in ("og:", "twitter:", "ld+json", "atom.xml"):
        assert absent not in page
    (content / "site.yaml").write_text("title: Papers\n")
    build(content, tmp_path / "site")
    page = (tmp_path / "site" / "papers" / "on-reading-lists" / "index.html").read_text()
    for present in ("og:title", "twitter:card", "ScholarlyArticle", "atom.xml"):
        assert present in page


def test_short_feeds_hold_the_beginning_and_the_newest(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    text = " ".join(f"word{number}" for number in range(300))
    papers = {f"papers/{name}.yaml": RECORD.format(text=text) for name in "abc"}
    content = make_content({**papers, "site.yaml": "title: Papers\nfeed_texts: short\nfeed_size: 2\n"})
    build(content, tmp_path / "site")
    feed = (tmp_path / "site" / "feed.xml").read_text()
    assert "word1 " in feed
    assert "word299" not in feed
    assert feed.count("<item>") == 2


def test_an_author_of_too_few_papers_is_a_name_without_a_page(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    content = make_content({"papers/a.yaml": RECORD.format(text="X"), "site.yaml": "title: X\nauthor_pages: 2\n"})
    build(content, tmp_path / "site")
    assert not (tmp_path / "site" / "authors" / "ada-lovelace").exists()
    page = (tmp_path / "site" / "papers" / "on-reading-lists" / "index.html").read_text()
    assert '<p class="by">Ada Lovelace</p>' in page
