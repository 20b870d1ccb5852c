"""Questions of many words, and words that are typos: the papers with most words, and the right word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from paperbound.search.document import Document
from paperbound.search.query.index_reader import Index
from paperbound.search.query.results import Results, search
from search_index import write_index

Ask = Callable[[str], Results]


def make_documents(texts: Sequence[tuple[str, str]]) -> list[Document]:
    """Documents of titles and abstracts."""
    return [
        Document(((title,), *[()] * 6, (text,), ()), f"p{number}", title, "")
        for number, (title, text) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    texts = [("Salt marshes", "birds nest among reeds in spring tides"), ("Reeds", "birds nest among reeds")]
    texts += [("Dunes", "birds nest"), ("Typos", "a causl study of tides")]
    texts += [(f"Number {number}", f"causal inference of number {number}") for number in range(40)]
    folder = write_index(make_documents(texts), tmp_path_factory.mktemp("index"))
    index = Index(lambda path: (folder / path).read_bytes())
    return lambda query: search(index, query)


def list_titles(found: Results) -> list[str]:
    return [paper.title for paper, _ in found.papers]


def test_papers_with_most_words_come_before_those_with_few(ask: Ask) -> None:
    found = ask("which birds nest among reeds in winter")
    assert (found.whole, found.least, found.asked) == (0, 2, 4)
    assert list_titles(found) == ["Reeds", "Salt marshes", "Dunes"]


def test_every_paper_with_most_of_many_words_is_found(ask: Ask) -> None:
    found = ask("causal inference number winter")
    assert (found.whole, found.some, found.least, found.asked) == (0, 40, 3, 4)


def test_two_words_fall_back_to_ten_papers_with_one(ask: Ask) -> None:
    found = ask("causal winter")
    assert (found.whole, found.some, found.least, found.asked) == (0, 10, 1, 2)


def test_a_word_of_no_paper_is_mended(ask: Ask) -> None:
    assert ask("Tides among REEEDS").meant == "Tides among reeds"


def test_a_rare_word_that_is_a_typo_is_named(ask: Ask) -> None:
    assert ask("Causl inference").meant == "causal inference"
    assert ask("causl").meant == "causal"


@pytest.mark.parametrize("query", ["causal inference", "birds nest", "marshes", "+causl", "causl*", '"causl study"'])
def test_other_words_are_left_alone(ask: Ask, query: str) -> None:
    assert ask(query).meant == ""


def test_a_rare_word_in_a_title_is_no_typo(tmp_path: Path) -> None:
    texts = [("On causl logic", "tides"), *((f"N{number}", "causal inference") for number in range(40))]
    folder = write_index(make_documents(texts), tmp_path)
    assert search(Index(lambda path: (folder / path).read_bytes()), "causl").meant == ""
