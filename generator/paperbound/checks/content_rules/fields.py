"""Fields of records that hold text, each with its plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...markup.texts import TEXTS, text_of
from ...model.errors import Fault
from ...model.record import Record

# Texts that are no Markdown.
PLAIN = ("venue", "booktitle", "series", "publisher", "address", "note")
PEOPLE = ("authors", "editors")
_SHOWN = 40
_CODE = re.compile("(?<!`)`++([^`]++)`++")


def list_plain_texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yields the fields that are no Markdown with their texts; people by name and affiliation."""
    for name in PLAIN:
        if value := getattr(record, name):
            yield name, value
    for name in PEOPLE:
        for author in getattr(record, name):
            yield name, author.name
            yield name, author.affiliation


def list_shown_texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yields all fields with the texts that a reader sees."""
    yield from list_plain_texts(record)
    for name in TEXTS:
        if getattr(record, name):
            yield name, text_of(record, name).plain


def list_code(markdown: str) -> list[str]:
    """Returns the pieces of a Markdown text between backticks."""
    return [one.strip() for one in _CODE.findall(markdown)]


def make_fault(record: Record, name: str, text: str, at: int, message: str, remedy: str) -> Fault:
    """Makes the warning of a text, with the place in it as the message says."""
    shown = " ".join(text[max(0, at - _SHOWN // 2) : at + _SHOWN // 2].split())
    origin = record.origin
    # As it stands in the file: `repr` writes a backslash twice.
    written = repr(shown).replace("\\\\", "\\")
    return Fault(origin.file, origin.line_of(name), name, f"{message}: {written}", remedy, warning=True)
