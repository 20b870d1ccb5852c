"""Colours of a terminal, where the terminal has some and the user wants them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TextIO

_STYLES = {"bold": "1", "dim": "2", "red": "1;31", "green": "1;32", "yellow": "1;33", "cyan": "36"}
_KINDS = {"error": "red", "failed": "red", "warning": "yellow", "note": "cyan", "changed": "cyan", "next": "green"}
_KIND = re.compile(rf"({'|'.join(_KINDS)}):")
_HEADING = re.compile(r"^[A-Za-z][A-Za-z ]*:$|^usage:", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w`-])--?[a-z][a-z-]*")


def has_colors(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Returns whether lines to a stream have colours.

    `NO_COLOR` (no-color.org) refuses them, `FORCE_COLOR` (force-color.org) wants them, each if it is not empty; else a
    terminal has them that is not `dumb`.
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    if environment.get("TERM") == "dumb" or (os.name == "nt" and not environment.keys() & {"WT_SESSION", "TERM"}):
        return False
    return stream.isatty()


def paint(text: str, style: str) -> str:
    """Returns a text in a style: `bold`, `dim`, `red`, `green`, `yellow` or `cyan`."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def paint_line(line: str) -> str:
    """Returns a line of a report with its kind in colour, and its remedy dimmed."""
    first, newline, rest = line.partition("\n")
    if match := _KIND.match(first):
        first = f"{paint(match[0], _KINDS[match[1]])}{first[match.end() :]}"
    return f"{first}{newline}{paint(rest, 'dim') if rest else ''}"


def paint_help(text: str) -> str:
    """Returns the text of a help with bold headings, and options in colour."""
    options = _OPTION.sub(lambda match: paint(match[0], "cyan"), text)
    return _HEADING.sub(lambda match: paint(match[0], "bold"), options)
