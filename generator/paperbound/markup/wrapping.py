"""Plain text in lines of a fixed width, as mail has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

COLUMNS = 76


def measure_width(text: str) -> int:
    """The columns that a text takes: two for each wide character, none for a combining one.

    East Asian Width (https://www.unicode.org/reports/tr11/).
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def wrap_text(text: str, first: str = "", rest: str = "", columns: int = COLUMNS) -> str:
    """The text in lines of at most so many columns, `first` before the first one and `rest` before the others.

    Words longer than a line are cut, for some scripts have no spaces; an address is not, lest it lead nowhere.
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
        taken = measure_width(character)
        if width + taken > room and place > start:
            yield word[start:place]
            start, width, room = place, 0, later
        width += taken
    yield word[start:]
