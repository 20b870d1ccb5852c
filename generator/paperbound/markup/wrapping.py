"""Line wrapping of plain text for mail."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

COLUMNS = 76


def measure_width(text: str) -> int:
    """Returns the number of columns: two for wide characters, none for combining ones.

    East Asian Width (https://www.unicode.org/reports/tr11/).
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def wrap_text(text: str, first: str = "", rest: str = "", columns: int = COLUMNS) -> str:
    """Wraps a text at `columns`, with the prefixes `first` and `rest`.

    Longer words are cut, because some scripts have no spaces; addresses are not.
    """
    lines: list[str] = []
    line, lead = "", first
    for word in text.split():
        tried = f"{line} {word}" if line else word
        if measure_width(lead) + measure_width(tried) <= columns:
            line = tried
            continue
        if line:
            lines.append(lead + line)
            lead = rest
        *full, line = _cut(word, columns - measure_width(lead), columns - measure_width(rest))
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
