"""Messy bibliographies of others become sites: two commands, all faults shown, a strict build."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperbound.cli import main
from surroundings import SHARED

pytestmark = pytest.mark.real
BIBLIOGRAPHIES = sorted((SHARED.parent / "cases").rglob("*.bib"))


@pytest.mark.parametrize("file", BIBLIOGRAPHIES, ids=lambda path: path.stem)
def test_a_messy_bibliography_becomes_a_site(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "site-folder"
    code = main(["init", str(folder), "--from", str(file)])
    printed = capsys.readouterr()
    if file.stem == "strings":
        assert (code, folder.exists()) == (1, False)
        return
    assert code == 0
    papers = len(list((folder / "content" / "papers").iterdir()))
    assert papers
    # Each remark says the line of the given file, and what to do.
    lines = printed.err.splitlines()
    assert all(
        lines[number + 1].startswith("    ") for number, line in enumerate(lines) if line.startswith("warning: ")
    )
    assert all(f"{file}:" in line for line in lines if line.startswith("warning: "))
    output = str(folder / "site")
    assert main(["build", "--content", str(folder / "content"), "--output", output, "--strict"]) == 0
    assert capsys.readouterr().out.startswith(f"{papers} paper")
