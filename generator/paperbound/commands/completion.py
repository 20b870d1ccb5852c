"""`paperbound completion`: writes the completion of all commands for a shell."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from .console.arguments import add_json
from .console.parser import CommandParser, Example
from .console.terminal import show, show_json

DESCRIPTION = """\
Prints a script by which bash, zsh or fish completes commands, options, their values and files. It asks no program
while you type, so write it anew after an update. Make the folder first where it is missing (mkdir -p)."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound completion bash > ~/.local/share/bash-completion/completions/paperbound", "is for bash"),
    (
        "paperbound completion zsh > ~/.zfunc/_paperbound",
        "is for zsh, with `fpath+=~/.zfunc` above `compinit` in ~/.zshrc",
    ),
    ("paperbound completion fish > ~/.config/fish/completions/paperbound.fish", "is for fish"),
)
_OPTIONS = {"--help": "show the commands", "--version": "show the version"}


class Completion(NamedTuple):
    """A command as shells complete it: purpose, and options with their values."""

    name: str
    help: str
    options: Mapping[str, argparse.Action]
    words: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound completion`."""
    parser.add_argument("shell", choices=tuple(SHELLS), metavar="SHELL", help=f"one of {', '.join(SHELLS)}")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Prints the script; returns the exit code."""
    completions = [describe(command.name, command.help, command.make_parser()) for command in chosen.commands]
    script = SHELLS[chosen.shell](completions)
    if chosen.json:
        show_json(chosen.command, {"shell": chosen.shell, "script": script})
    else:
        show(script.rstrip("\n"))
    return 0


def describe(name: str, purpose: str, parser: CommandParser) -> Completion:
    """Returns the completion of a command."""
    shown = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    options = {option: action for action in shown for option in action.option_strings if option.startswith("--")}
    words = (str(word) for action in shown if not action.option_strings for word in action.choices or ())
    return Completion(name, purpose, options, tuple(words))


def _find_values(action: argparse.Action) -> str:
    """Returns what an option takes: nothing, `files`, `folders`, some `value`, or words."""
    if action.nargs == 0:
        return ""
    if action.choices:
        return " ".join(map(str, action.choices))
    if action.metavar == "DIR":
        return "folders"
    return "files" if action.type is Path or "FILE" in str(action.metavar) else "value"


def write_bash(commands: Iterable[Completion]) -> str:
    """Writes the script for bash."""
    commands = tuple(commands)
    cases = []
    for command in commands:
        values = [
            f"        {command.name}:{option}) {_BASH[found] if found in _BASH else _complete_words(found)} ;;"
            for option, action in command.options.items()
            if (found := _find_values(action))
        ]
        options = _complete_words(" ".join(command.options))
        rest = _complete_words(" ".join(command.words)) if command.words else _BASH["files"]
        cases += [*values, f"        {command.name}:*) if [[ $word == -* ]]; then {options}; else {rest}; fi ;;"]
    names = " ".join(command.name for command in commands)
    lines = (
        "# Completion of paperbound for bash.",
        "_paperbound() {",
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" command="${COMP_WORDS[1]}"',
        "    local IFS=$' \\n'",
        "    COMPREPLY=()",
        "    # Of --option=value bash makes three words.",
        '    [[ $before == "=" ]] && before="${COMP_WORDS[COMP_CWORD - 2]}"',
        '    [[ $word == "=" ]] && word=""',
        "    if ((COMP_CWORD == 1)); then",
        f"        {_complete_words(' '.join((names, *_OPTIONS)))}",
        "        return",
        "    fi",
        '    case "$command:$before" in',
        *cases,
        "    esac",
        "}",
        "complete -o filenames -F _paperbound paperbound",
        "",
    )
    return "\n".join(lines)


def _complete_words(words: str) -> str:
    return f'COMPREPLY=($(compgen -W "{words}" -- "$word"))'


_BASH = {
    "files": "IFS=$'\\n'; COMPREPLY=($(compgen -f -- \"$word\"))",
    "folders": "IFS=$'\\n'; COMPREPLY=($(compgen -d -- \"$word\"))",
    "value": "COMPREPLY=()",
}
_ZSH = {"files": ":file:_files", "folders": ":folder:_path_files -/", "value": ":value: "}
_FISH = {"files": "-r -F", "folders": "-x -a '(__fish_complete_directories)'", "value": "-x"}


def write_zsh(commands: Iterable[Completion]) -> str:
    """Writes the script for zsh."""
    commands = tuple(commands)
    lines = ["#compdef paperbound", "# Completion of paperbound for zsh.", "local -a commands=("]
    lines += [f"  {_quote(f'{one.name}:{one.help}')}" for one in commands]
    lines += [")", "local -a options=("]
    lines += [f"  {_quote(f'{option}:{what}')}" for option, what in _OPTIONS.items()]
    lines += [")", "if (( CURRENT == 2 )); then"]
    lines += ["  if [[ $PREFIX == -* ]]; then _describe -o option options; else _describe command commands; fi"]
    lines += ["  return", "fi", "case $words[2] in"]
    for command in commands:
        specs = []
        for option, action in command.options.items():
            found = _find_values(action)
            values = _ZSH.get(found, f":value:({found})") if found else ""
            specs.append(_quote(f"*{option}{'=' if found else ''}[{_summarize(action)}]{values}"))
        rest = f"*:word:({' '.join(command.words)})" if command.words else "*:file:_files"
        lines.append(f"  {command.name}) _arguments {' '.join((*specs, _quote(rest)))} ;;")
    return "\n".join((*lines, "esac", ""))


def write_fish(commands: Iterable[Completion]) -> str:
    """Writes the script for fish."""
    first = "complete -c paperbound -n 'test (count (commandline -opc)) -eq 1'"
    lines = ["# Completion of paperbound for fish.", f"{first} -f"]
    lines += [f"{first} -l {option[2:]} -d {_quote(what)}" for option, what in _OPTIONS.items()]
    for command in commands:
        lines.append(f"{first} -a {command.name} -d {_quote(command.help)}")
        # The command is the second word: a later one of its name may be anything.
        seen = f"complete -c paperbound -n 'contains -- {command.name} (commandline -opc)[2]'"
        for option, action in command.options.items():
            found = _find_values(action)
            values = f" {_FISH.get(found, f'-x -a {_quote(found)}')}" if found else ""
            lines.append(f"{seen} -l {option[2:]}{values} -d {_quote(_summarize(action))}")
        if command.words:
            lines.append(f"{seen} -f -a {_quote(' '.join(command.words))}")
    return "\n".join((*lines, ""))


def _summarize(action: argparse.Action) -> str:
    """Returns an option's help without default and choices, and without signs that zsh reads."""
    text = (action.help or "").partition(" (default")[0]
    return (text.partition(":")[0] if action.choices else text).translate(str.maketrans("[]:\n", "()  "))


def _quote(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"


SHELLS: Mapping[str, Callable[[Iterable[Completion]], str]] = {"bash": write_bash, "zsh": write_zsh, "fish": write_fish}
