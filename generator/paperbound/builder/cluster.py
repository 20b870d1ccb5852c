"""The cluster: tasks on workers of dask.distributed, on machines without a common disk.

Each worker receives the worker context, and the files that jobs need from other jobs, once; its outputs come back as
bytes. A lost worker costs time: its data is sent again, and its tasks run elsewhere. The bytes are those of a local
build, because the tasks are the same.

A scheduler runs code from any client: keep it on a private network, or behind TLS
(https://distributed.dask.org/en/stable/tls.html).
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any, cast

from ..model.digests import digest_bytes
from ..model.errors import Fault, InputError
from ..text.memo import LOCK, SHARED
from ..urls import CACHE
from .executors import InlineExecutor
from .fingerprints import digest_code
from .worker import Task, TaskResult, run_task

_TURNS = 5
_PATIENCE = "10s"


class ClusterExecutor(Executor):
    """Runs tasks on the workers of the cluster whose scheduler listens at an address (HOST:PORT).

    InputError where there is no such cluster, where it has no workers, or where they have other code.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            remedy = "Install it: pip install 'paperbound[distributed]'."
            raise InputError([Fault(address, 0, "", "dask.distributed is not installed", remedy)]) from error
        try:
            self._client = Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except OSError as error:
            remedy = "Start one with `dask scheduler`, and workers with `dask worker`."
            raise InputError([Fault(address, 0, "", "no scheduler answers there", remedy)]) from error
        # The plan with its name and bytes: a reference to it keeps its identity unique.
        self._plan: tuple[object, str, bytes] = (None, "", b"")
        self._held: dict[str, Any] = {}
        _check_code(self._client.run(digest_code), address)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Returns the future of a task; any other call runs in this process."""
        task = args[0] if args else None
        if fn is not run_task or not isinstance(task, Task):
            return InlineExecutor().submit(fn, *args, **kwargs)
        return cast("Future[Any]", _Remote(self, task))

    def start(self, task: Task) -> Any:
        """Submits a task; returns the cluster's future."""
        name, plan = self._write_plan(task.context)
        sent = task._replace(context=name, staging="", cache="")
        needs = {path: self._hold(path, partial(_read_need, task, path)) for path in task.needs}
        return self._client.submit(_run, sent, self._hold(name, lambda: plan), needs, pure=False)

    def forget(self) -> None:
        """Sends everything again to those that are left."""
        self._held.clear()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Leaves the cluster as it is."""
        self._held.clear()
        self._client.close()  # type: ignore[no-untyped-call]

    def _write_plan(self, name: str) -> tuple[str, bytes]:
        plan = SHARED[name]
        if plan is not self._plan[0]:
            data = pickle.dumps(plan, 5)
            self._plan = (plan, f"{name} {digest_bytes(data)}", data)
        return self._plan[1:]

    def _hold(self, name: str, read: Callable[[], bytes]) -> Any:
        """Returns the cluster's copy of bytes, named by them; calls `read` to send them."""
        if name not in self._held:
            self._held[name] = self._client.scatter(read(), broadcast=True, hash=False)  # type: ignore[no-untyped-call]
        return self._held[name]


class _Remote:
    """The future of a task; a lost worker or lost data runs the task again."""

    def __init__(self, executor: ClusterExecutor, task: Task) -> None:
        self._executor, self._task = executor, task
        self._future = executor.start(task)

    def result(self) -> TaskResult:
        """Returns the result; raises the task's error, or the cluster's after several tries."""
        from distributed import CancelledError, KilledWorker

        for _ in range(_TURNS):
            try:
                return cast(TaskResult, self._future.result())
            except (CancelledError, KilledWorker, OSError):
                self._executor.forget()
                self._future = self._executor.start(self._task)
        return cast(TaskResult, self._future.result())

    def cancel(self) -> bool:
        """Cancels the task; returns whether it will not run."""
        self._future.cancel()
        return True


def _read_need(task: Task, path: str) -> bytes:
    return (Path(task.cache) / path.removeprefix(CACHE)).read_bytes()


def _check_code(codes: Mapping[str, str], address: str) -> None:
    if not codes:
        remedy = f"Start one on each machine: dask worker tcp://{address}"
        raise InputError([Fault(address, 0, "", "the cluster has no workers", remedy)])
    others = sorted(worker for worker, code in codes.items() if code != digest_code())
    if others:
        message = f"another Paperbound, or other libraries, on {', '.join(others)}"
        raise InputError([Fault(address, 0, "", message, "Install the same release on all machines.")])


def _run(task: Task, plan: bytes, needs: Mapping[str, bytes]) -> TaskResult:
    """Runs a task on a worker, which decodes the context and needed files once."""
    from distributed import get_worker

    # Threads of one process would only wait for each other, and templates are not safe for threads.
    with LOCK:
        if task.context not in SHARED:
            SHARED.clear()
            SHARED[task.context] = pickle.loads(plan)
        folder = Path(get_worker().local_directory) / "paperbound"
        folder.mkdir(exist_ok=True)
        for path, data in needs.items():
            file = folder / path.removeprefix(CACHE)
            if not file.is_file():
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(data)
        return run_task(task._replace(cache=str(folder)))
