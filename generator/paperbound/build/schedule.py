"""Scheduling: batches to an executor, in a bounded window, outcomes in the order of the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future

from .making import Batch, Outcome, run_batch

# Batches under way at a time: bounded, for their outcomes wait in memory; many, lest a long one hold up the others.
_WINDOW = 48


def run_batches(batches: Iterable[Batch | Outcome], executor: Executor) -> Iterator[Outcome]:
    """The outcomes of all batches in their order; what is an outcome already is passed on in its place."""
    waiting: deque[Future[Outcome]] = deque()
    try:
        for batch in batches:
            if isinstance(batch, Outcome):
                future: Future[Outcome] = Future()
                future.set_result(batch)
                waiting.append(future)
            else:
                waiting.append(executor.submit(run_batch, batch))
            if len(waiting) >= _WINDOW:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
