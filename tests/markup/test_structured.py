"""Headings of structured abstracts are shown where they are certain, and nowhere else."""

from __future__ import annotations

import pytest

from paperbound.markup.markdown import render_blocks
from paperbound.markup.structured import show_headings


@pytest.mark.parametrize("labels", ["Background|Methods|Results", "BACKGROUND|METHODS AND RESULTS|CONCLUSIONS"])
def test_labels_of_one_paragraph_begin_paragraphs(labels: str) -> None:
    one, two, three = labels.split("|")
    html = show_headings(render_blocks(f"{one}: We *ask* $x$ (why?) {two}: We count 3 & 4. {three}: Yes."))
    assert html.count("<p>") == 3
    assert f"<p><strong>{one.capitalize()}:</strong> We <em>ask</em>" in html
    assert f"<p><strong>{two.capitalize()}:</strong> We count 3 &amp; 4.</p>" in html
    assert f"<p><strong>{three.capitalize()}:</strong> Yes.</p>" in html


def test_a_paragraph_in_bold_is_a_heading() -> None:
    html = show_headings(render_blocks("**Background**\n\nWe ask.\n\n**Methods:**\n\nWe count **all**."))
    assert html.count("<h3>") == 2
    assert "<h3>Background</h3>" in html
    assert "<h3>Methods</h3>" in html
    assert "<strong>all</strong>" in html


@pytest.mark.parametrize(
    "text",
    [
        "Background: one. Results: two.",
        "We ask. Background: one. Methods: two. Results: three.",
        "Background: one. Methods: two. Background: three.",
        "Background: one. METHODS: two. Results: three.",
        "Background: one, Methods: two, Results: three.",
        "background: one. methods: two. results: three.",
        "Background: *one. Methods: two. Results: three*.",
        "Background: one.\n\nMethods: two. Results: three. Conclusion: four.",
        "Theorem: one. Lemma: two. Proof: three.",
        "",
    ],
)
def test_other_abstracts_are_unchanged(text: str) -> None:
    html = render_blocks(text)
    assert show_headings(html) == html
