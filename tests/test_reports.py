"""Reports of commands as JSON, and the reference of the command line: each is that of the code."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from command_reference import describe_commands
from paperbound.cli import COMMANDS, main
from surroundings import INTERRUPTIBLE, ROOT

Make = Callable[[dict[str, str | bytes]], Path]
SCHEMA = json.loads((ROOT / "docs" / "command-line.schema.json").read_text("utf-8"))
FILES: dict[str, str | bytes] = {
    "papers/a.yaml": "title: Graphs of salt\nauthors: [Ada De la Cruz-Kern]\ndate: 2024\ntags: [graphs]\n",
    "papers/b.yaml": "title: Salt graphs\nauthors: [Ada de la Cruz-Kern]\ndate: 2024\n",
    "papers/notes.docx": b"",
    "collections/list.yaml": "title: List\ndate: 2026-01-01\npapers: [a, b]\n",
    "sources.yaml": "- {id: rows, kind: file, path: rows.jsonl}\n",
}
RUNS = {
    "init": ["init", "fresh"],
    "new": ["new", "A title"],
    "build": ["build"],
    "check": ["check"],
    "import": ["import", "rows.jsonl", "--collection", "c"],
    "add": ["add", "no identifier"],
    "collect": ["collect", "--dry-run"],
    "search": ["search", "salt"],
    "tags": ["tags", "suggest"],
    "people": ["people"],
    "doctor": ["doctor"],
    "completion": ["completion", "bash"],
    "export": ["export", "a.bib"],
    "fragment": ["fragment", "a.html"],
    "digest": ["digest", "--file", "a.eml", "--since", "2020"],
}


def check(text: str, name: str) -> dict[str, object]:
    """The report, which must be that of its command in the schema, or that of a failure."""
    report: dict[str, object] = json.loads(text)
    assert report["command"] == name
    failed = not report["ok"] and report["errors"]
    reference = {"$ref": f"#/$defs/{'failed' if failed else name}", "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(reference).validate(report)
    return report


def test_the_schema_has_each_command() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    names = {command.name for command in COMMANDS}
    assert SCHEMA["$defs"].keys() == names | {"fault", "failed"}
    assert set(SCHEMA["$defs"]["failed"]["properties"]["command"]["enum"]) == names
    # serve prints its report in test_serve.py.
    assert RUNS.keys() == names - {"serve"}


@pytest.mark.parametrize("name", RUNS)
def test_each_command_prints_the_report_of_the_schema(
    name: str, make_content: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(FILES)
    (content.parent / "rows.jsonl").write_text('{"title": "A third", "date": "2025", "colour": "blue"}\n', "utf-8")
    monkeypatch.chdir(content.parent)
    if name in ("search", "check"):
        main(["build", "--quiet"])
    capsys.readouterr()
    code = main([*RUNS[name], "--json"])
    report = check(capsys.readouterr().out, name)
    assert report["ok"] == (code == 0)
    assert code in (0, 3)


@pytest.mark.parametrize("name", sorted(RUNS.keys() - {"init", "search", "doctor", "completion"}))
def test_a_failure_is_a_report_too(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*RUNS[name], "--json"]) == 1
    assert check(capsys.readouterr().out, name)["errors"]


def test_serve_prints_a_report_of_each_build(make_content: Make) -> None:
    content = make_content({"papers/a.yaml": "title: A\n"})
    command = [sys.executable, "-m", "paperbound", "serve", "--port", "0", "--json"]
    with subprocess.Popen(
        command, cwd=content.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **INTERRUPTIBLE
    ) as serving:
        assert serving.stdout
        try:
            assert check(serving.stdout.readline(), "serve")["papers"] == 1
            (content / "papers" / "a.yaml").write_text("titel: A\n", "utf-8")
            assert check(serving.stdout.readline(), "serve")["errors"]
        finally:
            serving.send_signal(signal.SIGINT)


def test_the_reference_of_the_command_line_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "command-line.md").read_text("utf-8") == describe_commands(), "make reference writes it"
