"""Places: the folders that Paperbound finds beside an output folder and beside its own code."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = ".paperbound"


def find_private(folder: Path) -> Path:
    """The private folder beside an output folder."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link out
    return place.parent / PRIVATE / place.name


def find_builtin_themes() -> Path:
    """The folder of the themes that come with Paperbound: in the wheel, or in the repository."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_themes"
    return inside if inside.is_dir() else package.parent.parent / "themes"
