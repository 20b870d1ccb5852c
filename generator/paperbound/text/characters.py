"""Characters: forbidden ones, white space, and a form for comparison."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and line feed, lone surrogates, and the two noncharacters that XML 1.0 forbids
# (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> tuple[str, int]:
    """Returns the text in NFC without forbidden characters, and how many were removed.

    All line breaks become line feeds.
    """
    if text.isascii() and text.isprintable():
        return text, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x85", "\n")
    text, removed = _FORBIDDEN.subn("", text)
    return unicodedata.normalize("NFC", text), removed


def collapse(text: str) -> str:
    """Replaces each run of white space by one space, and strips both ends."""
    return " ".join(text.split())


def cut_words(text: str, most: int) -> str:
    """Cuts a text after a whole word within `most` characters, with an ellipsis."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def match_form(text: str) -> str:
    """Returns the form that compares titles: NFC, case folded, spaces collapsed."""
    return collapse(unicodedata.normalize("NFC", text).casefold())
