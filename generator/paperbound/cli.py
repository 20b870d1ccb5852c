"""The command line: the registry of commands, and the errors that end them."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from . import __version__
from .commands.console.parser import CommandParser, Example, print_text, refuse
from .commands.console.site_folder import place_folders
from .commands.console.terminal import fail, say
from .model.errors import Fault, InputError, find_nearest, name_nearest
from .text.report import name_libraries

_USAGE = "usage: paperbound COMMAND [OPTION...]\n"
_DESCRIPTION = """\
Paperbound makes a website of research papers: a page for each, indexes by topic, author, year and
venue, search in the browser, feeds, citations. Records are files of a content folder, the site is written
into an output folder that any static host can serve."""
_EXAMPLES: tuple[Example, ...] = (
    ("paperbound init mine --from library.bib", "makes the folder of a site, of the papers of a file"),
    ('paperbound new "A title"', "writes a record to fill in, in the folder of a site"),
    ("paperbound serve --open", "shows the site in the browser, and each change as it is saved"),
    ("paperbound build", "writes the site, from any folder below the one with content/site.yaml"),
)
_OPTIONS = """\
options:
  -h, --help   show this help, or that of a command: paperbound COMMAND --help
  --version    show the version

Exit codes: 0 done, 1 faults in the input (all are listed), 2 wrong use of the command, 130 stopped by Ctrl+C;
`digest`, `collect` and `add` have more, which their --help names."""


class CommandModule(Protocol):
    """A module of commands/: the description, examples, arguments and run of one command."""

    DESCRIPTION: str
    EXAMPLES: Sequence[Example]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds the arguments of the command."""

    def run(self, chosen: argparse.Namespace) -> int:
        """Runs the command; returns the exit code."""


class Command(NamedTuple):
    """A command: name, purpose, module of commands/, and group in the help."""

    name: str
    help: str
    module: str
    group: str

    def load(self) -> CommandModule:
        """Imports the module, and no other command: a build of nothing starts fast."""
        module: CommandModule = importlib.import_module(f".commands.{self.module}", __package__)
        return module

    def make_parser(self) -> CommandParser:
        """Returns the parser of the command's arguments."""
        module = self.load()
        parser = CommandParser(self.name, module.DESCRIPTION, module.EXAMPLES)
        parser.set_defaults(run=module.run, commands=COMMANDS)  # which completion describes
        module.add_arguments(parser)
        return parser


MAKE, TAKE, LOOK, SEND = "Make a site", "Take papers in", "Look after them", "Send them on"
GROUPS = (MAKE, TAKE, LOOK, SEND)
COMMANDS: tuple[Command, ...] = (
    Command("init", "make the folder of a new site", "init", MAKE),
    Command("new", "write a record to fill in", "papers.new", MAKE),
    Command("build", "build the site", "build", MAKE),
    Command("serve", "build, show in the browser, rebuild on every save", "serve", MAKE),
    Command("import", "take papers from files into the content folder", "papers.import_papers", TAKE),
    Command("add", "take papers by their identifiers: arXiv, DOI, ACL Anthology, OpenAlex, PubMed", "papers.add", TAKE),
    Command("collect", "take new papers from services and feeds into the content folder", "papers.collect", TAKE),
    Command("check", "look for faults in the content and in the built site", "check", LOOK),
    Command("search", "search the built site", "search", LOOK),
    Command("tags", "suggest topics for papers without one", "papers.tags", LOOK),
    Command("people", "list likely variants of names, and namesakes", "papers.people", LOOK),
    Command("doctor", "look for what is missing to run Paperbound", "doctor", LOOK),
    Command("completion", "print the completion of bash, zsh or fish", "completion", LOOK),
    Command("export", "write papers as BibTeX, RIS, CSL-JSON or CSV", "papers.export", SEND),
    Command("fragment", "write a list of papers for a page of another site", "papers.fragment", SEND),
    Command("digest", "write or send an edition by mail", "digest", SEND),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    os.umask(0o022)  # pages are for everybody to read, whoever builds them
    chosen = argparse.Namespace()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments), chosen)
    except InputError as error:
        return fail(chosen, error.faults)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        place, message = str(error.filename or "disk"), error.strerror or str(error)
        remedy = "Check the disk, its space and its permissions."
        if isinstance(error, FileNotFoundError) and error.filename and not Path(place).parent.is_dir():
            place, message, remedy = str(Path(place).parent), "the folder does not exist", "Make it first."
        return fail(chosen, (Fault(place, 0, "", message, remedy),))
    except KeyboardInterrupt:
        say("stopped")
        return 130


def _run(words: Sequence[str], chosen: argparse.Namespace) -> int:
    """Runs the command of the words, whose arguments become those of `chosen`."""
    if words[:1] == ["help"]:
        words = [*words[1:2], "--help"]
    if not words or words[0] in ("-h", "--help"):
        print_text(describe_commands())
        return 0
    if words[0] == "--version":
        print_text(f"paperbound {__version__}\n")
        return 0
    find_command(words[0]).make_parser().read(words[1:], chosen)
    name_libraries()
    place_folders(chosen)
    code: int = chosen.run(chosen)
    return code


def describe_commands() -> str:
    """Returns the help of `paperbound`: its commands in groups, examples, options."""
    lines = [_USAGE, _DESCRIPTION, ""]
    for group in GROUPS:
        lines.append(f"{group}:")
        lines += [f"  {command.name:<11}{command.help}" for command in COMMANDS if command.group == group]
        lines.append("")
    lines += ["examples:", *(f"  {line}\n      {what}" for line, what in _EXAMPLES), ""]
    return "\n".join((*lines, _OPTIONS, ""))


def find_command(name: str) -> Command:
    """Returns the command of a name; exits with code 2 without one."""
    for command in COMMANDS:
        if command.name == name:
            return command
    if name.startswith("-"):
        option = find_nearest(name.lstrip("-"), ("help", "version"))
        message = f"option {name} before a command{option and f'; did you mean --{option}?'}"
    else:
        message = f"command {name!r}. {name_nearest(name, [command.name for command in COMMANDS], 'commands')}"
    return refuse(_USAGE, f"there is no {message}", "paperbound --help")
