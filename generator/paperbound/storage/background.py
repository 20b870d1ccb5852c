"""Background tasks: a second process, forked from this one, computes a value meanwhile."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from .platform import CAN_FORK, lower_priority

_Value = TypeVar("_Value")


class BackgroundTask(Generic[_Value]):
    """A value of `marshal`'s types (https://docs.python.org/3/library/marshal.html) computed by a forked process.

    Where the task is not to start yet, the system cannot fork, or the process fails, `result` computes the value in
    this process. A task of `low` priority leaves the cores to others.
    """

    def __init__(self, compute: Callable[[], _Value], *, starts: bool = True, low: bool = False) -> None:
        self._compute = compute
        self._process = 0
        if starts and CAN_FORK:
            self._start(low)

    def _start(self, low: bool) -> None:
        self._pipe, theirs = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(theirs)
            return
        status = 1
        try:
            # A writer without a reader must not wait.
            os.close(self._pipe)
            if low:
                lower_priority()
            with os.fdopen(theirs, "wb") as file:
                marshal.dump(self._compute(), file)  # type: ignore[arg-type]
            status = 0
        finally:
            os._exit(status)

    def result(self) -> _Value:
        """Waits for the value and returns it; a second call computes it again."""
        if not self._process:
            return self._compute()
        with os.fdopen(self._pipe, "rb", closefd=False) as file:
            data = file.read()
        if self._end():
            return self._compute()
        value: Any = marshal.loads(data)
        return value  # type: ignore[no-any-return]

    def cancel(self) -> None:
        """Stops the process if its value is not needed."""
        if self._process:
            import signal

            os.kill(self._process, signal.SIGKILL)
            self._end()

    def _end(self) -> int:
        os.close(self._pipe)
        status = os.waitpid(self._process, 0)[1]
        self._process = 0
        return status

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()
