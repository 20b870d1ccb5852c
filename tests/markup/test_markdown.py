"""Markdown: fixtures as documents (name, a line of `.`, Markdown, `.`, HTML, `.`), and what must hold for any text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paperbound.markup.embed import embed_blocks, embed_inline
from paperbound.markup.markdown import (
    escape_inline,
    escape_markdown,
    parser,
    read_latex,
    read_plain,
    render_blocks,
    strip_inline,
)
from paperbound.markup.texts import parse_text
from surroundings import count_calls

_FIXTURES = re.findall(
    r"^([^\n]+)\n\.\n(.*?)\n\.\n(.*?)\n\.$",
    (Path(__file__).parent / "markdown.txt").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80)
_MARKED = st.text(st.sampled_from(list("ab *_`[]()<>#$~!&;\\|-+=1.\n\t\"'")), max_size=60)


@pytest.mark.parametrize(("name", "text", "html"), _FIXTURES, ids=[name for name, _, _ in _FIXTURES])
def test_fixture(name: str, text: str, html: str) -> None:
    assert render_blocks(text).rstrip("\n") == html


def test_a_formula_in_a_title_takes_no_focus() -> None:
    assert parse_text("title", "A $$x$$").inline == 'A <math display="block"><mrow><mi>x</mi></mrow></math>'


def test_there_are_fixtures() -> None:
    assert len(_FIXTURES) >= 12


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(
    st.one_of(_TEXT, _MARKED, st.builds(lambda one, other: f"{one}<script>alert(1)</script>{other}", _MARKED, _MARKED))
)
@example("[a](javascript:alert(1))")
@example("$\\text{<script>alert(1)</script>}$")
@example("$\\href{javascript:alert(1)}{x}$ $\\style{color:red}{y}$")
@example("![x](data:text/html,<script>)")
@example("[a](//[xmailto:]) ![a](//[xmailto:])")
@example("<img src=x onerror=alert(1)>")
def test_no_active_markup_comes_out(text: str) -> None:
    for html in (render_blocks(text), parse_text("title", text).inline):
        tags = _Tags()
        tags.feed(html)
        for tag, attributes in tags.found:
            assert tag not in ("script", "img", "iframe", "style", "svg", "object", "form", "input", "base", "meta")
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "id", "class", "src")]
            assert str(attributes.get("href") or "http://").lower().startswith(("http://", "https://", "mailto:"))


@given(_TEXT)
@example("A*-Decoding and B*")
@example("__0__")
@example("* alone")
@example("*")
@example("a_b _c_ snake_case *x* **y** ~~z~~ `code` [link](http://x) <b> &amp; \\ $5 and $10")
@example("# no heading\n1. no list\n> no quotation\n| a |\n|---|\n- no\n=== \n    no code")
def test_escaped_text_means_itself(text: str) -> None:
    words = " ".join(text.split())
    assert strip_inline(escape_inline(words)) == words
    assert parse_text("abstract", escape_markdown(words)).plain == words
    assert render_blocks(escape_markdown(words)).count("<p>") == (1 if words else 0)


_SIGNS = ["a", " ", "\\", "\\_", "\\*", "\\$", "\\&", "amp;", "\\[", "](b)", "\\`", "_", "é", "\n"]


@given(
    st.text(st.sampled_from(list("ab .,:;()'\"-!?/%é中")), max_size=60)
    | st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join)
)
def test_fast_path_is_the_full_parser(text: str) -> None:
    block = text.strip()
    if read_plain(block):
        assert render_blocks(block) == parser().render(block)
        children = parser().parseInline(block)[0].children or []
        assert parse_text("abstract", block).plain == " ".join("".join(one.content for one in children).split())


@given(_MARKED)
@example("```\nopen")
@example("> # deep\n> ```\n> x")
@example("- # a\n  ===\n\n  b")
@example("Title\n===")
@example("$$\nx")
def test_embedded_text_neither_ends_nor_begins_a_part(text: str) -> None:
    page = f"# Title\n\n## One\n\n{embed_blocks(text)}\n\n## Two\n\nend\n"
    headings = [
        (token.tag, token.level)
        for token in parser().parse(page)
        if token.type == "heading_open" and token.tag in ("h1", "h2")
    ]
    assert headings == [("h1", 0), ("h2", 0), ("h2", 0)]


_ADDRESSES = (
    "javascript:x",
    "view-source:javascript:x",
    "java&Tab;script:x",
    "javascript&colon;x",
    "DATA:text/html,x",
    "x\\:y",
)


@pytest.mark.parametrize("address", _ADDRESSES)
@pytest.mark.parametrize(
    "form", ["[a]({})", "![a](<{}>)", "[a][r]\n\n[r]: {}", "[a][r]\n\n[r]:\n<{}>", "<{}>", "\\<{}>"]
)
def test_no_renderer_links_addresses_of_other_schemes(address: str, form: str) -> None:
    """CommonMark itself links any scheme; the renderer here refuses none."""
    renderer = MarkdownIt("commonmark", {"html": False})
    renderer.validateLink = lambda _url: True  # type: ignore[method-assign]
    text = f"[b](https://a.test/) <https://c.test/> {form.format(address)} [d](mailto:a@b.test) and `a<b:c>`"
    found = re.findall(r"(?:href|src)=\"([^\"]*)", renderer.render(embed_blocks(text)))
    assert {"https://a.test/", "https://c.test/", "mailto:a@b.test"} <= set(found)
    assert not [one for one in found if not re.match(r"https?:|mailto:|[^:]*$", one)]


@pytest.mark.parametrize(("text", "embedded"), [("C #", "C \\#"), ("two\nlines", "two lines"), ("a # b", "a # b")])
def test_an_embedded_line_keeps_its_words(text: str, embedded: str) -> None:
    assert embed_inline(text) == embedded


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "](" * 10_000, "*a " * 7_000, "_" * 20_000, ">" * 5_000, "$" * 5_000, "$a" * 200_000, "`" * 9_999],
)
def test_hostile_text_costs_no_more_than_its_share(text: str) -> None:
    rendered, calls = count_calls(lambda: render_blocks(text), "call", "c_call")
    assert rendered
    # The unguarded parser makes thousands of calls a character of some of these.
    assert calls < 100 * len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("$x^2$ and *b*", "x^2 and b"),
        ("$\\alpha$-stable", "α-stable"),
        ("2. A title", "2. A title"),
        ("a &amp; b &lt;", "a & b <"),
        ("[link](http://x.y) `code`", "link code"),
    ],
)
def test_plain_text_of_a_title(text: str, plain: str) -> None:
    assert strip_inline(text) == plain


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("costs $5 and $10", "costs \\$5 and \\$10"),
        ("a $O(n^2)$ bound_", "a $O(n^2)$ bound\\_"),
        ("P\\'oczos & G\\\"odel", "Póczos & Gödel"),
        ("50% of \\textbf{all} \\emph{words}", "50% of all words"),
        ("``quoted''", "“quoted”"),
        ("A*-Decoding", "A*-Decoding"),
        ("\\(x\\) and \\[y\\]", "$x$ and $$y$$"),
    ],
)
def test_text_with_tex_becomes_markdown(text: str, markdown: str) -> None:
    assert read_latex(text) == markdown
