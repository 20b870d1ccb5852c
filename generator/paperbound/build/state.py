"""State: what the last build wrote, beside the output, in slices, so that a lie costs one slice.

Each slice is a header, the digest of what follows, and that, written by `marshal`: tuples of text and numbers, which
are read ten times as fast as JSON lines (100,000 jobs in 0.2 s, not 2) and hold no code. A slice that is cut short,
foreign, older or changed is dropped, and its shares of the work are done again.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model.job import Receipt
from ..text.digests import digest_bytes

# What marshal writes is read by the same Python alone.
_HEADER = f"paperbound state 2 {sys.version_info[0]}.{sys.version_info[1]}"
_SLICES = 64


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
        state = cls(folder, code)
        for number in range(_SLICES):
            state.shares.update(_read_slice(folder / f"slice-{number:02d}", state.header))
        return state

    @property
    def header(self) -> bytes:
        """The line that each slice begins with."""
        return f"{_HEADER} {self.code}\n".encode()

    def save(self, shares: Mapping[str, Share]) -> None:
        """Writes the slices that differ from what lies there, each atomically."""
        self.folder.mkdir(parents=True, exist_ok=True)
        slices: list[dict[str, Share]] = [{} for _ in range(_SLICES)]
        before: list[dict[str, Share]] = [{} for _ in range(_SLICES)]
        for key in sorted(shares):
            slices[_place(key)][key] = shares[key]
        for key in sorted(self.shares):
            before[_place(key)][key] = self.shares[key]
        for number, (wanted, known) in enumerate(zip(slices, before, strict=True)):
            file = self.folder / f"slice-{number:02d}"
            if wanted != known or not file.is_file():
                # Version 2 knows no references, which would tell which texts are one object.
                body = marshal.dumps([(key, share.digest, _pack(share)) for key, share in wanted.items()], 2)
                write_atomically(file, self.header + digest_bytes(body).encode() + b"\n" + body)
        self.shares = dict(shares)


def write_atomically(file: Path, data: bytes) -> None:
    """Writes beside the file and renames, so that a reader sees the old bytes or the new ones."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)


def _place(key: str) -> int:
    return zlib.crc32(key.encode()) % _SLICES


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


def _read_slice(file: Path, header: bytes) -> Iterator[tuple[str, Share]]:
    try:
        data = file.read_bytes()
    except OSError:
        return
    if not data.startswith(header):
        return
    digest, _, body = data.removeprefix(header).partition(b"\n")
    if digest.decode("latin-1") != digest_bytes(body):
        return
    for key, made_from, jobs in marshal.loads(body):
        yield key, Share(made_from, tuple(_unpack(*job) for job in jobs))


def _unpack(key: str, owner: str, listed: bool, updated: str, files: list[tuple[str, str, str, int, int, int]]) -> Done:
    receipts = tuple(Receipt(path, digest, size, facts) for path, digest, facts, size, _, _ in files)
    stamps = tuple(Stamp(size, modified, changed) for _, _, _, size, modified, changed in files)
    return Done(key, owner, listed, updated, receipts, stamps)
