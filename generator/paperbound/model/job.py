"""Jobs and what they leave behind: closed values that walk from the plan to the workers and back."""

from __future__ import annotations

from dataclasses import dataclass

from .values import quick


@quick
@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work whose output depends on nothing but itself, the theme and the code.

    `key` is the same from build to build; `kind` says which maker runs it; `payload` is a frozen value.
    `listed` pages stand in the sitemap, changed on the day `updated` (ISO 8601, or empty). A `paths`
    entry may hold `{digest}`, which the maker fills in from the bytes.
    """

    key: str
    kind: str
    payload: object
    owner: str
    paths: tuple[str, ...]
    template: str = ""
    listed: bool = False
    updated: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Artifact:
    """A path relative to the site, with slashes, its bytes, and their digest where the maker has found it."""

    path: str
    data: bytes
    digest: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Receipt:
    """What one artifact was: its path, the digest of its bytes, their number, and what its maker found out
    that jobs of the second wave need (JSON, or empty)."""

    path: str
    digest: str
    size: int
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the content folder, or a part of one that begins at `line`: the path as people name it, the bytes."""

    file: str
    data: bytes
    line: int = 1
