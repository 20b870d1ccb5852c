"""Settling: of what was made, what is moved into the site; what is deleted there; and how everything lies afterwards.

All of it is found from the shares that were made and those that they replace: a build that changes three pages of
100,000 files looks at the three.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..model.job import Receipt
from ..urls import is_work
from .manifest import Done, Share, Stamp
from .output import Output
from .stat_index import Numbers
from .up_to_date import Changes

_Lain = dict[str, tuple[Receipt, Stamp]]


@dataclass(frozen=True, slots=True)
class Settled:
    """The shares as they are done now, the paths whose bytes changed and those deleted, and how the site lies."""

    shares: dict[str, Share]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    changes: Changes


def settle(
    output: Output, before: Mapping[str, Share], taken: Mapping[str, Share], made: Mapping[str, Share]
) -> Settled:
    """Moves in what was `made`; `taken` are the shares of `before` that stay as they are."""
    if output.fresh:
        return _settle_whole(output, made)
    lain = _list_files(job for key, share in before.items() if key not in taken for job in share.jobs)
    jobs = {key: share.jobs for key, share in made.items()}
    receipts = [one for found in jobs.values() for job in found for one in job.receipts if not is_work(one.path)]
    owned = {receipt.path for receipt in receipts}
    moves = [one.path for one in receipts if not _lies(output, one, lain)]
    removes = sorted(path for path in _list_lying(output, lain) if path not in owned)
    output.commit(moves, removes, _list_work((*taken.values(), *made.values())))
    stamps = {path: output.stamp(path) for path in moves}
    touched = output.see().differs
    shares = {key: _restamp(output, one) if touched or one.work else one for key, one in taken.items()}
    for key, found in jobs.items():
        share = Share.of(made[key].digest, [_stamp(output, job, stamps, lain) for job in found])
        known = before.get(key)
        shares[key] = known if known == share else share
    return Settled(shares, tuple(sorted(moves)), tuple(removes), _list_changes(output, shares, stamps, removes))


def _settle_whole(output: Output, made: Mapping[str, Share]) -> Settled:
    # A site that is moved in whole lies as it was staged: its files were not renamed, their folder was.
    files = dict(_list_stamps(made.values()))
    output.commit((), (), _list_work(made.values()))
    return Settled(dict(made), tuple(sorted(files)), (), Changes(files, whole=True))


def _list_files(jobs: Iterable[Done]) -> _Lain:
    return {receipt.path: (receipt, stamp) for job in jobs for receipt, stamp in job.files}


def _list_lying(output: Output, lain: _Lain) -> Iterator[str]:
    """What lies in the site of the files that were replaced, and what no build made."""
    for path, (_, stamp) in lain.items():
        if not is_work(path) and output.find(path, stamp):
            yield path
    yield from output.see().foreign


def _list_work(shares: Iterable[Share]) -> set[str]:
    rows = (row for share in shares if share.work for row in share.rows)
    return {file[0] for _, _, _, _, files in rows for file in files if is_work(file[0])}


def _lies(output: Output, receipt: Receipt, lain: _Lain) -> bool:
    before, stamp = lain.get(receipt.path, (None, None))
    if before and output.find(receipt.path, stamp) == stamp:
        return before.digest == receipt.digest and before.size == receipt.size
    return output.lies(receipt, stamp)


def _stamp(output: Output, job: Done, stamps: Mapping[str, Stamp], lain: _Lain) -> Done:
    """The job with the stamps of its files as they lie now."""

    def find(path: str, staged: Stamp) -> Stamp:
        if is_work(path):
            return staged
        return stamps.get(path) or output.find(path, lain[path][1] if path in lain else None) or staged

    found = (find(receipt.path, staged) for receipt, staged in job.files)
    return replace(job, stamps=tuple(found))


def _restamp(output: Output, share: Share) -> Share:
    # Files that were touched or copied, but hold the same bytes, get a new stamp, lest they be read again each time.
    jobs = share.jobs
    now = [tuple(output.find(receipt.path, stamp) or stamp for receipt, stamp in job.files) for job in jobs]
    if now == [job.stamps for job in jobs]:
        return share
    return Share.of(share.digest, [replace(job, stamps=found) for job, found in zip(jobs, now, strict=True)])


def _list_changes(
    output: Output, shares: Mapping[str, Share], stamps: Mapping[str, Stamp], removes: Collection[str]
) -> Changes:
    lying = output.see()
    if not lying.seen:
        return Changes(dict(_list_stamps(shares.values())), whole=True)
    touched = {path: stamp for path, stamp in lying.differs.items() if stamp}
    changed = {**touched, **stamps}
    for path in removes:
        changed.pop(path, None)
    return Changes({path: _number(stamp) for path, stamp in changed.items()}, removes, lying.folders)


def _list_stamps(shares: Iterable[Share]) -> Iterator[tuple[str, Numbers]]:
    for share in shares:
        for _, _, _, _, files in share.rows:
            for path, _, _, *numbers in files:
                if not is_work(path):
                    yield path, (numbers[0], numbers[1], numbers[2])


def _number(stamp: Stamp) -> Numbers:
    return stamp.size, stamp.modified, stamp.changed
