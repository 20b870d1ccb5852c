"""Places: the private folder beside an output folder, and the themes that come with Paperbound."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

PRIVATE = ".paperbound"


class PrivateFolder(NamedTuple):
    """The private folder of a site's builds: manifest, cache, journal, staging and lock."""

    folder: Path

    @property
    def lock(self) -> Path:
        """The file whose lock a build holds."""
        return self.folder / "lock"

    @property
    def staging(self) -> Path:
        """The folder of the files of this build until all of them are written."""
        return self.folder / "staging"

    @property
    def replaced(self) -> Path:
        """The folder of the old site while a whole new one takes its place."""
        return self.folder / "replaced"

    @property
    def journal(self) -> Path:
        """The journal of an unfinished commit."""
        return self.folder / "journal"

    @property
    def manifest(self) -> Path:
        """The folder of the manifest: tasks in segments, sources, the stat index."""
        return self.folder / "manifest"

    @property
    def cache(self) -> Path:
        """The folder of the artifact cache: a folder for each kind."""
        return self.folder / "cache"


def find_private(output: Path) -> PrivateFolder:
    """Finds the private folder beside an output folder."""
    place = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link out
    return PrivateFolder(place.parent / PRIVATE / place.name)


def find_builtin_themes() -> Path:
    """Returns the folder of the built-in themes: in the wheel, or in the repository."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_themes"
    return inside if inside.is_dir() else package.parent.parent / "themes"
