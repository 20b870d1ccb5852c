"""State: what the last build wrote, beside the output, in sealed slices, so that a lie costs one slice.

A slice that cannot be trusted is dropped, and its shares of the work are done again. 100,000 jobs are read in 0.2 s.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model.job import Receipt
from .sealed import read_slices, write_slices

_KIND = "state 2"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it lay when it was written: size, and times of change in nanoseconds."""

    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Stamp:
        """The stamp of what stat says."""
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Done:
    """A job that was done: its key, who asked for it, what the sitemap says of it, its receipts, its files' stamps."""

    key: str
    owner: str
    listed: bool
    updated: str
    receipts: tuple[Receipt, ...]
    stamps: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the work that was done, a part of the plan or one job: the digest of what it was made from."""

    digest: str
    jobs: tuple[Done, ...]


@dataclass(slots=True)
class State:
    """The shares that were done, by key, kept in a folder beside the output; of no use to other `code`."""

    folder: Path
    code: str
    shares: dict[str, Share] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, code: str) -> State:
        """The state in a folder; whatever of it cannot be trusted, or was written by other code, is left out."""
        found = read_slices(folder, _KIND, code)
        return cls(folder, code, {key: Share(made_from, _unpack_all(jobs)) for key, (made_from, jobs) in found.items()})

    def save(self, shares: Mapping[str, Share]) -> None:
        """Writes the slices that differ from what lies there, each atomically."""
        write_slices(self.folder, _KIND, self.code, shares, self.shares, lambda share: (share.digest, _pack(share)))
        self.shares = dict(shares)


def _pack(share: Share) -> list[tuple[object, ...]]:
    return [
        (
            done.key,
            done.owner,
            done.listed,
            done.updated,
            [
                (receipt.path, receipt.digest, receipt.facts, stamp.size, stamp.modified, stamp.changed)
                for receipt, stamp in zip(done.receipts, done.stamps, strict=True)
            ],
        )
        for done in share.jobs
    ]


def _unpack_all(jobs: list[tuple[str, str, bool, str, list[tuple[str, str, str, int, int, int]]]]) -> tuple[Done, ...]:
    return tuple(_unpack(*job) for job in jobs)


def _unpack(key: str, owner: str, listed: bool, updated: str, files: list[tuple[str, str, str, int, int, int]]) -> Done:
    receipts = tuple(Receipt(path, digest, size, facts) for path, digest, facts, size, _, _ in files)
    stamps = tuple(Stamp(size, modified, changed) for _, _, _, size, modified, changed in files)
    return Done(key, owner, listed, updated, receipts, stamps)
