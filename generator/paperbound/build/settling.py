"""Settling: of what was made, what is moved into the site; what is deleted there; and how everything lies afterwards.

All of it is found from the shares that were made and those that they replace: a build that changes three pages of
100,000 files looks at the three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..model.job import Receipt
from ..urls import is_work
from .output import Output
from .snapshot import Changes
from .state import Done, Share, Stamp

_Lain = dict[str, tuple[Receipt, Stamp]]


@dataclass(frozen=True, slots=True)
class Settled:
    """The shares as they are done now, the paths whose bytes changed and those deleted, and how the site lies."""

    shares: dict[str, Share]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    changes: Changes


def settle(
    output: Output,
    before: Mapping[str, Share],
    taken: Mapping[str, Share],
    made: Mapping[str, tuple[str, tuple[Done, ...]]],
) -> Settled:
    """Moves in what was `made` (digest and jobs by key); `taken` are the shares of `before` that stay as they are."""
    lain = _list_files(job for key, share in before.items() if key not in taken for job in share.jobs)
    jobs = [job for _, found in made.values() for job in found]
    receipts = [receipt for job in jobs for receipt in job.receipts if not is_work(receipt.path)]
    owned = {receipt.path for receipt in receipts}
    moves = [one.path for one in receipts if output.fresh or not _lies(output, one, lain)]
    removes = [] if output.fresh else sorted(path for path in _list_lying(output, lain) if path not in owned)
    output.commit(moves, removes, _list_work(taken, jobs))
    stamps = {} if output.fresh else {path: output.stamp(path) for path in moves}
    shares = {key: _restamp(output, share, {}) for key, share in taken.items()} if output.differs else dict(taken)
    for key, (digest, found) in made.items():
        known = before.get(key)
        share = Share.of(digest, [_stamp(output, job, stamps, lain) for job in found])
        shares[key] = known if known == share else share
    return Settled(shares, tuple(sorted(moves)), tuple(removes), _list_changes(output, shares, stamps, removes))


def _list_files(jobs: Iterable[Done]) -> _Lain:
    return {
        receipt.path: (receipt, stamp) for job in jobs for receipt, stamp in zip(job.receipts, job.stamps, strict=True)
    }


def _list_lying(output: Output, lain: _Lain) -> Iterator[str]:
    """What lies in the site of the files that were replaced, and what no build made."""
    for path, (_, stamp) in lain.items():
        if not is_work(path) and output.find(path, stamp):
            yield path
    yield from output.foreign


def _list_work(taken: Mapping[str, Share], jobs: Iterable[Done]) -> set[str]:
    kept = (job for share in taken.values() if share.work for job in share.jobs)
    return {
        receipt.path for found in (jobs, kept) for job in found for receipt in job.receipts if is_work(receipt.path)
    }


def _lies(output: Output, receipt: Receipt, lain: _Lain) -> bool:
    before, stamp = lain.get(receipt.path, (None, None))
    if before and output.find(receipt.path, stamp) == stamp:
        return before.digest == receipt.digest and before.size == receipt.size
    return output.lies(receipt, stamp)


def _stamp(output: Output, job: Done, stamps: Mapping[str, Stamp], lain: _Lain) -> Done:
    """The job with the stamps of its files as they lie now; those of a fresh site lie as they were staged."""
    if output.fresh:
        return job

    def find(path: str, staged: Stamp) -> Stamp:
        if is_work(path):
            return staged
        return stamps.get(path) or output.find(path, lain[path][1] if path in lain else None) or staged

    found = (find(receipt.path, staged) for receipt, staged in zip(job.receipts, job.stamps, strict=True))
    return replace(job, stamps=tuple(found))


def _restamp(output: Output, share: Share, nothing: Mapping[str, Stamp]) -> Share:
    # Files that were touched, but hold the same bytes, get a new stamp, lest they be read again each time.
    jobs = share.jobs
    if not any(receipt.path in output.differs for job in jobs for receipt in job.receipts):
        return share
    return Share.of(share.digest, [_stamp(output, job, nothing, _list_files((job,))) for job in jobs])


def _list_changes(
    output: Output, shares: Mapping[str, Share], stamps: Mapping[str, Stamp], removes: Iterable[str]
) -> Changes:
    if output.fresh or not output.seen:
        return Changes(dict(_list_stamps(shares.values())), whole=True)
    touched = {path: stamp for path, stamp in output.differs.items() if stamp}
    changed = {**touched, **stamps}
    removed = tuple(removes)
    for path in removed:
        changed.pop(path, None)
    return Changes({path: _number(stamp) for path, stamp in changed.items()}, removed, output.folders)


def _list_stamps(shares: Iterable[Share]) -> Iterator[tuple[str, tuple[int, int, int]]]:
    for share in shares:
        for job in share.jobs:
            for receipt, stamp in zip(job.receipts, job.stamps, strict=True):
                if not is_work(receipt.path):
                    yield receipt.path, _number(stamp)


def _number(stamp: Stamp) -> tuple[int, int, int]:
    return stamp.size, stamp.modified, stamp.changed
