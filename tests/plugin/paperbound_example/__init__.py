"""An example of a package that adds to Paperbound."""

from __future__ import annotations

from pathlib import Path

THEMES = str(Path(__file__).parent / "themes")
