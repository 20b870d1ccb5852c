"""The worker: runs the jobs of a task and stages their files."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from pathlib import Path
from typing import NamedTuple, cast

from ..library.page_kind import Payload, Shard
from ..library.site import Site
from ..model.build import Artifact, Job, Receipt
from ..model.digests import digest_bytes
from ..model.errors import Fault, InputError
from ..search.document import SearchWork
from ..storage.cache_files import ANY_CODE, HEADER, make_header, remove_folders
from ..storage.sources import FileStat
from ..text.memo import SHARED
from ..themes.theme import Theme
from ..urls import CACHE, is_cached
from .executors import InlineExecutor
from .fingerprints import Fingerprints, WorkerContext
from .manifest import Inputs, JobOutputs, TaskRecord

_CACHED = "index-1"


class Task(NamedTuple):
    """A shard of a page kind, or one job, for a worker with `context`.

    `context` is the name of the shared WorkerContext. The worker computes an empty fingerprint. With `staging` the
    worker writes files there; without, it returns their bytes. Files for other jobs are written to the folder `cache`;
    `needs` are those that the task reads. `related_files` names the files of a shard's related papers. A `local` task
    runs in the main process.
    """

    context: str
    key: str
    fingerprint: str
    shard: Shard | None = None
    job: Job | None = None
    staging: str = ""
    cache: str = ""
    needs: tuple[str, ...] = ()
    related_files: str = ""
    local: bool = False


class TaskResult(NamedTuple):
    """The result of one task: its record, or its faults.

    `artifacts` are the files in the order of the jobs' receipts, where they were not staged.
    """

    key: str
    record: TaskRecord
    artifacts: tuple[Artifact, ...] = ()
    faults: tuple[Fault, ...] = ()


def stage_file(artifact: Artifact, staging: str, cache: str) -> FileStat:
    """Writes a file into `staging`, or for other jobs into `cache`; returns its stat."""
    if not is_cached(artifact.path):
        return _write(f"{staging}/{artifact.path}", artifact.data)
    place = f"{cache}/{artifact.path.removeprefix(CACHE)}"
    # Another job may be reading the file of the previous build under this name: it is replaced, never cut short.
    header = make_header(_CACHED, ANY_CODE, artifact.digest or digest_bytes(artifact.data))
    try:
        _write(f"{place}.new", header + artifact.data)
        os.replace(f"{place}.new", place)  # noqa: PTH105 - pathlib takes thrice as long
    except (IsADirectoryError, PermissionError):
        # Windows says that access is denied where other systems say that the target is a folder.
        if not remove_folders(Path(place)):
            raise
        return stage_file(artifact, staging, cache)
    return FileStat.of(os.lstat(place))


def _write(place: str, data: bytes) -> FileStat:
    os.makedirs(place.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
    with open(place, "wb") as file:  # noqa: PTH123
        file.write(data)
        file.flush()
        return FileStat.of(os.fstat(file.fileno()))


def run_task(task: Task) -> TaskResult:
    """Runs the jobs of a task; returns its result."""
    context = cast(WorkerContext, SHARED[task.context])
    jobs: Iterable[Job] = (task.job,) if task.job else ()
    site, theme = context.find(task.shard.language if task.shard else "")
    if task.shard:
        jobs = context.kinds[task.shard.kind].plan(site, task.shard)
        if task.shard.language:
            jobs = (_move(job, site) for job in jobs)
    done: list[JobOutputs] = []
    artifacts: list[Artifact] = []
    faults: list[Fault] = []
    for job in jobs:
        files: list[Artifact] = []
        try:
            files.extend(_render(job, context, theme, task.cache))
        except InputError as error:
            faults.extend(error.faults)
            # What a plugin could not make is a warning; the other files of the job are there.
            if not files or not all(fault.warning for fault in error.faults):
                continue
        receipts = tuple(map(_make_receipt, files))
        try:
            stats = tuple(stage_file(file, task.staging, task.cache) for file in files) if task.staging else ()
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            message = f"/{files[0].path} cannot be written: a part of the path is both a file and a folder of this site"
            faults.append(Fault(job.owner, 0, "", message, "Give one of them another name or slug."))
            continue
        done.append(JobOutputs(job.key, job.owner, job.listed, job.updated, receipts, stats))
        if not task.staging:
            artifacts.extend(files)
    fingerprint, inputs = task.fingerprint, Inputs()
    if task.shard and not fingerprint:
        fingerprint, inputs = Fingerprints(context).of_shard(task.shard, task.related_files, lambda shard: shard)
    return TaskResult(task.key, TaskRecord.of(fingerprint, done, inputs), tuple(artifacts), tuple(faults))


def _move(job: Job, site: Site) -> Job:
    """Returns the job of a site in a language, with own paths and key."""
    return job._replace(key=f"{site.addresses.folder}{job.key}", paths=tuple(map(site.addresses.locate, job.paths)))


def stage(result: TaskResult, task: Task) -> TaskResult:
    """Writes the files of a task that ran without staging; returns the result with stats."""
    stats = (stage_file(artifact, task.staging, task.cache) for artifact in result.artifacts)
    record = result.record
    jobs = [one._replace(stats=tuple(islice(stats, len(one.receipts)))) for one in record.jobs]
    return result._replace(record=TaskRecord.of(record.fingerprint, jobs, record.inputs), artifacts=())


def _make_receipt(artifact: Artifact) -> Receipt:
    size = len(artifact.data) + (HEADER if is_cached(artifact.path) else 0)
    return Receipt(artifact.path, artifact.digest or digest_bytes(artifact.data), size, artifact.facts)


def _render(job: Job, context: WorkerContext, theme: Theme, cache: str) -> Iterable[Artifact]:
    """Renders the files of a job."""
    if isinstance(job.payload, SearchWork):
        # Here, and not above: a site without search has no use for numpy's 0.07 s.
        from .search_tasks import render_search

        return render_search(job.payload, job, cache, context.previous)
    return cast(Payload, job.payload).render(job.paths, theme)


# Tasks that run at a time: bounded, for results wait in memory; many, so that a long task does not hold up others.
_WINDOW = 48


def run_tasks(tasks: Iterable[Task | TaskResult], executor: Executor) -> Iterator[TaskResult]:
    """Runs tasks and yields their results in order; yields results among the tasks unchanged."""
    waiting: deque[tuple[Task | TaskResult, Future[TaskResult]]] = deque()
    started = 0
    try:
        for task in tasks:
            waiting.append((task, _start(task, executor)))
            started += isinstance(task, Task)
            while started >= _WINDOW or (waiting and isinstance(waiting[0][0], TaskResult)):
                started -= isinstance(waiting[0][0], Task)
                yield _finish(*waiting.popleft())
        while waiting:
            yield _finish(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _start(task: Task | TaskResult, executor: Executor) -> Future[TaskResult]:
    if isinstance(task, TaskResult):
        return InlineExecutor().submit(lambda: task)
    return (InlineExecutor() if task.local else executor).submit(run_task, task)


def _finish(task: Task | TaskResult, future: Future[TaskResult]) -> TaskResult:
    result = future.result()
    # Files of a worker on another machine come as bytes.
    return stage(result, task) if isinstance(task, Task) and task.staging and result.artifacts else result
