"""Executors: where batches run. Anything that speaks `concurrent.futures.Executor` will do."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any


class InlineExecutor(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of the call."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


def make_executor(workers: int) -> Executor:
    """An executor of so many processes, or this process for one.

    The processes are forked now, where that can be done, while this one is small: workers that are forked
    after 81,417 records were read would each come to hold a copy of them.
    """
    if workers <= 1:
        return InlineExecutor()
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    executor = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method))
    executor.submit(_warm_up)
    return executor


def _warm_up() -> None:
    import jinja2  # noqa: F401
    import latex2mathml.converter  # noqa: F401
