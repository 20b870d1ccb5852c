"""Payloads of jobs: frozen values that render their own files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..model.build import Artifact
from ..storage.sources import read_bytes
from ..themes.rendering import render
from ..themes.theme import Theme


class Payload(Protocol):
    """The payload of a job."""

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the files at these paths; raises InputError for a fault of a template."""


@dataclass(frozen=True, slots=True)
class PageWork:
    """A page: a template and its context."""

    template: str
    context: object

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the page."""
        yield Artifact(paths[0], render(theme, self.template, self.context).encode())


@dataclass(frozen=True, slots=True)
class BytesWork:
    """Bytes that are known already."""

    data: bytes = field(repr=False)
    digest: str

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the bytes."""
        yield Artifact(paths[0], self.data)


@dataclass(frozen=True, slots=True)
class CopyWork:
    """A file of the content's static folder, copied as it is."""

    location: str = field(repr=False, compare=False)
    digest: str

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the bytes of the file."""
        yield Artifact(paths[0], read_bytes(self.location))
