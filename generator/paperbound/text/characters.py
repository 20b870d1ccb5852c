"""Characters that no page, feed or file may hold, and how text is made comparable."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and line feed, lone surrogates, and the two noncharacters that XML 1.0 forbids
# (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> tuple[str, int]:
    """The text in NFC without forbidden characters, with line feeds only, and how many were removed."""
    if text.isascii() and text.isprintable():
        return text, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x85", "\n")
    text, removed = _FORBIDDEN.subn("", text)
    return unicodedata.normalize("NFC", text), removed


def collapse(text: str) -> str:
    """The text in one line: every run of white space is one space, none at the ends."""
    return " ".join(text.split())


def cut_words(text: str, most: int) -> str:
    """The text, or its whole words within so many characters and an ellipsis."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def match_form(text: str) -> str:
    """The form in which two titles are compared: NFC, case folded, spaces collapsed."""
    return collapse(unicodedata.normalize("NFC", text).casefold())
