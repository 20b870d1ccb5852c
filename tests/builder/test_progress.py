"""Progress of a build: each phase is named, and the counts of a first build reach their totals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import build_site
from paperbound.model.build import Options

Make = Callable[[dict[str, str | bytes]], Path]


def test_every_phase_of_a_first_build_is_named(make_content: Make, tmp_path: Path) -> None:
    rows = "\n".join(f'{{"title": "Paper {number}", "authors": ["Ada Kern"]}}' for number in range(200))
    content = make_content({"papers/many.jsonl": rows, "papers/a.yaml": "title: A\n"})
    steps: list[tuple[str, int, int]] = []

    def note(what: str, count: int = 0, total: int = 0) -> None:
        steps.append((what, count, total))

    build_site(Options(content, tmp_path / "site"), InlineExecutor(), note)
    phases = [what for what, _ in groupby(what for what, _, _ in steps)]
    assert phases == [
        "reading",
        "reading records",
        "assembling",
        "planning",
        "rendering",
        "merging the index",
        "rendering",
        "finding related papers",
        "rendering",
        "writing the site",
        "noting the files",
    ]
    for what in ("reading records", "rendering"):
        counts = [(count, total) for step, count, total in steps if step == what]
        assert counts == sorted(counts)
        assert counts[-1][0] == counts[-1][1] > 0
        assert len({total for _, total in counts}) == 1
