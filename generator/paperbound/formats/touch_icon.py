"""Draws the icon of a site for home screens: its mark on the accent."""

from __future__ import annotations

import io

# The pixels of an iPhone with three for one of CSS.
SIZE = 180
# Drawn larger, and scaled down: Pillow draws no soft edges. The mark is that of favicon.svg, 32 units wide.
_SHARP, _UNITS = 8, 32
_BARS = ((9, 0, 12, 32), (4, 4.5, 10, 7.5), (4, 15.5, 10, 18.5), (4, 26.5, 10, 29.5))
# Middle and radius of each half ring, and where its straight ends begin.
_RINGS = ((19.5, 11, 6.5, 12), (19, 11, 2, 12))
_STROKE = 2.5


def draw_touch_icon(accent: str) -> bytes:
    """Draws the icon; returns the bytes of a PNG file. Needs Pillow (the extra `cards`)."""
    from PIL import Image, ImageDraw

    scale = SIZE * _SHARP / _UNITS
    image = Image.new("RGB", (SIZE * _SHARP, SIZE * _SHARP), accent)
    pen = ImageDraw.Draw(image)

    def fill(left: float, top: float, right: float, bottom: float) -> None:
        pen.rectangle(
            [round(left * scale), round(top * scale), round(right * scale) - 1, round(bottom * scale) - 1], "#fff"
        )

    for bar in _BARS:
        fill(*bar)
    for x, y, radius, begin in _RINGS:
        outer, half = radius + _STROKE / 2, _STROKE / 2
        box = [round(one * scale) for one in (x - outer, y - outer, x + outer, y + outer)]
        pen.arc(box, 270, 90, "#fff", round(_STROKE * scale))
        for edge in (y - radius, y + radius):
            fill(begin, edge - half, x, edge + half)
    data = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(data, "PNG", optimize=True)
    return data.getvalue()
