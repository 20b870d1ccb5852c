"""Sites that must fail: exit code 1, the messages of their expected.txt, and the last good site as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from paperbound.cli import main
from surroundings import read_tree

HERE = Path(__file__).parent
SITES = sorted(path.name for path in (HERE / "sites_invalid").iterdir())


@pytest.mark.parametrize("name", SITES)
def test_site_fails_with_its_message(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "site"
    assert main(["build", "--quiet", "--content", str(HERE / "sites" / "minimal"), "--output", str(output)]) == 0
    before = read_tree(output)
    content = HERE / "sites_invalid" / name
    capsys.readouterr()
    assert main(["build", "--content", str(content), "--output", str(output)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    for line in (content / "expected.txt").read_text("utf-8").splitlines():
        # Files are named as the user would type them: below this folder.
        assert line.replace("error: ", "") in printed.err, printed.err
    assert "Traceback" not in printed.err
    assert read_tree(output) == before
    assert main(["check", "--content", str(content), "--output", str(tmp_path / "none")]) == 1


def test_faults_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = HERE / "sites_invalid" / "many-faults"
    assert main(["build", "--json", "--content", str(content), "--output", str(tmp_path / "site")]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert {(error["file"], error["line"], error["field"]) for error in report["errors"]} >= {
        ("many-faults/papers/a.yaml", 2, "date"),
        ("many-faults/site.yaml", 2, "them"),
    }
    assert all(set(error) == {"file", "line", "field", "message", "remedy"} for error in report["errors"])
    assert set(report) == {"command", "ok", "errors", "warnings"}


def test_missing_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["build", "--content", str(tmp_path / "none"), "--output", str(tmp_path / "site")],
        ["check", "--content", str(tmp_path / "none")],
        ["new", "A title", "--content", str(tmp_path / "none")],
        ["import", "x.yaml", "--content", str(tmp_path / "none")],
        ["serve", "--content", str(tmp_path / "none"), "--output", str(tmp_path / "site")],
    ):
        assert main(arguments) == 1
        assert "the content folder does not exist" in capsys.readouterr().err


def test_wrong_use_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["bild"],
        ["build", "--jobs", "0"],
        ["build", "--base-url", "example.org"],
        ["import"],
        ["import", "--format", "word", "x"],
        ["serve", "--port", "99999"],
        ["new"],
    ):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
    capsys.readouterr()
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("paperbound ")


def test_a_foreign_output_folder_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    shutil.copy(__file__, tmp_path / "mine" / "file.py")
    assert main(["build", "--content", str(HERE / "sites" / "minimal"), "--output", str(tmp_path / "mine")]) == 1
    assert "did not write" in capsys.readouterr().err
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["file.py"]
