"""The catalogue cache: when it is read, when it is not, and that the site is the same either way."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from paperbound.content import folder as reading
from surroundings import Build, read_tree


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "papers").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: X\n", "utf-8")
    rows = [
        {"id": f"p{number}", "title": f"Title {number // 2}", "abstract": "Old.", "authors": ["Ada"], "date": "2024"}
        for number in range(40)
    ]
    (folder / "papers" / "all.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return folder


@pytest.fixture
def assembled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time that a catalogue is assembled."""
    calls: list[str] = []
    plain = reading.assemble

    def assemble(*arguments: Any) -> Any:
        calls.append("assembled")
        return plain(*arguments)

    monkeypatch.setattr(reading, "assemble", assemble)
    return calls


def replace(content: Path, old: str, new: str) -> None:
    file = content / "papers" / "all.jsonl"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_a_changed_abstract_assembles_nothing(
    content: Path, tmp_path: Path, build: Build, assembled: list[str]
) -> None:
    first = build(content, tmp_path / "site")
    assert len(first.warnings) == 20  # each title stands twice
    replace(content, "Old.", "New words.")
    second = build(content, tmp_path / "site")
    assert len(assembled) == 1
    assert second.warnings == first.warnings
    pages = read_tree(tmp_path / "site")
    assert sum(b"New words." in data for path, data in pages.items() if path.endswith("index.html")) == 1
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_a_new_day_assembles_nothing_unless_a_paper_has_a_date_to_come(
    content: Path, tmp_path: Path, build: Build, assembled: list[str]
) -> None:
    due = datetime.date(2026, 12, 1).toordinal()
    counts = []
    for day in (due - 3, due - 2):
        build(content, tmp_path / "site", today=day)
    counts.append(len(assembled))
    replace(content, '"2024"', '"2026-12-01"')
    for day in (due - 2, due - 1, due, due + 1, due - 1):
        result = build(content, tmp_path / "site", today=day)
        counts.append(len(assembled))
        assert result.papers == (40 if day >= due else 39)
    # The day before counts while the paper is to come; nothing is assembled after its day.
    assert counts == [1, 2, 3, 4, 4, 5]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Title 3", "Other 3"),
        ('"Ada"', '"Grace"'),
        ('"2024"', '"2023"'),
        ('"id": "p7"', '"id": "q7"'),
        ('"abstract"', '"aliases": ["old/place"], "abstract"'),
        ('{"id": "p0"', '\n{"id": "p0"'),
    ],
)
def test_what_other_pages_show_is_assembled_again(
    content: Path, tmp_path: Path, build: Build, assembled: list[str], old: str, new: str
) -> None:
    build(content, tmp_path / "site")
    replace(content, old, new)
    incremental = build(content, tmp_path / "site")
    assert len(assembled) == 2
    clean = build(content, tmp_path / "clean")
    # A clean build knows no old addresses.
    assert [fault for fault in incremental.warnings if "was at" not in fault.message] == list(clean.warnings)
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


@pytest.mark.parametrize(
    "setting", ["title: Y\n", "title: X\nauthor_pages: 3\n", "title: X\nbase_url: https://x.org\n"]
)
def test_other_settings_assemble_again(
    content: Path, tmp_path: Path, build: Build, assembled: list[str], setting: str
) -> None:
    build(content, tmp_path / "site")
    (content / "site.yaml").write_text(setting, "utf-8")
    build(content, tmp_path / "site")
    assert len(assembled) == 2
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_doubles_leave_the_catalogue_of_the_others_cached(
    content: Path, tmp_path: Path, build: Build, assembled: list[str]
) -> None:
    (content / "papers" / "p1.yaml").write_text("id: p1\ntitle: Title 0\ndoi: 10.5555/one\n", "utf-8")
    rows = [
        {"id": "twice", "title": "Title 5", "doi": "10.5555/five", "abstract": "Of the second."},
        {"id": "p9", "title": "Title 4", "summary": "A gap that is filled."},
    ]
    file = content / "papers" / "others.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    first = build(content, tmp_path / "site")
    for number in (8, 30):
        lines = (content / "papers" / "all.jsonl").read_text("utf-8").split("\n")
        lines[number] = lines[number].replace("Old.", f"New words {number}.")
        (content / "papers" / "all.jsonl").write_text("\n".join(lines), "utf-8")
        second = build(content, tmp_path / "site")
        assert len(assembled) == 1
        assert second.warnings == first.warnings
    assembled.clear()
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")
    # A record that is one paper with another is merged anew.
    assembled.clear()
    file.write_text(file.read_text("utf-8").replace("A gap that is", "The gap is"), "utf-8")
    build(content, tmp_path / "site")
    assert len(assembled) == 1
    build(content, tmp_path / "again", clean=True)
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "again")


def test_a_retracted_paper_has_its_new_abstract(
    content: Path, tmp_path: Path, build: Build, assembled: list[str]
) -> None:
    notice = {"id": "notice", "title": "Retraction", "doi": "10.5555/notice", "extra": {"retracts": ["10.5555/bad"]}}
    bad = {"id": "bad", "title": "Bad", "doi": "10.5555/bad", "abstract": "Before, with $x^2$."}
    file = content / "papers" / "others.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in (notice, bad)), "utf-8")
    build(content, tmp_path / "site")
    file.write_text(file.read_text("utf-8").replace("Before, with $x^2$", "After, with $y^2$"), "utf-8")
    build(content, tmp_path / "site")
    assert len(assembled) == 1
    page = (tmp_path / "site" / "papers" / "bad" / "index.html").read_text("utf-8")
    assert "After, with" in page
    assert "retracted" in page
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_a_paper_of_two_records_is_merged_anew(
    content: Path, tmp_path: Path, build: Build, assembled: list[str]
) -> None:
    (content / "papers" / "p1.yaml").write_text("id: p1\ntitle: Title 0\n", "utf-8")
    build(content, tmp_path / "site")
    lines = (content / "papers" / "all.jsonl").read_text("utf-8").split("\n")
    lines[1] = lines[1].replace("Old.", "New words.")
    (content / "papers" / "all.jsonl").write_text("\n".join(lines), "utf-8")
    build(content, tmp_path / "site")
    assert len(assembled) == 2
    pages = read_tree(tmp_path / "site")
    assert sum(b"New words." in data for path, data in pages.items() if path.endswith("index.html")) == 1
    build(content, tmp_path / "clean")
    assert pages == read_tree(tmp_path / "clean")


def test_a_changed_catalogue_cache_is_not_used(
    content: Path, tmp_path: Path, build: Build, assembled: list[str]
) -> None:
    build(content, tmp_path / "site")
    file = next((tmp_path / ".paperbound" / "site" / "cache" / "catalogue").iterdir())
    file.write_bytes(file.read_bytes().replace(b"title-3", b"title-x"))
    replace(content, "Old.", "New words.")
    build(content, tmp_path / "site")
    assert len(assembled) == 2
