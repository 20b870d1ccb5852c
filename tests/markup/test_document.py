"""Free pages as documents: anchors, names, links, and passages."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperbound.markup.document import Target, is_relative, list_targets, make_anchor, render_document
from surroundings import ROOT, try_examples

TEXT = """\
Before all.

## Set up `it` — now!

| option | meaning |
| --- | --- |
| `--jobs N`, `-j` | workers |
| plain `code` | no name |

### `paperbound build`

Builds.

## Set up it  now

```sh
## no heading
```

## main
"""


def test_headings_have_the_anchors_of_code_hosts() -> None:
    found = render_document(TEXT, {}, "/")
    assert [(one.level, one.id, one.text) for one in found.headings] == [
        (2, "set-up-it--now", "Set up it — now!"),
        (3, "paperbound-build", "paperbound build"),
        (2, "set-up-it-now", "Set up it now"),
        # `main` is the id of what stands around a page.
        (2, "main-1", "main"),
    ]
    assert '<h2 id="set-up-it--now">Set up <code>it</code> — now!</h2>' in found.html
    assert make_anchor("tags.yaml and collections/") == "tagsyaml-and-collections"
    assert [one.id for one in render_document("## A\n\n## A\n\n## A-1\n", {}, "/").headings] == ["a", "a-1", "a-1-1"]


def test_passages_name_what_they_define() -> None:
    first, second, third, fourth, _ = render_document(TEXT, {}, "/").passages
    assert (first.heading, first.names, first.text) == (None, (), "Before all.")
    row = "set-up-it--now-jobs"
    assert second.names == (("--jobs", row), ("-j", row))
    assert f'<tr id="{row}">' in render_document(TEXT, {}, "/").html
    assert third.names == (("paperbound build", "paperbound-build"), ("build", "paperbound-build"))
    assert fourth.text == "## no heading"


@given(st.text(alphabet='#`|-= \n[](a)*$<>&"x:/?', max_size=80))
@example("[a](//[xmailto:]#) ![a](//[xmailto:])")
@try_examples(300)
def test_no_text_has_an_id_twice_or_markup_of_its_own(text: str) -> None:
    html = render_document(text, {one: Target("a/") for one in list_targets(text)}, "/base/").html
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert not {"main", "quick"} & set(ids)
    assert "<script" not in html


def test_no_heading_has_an_id_of_the_frame() -> None:
    names = ("Main", "Quick", "Quick list", "Q", "Q-list", "Menu", "Langs", "Contents", "Keys")
    html = render_document("".join(f"## {name}\n\n" for name in names), {}, "/").html
    assert re.findall(r'\bid="([^"]*)"', html) == [f"{name.lower().replace(' ', '-')}-1" for name in names]


def test_an_empty_header_of_a_table_is_none() -> None:
    html = render_document("| | a |\n| --- | --- |\n| b | c |\n", {}, "/").html
    assert html.count("<th>") == 1
    assert "<tr>\n<td></td>\n<th>a</th>\n</tr>" in html


def test_links_lead_to_their_places() -> None:
    places = {"b.md#c": "b/#c", "d.png": "files/d.png", "../e": "", "f.md": "https://example.org/f.md"}
    links = {target: Target(place) for target, place in places.items()}
    text = "[b](b.md#c) [e](../e) [f](f.md) [t](/tags/) [h](#here) ![D](d.png) [g](g.md)"
    html = render_document(text, links, "/base/").html
    assert html == (
        '<p><a href="/base/b/#c">b</a> e <a href="https://example.org/f.md" rel="nofollow noopener">f</a> '
        '<a href="/base/tags/">t</a> <a href="#here">h</a> <img src="/base/files/d.png" alt="D" loading="lazy"> '
        '<a href="g.md">g</a></p>\n'
    )
    assert list_targets(text) == ["b.md#c", "../e", "f.md", "d.png", "g.md"]
    # What a hidden link held stays, and the next link is one.
    assert render_document("[*a*](x) [b](y)", {"x": Target("")}, "/").html == '<p><em>a</em> <a href="y">b</a></p>\n'


def test_words_that_are_the_name_of_a_file_are_the_title_of_its_page() -> None:
    links = {"b.md": Target("b/", "Bees & more"), "b.md#c": Target("b/#c", "Bees & more")}
    html = render_document("[b.md](b.md) [b.md](b.md#c) [own words](b.md) [`b.md`](b.md)", links, "/").html
    assert re.findall(r">([^<]+)</a>", html) == ["Bees &amp; more", "Bees &amp; more", "own words"]


@pytest.mark.parametrize("target", ["/a/", "#a", "https://example.org/", "mailto:a@example.org", ""])
def test_what_begins_elsewhere_is_not_relative(target: str) -> None:
    assert not is_relative(target)


def test_a_text_that_keeps_a_parser_busy_is_plain() -> None:
    found = render_document("[" * 600 + "\n\n## A", {}, "/")
    assert found.headings == ()
    assert found.html.startswith("<p>[[")
    assert found.passages[0].text.endswith("## A")


def test_the_documents_of_this_repository_have_the_anchors_that_they_link() -> None:
    """So a link works on a code host as it does on the site."""
    ids = {
        file.resolve(): {
            one.id for one in render_document(file.read_text("utf-8").partition("\n")[2], {}, "/").headings
        }
        for file in (ROOT / "docs").rglob("*.md")
    }
    checked = 0
    for file in ids:
        for target in list_targets(file.read_text("utf-8")):
            name, _, fragment = target.partition("#")
            if fragment and name.endswith(".md"):
                assert fragment in ids[(file.parent / name).resolve()], (file.name, target)
                checked += 1
    assert checked > 10
