"""Options and result of a build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .errors import Fault


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build.

    `themes` are folders of themes; `base_url` overrides the one of site.yaml.
    """

    content: Path
    output: Path
    themes: tuple[Path, ...] = ()
    base_url: str = ""
    strict: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of a build, paths relative to the site, and warnings.

    `bytes` is the size of the whole site; `written` and `removed` are paths.
    """

    papers: int
    pages: int
    files: int
    bytes: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Fault, ...]

    @property
    def unchanged(self) -> int:
        """The number of files that the build did not write."""
        return self.files - len(self.written)
