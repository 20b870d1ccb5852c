"""Thumbnails: pictures of papers, small enough for lists, as WebP."""

from __future__ import annotations

import io

# The box of a thumbnail in a list; the file has twice as many pixels, for screens that show two for one.
WIDTH, HEIGHT = 128, 96
_SHARP = 2
_QUALITY = 80


def fit_picture(width: int, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """Returns the size of a picture in a box, never larger than the picture."""
    scale = min(1.0, most_width / width, most_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def draw_thumbnail(data: bytes, width: int, height: int) -> bytes:
    """Draws a thumbnail for a box; returns the bytes of a WebP file.

    Needs Pillow (the extra `cards`). Raises ValueError for a picture that cannot be read.
    """
    from PIL import Image, ImageOps
    from PIL.Image import open as open_picture

    try:
        with open_picture(io.BytesIO(data)) as opened:
            opened.draft("RGB", (width * _SHARP * 2, height * _SHARP * 2))
            turned = ImageOps.exif_transpose(opened)
            picture = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(str(error)[:100]) from error
    size = fit_picture(*picture.size, width * _SHARP, height * _SHARP)
    written = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(written, "WEBP", quality=_QUALITY, method=4)
    return written.getvalue()
