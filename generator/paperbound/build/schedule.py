"""Scheduling: jobs to batches to an executor, in a bounded window, outcomes in the order of the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice

from ..model.job import Job
from ..themes.theme import Layer, Theme
from .making import Batch, Outcome, run_batch

BATCH = 40
# Jobs under way at a time: bounded, for each is a value in memory; many, lest a long one hold up those after it.
_WINDOW = 320
_MOST_BATCHES = 32


def run_jobs(
    jobs: Iterable[Job],
    theme: Theme,
    executor: Executor,
    staging: str = "",
    work: str = "",
    batch: int = BATCH,
) -> Iterator[Outcome]:
    """The outcomes of all jobs in their order; some batches of `batch` jobs are under way at a time."""
    lean = Theme(theme.name, tuple(Layer(one.folder, one.templates, {}) for one in theme.layers), theme.styles)
    waiting: deque[Future[list[Outcome]]] = deque()
    source = iter(jobs)
    try:
        while chosen := tuple(islice(source, batch)):
            waiting.append(executor.submit(run_batch, Batch(chosen, lean, staging, work)))
            if len(waiting) >= min(_WINDOW // batch, _MOST_BATCHES):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
