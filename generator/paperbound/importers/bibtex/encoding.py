"""BibTeX files as text: their encoding, and where their blocks begin."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...model.build import Source
from ...model.errors import Fault, Report

# JabRef's first lines name the encoding of the file.
_DECLARED = re.compile(rb"^%+[ \t]*Encoding:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNREADABLE = re.compile("[\udc80-\udcff]+")
# bibtexparser ends an entry that is not closed where a line begins with a sign like this.
_START = re.compile(rb"@(\w+)[ \t]*[{(]")


class BlockStart(NamedTuple):
    """The start of a block: its place, that behind its opening sign, its type."""

    at: int
    end: int
    kind: str


def find_wide(data: bytes) -> str:
    """Returns `utf-16` or `utf-32` for bytes with such a mark; an empty text for others."""
    return next((name for mark, name in _WIDE if data.startswith(mark)), "")


def find_declared(data: bytes) -> str:
    """Returns the encoding that a file's head declares, if it is not UTF-8."""
    match = _DECLARED.search(data[:4_096])
    try:
        name = codecs.lookup(match[1].decode()).name if match else ""
    except LookupError:
        return ""
    return "" if name == "utf-8" else name


def decode_bytes(source: Source, declared: str, report: Report) -> str:
    """Decodes bytes with line feeds only; reports each encoding other than UTF-8.

    UTF-16 and UTF-32 have a mark, `declared` is the encoding that the file names. Bytes that are neither are read as
    Windows-1252.
    """
    data = source.data
    wide = find_wide(data)
    if wide:
        text = data.decode(wide, "replace")
        _report_encoding(source, 1, f"the file is {wide.upper()}", report)
    else:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
        unreadable = _UNREADABLE.search(text) if not text.isascii() else None
        if unreadable:
            line = source.line + text.count("\n", 0, unreadable.start())
            if declared:
                text = data.decode(declared, "replace")
                _report_encoding(source, line, f"read as {_show(declared)}, as the file says", report)
            else:
                text = _UNREADABLE.sub(_read_windows, text)
                _report_encoding(source, line, "bytes that are not UTF-8 are read as Windows-1252", report)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_windows(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _show(encoding: str) -> str:
    return encoding.replace("cp125", "Windows-125").replace("iso8859-", "ISO-8859-")


def _report_encoding(source: Source, line: int, message: str, report: Report) -> None:
    report(Fault(source.file, line, "", message, "Save the file as UTF-8.", warning=True))


def find_starts(data: bytes) -> Iterator[BlockStart]:
    """Yields the blocks of a file that begin a line."""
    for match in _START.finditer(data):
        start = match.start()
        lead = data[data.rfind(b"\n", 0, start) + 1 : start].removeprefix(codecs.BOM_UTF8)
        if not lead or lead.isspace():
            yield BlockStart(start, match.end(), match[1].decode("ascii", "replace").lower())
