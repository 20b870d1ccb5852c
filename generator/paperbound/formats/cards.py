"""Draws card images as PNG: other sites show them beside a link (https://ogp.me/#structured).

The font is the one in Pillow (Aileron, for Latin letters) or the theme's `card.ttf`.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

WIDTH, HEIGHT = 1200, 630
_PAPER, _INK, _QUIET, _RULE = "#f9faf8", "#151a18", "#5b6561", "#d5dbd6"
_MARGIN, _TOP = 84, 168
# Sizes of titles, the largest first, with the lines that fit in each.
_SIZES = ((84, 3), (68, 4), (54, 5), (44, 6))
_COLOURS = 48
# Characters of a text that are measured: no card has room for more.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a card and its accent colour; `font` is empty for Pillow's."""

    site: str
    title: str
    line: str
    note: str
    accent: str
    font: bytes = field(default=b"", repr=False)


def draw_card(card: Card) -> bytes:
    """Draws a card; returns the bytes of a PNG file. Needs Pillow (the extra `cards`)."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    width = WIDTH - 2 * _MARGIN
    pen.rectangle((0, 0, 17, HEIGHT), card.accent)
    # The stitches of the theme's mark.
    for top in (_MARGIN, HEIGHT // 2, HEIGHT - _MARGIN):
        pen.rectangle((17, top - 3, 47, top + 2), card.accent)
    small = _load_font(card, 30)
    pen.text((_MARGIN, 70), _cut(_keep(card.site, small), small, width), card.accent, small)
    font, lines, size = _fit(card, width)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, _TOP + number * size * 1.16), line, _INK, font)
    pen.rectangle((_MARGIN, HEIGHT - 128, WIDTH - _MARGIN, HEIGHT - 127), _RULE)
    note = _cut(_keep(card.note, small), small, width // 2)
    room = width - round(small.getlength(note)) - 40
    pen.text((_MARGIN, HEIGHT - 102), _cut(_keep(card.line, small), small, room), _QUIET, small)
    pen.text((WIDTH - _MARGIN, HEIGHT - 102), note, _QUIET, small, anchor="ra")
    data = io.BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


def _load_font(card: Card, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(card.font), size) if card.font else ImageFont.load_default(size)


def _keep(text: str, font: Any) -> str:
    """Returns a text without the characters that a font has no picture of."""
    unknown = bytes(font.getmask("\U0010fffe"))
    known = "".join(one for one in text[:_MOST] if one == " " or bytes(font.getmask(one)) != unknown)
    return " ".join(known.split())


def _fit(card: Card, width: int) -> tuple[Any, list[str], int]:
    """Returns font, lines and size of a title, which is cut if necessary."""
    font = _load_font(card, _SIZES[0][0])
    title = _keep(card.title, font)
    # A title in a script that the font lacks is not shown in pieces.
    title = title if 2 * len(title) >= len(card.title[:_MOST]) else _keep(card.site, font)
    for size, most in _SIZES:
        font = _load_font(card, size)
        lines = _wrap(title, font, width)
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font, width)]
    return font, lines, size


def _wrap(text: str, font: Any, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_cut(line, font, width) for line in lines]


def _cut(text: str, font: Any, width: int) -> str:
    """Returns a text, cut with an ellipsis to at most `width` pixels."""
    if font.getlength(text) <= width:
        return text
    fits = bisect_right(range(1, len(text)), width, key=lambda end: font.getlength(f"{text[:end].rstrip()}…"))
    return f"{text[:fits].rstrip()}…"
