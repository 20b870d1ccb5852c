"""Jobs and their results: picklable values between the main process and workers."""

from __future__ import annotations

from typing import NamedTuple


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
    """An output: path relative to the site, bytes, and their digest if known.

    `facts` is JSON for jobs of later waves, or empty.
    """

    path: str
    data: bytes
    digest: str = ""
    facts: str = ""


class Receipt(NamedTuple):
    """The path, digest and size in bytes of one artifact.

    `facts` is JSON for jobs of later waves, or empty.
    """

    path: str
    digest: str
    size: int
    facts: str = ""


class Source(NamedTuple):
    """A file of the content folder, or the part of one from `line` on.

    `file` is the path as messages show it.
    """

    file: str
    data: bytes
    line: int = 1
