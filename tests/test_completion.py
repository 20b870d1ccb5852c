"""`paperbound completion`, in a real bash; in zsh and fish where they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from paperbound.cli import COMMANDS, main


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["completion", "bash"]) == 0
    file = tmp_path / "paperbound.bash"
    file.write_text(capsys.readouterr().out, "utf-8")
    return file


def complete(script: Path, *words: str) -> list[str]:
    """What bash offers for the last word."""
    code = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _paperbound; '
        '((${#COMPREPLY[@]})) && printf "%s\\n" "${COMPREPLY[@]}"; true'
    )
    done = subprocess.run(
        ["bash", "-u", "-c", code, "bash", str(script), "paperbound", *words],
        cwd=script.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not done.stderr
    return sorted(done.stdout.splitlines())


def test_bash_completes_commands_options_and_values(script: Path) -> None:
    (script.parent / "content" / "papers").mkdir(parents=True)
    (script.parent / "library.bib").write_text("", "utf-8")
    assert complete(script, "") == sorted([*(one.name for one in COMMANDS), "--help", "--version"])
    assert complete(script, "se") == ["search", "serve"]
    assert complete(script, "build", "--st") == ["--strict"]
    assert complete(script, "serve", "--o") == ["--open", "--output"]
    assert complete(script, "build", "--content", "c") == ["content"]
    assert complete(script, "build", "--content", "l") == []
    assert complete(script, "import", "lib") == ["library.bib"]
    assert complete(script, "import", "--format", "bibt") == ["bibtex"]
    assert complete(script, "digest", "--security", "") == ["none", "starttls", "tls"]
    assert complete(script, "digest", "--file", "lib") == ["library.bib"]
    assert complete(script, "build", "--jobs", "") == []
    assert complete(script, "tags", "su") == ["suggest"]
    assert complete(script, "completion", "f") == ["fish"]
    # A name that was its option's once is completed no more.
    assert complete(script, "digest", "--sit") == []


def test_every_option_of_every_command_is_completed(script: Path) -> None:
    for command in COMMANDS:
        options = {
            option
            for action in command.make_parser()._actions
            for option in action.option_strings
            if option.startswith("--") and action.help != "==SUPPRESS=="
        }
        assert set(complete(script, command.name, "--")) == options, command.name


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_scripts_of_other_shells_name_everything(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell, "--json"]) == 0
    text = json.loads(capsys.readouterr().out)["script"]
    for command in COMMANDS:
        assert command.name in text
        for option in command.make_parser()._option_string_actions:
            if option.startswith("--") and option != "--site":
                assert (option if shell == "zsh" else f"-l {option[2:]} ") in text
    # Each line closes its quotes.
    assert not [line for line in text.splitlines() if line.count("'") % 2]
    if shutil.which(shell):
        file = tmp_path / "script"
        file.write_text(text, "utf-8")
        subprocess.run([shell, "-n", str(file)], check=True)
