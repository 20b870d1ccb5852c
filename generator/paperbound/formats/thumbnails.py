"""Thumbnails: pictures of papers, small enough for lists, as WebP."""

from __future__ import annotations

import io

# The box of a thumbnail in a list; the file has twice as many pixels, for screens that show two for one.
WIDTH, HEIGHT = 128, 96
_SHARP = 2
# The box of the picture on a paper's page, in CSS pixels.
PAGE_WIDTH, PAGE_HEIGHT = 640, 400
_QUALITY = 80


def fit_picture(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """Returns the size of a picture in a box, never larger than the picture."""
    scale = min(1.0, most_width / width, most_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def list_sizes(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Returns the sizes of the files for a paper's page.

    They have one and two pixels for one of CSS. A picture that is not larger than its place needs none.
    """
    found = (fit_picture(width, height, PAGE_WIDTH * sharp, PAGE_HEIGHT * sharp) for sharp in (1, _SHARP))
    return tuple(one for one in dict.fromkeys(found)) if width > fit_page(width, height)[0] else ()


def fit_page(width: int, height: int) -> tuple[int, int]:
    """Returns the size of a picture on a paper's page."""
    return fit_picture(width, height, PAGE_WIDTH, PAGE_HEIGHT)


def draw_thumbnail(data: bytes, width: int, height: int, sharp: int = _SHARP) -> bytes:
    """Draws a picture for a box; returns the bytes of a WebP file.

    It has `sharp` pixels for one of the box. Needs Pillow (the extra `cards`). Raises ValueError for a picture that
    cannot be read.
    """
    from PIL import Image, ImageOps
    from PIL.Image import open as open_picture

    try:
        with open_picture(io.BytesIO(data)) as opened:
            opened.draft("RGB", (width * sharp * 2, height * sharp * 2))
            turned = ImageOps.exif_transpose(opened)
            picture = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(str(error)[:100]) from error
    size = fit_picture(*picture.size, width * sharp, height * sharp)
    written = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(written, "WEBP", quality=_QUALITY, method=4)
    return written.getvalue()
