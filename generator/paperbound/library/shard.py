"""Shards: a range of the items of one kind of page, planned by one worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shard:
    """A kind of page and, where there are many items of the kind, those from `start` up to `stop`.

    `related` are the related papers of these items, where they are papers and are to be planned.
    """

    kind: str
    start: int = 0
    stop: int = 0
    related: tuple[tuple[str, Sequence[tuple[str, Sequence[str]]]], ...] = ()

    @property
    def key(self) -> str:
        """The shard's name, the same from build to build."""
        return f"{self.kind} {self.start}"
