"""Blocks of BibTeX files: the parts of a file, and its entries and strings."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from bibtexparser.splitter import Splitter

from ...model.build import Source
from ...model.errors import Fault, Report
from ...text.memo import memoize

# bibtexparser ends an entry that is not closed where a line begins with a sign like this.
_START = re.compile(rb"@(\w+)[ \t]*[{(]")
# A part has at least this number of blocks, and on average as many again: where it ends depends on the bytes at its
# end, so that an entry that is added or removed changes the parts beside it only.
_LEAST = 16
_LINE = re.compile(rb"[^\n]{0,80}")
_HEAD = re.compile(r"@(\w+)\s*[{(]\s*([^\s,=]*)")


class BlockStart(NamedTuple):
    """The start of a block: its place, that behind its opening sign, its type."""

    at: int
    end: int
    kind: str


class RawEntry(NamedTuple):
    """An entry as it is written: type, key, line and values of fields.

    The type is in lower case. A value has its braces, quotes and names of strings. `lines` are those of the fields.
    """

    kind: str
    key: str
    line: int
    fields: dict[str, str]
    lines: dict[str, int]


def find_starts(data: bytes) -> Iterator[BlockStart]:
    """Yields the starts of blocks that begin a line."""
    for match in _START.finditer(data):
        start = match.start()
        lead = data[data.rfind(b"\n", 0, start) + 1 : start]
        if not lead or lead.isspace():
            yield BlockStart(start, match.end(), match[1].decode("ascii", "replace").lower())


def split_blocks(source: Source) -> Iterator[Source]:
    """Splits a file into parts of whole blocks, cut where the bytes beside say so."""
    data = source.data
    # A carriage return alone ends a line too; such files are rare, and are not split.
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        yield source
        return
    start, line, blocks = 0, source.line, 0
    for block in find_starts(data):
        blocks += 1
        head = _LINE.match(data, block.at)
        if blocks > _LEAST and head and zlib.crc32(head[0]) % _LEAST == 0:
            yield Source(source.file, data[start : block.at], line)
            line += data.count(b"\n", start, block.at)
            start, blocks = block.at, 1
    yield Source(source.file, data[start:], line)


def parse_blocks(data: bytes) -> Library:
    """Parses a part of a file into blocks with unread values."""
    memoize("bibtex", "logger", _silence)
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return Splitter(text).split()


def _silence() -> logging.Logger:
    # Each aborted block is in the library, too, and is reported from there.
    logger = logging.getLogger("bibtexparser")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return logger


def list_entries(library: Library, file: str, first: int, report: Report) -> Iterator[RawEntry]:
    """Yields the entries of a library; reports blocks that cannot be read.

    `first` is the line where the text begins.
    """
    for block in library.blocks:
        # An entry whose key or field stands twice is an entry still.
        doubled = isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
        entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) and doubled else block
        if isinstance(entry, Entry):
            yield _make_entry(entry, file, first, report)
        elif isinstance(block, ParsingFailedBlock) and not doubled:
            _report_failure(block, file, first, report)


def _make_entry(entry: Entry, file: str, first: int, report: Report) -> RawEntry:
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    for field in entry.fields:
        name = field.key.lower()
        line = first + (field.start_line or 0)
        if name not in fields:
            fields[name], lines[name] = field.value, line
        elif fields[name] != field.value:
            message = f"{name!r} stands twice in the entry {entry.key!r}; the first is kept"
            report(Fault(file, line, name, message, "Keep one of them.", warning=True))
    return RawEntry(entry.entry_type, entry.key, first + (entry.start_line or 0), fields, lines)


def _report_failure(block: ParsingFailedBlock, file: str, first: int, report: Report) -> None:
    head = _HEAD.match(block.raw or "")
    kind, key = (head[1].lower(), head[2]) if head else ("", "")
    if kind == "comment":
        return
    reason = str(getattr(block.error, "abort_reason", block.error)).split("\n")[0]
    if "block start" in reason or "end of file" in reason:
        problem, remedy = "is never closed", "Close each brace and each quote that it opens."
    else:
        problem, remedy = f"cannot be read ({reason.strip().rstrip('.')})", "Write `name = {value},` for each field."
    name = f"the entry {key!r}" if key else "an entry"
    message = f"{name} {problem}; left out"
    report(Fault(file, first + (block.start_line or 0), "", message, remedy, warning=True))
