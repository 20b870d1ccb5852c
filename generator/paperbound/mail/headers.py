"""Mail headers, written without decoding (decision 13).

Python's email package decodes a value before it writes it: a title with `=?utf-8?q?=0ABcc:_x?=` in it becomes a header
`Bcc` (seen with 3.11.7). This module encodes text that is not plain (RFC 2047), and decodes nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

# A line with an encoded word has 76 characters at most: `Reply-To: `, the frame of 12, and 52 of base64.
_BYTES = 39
_PLAIN = re.compile(r"[ -~]*")
_LONGEST_WORD, _LONGEST_NAME = 60, 50
_LINE = 76
_FOLD = "\r\n "


def write_header(name: str, text: str) -> str:
    """Writes a header of unstructured text, folded, ending with CR LF.

    Line breaks of the text become spaces.
    """
    text = " ".join(text.split())
    if not _is_plain(text):
        return f"{name}: " + _FOLD.join(_encode(text)) + "\r\n"
    lines, line = [], f"{name}:"
    for word in text.split(" "):
        if len(line) + 1 + len(word) > _LINE and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join((*lines, line)) + "\r\n"


def write_mailbox(name: str, address: str) -> str:
    """Writes `Name <address>`, with the name quoted or encoded (RFC 5322, 3.4).

    The address is valid already.
    """
    name = " ".join(name.split())
    if not name:
        return address
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    if not _is_plain(name) or len(escaped) > _LONGEST_NAME:
        return _FOLD.join((*_encode(name), f"<{address}>"))
    gap = " " if len(escaped) + len(address) < _LONGEST_WORD else _FOLD
    return f'"{escaped}"{gap}<{address}>'


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or "=?" in text:
        return False
    return all(len(word) <= _LONGEST_WORD for word in text.split(" "))


def _encode(text: str) -> Iterator[str]:
    piece = b""
    for character in text:
        more = character.encode()
        if len(piece) + len(more) > _BYTES:
            yield _frame(piece)
            piece = b""
        piece += more
    yield _frame(piece)


def _frame(piece: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(piece).decode()}?="
