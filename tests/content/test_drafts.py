"""Drafts, and papers of a date to come: shown by a preview, left out of builds."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import build_site
from paperbound.builder.stat_index import StatIndex, find_up_to_date
from paperbound.cli import main
from paperbound.model.build import Options
from surroundings import read_tree

Make = Callable[[dict[str, str | bytes]], Path]
TODAY = datetime.date(2026, 11, 26).toordinal()
FILES: dict[str, str | bytes] = {
    "papers/out.yaml": "title: Out\ndate: 2026-11-26\nauthors: [Ada Kern]\ntags: [salt]\nrelated: [mine, later]\n",
    "papers/mine.yaml": "title: Mine\ndate: 2025\nauthors: [Bea Ott]\ntags: [pepper]\ndraft: until it is read\nvenue: V\n",
    "papers/later.yaml": "title: Later\ndate: 2026-12\nauthors: [Cy Roe]\ntags: [salt]\nrelated: [out]\n",
    "collections/list.yaml": "title: List\npapers: [mine, out, later]\n",
    "collections/ranked.yaml": "title: Ranked\nrank_by: stars\npapers: [mine, later]\n",
}


def find_names(site: Path, *names: str) -> set[str]:
    """The names that any file of a site holds, as a title or in an address."""
    tree = {path: data.lower() for path, data in read_tree(site).items()}
    return {name for name in names if any(name.encode() in data or name in path for path, data in tree.items())}


def build(content: Path, site: Path, today: int = TODAY, *, drafts: bool = False) -> tuple[int, int, int]:
    result = build_site(Options(content, site, today=today, drafts=drafts), InlineExecutor())
    return result.papers, result.drafts, result.due


WORDS = ("bea ott", "cy roe", "pepper", "papers/mine", "papers/later")
DUE = datetime.date(2026, 12, 1).toordinal()


def test_a_build_after_a_preview_keeps_no_draft(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    assert build(content, site) == (1, 2, DUE)
    clean = read_tree(site)
    assert find_names(site, *WORDS) == set()
    for _ in range(2):
        assert build(content, site, drafts=True) == (3, 2, 0)
        assert find_names(site, *WORDS) == set(WORDS)
        # A second preview, and a second build, take what the cache has.
        assert build(content, site, drafts=True) == (3, 2, 0)
        assert build(content, site) == (1, 2, DUE)
        assert read_tree(site) == clean
        assert build(content, site) == (1, 2, DUE)
        assert read_tree(site) == clean


def test_a_preview_marks_drafts(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    build(content, site, drafts=True)
    pages = {name: (site / "papers" / name / "index.html").read_text("utf-8") for name in ("out", "mine", "later")}
    assert "<strong>Not published yet:</strong> until it is read<" in pages["mine"]
    assert "<strong>Not published yet:</strong> 2026-12<" in pages["later"]
    assert "Not published" not in pages["out"]
    listed = (site / "papers" / "index.html").read_text("utf-8")
    assert listed.count('<strong class="alert">Draft</strong>') == 2


def test_a_long_text_of_a_draft_changes_nothing_of_a_build(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    build(content, site)
    clean = read_tree(site)
    draft = content / "papers" / "mine.yaml"
    draft.write_text(f"{FILES['papers/mine.yaml']}abstract: More words.\n", "utf-8")  # type: ignore[str-bytes-safe]
    assert build(content, site) == (1, 2, DUE)
    assert read_tree(site) == clean
    draft.write_text("title: Mine\ndate: 2025\ndraft: no\n", "utf-8")
    assert build(content, site) == (2, 1, DUE)
    assert "papers/mine/index.html" in read_tree(site)


def test_what_is_due_is_published_by_the_next_build(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    build(content, site)
    for today, is_fresh in ((TODAY + 1, True), (DUE - 1, True), (DUE, False)):
        options = Options(content, site, today=today)
        found = find_up_to_date(options, StatIndex.load(site))
        assert (found is not None) == is_fresh
        assert not found or (found.papers, found.drafts) == (1, 2)
    assert build(content, site, DUE) == (2, 1, 0)
    assert find_names(site, "cy roe", "bea ott") == {"cy roe"}
    assert "Not published" not in (site / "papers" / "later" / "index.html").read_text("utf-8")


def test_a_site_may_publish_papers_of_a_date_to_come(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content({**FILES, "site.yaml": "title: X\nfuture_papers: yes\n"}), tmp_path / "site"
    assert build(content, site) == (2, 1, 0)
    assert find_names(site, "cy roe", "bea ott") == {"cy roe"}


@pytest.mark.parametrize(
    ("text", "is_draft"), [("draft: yes", True), ("draft: true", True), ("draft: no", False), ("draft: ''", False)]
)
def test_the_field_says_yes_no_or_why(make_content: Make, tmp_path: Path, text: str, is_draft: bool) -> None:
    content = make_content(
        {"papers/a.yaml": f"title: A\n{text}\n", "papers/b.jsonl": '{"title": "B", "draft": true}\n'}
    )
    papers, drafts, _ = build(content, tmp_path / "site")
    assert (papers, drafts) == ((0, 2) if is_draft else (1, 1))


def test_the_commands_leave_drafts_out_and_say_so(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content({**FILES, "papers/later.yaml": "title: Later\ndate: 9998\n"})
    places = ["--content", str(content), "--output", str(tmp_path / "site")]
    assert main(["build", *places]) == 0
    assert capsys.readouterr().out.startswith("1 paper (2 drafts left out), ")
    for _ in range(2):
        assert main(["build", "--json", *places]) == 0
        report = json.loads(capsys.readouterr().out)
        assert (report["papers"], report["drafts"]) == (1, 2)
    assert main(["check", *places]) == 0
    assert capsys.readouterr().out.startswith("1 paper and ")
