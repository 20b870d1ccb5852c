"""State: what the last build wrote, beside the output, in slices, so that a lie costs one slice.

Each slice is a text file: a header, a JSON line a job, and a last line with the digest of what stands
before it. A slice that is cut short, foreign, older or changed is dropped, and its jobs are done again.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model.job import Receipt
from ..text.digests import digest_bytes

_HEADER = "paperbound state 1\n"
_SLICES = 32


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
    """A job that was done: its digest, its receipts, and the stamp of each of its files."""

    digest: str
    receipts: tuple[Receipt, ...]
    stamps: tuple[Stamp, ...]


@dataclass(slots=True)
class State:
    """The jobs that were done, by key, kept in a folder beside the output."""

    folder: Path
    jobs: dict[str, Done] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> State:
        """The state in a folder; whatever of it cannot be trusted is left out."""
        state = cls(folder)
        for number in range(_SLICES):
            state.jobs.update(_read_slice(folder / f"slice-{number:02d}"))
        return state

    def save(self, jobs: Mapping[str, Done]) -> None:
        """Writes the slices that differ from what lies there, each atomically."""
        self.folder.mkdir(parents=True, exist_ok=True)
        slices: list[list[str]] = [[] for _ in range(_SLICES)]
        for key in sorted(jobs):
            slices[zlib.crc32(key.encode()) % _SLICES].append(_write_line(key, jobs[key]))
        for number, lines in enumerate(slices):
            body = _HEADER + "".join(lines)
            text = f"{body}{digest_bytes(body.encode())}\n".encode()
            file = self.folder / f"slice-{number:02d}"
            if not file.is_file() or file.read_bytes() != text:
                write_atomically(file, text)


def write_atomically(file: Path, data: bytes) -> None:
    """Writes beside the file and renames, so that a reader sees the old bytes or the new ones."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)


def _write_line(key: str, done: Done) -> str:
    files = [
        [receipt.path, receipt.digest, receipt.facts, stamp.size, stamp.modified, stamp.changed]
        for receipt, stamp in zip(done.receipts, done.stamps, strict=True)
    ]
    return json.dumps([key, done.digest, files], ensure_ascii=False, separators=(",", ":")) + "\n"


def _read_slice(file: Path) -> Iterable[tuple[str, Done]]:
    try:
        body, _, digest = file.read_bytes().removesuffix(b"\n").rpartition(b"\n")
        body += b"\n"
        if digest.decode() != digest_bytes(body) or not body.startswith(_HEADER.encode()):
            return []
        return [_read_line(line) for line in body.decode().removeprefix(_HEADER).split("\n") if line]
    except (OSError, ValueError, TypeError, IndexError):
        return []


def _read_line(line: str) -> tuple[str, Done]:
    key, digest, files = json.loads(line)
    receipts = tuple(Receipt(path, sum_, size, facts) for path, sum_, facts, size, _, _ in files)
    stamps = tuple(Stamp(size, modified, changed) for _, _, _, size, modified, changed in files)
    return key, Done(digest, receipts, stamps)
