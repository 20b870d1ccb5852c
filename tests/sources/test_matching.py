"""Queries on new papers: the search page's syntax, and nothing that is only similar."""

from __future__ import annotations

import pytest

from paperbound.model.date import PartialDate
from paperbound.model.record import Author, Record
from paperbound.sources.matching import find_matches

RECORDS = (
    Record(
        id="2603.00001", title="Graph theory of moss", authors=(Author("Ada Lovelace"),), date=PartialDate(2026, 3, 2)
    ),
    Record(id="b", title="Grapes and wine", abstract="Score matching is not *the* theory.", date=PartialDate(2025)),
    Record(id="c", title="Moss theory of graphs", authors=(Author("Grace Hopper"),), tags=("score-matching",)),
    Record(id="d", title="Diffusion", venue="Lovelace Letters", doi="10.5555/d", takeaway="Graphs diffuse."),
    Record(id="e", title="Wells", category="cs.CL"),
    Record(id="f", title="Springs", category="hep-th", abstract="CL are two letters."),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("graph", {0, 2, 3}),  # a stem, not the grapes that are one letter off
        ("grahp", set()),
        ("graph moss", {0, 2}),
        ("graph quantum", set()),
        ("quantum", set()),
        ("title:graph", {0, 2}),
        ("author:lovelace", {0}),
        ("lovelace", {0, 3}),
        ('"theory of moss"', {0}),
        ('"theory of graphs"', {2}),
        ('"score matching"', {1, 2}),
        ("theory -moss", {1}),
        ("theory -grape", {0, 2}),
        ("theory -grap", {0, 1, 2}),  # a word that no paper has excludes none that is similar
        ("-moss", {1, 3, 4, 5}),
        ("gra*", {0, 1, 2, 3}),
        ("grahp~2", {0, 1, 2, 3}),
        ("year:2025", {1}),
        ("year:2020..2026", {0, 1}),
        ("tag:score-matching", {2}),
        ("venue:letters", {3}),
        ("https://doi.org/10.5555/d", {3}),
        ("arxiv:2603.00001v4", {0}),
        ("cs.CL", {4}),
        ("cs.cl -springs", {4}),
        ("hep-th", {5}),
        ("cs.LG", set()),
        ("CL", {5}),  # words of a category are not its name
        ("", set()),
    ],
)
def test_what_a_query_finds(query: str, found: set[int]) -> None:
    assert find_matches(RECORDS, [query]) == [found]


def test_queries_do_not_change_each_other() -> None:
    queries = ["graph moss", "theory -moss", "quantum", "title:graph"]
    assert find_matches(RECORDS, queries) == [find_matches(RECORDS, [query])[0] for query in queries]
    assert find_matches([], queries) == [frozenset()] * 4
    assert find_matches(RECORDS, []) == []
