"""Scheduling: batches to an executor, in a bounded window, outcomes in the order of the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future

from .executors import InlineExecutor
from .worker import Batch, Outcome, run_batch, stage

# Batches under way at a time: bounded, for their outcomes wait in memory; many, lest a long one hold up the others.
_WINDOW = 48


def run_batches(batches: Iterable[Batch | Outcome], executor: Executor) -> Iterator[Outcome]:
    """The outcomes of all batches in their order; what is an outcome already is passed on in its place."""
    waiting: deque[tuple[Batch | Outcome, Future[Outcome]]] = deque()
    started = 0
    try:
        for batch in batches:
            waiting.append((batch, _start(batch, executor)))
            started += isinstance(batch, Batch)
            while started >= _WINDOW or (waiting and isinstance(waiting[0][0], Outcome)):
                started -= isinstance(waiting[0][0], Batch)
                yield _finish(*waiting.popleft())
        while waiting:
            yield _finish(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _start(batch: Batch | Outcome, executor: Executor) -> Future[Outcome]:
    if isinstance(batch, Outcome):
        return InlineExecutor().submit(lambda: batch)
    return (InlineExecutor() if batch.local else executor).submit(run_batch, batch)


def _finish(batch: Batch | Outcome, future: Future[Outcome]) -> Outcome:
    outcome = future.result()
    # What was made on another machine came as bytes.
    return stage(outcome, batch) if isinstance(batch, Batch) and batch.staging and outcome.artifacts else outcome
