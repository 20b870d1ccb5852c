"""Shards: a range of the items of one kind of page, planned by one worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shard:
    """A page kind and a range of its items, from `start` up to `stop`.

    `related` has the related papers of items that are papers.
    """

    kind: str
    start: int = 0
    stop: int = 0
    related: tuple[tuple[str, Sequence[tuple[str, Sequence[str]]]], ...] = ()

    @property
    def key(self) -> str:
        """The shard's name, the same from build to build."""
        return f"{self.kind} {self.start}"
