"""State: what the last build wrote, beside the output, in sealed slices, so that a lie costs one slice.

A slice that cannot be trusted is dropped, and its shares of the work are done again. What a share's jobs were is
unpacked where it is asked for: of 100,000 jobs that stay as they are only the counts are read, in 0.05 s.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..model.job import Receipt
from ..model.values import quick
from ..storage.cache_files import read_slices, write_slices
from ..text.digests import digest_bytes
from ..urls import is_work

_KIND = "state 3"
# A file's path, digest, facts, and stamp; a job's key, owner, what the sitemap says of it, and its files.
File = tuple[str, str, str, int, int, int]
Row = tuple[str, str, bool, str, list[File]]


@quick
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


@quick
@dataclass(frozen=True, slots=True)
class Done:
    """A job that was done: its key, who asked for it, what the sitemap says of it, its receipts, its files' stamps."""

    key: str
    owner: str
    listed: bool
    updated: str
    receipts: tuple[Receipt, ...]
    stamps: tuple[Stamp, ...] = ()

    @property
    def files(self) -> Iterator[tuple[Receipt, Stamp]]:
        """The receipts, each with the stamp of its file."""
        return zip(self.receipts, self.stamps, strict=True)

    @property
    def listing(self) -> tuple[str, str]:
        """The page's path and its day of change, as the sitemap says them."""
        return self.receipts[0].path, self.updated


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the work that was done, a part of the plan or one job.

    Its jobs are packed: as values, those of 10,000 papers took a second on their way between processes.

    `digest` is that of what it was made from, `listing` that of what the sitemap says of its pages. It made so many
    `files` of `size` bytes for the site, `pages` of them HTML, and so many for other jobs (`work`).
    """

    digest: str
    listing: str
    files: int
    size: int
    pages: int
    work: int
    packed: bytes

    @classmethod
    def of(cls, digest: str, jobs: Sequence[Done]) -> Share:
        """The share that these jobs are."""
        receipts = [receipt for job in jobs for receipt in job.receipts]
        sizes = [receipt.size for receipt in receipts if not is_work(receipt.path)]
        pages = sum(receipt.path.endswith(".html") for receipt in receipts)
        body = marshal.dumps([_pack(job) for job in jobs], 2)
        work = len(receipts) - len(sizes)
        listed = "\n".join("\t".join(job.listing) for job in jobs if job.listed)
        return cls(digest, digest_bytes(listed.encode()), len(sizes), sum(sizes), pages, work, body)

    @property
    def jobs(self) -> tuple[Done, ...]:
        """The jobs, unpacked."""
        return tuple(_unpack(*row) for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        """The jobs as rows, which cost a tenth of unpacking them."""
        rows: list[Row] = marshal.loads(self.packed)
        return rows

    def pack(self) -> tuple[object, ...]:
        """The share as text, numbers and bytes."""
        return self.digest, self.listing, self.files, self.size, self.pages, self.work, self.packed


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
        return cls(folder, code, {key: Share(*packed) for key, packed in found.items()})

    def save(self, shares: Mapping[str, Share]) -> None:
        """Writes the slices that differ from what lies there, each atomically."""
        write_slices(self.folder, _KIND, self.code, shares, self.shares, Share.pack)
        self.shares = dict(shares)


def _pack(done: Done) -> Row:
    stamps = done.stamps or [Stamp(receipt.size, 0, 0) for receipt in done.receipts]
    files = [
        (receipt.path, receipt.digest, receipt.facts, stamp.size, stamp.modified, stamp.changed)
        for receipt, stamp in zip(done.receipts, stamps, strict=True)
    ]
    return done.key, done.owner, done.listed, done.updated, files


def _unpack(key: str, owner: str, listed: bool, updated: str, files: list[File]) -> Done:
    receipts = tuple(Receipt(path, digest, size, facts) for path, digest, facts, size, _, _ in files)
    stamps = tuple(Stamp(size, modified, changed) for _, _, _, size, modified, changed in files)
    return Done(key, owner, listed, updated, receipts, stamps)
