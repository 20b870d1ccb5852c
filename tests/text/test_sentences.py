"""Sentences: each case is its text with a bar where a sentence ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.text.sentences import split_sentences

CASES = [
    "One sentence without an end",
    "First. | Second! | Third? | Fourth…",
    "We follow Smith et al. and others. | Then we stop.",
    "As in Smith et al. | We show more.",
    "Smith et al. [3] said so. | So do we.",
    "Some tasks, e.g. Parsing and tagging, i.e. Both. | Next.",
    "See Fig. 3, Eq. (2) and Sec. IV of it. | See also Tab. A.",
    "It grew by 3.5 points. | From 12.7 to 13.1.",
    "We use version 2.0.1 of it. | It works.",
    "In 2020. | We saw it.",
    "J. R. Smith and A. Kern wrote it. | It is here.",
    "We feed vitamin C. | We stop.",
    "Samples are i.i.d. and small. | Samples are i.i.d. | We use them.",
    "Rivers, lakes, etc. are wet. | We saw lakes, etc. | The rest is dry.",
    "Dr. Kern and Prof. Moss met. | They spoke.",
    "Made in the U.S. by hand. | Made in the U.S. | We liked it.",
    "Let $x. Then$ hold. | Then $f(x) = 1.5$. | $y$ follows.",
    "With $$a. B$$ inside. | Next.",
    "Call `a. B` first. | Next.",
    "See [a page](https://example.org/a.b?c.D) now. | Next.",
    "Code is at https://example.org/a.html. | It runs.",
    "Is it “so?” | “It is.” | He left.",
    "It works (see below). | (It does.) | Good.",
    "Results were poor ... but we went on. | Results were poor... | We went on.",
    "We ask: why? | Because it matters!",
    "What?! | Yes.",
    "It uses a Ph.D. thesis. | arXiv has it. | iPhones do not.",
    "This holds vs. Baselines of all kinds. | Good.",
    "*A. Kern* wrote it. | **Bold. Still bold.** | Plain.",
    "*A. Kern wrote it. | No mark ends it.",
    "A* search costs $5. | We pay $6. | It is 2 * 3.",
    "我们提出一种方法。 | 它很好！ | 是吗？ | 是的",
    "これは文です。 | これも文です。",
    "我们使用 GPT-4.5 模型。 | Then English. | 结束。",
    "Das gilt z.B. Für alle bzw. Einige. | Danach nicht.",
    "Cela vaut cf. Annexe. | Fin.",
    "¿Qué es? | ¡Es esto! | Fin.",
    "The No. 1 cause. | Done.",
    "Two spaces.  | Then more.",
    "Yahoo! is a name. | Yes.",
    "We reach 5%. | Good.",
    "word.Word stays. | Fine.",
    "A sentence\nover lines. | Another\none.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_they_end(case: str) -> None:
    expected = [" ".join(part.split()) for part in case.split("|")]
    assert split_sentences(case.replace("| ", "").replace("|", "")) == expected


def test_paragraphs_end_sentences_and_lists_have_none() -> None:
    text = "First part\n\nSecond. Third\n\n# A heading. No sentence.\n\n- an item. Another.\n\n1. one. Two.\n\n> quoted.\n\nLast."
    assert split_sentences(text) == ["First part", "Second.", "Third", "Last."]
    assert split_sentences("") == split_sentences(" \n\n ") == []


@given(st.text(alphabet="ab. A!?。$*`\n[]()“”1", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    blocks = text.split("\n\n")
    kept = "".join("".join(split_sentences(block)) for block in blocks)
    prose = [block for block in blocks if split_sentences(block)]
    assert "".join(kept.split()) == "".join("".join(prose).split())


@pytest.mark.parametrize(
    "piece", ["`", "``a ", "$", "$a ", "*a. ", "**", "A. ", "。", "(", "](", "...", "A.\n\n", "a.b.c.", "https://"]
)
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    assert "".join("".join(split_sentences(piece * 20_000)).split()) in ("", "".join((piece * 20_000).split()))
