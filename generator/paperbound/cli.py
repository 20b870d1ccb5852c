"""The command line: the registry of commands, and the errors that end them."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from . import __version__
from .commands.terminal import fail, say
from .model.errors import Fault, InputError
from .text.report import name_libraries

_DESCRIPTION = """\
Paperbound makes a website of research papers: a page for each, indexes by topic, author, year and
venue, search in the browser, feeds, citations. Records are files of a content folder, the site is written
into an output folder that any static host can serve."""
_EPILOG = """\
First steps: `paperbound new "A title"` writes a record to fill in, `paperbound serve` shows the site.
Exit codes: 0 done, 1 faults in the input (all are listed), 2 wrong use of the command; of `collect` and `add` also 3
some source or identifier failed; of `digest --send` also 3 some addresses were refused, 4 addresses are left, or nobody
knows whether a message arrived."""


class CommandModule(Protocol):
    """A module of commands/: the description, the arguments and the run of one command."""

    DESCRIPTION: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds the arguments of the command."""

    def run(self, chosen: argparse.Namespace) -> int:
        """Runs the command; returns the exit code."""


class Command(NamedTuple):
    """A command: its name, its purpose, and its module of commands/."""

    name: str
    help: str
    module: str

    def load(self) -> CommandModule:
        """Imports the module. Other commands are not imported, so that a build of nothing starts fast."""
        module: CommandModule = importlib.import_module(f".commands.{self.module}", __package__)
        return module


COMMANDS: tuple[Command, ...] = (
    Command("init", "make the folder of a new site", "init"),
    Command("build", "build the site", "build"),
    Command("serve", "build, show in the browser, rebuild on every save", "serve"),
    Command("import", "take papers from files into the content folder", "import_papers"),
    Command("collect", "take new papers from services and feeds into the content folder", "collect"),
    Command("add", "take papers from services by their identifiers", "add"),
    Command("check", "look for faults in the content and in the built site", "check"),
    Command("search", "search the built site", "search"),
    Command("tags", "suggest topics for papers without one", "tags"),
    Command("digest", "write or send an edition by mail", "digest"),
    Command("people", "list likely variants of names, and namesakes", "people"),
    Command("new", "write a record to fill in", "new"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    os.umask(0o022)  # pages are for everybody to read, whoever builds them
    words = sys.argv[1:] if arguments is None else arguments
    chosen = make_parser(words[:1]).parse_args(words)
    name_libraries()
    try:
        code: int = chosen.run(chosen)
    except InputError as error:
        return fail(chosen, error.faults)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        remedy = "Check the disk, its space and its permissions."
        return fail(chosen, (Fault(str(error.filename or "disk"), 0, "", error.strerror or str(error), remedy),))
    except KeyboardInterrupt:
        say("stopped")
        return 130
    return code


def make_parser(names: Collection[str]) -> argparse.ArgumentParser:
    """Returns the parser; of the commands only those with these names are imported."""
    parser = argparse.ArgumentParser(
        prog="paperbound",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"paperbound {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.help)
        if command.name in names:
            module = command.load()
            own.description = module.DESCRIPTION
            own.set_defaults(run=module.run)
            module.add_arguments(own)
    return parser
