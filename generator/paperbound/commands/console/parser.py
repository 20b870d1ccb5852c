"""The parser of a command: help with examples, errors with the nearest word."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NoReturn

from ...model.errors import find_nearest
from .colors import has_colors, paint_help, paint_line

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Example = tuple[str, str]
"""A command line, and what it does."""
# What argparse takes for an option: no number, and no text of several words.
_OPTION = re.compile(r"-(?!\d*\.?\d+$)(?=\S+$)")


class CommandParser(argparse.ArgumentParser):
    """A parser of the words after the name of a command."""

    def __init__(self, name: str, description: str, examples: Sequence[Example]) -> None:
        shown = "\n".join(f"  {line}\n      {what}" for line, what in examples)
        super().__init__(
            prog=f"paperbound {name}",
            description=description,
            epilog=f"examples:\n{shown}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
        )
        self._positionals.title = "arguments"
        self.add_argument("-h", "--help", action="help", help="show this help")
        self.color = False  # Python 3.14 would paint by rules of its own
        self.set_defaults(command=name)

    def read(self, words: Sequence[str], chosen: argparse.Namespace) -> None:
        """Sets the arguments in `words`; exits with code 2 for wrong ones."""
        # First, because an option that is misspelt leaves others without their values.
        names = [word.partition("=")[0] for word in takewhile("--".__ne__, words) if _OPTION.match(word)]
        unknown = [name for name in names if name not in self._option_string_actions]
        if unknown:
            name = unknown[0]
            # Without dashes, which all options share.
            known = {option.lstrip("-"): option for option in self._option_string_actions if option.startswith("--")}
            near = known.get(find_nearest(name.lstrip("-"), known))
            hint = f"; did you mean {near}?" if near else ""
            if not name.startswith("--"):  # `-word` of a query
                hint = "; a word that begins with - comes behind --, a value behind ="
            self.error(f"there is no option {name}{hint}")
        _, rest = self.parse_known_args(list(words), chosen)
        if rest:
            self.error(f"one word too many: {rest[0]!r}; put words with spaces into quotes")

    def error(self, message: str) -> NoReturn:
        """Prints the usage and an error; exits with code 2."""
        refuse(self.format_usage(), f"{self.prog}: {message}", f"{self.prog} --help")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Prints the help, in colour where the terminal has some."""
        print_text(self.format_help(), file)


def refuse(usage: str, message: str, more: str) -> NoReturn:
    """Prints a usage, an error and the command of the help; exits with code 2."""
    lines = f"error: {message}\n    {more} tells more"
    paints = has_colors(sys.stderr)
    sys.stderr.write(f"{paint_help(usage) if paints else usage}{paint_line(lines) if paints else lines}\n")
    raise SystemExit(2)


def print_text(text: str, file: SupportsWrite[str] | None = None) -> None:
    """Prints the text of a help, in colour where the terminal has some."""
    stream = file or sys.stdout
    stream.write(paint_help(text) if has_colors(sys.stdout) and file in (None, sys.stdout) else text)
