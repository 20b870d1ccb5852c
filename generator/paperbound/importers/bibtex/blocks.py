"""Blocks of BibTeX files: the parts of a file, and its entries and strings."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, Field, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from ...model.build import Source
from ...model.errors import Fault, Report
from ...text.memo import memoize

# bibtexparser ends an entry that is not closed where a line begins with a sign like this.
_START = re.compile(rb"^[^\S\n]*+@(\w+)[ \t]*+[{(]", re.MULTILINE)
_ANY_START = re.compile(r"^[^\S\n]*+@\w*+[ \t]*+[{(]", re.MULTILINE)
# A part has at least this number of blocks, and on average as many again: where it ends depends on the bytes at its
# end, so that an entry that is added or removed changes the parts beside it only.
_LEAST = 16
_LINE = re.compile(rb"[^\n]{0,80}")
_HEAD = re.compile(r"@(\w+)\s*[{(]\s*([^\s,=]*)")
# The form of most entries, as bibtexparser reads it: a brace behind a backslash is none, and commas, quotes and signs
# in braces are text.
_OPENING, _KEY = r"[^\S\n]*+@(?!string|comment|preamble)(\w++)[ \t]*+\{\s*+", r"[^\s,={}\"@\\]"
_USUAL = re.compile(rf"{_OPENING}({_KEY}++)\s*+,\s*+", re.IGNORECASE)
_EMPTY = re.compile(rf"{_OPENING}({_KEY}*+)\s*+\}}[^@]*+", re.IGNORECASE)
_TEXT = r"[^{}\\]++|\\++[{}]?+"
_DEEP = rf"\{{(?:{_TEXT}|\{{(?:{_TEXT})*+\}})*+\}}"
_FIELD = re.compile(rf"([\w:.-]++)\s*+=\s*+(\{{(?:{_TEXT}|{_DEEP})*+\}}|\"[^{{}}\"\\]*+\"|\w++)\s*+(?:(,)\s*+|(?=\}}))")
# A remark between fields, which biber allows: behind a comma or an opening brace, or in a line of its own.
_COMMENT = re.compile(r"(?:(?<=[,}])[ \t]*|^[ \t]*)%[^\n]*", re.MULTILINE)
_REMARK = re.compile(r"[}\"]\s*%[^}\"]*$")
# A value, and the next field without a comma before it.
_NO_COMMA = re.compile(
    rf"(\{{(?:{_TEXT}|{_DEEP})*+\}}|\"(?:[^{{}}\"]++|{_DEEP})*+\"|\w++)\s++([A-Za-z][\w:.-]*+)\s*+=\s*+(\S.*)",
    re.DOTALL,
)
_END = re.compile(r"\}[^@]*+")


class BlockStart(NamedTuple):
    """The start of a block: its place, that behind its opening sign, its type."""

    at: int
    end: int
    kind: str


class RawEntry(NamedTuple):
    """An entry as it is written: type, key, line and values of fields.

    The type is in lower case. A value has its braces, quotes and names of strings. `lines` are those of the fields. A
    string is an entry of the type `string`, with its value as the field `value`.
    """

    kind: str
    key: str
    line: int
    fields: dict[str, str]
    lines: dict[str, int]


def find_starts(data: bytes) -> Iterator[BlockStart]:
    """Yields the starts of blocks that begin a line."""
    for match in _START.finditer(data):
        yield BlockStart(match.start(1) - 1, match.end(), match[1].decode("ascii", "replace").lower())


def split_blocks(source: Source) -> Iterator[Source]:
    """Splits a file into parts of whole blocks, cut where the bytes beside say so."""
    data = source.data
    # A carriage return alone ends a line too; such files are rare, and are not split.
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        yield source
        return
    start, line, blocks = 0, source.line, 0
    for match in _START.finditer(data):
        blocks += 1
        at = match.start(1) - 1
        head = _LINE.match(data, at) if blocks > _LEAST else None
        if head and zlib.crc32(head[0]) % _LEAST == 0:
            yield Source(source.file, data[start:at], line)
            line += data.count(b"\n", start, at)
            start, blocks = at, 1
    yield Source(source.file, data[start:], line)


def read_blocks(source: Source, report: Report) -> Iterator[RawEntry]:
    """Reads the entries and strings of a part of a file; reports other blocks.

    Entries of the usual form are read here, in a fifth of the time, and all others by bibtexparser.
    """
    memoize("bibtex", "logger", _silence)
    text = source.data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in _ANY_START.finditer(text)]
    left, left_line, at, line = 0, source.line, 0, source.line
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        line += text.count("\n", at, start)
        at = start
        block = text[start:end]
        entry = _read_usual(block, source.file, line, report)
        # 500 kB of `@a{` would keep bibtexparser busy for seconds.
        unclosed = not entry and "}" not in block and ")" not in block
        if entry or unclosed:
            yield from _read_others(text[left:start], source.file, left_line, report)
            left, left_line = end, line + block.count("\n")
        if entry:
            yield entry
        elif unclosed:
            _report_failure(block.lstrip(), "end of file", source.file, line, report)
    yield from _read_others(text[left:], source.file, left_line, report)


def _read_usual(text: str, file: str, line: int, report: Report) -> RawEntry | None:
    """Reads an entry of the usual form, with only text behind it; else returns None."""
    head = _USUAL.match(text)
    if not head:
        head = _EMPTY.fullmatch(text)
        return RawEntry(head[1].lower(), head[2], line, {}, {}) if head else None
    fields: list[tuple[str, str, int]] = []
    at, counted, number, comma = head.end(), 0, line, ","
    while comma and (field := _FIELD.match(text, at)):
        name, value, comma = field.groups()
        number += text.count("\n", counted, at)
        fields.append((name, value, number))
        counted, at = at, field.end()
    end = _END.fullmatch(text, at)
    return _make_entry(head[1].lower(), head[2], line, fields, file, report) if end else None


def _read_others(text: str, file: str, first: int, report: Report) -> Iterator[RawEntry]:
    """Reads the blocks of a text by bibtexparser."""
    for block in Splitter(text).split().blocks if "@" in text else ():
        # An entry whose key or field stands twice is an entry still.
        doubled = type(block) in (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)
        entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) and doubled else block
        line = first + (block.start_line or 0)
        odd = isinstance(entry, ParsingFailedBlock) or (
            isinstance(entry, Entry) and any("%" in one.key or _REMARK.search(one.value) for one in entry.fields)
        )
        without = _COMMENT.sub("", block.raw or "") if odd else block.raw
        if without != block.raw and not (isinstance(entry, Entry) and _is_broken(without or "")):
            yield from _read_others(without or "", file, line, report)
        elif isinstance(entry, ParsingFailedBlock):
            reason = str(getattr(entry.error, "abort_reason", entry.error))
            _report_failure(entry.raw or "", reason, file, line, report)
        elif isinstance(entry, Entry):
            fields = _split_fields(entry.fields, first, file, report)
            yield _make_entry(entry.entry_type, entry.key, line, fields, file, report)
        elif isinstance(entry, String):
            yield RawEntry("string", entry.key, line, {"value": entry.value}, {})


def _is_broken(text: str) -> bool:
    """Returns whether bibtexparser finds no whole entry in a text."""
    blocks = Splitter(text).split().blocks
    return not blocks or any(isinstance(block, ParsingFailedBlock) for block in blocks)


def _silence() -> logging.Logger:
    # Each aborted block is in the library, too, and is reported from there.
    logger = logging.getLogger("bibtexparser")
    logger.setLevel(logging.CRITICAL)
    return logger


def _split_fields(fields: Iterable[Field], first: int, file: str, report: Report) -> Iterator[tuple[str, str, int]]:
    """Yields the fields of an entry; reports each comma that is missing."""
    for field in fields:
        name, value, line = field.key, field.value, first + (field.start_line or 0)
        while match := _NO_COMMA.fullmatch(value):
            yield name, match[1], line
            line += value.count("\n", 0, match.start(2))
            name, value = match[2], match[3]
            message = f"a comma is missing before {name!r}; read as if it was there"
            report(Fault(file, line, name, message, "Write a comma behind each field.", warning=True))
        yield name, value, line


def _make_entry(
    kind: str, key: str, line: int, written: Iterable[tuple[str, str, int]], file: str, report: Report
) -> RawEntry:
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    for name, value, number in written:
        name = name.lower()
        if name not in fields:
            fields[name], lines[name] = value, number
        elif fields[name] != value:
            message = f"{name!r} stands twice in the entry {key!r}; the first is kept"
            report(Fault(file, number, name, message, "Keep one of them.", warning=True))
    return RawEntry(kind, key, line, fields, lines)


def _report_failure(text: str, reason: str, file: str, line: int, report: Report) -> None:
    head = _HEAD.match(text)
    kind, key = (head[1].lower(), head[2]) if head else ("", "")
    if kind == "comment":
        return
    reason = reason.split("\n")[0]
    if "block start" in reason or "end of file" in reason:
        problem, remedy = "is never closed", "Close each brace and each quote that it opens."
    else:
        problem, remedy = f"cannot be read ({reason.strip().rstrip('.')})", "Write `name = {value},` for each field."
    name = f"the entry {key[:60]!r}" if key else "an entry"
    message = f"{name} {problem}; left out"
    report(Fault(file, line, "", message, remedy, warning=True))
