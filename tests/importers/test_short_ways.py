"""Short ways of importers: most values pass them, and get what the long way gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbound.importers import dialects, mends
from paperbound.importers.bibtex import people
from paperbound.importers.foreign import make_foreign
from paperbound.importers.importer import Memo, ReadContext
from paperbound.model.errors import Fault
from paperbound.model.record import Origin, Record
from paperbound.text import addresses

NEVER = re.compile(r"(?!)")
NAMES = st.lists(st.sampled_from("Kern Ada AND And et al , Jr. others * É".split()), max_size=5).map(" ".join)
PEOPLE = st.lists(
    st.sampled_from(["Kern, Ada", "Roe, J.-P.", "Kern"]) | NAMES | NAMES.map("Lund, {}".format), max_size=3
)
SIGNS = st.text("-{}aK1 –'", max_size=8) | st.text("-{}aK~&\\\n", max_size=8)
PAGES = st.from_regex(r"[1e]{1,3}(-{1,3}|–| - )\d{1,3}", fullmatch=True)
PLACES = st.lists(st.sampled_from("a B . .. / // : ? # % & _ - é ~ , ) a.example".split()), max_size=6).map("".join)


def find_people(text: str) -> list[str]:
    mended = [mends.mend_people([one]) for one in people.read_people(text)]
    return [(author.name, mend.messages) for mend in mended for author in mend.value] if text.strip() else []


@pytest.mark.parametrize(
    ("function", "short", "texts"),
    [
        (find_people, (people, "_USUAL"), PEOPLE.map(" and ".join)),
        (dialects.to_plain, (dialects, "_DASHES"), SIGNS),
        (mends.mend_pages, (mends, "_RANGE"), SIGNS | PAGES),
        (
            addresses.mend_address,
            (addresses, "_USUAL"),
            PLACES | PLACES.map("https://a.example/{}".format) | PLACES.map("http://{}".format),
        ),
    ],
)
def test_a_short_way_gives_the_value_of_the_long_one(
    function: Callable[[str], Any], short: tuple[Any, str], texts: st.SearchStrategy[str]
) -> None:
    @settings(deadline=None, max_examples=300)
    @given(texts)
    def compare(text: str) -> None:
        found = function(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(*short, NEVER)
            assert found == function(text)

    compare()


ROWS: list[dict[str, Any]] = [
    {"title": "T", "authors": names, "date": date, "venue": venue, "kind": kind}
    for names, date, venue, kind in (
        (["Ada Kern", "Kern, Ada", "JosÃ© Roe"], "2021-13", "Salt & Flats", "article"),
        (["Kern, Ada", "José Roe", {"name": "Ada Kern", "orcid": "0000"}], "2021-13", "Salt & Flats", "Article"),
        (["Ada Kern", "JosÃ© Roe", "others", "  "], "May 2021", "CafÃ©", "poem"),
        (["others", "Ada Kern", "José Roe"], "May 2021", "Café", "poem"),
        (["Ada Kern"], "May 2021", "CafÃ©", "article"),
    )
]


def read(rows: list[dict[str, Any]], *, together: bool) -> list[tuple[Record | None, list[Fault]]]:
    """The record and the faults of each row, of one context or of one each."""
    faults: list[Fault] = []
    one = ReadContext(faults.append)
    found = []
    for row in rows:
        record = make_foreign(row, Origin("a", native=False), one if together else ReadContext(faults.append))
        found.append((record, faults.copy()))
        faults.clear()
    return found


@pytest.mark.parametrize("most", [1, 3, 20_000])
def test_values_that_are_remembered_are_those_of_a_row_alone(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperbound.importers.importer._MOST_VALUES", most)
    for rows in (ROWS, ROWS[::-1], ROWS + ROWS):
        assert read(rows, together=True) == read(rows, together=False)


def test_papers_share_equal_values() -> None:
    (first, _), (second, _) = read(
        [{"title": "T", "authors": ["Ada Kern"], "venue": "A " * 9} for _ in "ab"], together=True
    )
    assert first
    assert second
    assert first.authors[0] is second.authors[0]
    assert first.venue is second.venue


def test_a_full_memo_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperbound.importers.importer._MOST_VALUES", 2)
    memo: Memo[str, int] = Memo()
    for number, key in enumerate("abc"):
        memo[key] = number
    assert memo == {"c": 2}
