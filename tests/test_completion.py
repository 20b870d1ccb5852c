"""`paperbound completion`, in real shells: bash, zsh, fish."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from paperbound.cli import COMMANDS, main

# Both print a line with > before the words that they offer for it. Bash calls the script's function, with the words as
# bash makes them; fish has a command for it; zsh does it in its editor, which needs a terminal.
BASH = r"""
source "$1"; shift
for line; do
  printf '> %s\n' "$line"
  read -r -a COMP_WORDS <<< "${line//=/ = }"
  [[ $line == *[\ =] && $line != *= ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _paperbound
  ((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
done
true
"""
FISH = """
source $argv[1]
for line in $argv[2..]
  echo "> $line"
  complete -C $line
end
"""
ZSH = r"""
zmodload zsh/zpty
print -rl -- "$@" > lines
zpty shell zsh -d -i
zpty -r shell seen '*never*'
cat offered
"""
ZSHRC = r"""
fpath=($PWD/functions $fpath)
autoload -Uz compinit
compinit -u -D
setopt no_auto_list
compadd() {
  local -a hits
  if [[ " $* " != *" -"[OAD]" "* ]]; then
    builtin compadd -A hits "$@"
    (( $#hits )) && print -rl -- $hits >> offered
  fi
  builtin compadd "$@"
}
zle-line-init() {
  local line
  for line in "${(@f)$(<lines)}"; do
    print -r -- "> $line" >> offered
    BUFFER=$line CURSOR=$#line
    zle complete-word
  done
  exit
}
zle -N zle-line-init
"""
SHELLS = {"bash": ["bash", "-u", "-c", BASH, "bash"], "zsh": ["zsh", "-f", "-c", ZSH], "fish": ["fish", "--no-config", "-c", FISH]}  # fmt: skip


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A shell that has our script."""
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    assert main(["completion", name]) == 0
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions" / "_paperbound").write_text(capsys.readouterr().out, "utf-8")
    (tmp_path / ".zshrc").write_text(ZSHRC, "utf-8")
    return name


def complete(shell: str, folder: Path, lines: Sequence[str]) -> dict[str, list[str]]:
    """What a shell offers for the last word of each line."""
    done = subprocess.run(
        [*SHELLS[shell], str(folder / "functions" / "_paperbound"), *lines],
        cwd=folder, capture_output=True, text=True, check=True, timeout=300,
        env=os.environ | {"HOME": str(folder), "ZDOTDIR": str(folder), "TERM": "vt100"},
    )  # fmt: skip
    assert not done.stderr
    offered: dict[str, list[str]] = {}
    for part in done.stdout.split("> ")[1:]:
        line, _, words = part.partition("\n")
        # Fish writes a word with its description, and with the option that it follows; folders end with a slash.
        plain = {
            word.partition("\t")[0].rpartition("=")[2].rstrip("/").replace("\\", "") for word in words.splitlines()
        }
        offered[line] = sorted(plain)
    assert list(offered) == list(lines)
    return offered


def test_shells_complete_commands_options_and_values(shell: str, tmp_path: Path) -> None:
    (tmp_path / "content" / "papers").mkdir(parents=True)
    for name in ("library.bib", "my papers.bib"):
        (tmp_path / name).write_text("", "utf-8")
    wanted = {
        "paperbound bu": ["build"],
        "paperbound se": ["search", "serve"],
        "paperbound --": ["--help", "--version"],
        "paperbound build --st": ["--strict"],
        "paperbound serve --o": ["--open", "--output"],
        "paperbound build --content c": ["content"],
        "paperbound build --content=c": ["content"],
        "paperbound build --content l": [],
        "paperbound import lib": ["library.bib"],
        "paperbound import my": ["my papers.bib"],
        "paperbound import --format bibt": ["bibtex"],
        "paperbound import --format=bibt": ["bibtex"],
        "paperbound digest --security ": ["none", "starttls", "tls"],
        "paperbound digest --file lib": ["library.bib"],
        "paperbound build --jobs ": [],
        "paperbound tags ": ["suggest"],
        "paperbound completion f": ["fish"],
        # A word that is a command's name is none after a command.
        "paperbound search serve --op": [],
        # A name that was its option's once is completed no more.
        "paperbound digest --sit": [],
    }
    assert complete(shell, tmp_path, list(wanted)) == wanted


def test_every_command_and_option_is_completed(shell: str, tmp_path: Path) -> None:
    wanted = {
        f"paperbound {command.name} --": sorted(
            option
            for action in command.make_parser()._actions
            for option in action.option_strings
            if option.startswith("--") and action.help != "==SUPPRESS=="
        )
        for command in COMMANDS
    }
    offered = complete(shell, tmp_path, ["paperbound ", *wanted])
    names = {command.name for command in COMMANDS}
    assert set(offered.pop("paperbound ")) - {"--help", "--version"} == names
    assert offered == wanted
