"""What a build is asked to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .errors import Fault


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do. `themes` are folders of themes; `base_url` overrides site.yaml's."""

    content: Path
    output: Path
    themes: tuple[Path, ...] = ()
    base_url: str = ""
    strict: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did: counts, paths relative to the site, bytes of the whole site, warnings."""

    papers: int
    pages: int
    files: int
    bytes: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Fault, ...]

    @property
    def unchanged(self) -> int:
        """The number of files that were left as they were."""
        return self.files - len(self.written)
