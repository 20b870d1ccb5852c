"""The terminal: lines for people, reports for programs, progress of long work."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from ..model.build import Result
from ..model.errors import Fault
from ..text.report import count_of, list_faults, list_removed, summarize, write_json


def say(line: str) -> None:
    """Prints a line to standard error."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def show(line: str) -> None:
    """Prints a line of results to standard output."""
    print(line, flush=True)  # noqa: T201


def fail(
    chosen: argparse.Namespace, errors: Sequence[Fault], warnings: Sequence[Fault] = (), seconds: float = 0
) -> int:
    """Reports errors, and warnings beside them; returns exit code 1."""
    if getattr(chosen, "json", False):
        show(write_json(None, seconds, errors, warnings))
        return 1
    for line in (*list_faults(warnings, "warning"), *list_faults(errors, "error")):
        say(line)
    say(f"{count_of(len(errors), 'error')}; nothing was changed")
    return 1


def show_result(result: Result, seconds: float, *, quiet: bool = False) -> None:
    """Prints warnings and removed addresses of a build, and a line of counts."""
    for line in (*list_faults(result.warnings, "warning"), *list_removed(result)):
        say(line)
    if not quiet:
        show(summarize(result, seconds))


class Progress:
    """Shows the progress of long work: one line on a terminal, plain lines elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, what: str, count: int) -> None:
        """Shows a step: ten times a second on a terminal, every five seconds elsewhere."""
        now = time.monotonic()
        if self._quiet or now - self._last < (0.1 if self._terminal else 5.0):
            return
        self._last = now
        line = f"{what} {count:,}" if count else what
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
        else:
            say(line)

    def clear(self) -> None:
        """Removes the line that changes."""
        if self._terminal and not self._quiet:
            sys.stderr.write("\r\x1b[K")
