"""The examples of docs/extending.md: each runs in a copy of Paperbound, with the result that the document states."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import ROOT

TEXT = (ROOT / "docs" / "extending.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
# A block: its language and its purpose (file PATH, row PATH REGISTRY, in PATH, or nothing), its lines.
BLOCKS = re.compile(r"^```(\w+)(?: (\w+) (\S+)(?: (\w+))?)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
THINGS = (
    "an input format",
    "an export",
    "a feed format",
    "a page kind",
    "a section",
    "a theme",
    "a language",
    "a kind of source",
    "an enricher",
    "a rule of check",
    "a command",
)


@pytest.mark.parametrize("section", [name for name, text in SECTIONS.items() if BLOCKS.search(text)])
def test_the_example_does_what_the_document_says(section: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "generator" / "paperbound", tmp_path / "generator" / "paperbound")
    shutil.copytree(ROOT / "themes", tmp_path / "themes")
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text("title: My papers\n", "utf-8")
    printed, compared = "", 0
    for language, what, name, registry, lines in BLOCKS.findall(SECTIONS[section]):
        path = tmp_path / name
        if what == "file":
            assert not path.exists() or name == "content/site.yaml", f"{name} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(lines, "utf-8")
        elif what == "row":
            add_row(path, registry, lines)
        elif language == "sh":
            printed = run(lines, tmp_path)
        else:
            assert language == "text"
            compared += 1
            assert lines in (path.read_text("utf-8") if what == "in" else printed)
    assert compared


def add_row(module: Path, registry: str, lines: str) -> None:
    """Adds the rows at the end of the registry, and their imports at the head of the module."""
    text = module.read_text("utf-8")
    imports = "".join(line for line in lines.splitlines(keepends=True) if line.startswith(("from ", "import ")))
    ends = [
        node.value.end_lineno
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and ast.unparse(node).startswith(registry) and node.value
    ]
    assert len(ends) == 1, f"{module.name} has no registry {registry}"
    before = "".join(text.splitlines(keepends=True)[: ends[0]])
    rows, bracket = before.rstrip()[:-1].rstrip(), before.rstrip()[-1]
    comma = "" if rows.endswith(",") else ","
    text = f"{rows}{comma}\n{lines.removeprefix(imports)}{bracket}\n{text[len(before) :]}"
    head = "from __future__ import annotations\n"
    module.write_text(text.replace(head, f"{head}{imports}", 1), "utf-8")


def run(lines: str, folder: Path) -> str:
    """The output of the commands, run in order in the folder by the copy of Paperbound in it."""
    printed = ""
    for line in lines.splitlines():
        program, *arguments = shlex.split(line)
        assert program == "paperbound"
        done = subprocess.run(
            [sys.executable, "-m", "paperbound", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder / "generator")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        printed += done.stdout
    return printed


def test_the_table_counts_the_files_of_each_example() -> None:
    rows = dict(re.findall(r"^\| \[([^]]+)\]\([^)]*\) \| ([^|]*?) ?\|", TEXT, re.MULTILINE))
    assert tuple(rows) == THINGS == tuple(name[0].lower() + name[1:] for name in SECTIONS)
    for thing, said in rows.items():
        found = BLOCKS.findall(SECTIONS[thing[0].upper() + thing[1:]])
        files = sum(what == "file" and not name.startswith("content/") for _, what, name, _, _ in found)
        row = any(what == "row" for _, what, *_ in found)
        assert said == (f"{files}{' and a row' if row else ''}" if found else ""), thing
