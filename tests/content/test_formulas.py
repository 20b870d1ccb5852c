from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from surroundings import Build

Make = Callable[[dict[str, str | bytes]], Path]
BROKEN = (
    r"\frac", r"\frac{1", r"\frac1", r"\sqrt[3", r"\begin{x", r"\left(", "a^{", r"\text{\frac}", r"\nosuch{a}", r"\overline", "x_",
    r"\begin{matrix}a", r"\textbf", r"\input{secret}", r"\hspace", "{" * 200 + "x" + "}" * 200,
)  # fmt: skip


@pytest.mark.parametrize("formula", BROKEN)
def test_a_broken_formula_is_a_warning_and_its_source_is_shown(
    formula: str, make_content: Make, tmp_path: Path, build: Build, capfd: pytest.CaptureFixture[str]
) -> None:
    title, abstract = json.dumps(f"A ${formula}$ b"), json.dumps(f"Of ${formula}$ again.")
    content = make_content({"papers/a.yaml": f"title: {title}\nabstract: {abstract}\n"})
    warnings = build(content, tmp_path / "site").warnings
    assert [(one.file, one.line, one.field) for one in warnings] == [
        ("content/papers/a.yaml", 1, "title"),
        ("content/papers/a.yaml", 2, "abstract"),
    ]
    assert all(f"${formula}$ cannot be read" in one.message and one.remedy for one in warnings)
    assert f"<code>${formula}$</code>" in (tmp_path / "site" / "papers" / "index.html").read_text("utf-8")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "formula", [r"\frac{1}{2}", r"\overline{x}", "a^2_i", r"\alpha", r"\mathbb{R}^n", r"\sqrt[3]{x}"]
)
def test_a_formula_that_can_be_read_is_no_warning(
    formula: str, make_content: Make, tmp_path: Path, build: Build
) -> None:
    content = make_content({"papers/a.yaml": f"title: A ${formula}$ b\nsummary: $5 and $10 are money.\n"})
    assert build(content, tmp_path / "site").warnings == ()


def test_workers_write_nothing_of_a_library_and_the_next_build_repeats_the_warnings(
    make_content: Make, tmp_path: Path
) -> None:
    rows = "".join(
        json.dumps({"id": f"row-{n}", "title": f"Row {n}", "abstract": r"Of $\frac$."}) + "\n" for n in range(3)
    )
    content = make_content({"papers/rows.jsonl": rows, "papers/a.yaml": "title: A\n"})
    command = [sys.executable, "-m", "paperbound", "build", "--jobs", "2", "--quiet"]
    command += ["--content", str(content), "--output", str(tmp_path / "site")]
    texts = []
    for title in ("First.", "Second."):
        (content / "papers" / "a.yaml").write_text(f"title: A\nsummary: {title}\n", "utf-8")
        texts.append(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    assert texts[0] == texts[1]
    assert "papers/rows.jsonl:3" in texts[0]
    assert r"the formula $\frac$ cannot be read" in texts[0]
    assert "substitution" not in texts[0]


def test_a_message_of_a_library_names_the_library() -> None:
    program = "import logging; from paperbound.text.report import name_libraries as n; n(); logging.getLogger('shelf').warning('Dust')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "WARNING of the library shelf: Dust\n"
