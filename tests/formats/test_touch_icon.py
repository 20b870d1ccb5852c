"""The icon of home screens: a PNG in the accent with the mark of the site."""

from __future__ import annotations

import io

from PIL import Image

from paperbound.formats.touch_icon import SIZE, draw_touch_icon


def test_the_icon_shows_the_mark_on_the_accent() -> None:
    data = draw_touch_icon("#8a2846")
    assert data == draw_touch_icon("#8a2846")
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.size == (SIZE, SIZE)
    accent, white = (0x8A, 0x28, 0x46), (255, 255, 255)

    def look(x: float, y: float) -> tuple[int, ...]:
        found = image.getpixel((int(x * SIZE / 32), int(y * SIZE / 32)))
        assert isinstance(found, tuple)
        return found

    # Corners, the spine from edge to edge, a stitch, the outer and the inner ring, and the ground between.
    for place, colour in {
        (0.5, 0.5): accent,
        (31, 31): accent,
        (10.5, 0.5): white,
        (10.5, 31): white,
        (5, 17): white,
        (5, 11): accent,
        (26, 11): white,
        (15, 4.5): white,
        (21, 11): white,
        (15, 11): accent,
        (23.5, 11): accent,
    }.items():
        assert look(*place) == colour, place
