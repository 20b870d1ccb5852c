"""Odd sites, small: each builds, with all its papers. `make odd` builds the whole ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from odd_sites import OVERRIDES, SITES, OddSite
from paperbound.content.tags import read_tags
from paperbound.model.errors import Fault
from paperbound.text.characters import clean
from surroundings import Build

OPENED, CLOSED = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]"), re.compile("[\u202c\u2069]")


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_an_odd_site_is_built(tmp_path: Path, build: Build, site: OddSite) -> None:
    size = max(8, site.size // 500)
    site.write(tmp_path / "content", size)
    rows = (tmp_path / "content" / "papers" / "papers.jsonl").read_text("utf-8").count("\n")
    result = build(tmp_path / "content", tmp_path / "site")
    assert result.papers == rows
    assert {fault.field for fault in result.warnings} <= {"title", "authors"}


def test_a_direction_ends_with_its_text(tmp_path: Path, build: Build) -> None:
    assert clean("a\u202eb")[0] == "a\u202eb\u202c"
    assert clean("a\u2067\u202bb\u2069c\u202c")[0] == "a\u2067\u202bbc\u202c\u2069"
    assert clean("a\u2069\u202cb\n\u2066c\u2069d\u202a")[0] == "ab\n\u2066c\u2069d\u202a\u202c"
    site = next(one for one in SITES if "direction" in one.name)
    site.write(tmp_path / "content", 8)
    build(tmp_path / "content", tmp_path / "site")
    assert any(sign in (tmp_path / "site" / "papers" / "index.html").read_text("utf-8") for sign in OVERRIDES)
    for file in tmp_path.joinpath("site").rglob("*"):
        if file.suffix in (".html", ".xml", ".json", ".md", ".txt", ".bib", ".ris"):
            for text in re.split(r"[\n<>]", file.read_text("utf-8")):
                assert len(OPENED.findall(text)) == len(CLOSED.findall(text)), (file, text)


def test_topics_that_look_alike_are_warned_of(tmp_path: Path) -> None:
    cyrillic = "Рарег".replace("г", "r")
    lines = [f"- {{slug: one, name: {cyrillic}}}", "- {slug: two, name: paper}", "- {slug: three, name: Other}"]
    (tmp_path / "tags.yaml").write_text("\n".join(lines), "utf-8")
    faults: list[Fault] = []
    tags = read_tags(tmp_path, faults.append)
    assert tags
    assert len(tags) == 3
    assert [(fault.line, fault.warning, "looks like that of 'one'" in fault.message) for fault in faults] == [
        (2, True, True)
    ]
