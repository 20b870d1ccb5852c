"""A program of the owner's that prints papers as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator

from ..answers import Answer
from ..reading import Reading
from ..source import Batch, Source, SourceKind, Window
from .values import read_list


def run_program(source: Source, window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields the papers that the program prints."""
    words = source.values["command"]
    answer = Answer(200, {}, reading.run(source, words, window.day), words[0], "")
    yield Batch(None, reading.make_checked(source, answer, lambda one: reading.make_lines(one)))


COMMAND = SourceKind("command", run_program, {"command": read_list}, needs=("command",))
