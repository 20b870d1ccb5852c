"""Executors of `concurrent.futures` that run tasks: in this process, or in others."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from threading import Thread
from typing import Any

from ..storage.platform import CAN_FORK
from ..text.memo import SHARED
from ..text.report import name_libraries


class InlineExecutor(Executor):
    """An executor that runs each call at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Runs the call; returns its finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


def collect_seldom() -> None:
    """Makes a worker search for cycles rarely, not after every 700 new values.

    Templates create cycles: without any search two workers held 20 MB more at 10,000 papers.
    """
    _leave_interrupts()
    gc.enable()
    gc.set_threshold(100_000, 20, 20)


def _leave_interrupts() -> None:
    """Leaves Ctrl+C to the main process, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _start_spawned(values: dict[str, object]) -> None:
    _leave_interrupts()
    SHARED.update(values)
    name_libraries()


class LateExecutor(Executor):
    """Processes that start with the first call: forked, they have this process's memory.

    Without `fork` they are spawned, and receive the shared values.
    """

    def __init__(self, workers: int, method: str = "") -> None:
        self._workers = workers
        self._method = method or ("fork" if CAN_FORK else "spawn")
        self._pool: ProcessPoolExecutor | None = None
        self._ending: Thread | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submits the call; returns its future."""
        if self._pool is None:
            context = multiprocessing.get_context(self._method)
            if self._method == "fork":
                # Present values are never garbage: workers search for cycles among their own values only.
                gc.freeze()
                self._pool = ProcessPoolExecutor(self._workers, context, collect_seldom)
            else:
                self._pool = ProcessPoolExecutor(self._workers, context, _start_spawned, (dict(SHARED),))
        return self._pool.submit(fn, *args, **kwargs)

    def renew(self, *, wait: bool = True) -> None:
        """Ends the processes, which takes 0.03 s; the next call starts new ones.

        Without `wait`, a thread ends them. New processes have none of the memory of the old ones.
        """
        if self._pool and not wait:
            # A pool that is still ending when Python exits raises OSError.
            self._ending = Thread(target=self._pool.shutdown)
            self._ending.start()
        elif self._pool:
            self._pool.shutdown()
        self._pool = None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes."""
        if self._pool:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)
        if self._ending and wait:
            self._ending.join()


def make_executor(workers: int) -> Executor:
    """Returns an executor of `workers` processes; of this process for one."""
    return LateExecutor(workers) if workers > 1 else InlineExecutor()
