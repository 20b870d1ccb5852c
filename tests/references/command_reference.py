"""Describes the parsers of all commands as docs/command-line.md."""

from __future__ import annotations

import argparse

from paperbound.cli import COMMANDS, GROUPS, Command

_INTRODUCTION = """\
# The command line

`paperbound COMMAND [OPTION…]`. `paperbound` alone lists the commands, `paperbound COMMAND --help` shows one with examples.
This page is made from the code, and a test compares the two: `make reference` writes it anew.

## Folders

Without `--content` a command takes `content/`, if it holds `site.yaml`, or the folder that it is run in, or the nearest
of those above it: a site is built from any folder below. Output (`site/`) and themes (`themes/`) are then those of the
site folder: of the folder that holds `content/`, or that holds `site.yaml` itself. A symbolic link above, and the root,
end the search. With `--content` they are those of the folder that the command is run in.

`--output` is the folder of the built site in every command: `build` and `serve` write it, the others read it. The message
of `digest` is written with `--file`; its former name, `--output FILE.eml`, is refused, and `--site` still works.

## Exit codes

| code | meaning | commands |
| --- | --- | --- |
| 0 | done | all |
| 1 | faults in the input, all of which are listed; nothing was changed | all |
| 2 | wrong use: an unknown command or option, a wrong value | all |
| 3 | some source, identifier or address failed; the others were done | `collect`, `add`, `digest --send` |
| 4 | some addresses are left, or nobody knows whether a message arrived | `digest --send` |
| 130 | stopped by Ctrl+C; the site is as it was, or the next build finishes what was begun | all but `serve`, which ends with 0 |

## Terminal

Results go to standard output; faults, progress and notes to standard error. On a terminal long work has a bar with its
rate and the time that is left, elsewhere a line every five seconds. A person at a terminal is shown the next step.
`NO_COLOR` takes colours away, `FORCE_COLOR` wants them everywhere, and `TERM=dumb` has none.

## JSON

`--json` prints the report of a command as one JSON object (`serve`: one a build, each on a line), also where the input has
faults; wrong use is no report. [command-line.schema.json](command-line.schema.json) describes the object of each command,
and tests check what commands print against it. Each has `command`, `ok`, `errors` and `warnings`; a fault has `file`,
`line` (0: the whole file), `field`, `message` and `remedy`; one of `check` has its `rule`, too. `export -` and `fragment -` print papers, and no report.
"""


def describe_commands() -> str:
    """Returns the reference as Markdown."""
    parts = [_INTRODUCTION]
    for group in GROUPS:
        parts.append(f"## {group}\n")
        parts += [_describe(command) for command in COMMANDS if command.group == group]
    return "\n".join(parts)


def _describe(command: Command) -> str:
    module, parser = command.load(), command.make_parser()
    lines = [
        f"### `paperbound {command.name}`",
        "",
        " ".join(module.DESCRIPTION.split()),
        "",
        "| argument | meaning |",
        "| --- | --- |",
    ]
    for action in parser._actions:
        if action.help != argparse.SUPPRESS and action.dest != "help":
            names = ", ".join(f"`{name}{_show_value(action)}`" for name in action.option_strings)
            lines.append(f"| {_clean(names) or f'`{action.metavar}`'} | {_clean(str(action.help))} |")
    lines += ["", "```text", *(f"{line}\n    {what}" for line, what in module.EXAMPLES), "```", ""]
    return "\n".join(lines)


def _show_value(action: argparse.Action) -> str:
    return "" if action.nargs == 0 else f" {action.metavar or '|'.join(map(str, action.choices or ()))}"


def _clean(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("%%", "%")
