"""Characters: decoding, forbidden ones, white space, widths, and lines of mail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..model.build import Source
from ..model.errors import Fault, Report

COLUMNS = 76
# That may stand before a number.
_MOST_ZEROS = 20
# C0 and C1 controls but tab and line feed, lone surrogates, and the two noncharacters that XML 1.0 forbids
# (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What closes an embedding, override or isolate of direction:
# https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_CLOSES = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
_DIRECTED = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Letters of other scripts that look like Latin ones (https://www.unicode.org/reports/tr39/#Confusable_Detection).
_ALIKE = str.maketrans("аеорсухіјѕһԁԛԝνοαιρυκ", "aeopcyxijshdqwvoaipuk")


def clean(text: str) -> tuple[str, int]:
    """Returns the text in NFC without forbidden characters, and their number.

    Breaks become line feeds. A direction that a line opens ends with the line.
    """
    if text.isascii() and text.isprintable():
        return text, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x85", "\n")
    text, removed = _FORBIDDEN.subn("", text)
    if _DIRECTED.search(text):
        text = "\n".join(map(_close_directions, text.split("\n")))
    return unicodedata.normalize("NFC", text), removed


def _close_directions(line: str) -> str:
    """Closes the directions that a line opens, and drops signs that close nothing."""
    opened: list[str] = []
    signs = []
    for sign in line:
        if sign in _CLOSES:
            opened.append(_CLOSES[sign])
        elif sign in "\u202c\u2069":
            if not opened or opened[-1] != sign:
                continue
            opened.pop()
        signs.append(sign)
    return "".join((*signs, *reversed(opened)))


def drop_directions(text: str) -> str:
    """Returns a name without signs of direction.

    The parts of a name are shown apart, where nothing would close a direction.
    """
    return text if text.isascii() else _DIRECTED.sub("", text)


def match_look(text: str) -> str:
    """Returns the form that compares the look of names.

    Letters are small, and those of other scripts that look like Latin ones are Latin.
    """
    return match_form(text).translate(_ALIKE)


def collapse(text: str) -> str:
    """Replaces each run of white space by one space, and strips both ends."""
    return " ".join(text.split())


def cut_words(text: str, most: int) -> str:
    """Cuts a text after a whole word within `most` characters, with an ellipsis."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def match_form(text: str) -> str:
    """Returns the form that compares titles: NFC, case folded, spaces collapsed."""
    return collapse(unicodedata.normalize("NFC", text).casefold())


def decode(source: Source, report: Report) -> str | None:
    """Decodes a source, with line feeds only. Reports bytes that are not UTF-8 and returns None."""
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + source.line
        message = f"byte {error.object[error.start]:#04x} is not UTF-8"
        report(Fault(source.file, line, "", message, "Save the file as UTF-8."))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_number(text: str, least: int, most: int) -> int | None:
    """Returns the whole number in a text, from `least` to `most`; else None.

    Python raises an error for a number of thousands of digits.
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(most)) + _MOST_ZEROS
    return int(text) if is_number and least <= int(text) <= most else None


def measure_width(text: str) -> int:
    """Counts columns: 2 for a wide character (https://www.unicode.org/reports/tr11/), 0 for a combining one."""
    if text.isascii():
        return len(text)
    shown = [one for one in text if not unicodedata.combining(one)]
    return len(shown) + sum(unicodedata.east_asian_width(one) in "WF" for one in shown)


def wrap_text(text: str, first: str = "", rest: str = "") -> str:
    """Wraps a text at 76 columns, with the prefixes `first` and `rest`.

    Longer words are cut, because some scripts have no spaces; addresses are not.
    """
    lines: list[str] = []
    line, lead = "", first
    for word in text.split():
        tried = f"{line} {word}" if line else word
        if measure_width(lead) + measure_width(tried) <= COLUMNS:
            line = tried
            continue
        if line:
            lines.append(lead + line)
            lead = rest
        *full, line = _cut(word, COLUMNS - measure_width(lead), COLUMNS - measure_width(rest))
        for piece in full:
            lines.append(lead + piece)
            lead = rest
    lines.append(lead + line)
    return "\n".join(one.rstrip() for one in lines)


def _cut(word: str, room: int, later: int) -> Iterator[str]:
    if word.startswith(("https://", "http://")):
        yield word
        return
    start = width = 0
    for place, character in enumerate(word):
        needed = measure_width(character)
        if width + needed > room and place > start:
            yield word[start:place]
            start, width, room = place, 0, later
        width += needed
    yield word[start:]
