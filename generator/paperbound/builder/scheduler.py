"""The scheduler: tasks to an executor in a bounded window, results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future

from .executors import InlineExecutor
from .worker import Task, TaskResult, run_task, stage

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
