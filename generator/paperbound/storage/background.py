"""Forked: a second process, forked from this one, makes a value while this one does something else."""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable
from typing import Any


class Forked:
    """The second process, and what it makes: what `marshal` writes, which never lies in a file. Where there is no
    forking nothing is made."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._process = 0
        if not hasattr(os, "fork"):
            return
        self._pipe, theirs = os.pipe()
        self._process = os.fork()
        if not self._process:
            status = 1
            try:
                # Whoever waits to write must learn that nobody reads any more.
                os.close(self._pipe)
                with os.fdopen(theirs, "wb") as file:
                    marshal.dump(make(), file)
                status = 0
            finally:
                os._exit(status)
        os.close(theirs)

    def take(self) -> Any:
        """Waits for what it makes, which is handed over once; None where it was killed, or could not make it."""
        if not self._process:
            return None
        with os.fdopen(self._pipe, "rb", closefd=False) as file:
            data = file.read()
        return None if self._end() else marshal.loads(data)

    def close(self) -> None:
        """Stops it where nobody waited for it."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            self._end()

    def _end(self) -> int:
        os.close(self._pipe)
        status = os.waitpid(self._process, 0)[1]
        self._process = 0
        return status
