"""Encodings of foreign files: by byte order mark, by declaration, or by guess."""

from __future__ import annotations

import codecs
import re

from ...model.build import Source
from ...model.errors import Fault, Report

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:encoding\s*[=:]\s*|coding[=:]\s*)[\"']?([\w.-]{3,20})", re.IGNORECASE)
# Python calls these encodings; no file of papers is written in them.
_ESCAPES = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"))
_INVALID = re.compile("[\udc80-\udcff]+")


def find_mark(data: bytes) -> tuple[str, int]:
    """Returns the codec and the length of a byte order mark.

    UTF-16 is found without one."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, len(mark)
    start = data[:1_000]
    if start.count(0) * 3 > len(start) > 3:
        return ("utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"), 0
    return "", 0


def convert_to_utf8(source: Source, encoding: str, report: Report) -> Source:
    """Converts a source to UTF-8 without a byte order mark; reports guesses.

    Bytes that are not UTF-8 are read in `encoding`, in the one that the file declares, or as Windows-1252.
    """
    data = source.data
    codec, length = find_mark(data)
    data = data[length:]
    if codec and codec != "utf-8":
        return source._replace(data=data.decode(codec, "replace").encode())
    if encoding:
        return source._replace(data=_decode(data, encoding).encode())
    try:
        data.decode()
    except UnicodeDecodeError as error:
        declared = _find_declared(data)
        guess = declared or "cp1252"
        name = "Windows-1252" if guess == "cp1252" else guess
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode("utf-8", "surrogateescape")
        found = sum(map(len, _INVALID.findall(text)))
        how = f"{name}, as the file says" if declared else name
        what = (
            f"byte {data[error.start]:#04x} is" if found == 1 else f"{found} bytes from {data[error.start]:#04x} on are"
        )
        message = f"{what} not UTF-8; read as {how}"
        remedy = "Save the file as UTF-8, or import it with --encoding NAME."
        report(Fault(source.file, line, "", message, remedy, warning=True))
        if not declared:  # two encodings in one file are common
            text = _INVALID.sub(lambda match: _decode(match[0].encode("utf-8", "surrogateescape"), guess), text)
        data = (_decode(data, declared) if declared else text).encode()
    return source._replace(data=data)


def _find_declared(data: bytes) -> str:
    match = _DECLARED.search(data[:2_000])
    try:
        name = codecs.lookup(match[1].decode()).name if match else ""
    except LookupError:
        return ""
    return name if name not in ("utf-8", "ascii") and is_encoding(name) else ""


def is_encoding(name: str) -> bool:
    """Returns whether a name is that of an encoding of text."""
    try:
        return codecs.lookup(name).name not in _ESCAPES and isinstance(b"\xff".decode(name, "replace"), str)
    except (LookupError, ValueError):
        return False


def _decode(data: bytes, encoding: str) -> str:
    # A byte that Windows-1252 lacks is a control character of Latin-1 at best.
    return data.decode(encoding, "replace")
