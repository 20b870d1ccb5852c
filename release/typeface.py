"""The typeface of the default theme: a subset of a locked package, written when Paperbound is installed or packed."""

from __future__ import annotations

from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "fontpkg-literata"
_ROMAN, _LICENCE = "fontpkg_literata/files/Literata[opsz,wght].ttf", "fontpkg_literata/LICENSE"
# The size of text; regular to bold.
_AXES = {"opsz": 14, "wght": (400, 700)}
# Latin with its accents, punctuation, arrows and the commonest signs of relation. For all else systems have fonts.
_CHARACTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x2BB, 0x2BC, 0x2C6, 0x2DA, 0x2DC, 0x1E9E,
    *range(0x2010, 0x2028), *range(0x202F, 0x2045), 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2215, 0x221E,
    0x2248, 0x2260, 0x2264, 0x2265,
)  # fmt: skip
_FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "tnum"]
# Copyright, names and licence: its file has to say under which one it may be passed on.
_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def make_typeface() -> bytes:
    """Returns the font of texts as WOFF2: the same bytes on every machine, no time in them."""
    options = subset.Options()
    options.layout_features, options.name_IDs = _FEATURES, _NAMES
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_CHARACTERS)
    with TTFont(_find(_ROMAN), recalcTimestamp=False) as font:
        subsetter.subset(font)
        small = instancer.instantiateVariableFont(font, _AXES)
        small.flavor = "woff2"
        written = BytesIO()
        small.save(written)
    return written.getvalue()


def write_typeface(folder: Path) -> None:
    """Writes the typeface and its licence into the folder of assets, unless it is there."""
    for name, data in (("literata.woff2", make_typeface()), ("literata.txt", _find(_LICENCE).read_bytes())):
        file = folder / name
        if not file.is_file() or file.read_bytes() != data:
            file.write_bytes(data)


def _find(file: str) -> Path:
    return Path(str(metadata.distribution(PACKAGE).locate_file(file)))


class TypefaceHook(BuildHookInterface[Any]):
    """The hook of the build of wheels, and of the installation in place."""

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Writes the typeface before files are collected."""
        write_typeface(Path(self.root) / "themes" / "default" / "assets")
