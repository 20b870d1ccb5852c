"""Scheduling: batches to an executor, in a bounded window, outcomes in the order of the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import cast

from .making import Batch, Outcome, run_batch, stage

# Batches under way at a time: bounded, for their outcomes wait in memory; many, lest a long one hold up the others.
_WINDOW = 48
# What reads files of this machine; and what looks at every record, for a worker would come to copy all of them.
_HERE = ("assets", "search facets")


def run_batches(batches: Iterable[Batch | Outcome], executor: Executor) -> Iterator[Outcome]:
    """The outcomes of all batches in their order; what is an outcome already is passed on in its place."""
    waiting: deque[tuple[Batch | Outcome, Future[Outcome] | None]] = deque()
    try:
        for batch in batches:
            if not isinstance(batch, Outcome) and batch.part and batch.part.kind in _HERE:
                batch = run_batch(batch)
            waiting.append((batch, None if isinstance(batch, Outcome) else executor.submit(run_batch, batch)))
            if len(waiting) >= _WINDOW:
                yield _finish(*waiting.popleft())
        while waiting:
            yield _finish(*waiting.popleft())
    finally:
        for _, future in waiting:
            if future:
                future.cancel()


def _finish(batch: Batch | Outcome, future: Future[Outcome] | None) -> Outcome:
    if isinstance(batch, Outcome) or not future:
        return cast(Outcome, batch)
    outcome = future.result()
    # What was made on another machine came as bytes.
    return stage(outcome, batch) if batch.staging and outcome.artifacts else outcome
