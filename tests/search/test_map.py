"""The map: alike papers are near, regions have their words, and the same papers give the same bytes."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from dataclasses import replace
from statistics import median
from typing import Any

import pytest

from paperbound.search.blocks import build_block
from paperbound.search.document import BLOCK, Document
from paperbound.search.map import landmarks
from paperbound.search.map.paper_map import make_map
from paperbound.search.matrix import RelatedMatrix, merge_matrix
from paperbound.search.neighbours import find_related

SUBJECTS = {
    name: [f"{name}{first}{second}" for first in ("a", "e", "i", "o", "u") for second in ("do", "bu", "co", "fa", "mi")]
    for name in ("bram", "keld", "sorf", "vint")
}


def make_documents(count: int) -> list[Document]:
    """Papers of four subjects, one after the other, each with a few words that any may have."""
    chance, documents = random.Random(5), []
    others = [f"w{first}{second}" for first in "abcdefgh" for second in "rstuvwx"]
    for number in range(count):
        words = SUBJECTS[list(SUBJECTS)[number % 4]]
        text = " ".join([*chance.sample(words, 8), *chance.sample(others, 4)])
        texts = ((f"Paper {number}",), (), (), (), (), (), (), (text,), (f"id{number}",))
        documents.append(Document(texts, f"p{number}", f"Paper {number}", ""))
    return documents


def draw(documents: list[Document], previous: bytes = b"") -> bytes:
    data = merge_matrix([build_block(documents[at : at + BLOCK]) for at in range(0, len(documents), BLOCK)])
    matrix = RelatedMatrix(data)
    return make_map(matrix, [find_related(matrix, 0, len(documents))], previous)


def measure(found: dict[str, Any], one: int, other: int) -> float:
    return float(((found["x"][one] - found["x"][other]) ** 2 + (found["y"][one] - found["y"][other]) ** 2) ** 0.5)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A map of a few landmarks, as a site of more than a thousand papers has."""
    monkeypatch.setattr(landmarks, "MOST", 80)
    monkeypatch.setattr("paperbound.search.map.paper_map.MOST", 80)


@pytest.mark.parametrize("most", [80, 1_000])
def test_alike_papers_are_near(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landmarks, "MOST", most)
    monkeypatch.setattr("paperbound.search.map.paper_map.MOST", most)
    found = json.loads(draw(make_documents(240)))
    same = median(measure(found, number, number + 4) for number in range(200))
    different = median(measure(found, number, number + 1) for number in range(200))
    assert same < different / 2
    assert all(0 <= x < 4096 and 0 <= y < 4096 * 0.7 for x, y in zip(found["x"], found["y"], strict=True))


def test_regions_have_the_words_of_their_papers() -> None:
    found = json.loads(draw(make_documents(240)))
    assert len(found["words"]) == len(found["centres"]) > 3
    sizes = Counter(found["region"])
    assert [sizes[number] for number in range(len(sizes))] == sorted(sizes.values(), reverse=True)
    words = [word for words in found["words"] for word in words]
    assert len(words) == len(set(words))
    for number, named in enumerate(found["words"]):
        subjects = Counter(place % 4 for place, region in enumerate(found["region"]) if region == number)
        subject, count = subjects.most_common(1)[0]
        if named and count > sizes[number] * 0.8:
            assert named[0] in SUBJECTS[list(SUBJECTS)[subject]]


def test_the_same_papers_give_the_same_bytes() -> None:
    documents = make_documents(120)
    first = draw(documents)
    assert draw(documents, first) == first == draw(documents)


@pytest.mark.usefixtures("few")
def test_a_changed_paper_moves_its_surroundings_alone() -> None:
    documents = make_documents(300)
    before = draw(documents)
    chosen = {documents[number].slug for number in range(300)}
    matrix = RelatedMatrix(merge_matrix([build_block(documents)]))
    fixed = set(landmarks.choose_landmarks(matrix).documents.tolist())
    other = next(number for number in range(100, 300) if number not in fixed and number % 4)
    texts = list(documents[other].texts)
    texts[7] = (" ".join(SUBJECTS["bram"]),)
    documents[other] = replace(documents[other], texts=tuple(texts))
    after = draw(documents, before)
    assert after == draw(documents)
    one, two = json.loads(before), json.loads(after)
    assert one["at"] == two["at"]
    moved = [number for number in range(300) if abs(one["x"][number] - two["x"][number]) > 8]
    assert other in moved
    assert len(moved) < 60
    assert len(chosen) == 300


@pytest.mark.usefixtures("few")
def test_a_previous_map_of_other_landmarks_changes_nothing() -> None:
    documents = make_documents(200)
    before = draw(documents[:150])
    assert draw(documents, before) == draw(documents)


def test_two_papers_of_the_same_words_have_a_place_each() -> None:
    one = make_documents(1)[0]
    found = json.loads(draw([one, replace(one, slug="p1")]))
    assert all(math.isfinite(value) for value in (*found["x"], *found["y"]))


def test_papers_without_words_have_a_place() -> None:
    documents = make_documents(30)
    empty = replace(documents[0], texts=((),) * 9, title="")
    found = json.loads(draw([*documents, replace(empty, slug="e1"), replace(empty, slug="e2")]))
    assert len(found["x"]) == 32
    nothing = json.loads(draw([replace(empty, slug=f"e{number}") for number in range(3)]))
    assert len(nothing["region"]) == 3
