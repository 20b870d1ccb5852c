"""Commits a build: renames staged files into the site, and deletes removed files.

Only files of rebuilt and of replaced tasks are checked: a build that changes three pages of 100,000 files checks three.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..model.build import Receipt
from ..storage.sources import FileStat
from ..urls import is_cached
from .manifest import JobOutputs, TaskRecord
from .output import Output
from .stat_index import SiteChanges

_Files = dict[str, tuple[Receipt, FileStat]]


class Committed(NamedTuple):
    """The result of a commit: task records, changed and deleted paths, SiteChanges."""

    tasks: dict[str, TaskRecord]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    changes: SiteChanges


def commit(
    output: Output,
    previous: Mapping[str, TaskRecord],
    fresh: Mapping[str, TaskRecord],
    rebuilt: Mapping[str, TaskRecord],
) -> Committed:
    """Moves files of rebuilt tasks into the site; deletes files of replaced tasks.

    `fresh` are the tasks of `previous` that stay unchanged.
    """
    if output.is_new:
        return _commit_whole(output, rebuilt)
    replaced = _list_files(job for key, task in previous.items() if key not in fresh for job in task.jobs)
    jobs = {key: task.jobs for key, task in rebuilt.items()}
    receipts = [one for found in jobs.values() for job in found for one in job.receipts if not is_cached(one.path)]
    owned = {receipt.path for receipt in receipts}
    moves = [one.path for one in receipts if not _is_same(output, one, replaced)]
    # New files first, pages last of them, and deletions at the end: at no moment does a page of the site lead nowhere.
    moves.sort(key=lambda path: (_is_there(output, path, replaced), path.endswith(".html")))
    removes = sorted(path for path in _list_orphans(output, replaced) if path not in owned)
    output.commit(moves, removes)
    stats = {path: output.stat(path) for path in moves}
    touched = output.diff.files
    tasks = {key: _renew_stats(output, one) if touched or one.cached else one for key, one in fresh.items()}
    for key, found in jobs.items():
        record = rebuilt[key]
        record = TaskRecord.of(
            record.fingerprint, [_set_stats(output, job, stats, replaced) for job in found], record.inputs
        )
        known = previous.get(key)
        tasks[key] = known if known == record else record
    return Committed(tasks, tuple(sorted(moves)), tuple(removes), _list_changes(output, tasks, stats, removes))


def list_cached(tasks: Iterable[TaskRecord]) -> set[str]:
    """Lists the files of tasks in the artifact cache."""
    rows = (row for task in tasks if task.cached for row in task.rows)
    return {file[0] for _, _, _, _, files in rows for file in files if is_cached(file[0])}


def _commit_whole(output: Output, rebuilt: Mapping[str, TaskRecord]) -> Committed:
    # A new site's files keep the stats of staged files: their folder is renamed, not they.
    files = dict(_list_stats(rebuilt.values()))
    output.commit((), ())
    return Committed(dict(rebuilt), tuple(sorted(files)), (), SiteChanges(files, whole=True))


def _list_files(jobs: Iterable[JobOutputs]) -> _Files:
    return {receipt.path: (receipt, stat) for job in jobs for receipt, stat in job.files}


def _list_orphans(output: Output, replaced: _Files) -> Iterator[str]:
    """Yields files of replaced tasks in the site, and files that no build wrote."""
    for path, (_, stat) in replaced.items():
        if not is_cached(path) and output.find_stat(path, stat):
            yield path
    yield from output.diff.foreign


def _is_there(output: Output, path: str, replaced: _Files) -> bool:
    return output.find_stat(path, replaced[path][1] if path in replaced else None) is not None


def _is_same(output: Output, receipt: Receipt, replaced: _Files) -> bool:
    previous_receipt, stat = replaced.get(receipt.path, (None, None))
    if previous_receipt and output.find_stat(receipt.path, stat) == stat:
        return previous_receipt.digest == receipt.digest and previous_receipt.size == receipt.size
    return output.has_same_bytes(receipt, stat)


def _set_stats(output: Output, job: JobOutputs, stats: Mapping[str, FileStat], replaced: _Files) -> JobOutputs:
    """Sets the stats of a job's files to those after the commit."""

    def find(path: str, staged: FileStat) -> FileStat:
        if is_cached(path):
            return staged
        return stats.get(path) or output.find_stat(path, replaced[path][1] if path in replaced else None) or staged

    return job._replace(stats=tuple(find(receipt.path, staged) for receipt, staged in job.files))


def _renew_stats(output: Output, task: TaskRecord) -> TaskRecord:
    # Files that were touched or copied, but hold the same bytes, get a new stat; otherwise each build reads them again.
    jobs = task.jobs
    now = [tuple(output.find_stat(receipt.path, stat) or stat for receipt, stat in job.files) for job in jobs]
    if now == [job.stats for job in jobs]:
        return task
    renewed = [job._replace(stats=found) for job, found in zip(jobs, now, strict=True)]
    return TaskRecord.of(task.fingerprint, renewed, task.inputs)


def _list_changes(
    output: Output, tasks: Mapping[str, TaskRecord], stats: Mapping[str, FileStat], removes: Collection[str]
) -> SiteChanges:
    diff = output.diff
    if not diff.indexed:
        return SiteChanges(dict(_list_stats(tasks.values())), whole=True)
    touched = {path: stat for path, stat in diff.files.items() if stat}
    changed = {**touched, **stats}
    for path in removes:
        changed.pop(path, None)
    return SiteChanges(changed, removes, diff.folders)


def _list_stats(tasks: Iterable[TaskRecord]) -> Iterator[tuple[str, FileStat]]:
    for task in tasks:
        for _, _, _, _, files in task.rows:
            for path, _, _, *numbers in files:
                if not is_cached(path):
                    yield path, FileStat(numbers[0], numbers[1], numbers[2])
