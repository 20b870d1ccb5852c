"""The venue of papers that name their proceedings alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.model.venues import name_series
from surroundings import Build

SERIES = {
    "Salt Conference": (
        "Proceedings of the 37th Salt Conference, SC 2020, 13-18 July 2020, Virtual Event",
        "Proceedings of the Thirty-Seventh Salt Conference",
        "In: Proc. of the 5th Salt Conference",
        "2020 Salt Conference",
        "Salt Conference (SC 2020)",
        "Salt Conference (SC, Paris 2020)",
        "Salt Conference '20",
        "Salt  Conference, volume 30",
        "Salt Conference 30",
    ),
    "The Salt Conference": ("The Salt Conference 2019", "The Salt Conference"),
    "Salt: Brines, Flats": ("Proceedings of the 2019 Salt: Brines, Flats, Volume 1 (Long Papers)",),
    # Other words of a title stay.
    "Salt Conference (SC)": ("2nd Salt Conference (SC)",),
    "Proceedings of Salt Research": ("Proceedings of Salt Research",),
    "Salt 2.0": ("Salt 2.0",),
    "Actes de la 12e conférence": ("Actes de la 12e conférence",),
    "第31回塩学会": ("第31回塩学会",),
    "2020": ("2020",),
    "Proceedings": ("Proceedings",),
    "": ("", " "),
}


@pytest.mark.parametrize(("title", "name"), [(title, name) for name, titles in SERIES.items() for title in titles])
def test_proceedings_are_those_of_a_series(title: str, name: str) -> None:
    assert name_series(title) == name


def test_proceedings_have_a_page_as_venues_do_and_lists_name_them(
    make_content: Callable[[dict[str, str]], Path], tmp_path: Path, build: Build
) -> None:
    entry = "@{kind}{{{key}, title = {{On {key}}}, author = {{Ada Kern}}, booktitle = {{{book}}}, year = {year}}}\n"
    rows = [
        ("inproceedings", "brine", "Proceedings of the 2nd Salt Symposium", 2020),
        ("inproceedings", "crusts", "Salt Symposium", 2021),
        ("incollection", "shores", "A Handbook of Salt", 2022),
    ]
    library = "".join(entry.format(kind=kind, key=key, book=book, year=year) for kind, key, book, year in rows)
    build(make_content({"papers/library.bib": library}), tmp_path / "site")
    venues = [path.parent.name for path in (tmp_path / "site" / "venues").glob("*/index.html")]
    assert venues == ["salt-symposium"]
    listed = (tmp_path / "site" / "venues" / "salt-symposium" / "index.html").read_text("utf-8")
    assert "On brine" in listed
    assert "On crusts" in listed
    all_papers = (tmp_path / "site" / "papers" / "index.html").read_text("utf-8")
    assert all_papers.count("Salt Symposium") == 2
    assert "A Handbook of Salt" in all_papers
    pages = {key: (tmp_path / "site" / "papers" / f"on-{key}" / "index.html").read_text("utf-8") for _, key, *_ in rows}
    assert '<a href="/venues/salt-symposium/">Salt Symposium</a></cite> (Proceedings of the 2nd' in pages["brine"]
    assert '<a href="/venues/salt-symposium/">Salt Symposium</a></cite> · ' in pages["crusts"]
    assert "<cite>A Handbook of Salt</cite> · " in pages["shores"]
    assert "venues/" not in pages["shores"].partition('class="src"')[2].partition("</p>")[0]
    # The record stays as it was written.
    (papers,) = (
        json.loads(one.read_text("utf-8"))["papers"] for one in (tmp_path / "site" / "api" / "papers").glob("*.json")
    )
    assert {one.get("venue", "") for one in papers} == {""}
    assert {one["booktitle"] for one in papers} == {book for *_, book, _ in rows}
    assert 'booktitle: "Proceedings of the 2nd' in (tmp_path / "site" / "papers" / "on-brine" / "index.md").read_text(
        "utf-8"
    )
