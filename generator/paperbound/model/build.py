"""Values of a build: options, sources, jobs, artifacts and the result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from .errors import Fault


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build: `themes` are folders, `base_url` overrides the one of site.yaml.

    Records of a date after `today`, an ordinal, are published later (0: all are published now), and drafts not at all,
    except in a preview, which has `drafts`.
    """

    content: Path
    output: Path
    themes: tuple[Path, ...] = ()
    base_url: str = ""
    strict: bool = False
    clean: bool = False
    today: int = 0
    drafts: bool = False


class Progress(Protocol):
    """A callback for the steps of work, each with its count of `total` (0: unknown)."""

    def __call__(self, what: str, count: int = 0, total: int = 0) -> None:
        """Notes a step."""


def ignore_progress(what: str, count: int = 0, total: int = 0) -> None:
    """Notes nothing."""


class Source(NamedTuple):
    """A file of the content folder, or its part from `line` on."""

    file: str
    data: bytes
    line: int = 1


class Job(NamedTuple):
    """A unit of rendering that depends on its payload, the theme and the code.

    `key` is the same in each build; `payload` is a frozen value that renders the files. `listed` pages are in the
    sitemap, with `updated` as their day of change (ISO 8601, or empty). An entry of `paths` may hold `{digest}`, which
    the worker replaces by the digest of the bytes. A `local` job runs in the main process, because its payload takes
    longer to send than to render.
    """

    key: str
    payload: object
    owner: str
    paths: tuple[str, ...]
    listed: bool = False
    updated: str = ""
    local: bool = False


class Artifact(NamedTuple):
    """An output: path in the site, bytes, digest if known, and JSON for later waves."""

    path: str
    data: bytes
    digest: str = ""
    facts: str = ""


class Receipt(NamedTuple):
    """An artifact without its bytes; `size` counts them."""

    path: str
    digest: str
    size: int
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of a build, paths written and removed, warnings, and the site's `bytes`.

    `drafts` were left out, or marked in a preview; the next is `due` on a day, an ordinal (0: none has a date).
    """

    papers: int
    pages: int
    files: int
    bytes: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Fault, ...]
    drafts: int = 0
    due: int = 0

    @property
    def unchanged(self) -> int:
        """The number of files that the build did not write."""
        return self.files - len(self.written)
