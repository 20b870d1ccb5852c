"""The manifest: each task of the last build with its fingerprint and outputs.

It consists of checksummed segments beside the output; a damaged segment makes its own tasks stale. Outputs, with their
stats, are packed, and decoded if needed: of 100,000 unchanged files only the counts are read, in 0.05 s.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..model.build import Receipt
from ..model.digests import digest_bytes
from ..storage.cache_files import PrivateFolder, read_segments, write_segments
from ..storage.sources import FileStat
from ..urls import is_cached

_KIND = "tasks-4"
# A file's path, digest, facts, and stat; a job's key, owner, what the sitemap says of it, and its files.
File = tuple[str, str, str, int, int, int]
Row = tuple[str, str, bool, str, list[File]]


class JobOutputs(NamedTuple):
    """Outputs of a job: key, owner, sitemap entry, receipts and stats of files."""

    key: str
    owner: str
    listed: bool
    updated: str
    receipts: tuple[Receipt, ...]
    stats: tuple[FileStat, ...] = ()

    @property
    def files(self) -> Iterator[tuple[Receipt, FileStat]]:
        """The receipts, each with the stat of its file."""
        return zip(self.receipts, self.stats, strict=True)


class Inputs(NamedTuple):
    """The part of a task's fingerprint that is valid while the overview is the same.

    `digest` is the digest of the inputs except whole records, `related_files` names the files of related papers,
    `related` is the digest of their contents.
    """

    overview: str = ""
    digest: str = ""
    related_files: str = ""
    related: str = ""


class TaskRecord(NamedTuple):
    """The manifest's record of a task: a shard of a page kind, or one job.

    `listing` is the digest of the sitemap entries of its pages. The task wrote `files` of `size` bytes for the site,
    `pages` of them HTML, and `cached` files for other jobs. `packed` are its jobs.
    """

    fingerprint: str
    listing: str
    files: int
    size: int
    pages: int
    cached: int
    packed: bytes
    inputs: Inputs = Inputs()

    @classmethod
    def of(cls, fingerprint: str, jobs: Sequence[JobOutputs], inputs: Inputs) -> TaskRecord:
        """Makes the record of a task that ran these jobs."""
        receipts = [receipt for job in jobs for receipt in job.receipts]
        sizes = [receipt.size for receipt in receipts if not is_cached(receipt.path)]
        pages = sum(receipt.path.endswith(".html") for receipt in receipts)
        packed = marshal.dumps([_pack_job(job) for job in jobs], 2)
        listed = "\n".join(f"{job.receipts[0].path}\t{job.updated}" for job in jobs if job.listed)
        listing = digest_bytes(listed.encode())
        return cls(fingerprint, listing, len(sizes), sum(sizes), pages, len(receipts) - len(sizes), packed, inputs)

    @property
    def jobs(self) -> tuple[JobOutputs, ...]:
        """The jobs, decoded."""
        return tuple(_unpack_job(*row) for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        """The jobs as rows, in a tenth of the time of decoding them."""
        rows: list[Row] = marshal.loads(self.packed)
        return rows


def read_manifest(private: PrivateFolder, code: str) -> dict[str, TaskRecord]:
    """Reads the records of all tasks by key, without segments that other code wrote."""
    found = read_segments(private.manifest, _KIND, code)
    return {key: _unpack_record(*row) for key, row in found.items()}


def write_manifest(
    private: PrivateFolder, code: str, tasks: Mapping[str, TaskRecord], previous: Mapping[str, TaskRecord]
) -> None:
    """Writes the segments whose records differ from the previous ones, each atomically."""
    write_segments(private.manifest, _KIND, code, tasks, previous, _pack_record)


def _pack_record(record: TaskRecord) -> tuple[object, ...]:
    return tuple(record.inputs), *record[:-1]


def _unpack_record(inputs: tuple[str, str, str, str], *fields: Any) -> TaskRecord:
    return TaskRecord(*fields)._replace(inputs=Inputs(*inputs))


def _pack_job(job: JobOutputs) -> Row:
    stats = job.stats or [FileStat(receipt.size, 0, 0) for receipt in job.receipts]
    files = [
        (receipt.path, receipt.digest, receipt.facts, *found)
        for receipt, found in zip(job.receipts, stats, strict=True)
    ]
    return job.key, job.owner, job.listed, job.updated, files


def _unpack_job(key: str, owner: str, listed: bool, updated: str, files: list[File]) -> JobOutputs:
    receipts = tuple(Receipt(path, digest, size, facts) for path, digest, facts, size, _, _ in files)
    stats = tuple(FileStat(size, modified, changed) for _, _, _, size, modified, changed in files)
    return JobOutputs(key, owner, listed, updated, receipts, stats)
