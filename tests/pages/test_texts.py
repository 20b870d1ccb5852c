"""Texts: each distinct one is parsed once, each formula translated once, whatever shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from paperbound.markup import latex, math
from paperbound.markup.markdown import parser, render_blocks, strip_tokens
from paperbound.markup.texts import parse_text
from paperbound.text import memo
from surroundings import Build

PAPER = """\
title: "Bounds of ${formula}$ for *lists* number {number}"
slug: p{number}
authors: [Ada Lovelace]
date: 2024-0{number}
tags: [lists]
takeaway: It holds that ${formula}$ number {number}.
summary: A *summary*, with ${formula}$, number {number}.
abstract: |
  We show ${formula}$.

  - number *{number}*
notes: Read `{number}` twice, and see $x_{number}$.
"""


def test_each_text_is_parsed_once_and_each_formula_translated_once(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        original = getattr(owner, name)
        place = 1 if isinstance(owner, type) else 0

        def counted(*arguments: object, **options: object) -> object:
            counts[f"{name} {str(arguments[place]).strip()}"] += 1
            return original(*arguments, **options)

        monkeypatch.setattr(owner, name, counted)

    files = {f"papers/p{number}.yaml": PAPER.format(number=number, formula="a^2 + b") for number in (1, 2, 3)}
    content = make_content({**files, "site.yaml": "title: Papers\nbase_url: https://example.org/\n"})
    memo._texts.clear()
    for owner, name in ((MarkdownIt, "parse"), (MarkdownIt, "parseInline"), (latex, "_read_formula"), (math, "_write")):
        count(owner, name)
    build(content, tmp_path / "site")
    parsed = {text: calls for text, calls in counts.items() if "number" in text or "Read" in text}
    # A title, a takeaway, a summary, an abstract and a note for each paper.
    assert len(parsed) == 15
    assert {text: calls for text, calls in parsed.items() if calls > 1} == {}
    formulas = {text: calls for text, calls in counts.items() if text.startswith("_")}
    # Besides whole ones the pieces of titles with sub- and superscripts, for citations.
    assert {f"{name} {tex}": 1 for name in ("_read_formula", "_write") for tex in FORMULAS}.items() <= formulas.items()
    assert set(formulas.values()) == {1}
    page = (tmp_path / "site" / "papers" / "p1" / "index.html").read_text("utf-8")
    assert page.count("<msup>") >= 4
    counts.clear()
    (content / "papers" / "p1.yaml").write_text(
        PAPER.format(number=1, formula="a^2 + b").replace("twice", "again"), "utf-8"
    )
    build(content, tmp_path / "site")
    # What did not change comes from the cache with its texts.
    assert not any("number 2" in text or "number *2*" in text for text in counts)


FORMULAS = ("a^2 + b", "x_1", "x_2", "x_3")

SOURCES = [
    "One line.",
    "Two\nlines of *it*.",
    "A list:\n\n- $x$\n- two\n\nand the end",
    "# A heading\n\ntext",
    "5 \\* 4 is <b>20</b> & more",
    "```\nnever closed",
    "[a](https://example.org/) and ![b](https://example.org/b.png)",
    "$$\na\n$$",
]


@pytest.mark.parametrize("source", SOURCES)
def test_a_text_has_the_words_and_the_html_of_its_markdown(source: str) -> None:
    text = parse_text("abstract", source)
    assert text.plain == strip_tokens(parser().parse(source))
    assert text.html == render_blocks(text.markdown)


@pytest.mark.parametrize("source", SOURCES)
def test_a_title_is_one_line(source: str) -> None:
    text = parse_text("title", source)
    assert "\n" not in text.plain
    assert "<p>" not in text.inline
    assert "<a" not in text.inline
