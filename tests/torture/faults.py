"""Faults put into a forked process: at a chosen step that changes the disk it is killed, or the system refuses.

Steps are counted in a shared page, so that workers and background tasks of the process count too. Audit hooks
(https://docs.python.org/3/library/audit_events.html) see files opened, renamed, deleted, and new and deleted folders;
a raw file of our own sees each write, and writes half of it first. A hook stays for ever: faults are armed
in forked processes alone.
"""

from __future__ import annotations

import builtins
import errno
import faulthandler
import io
import mmap
import os
import shutil
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

KILL, WORKER, NOTHING = "SIGKILL", "worker", ""
# What the system refuses, and whether it refuses all that follows, too.
REFUSALS = {"ENOSPC": True, "EROFS": True, "EIO": False, "EACCES": False, "EMFILE": False}
_GROWING = ("open", "write", "os.mkdir", "os.rename")
_EVENTS = {
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "os.symlink",
    "os.utime",
    "os.chmod",
}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PATIENCE = 120.0


Action = Callable[[], int | None]


class Fault(NamedTuple):
    """A fault of a kind at a step; a step of 0 never comes."""

    kind: str = NOTHING
    step: int = 0


class Ended(NamedTuple):
    """The end of a process: its exit code (negative: a signal; None: it hung), its steps, all that it said."""

    code: int | None
    steps: int
    said: str
    fired: bool


class _Counter:
    """Steps and fired faults of a family of processes, in shared memory."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, mmap.PAGESIZE)

    def add(self, place: int = 0) -> int:
        number = self.read(place) + 1
        self._page[place * 8 : place * 8 + 8] = struct.pack("q", number)
        return number

    def read(self, place: int = 0) -> int:
        return int(struct.unpack("q", self._page[place * 8 : place * 8 + 8])[0])


class _Injector:
    def __init__(self, fault: Fault, root: Path, counter: _Counter) -> None:
        self.fault, self.counter, self.main = fault, counter, os.getpid()
        self.places = (f"{root}/", str(root))

    def arm(self) -> None:
        """Counts all steps of this process and of those that it forks."""
        sys.addaudithook(self.hook)
        shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]  # it writes past our files
        real, fdopen = io.open, os.fdopen

        def open_file(file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None,
                      errors: str | None = None, newline: str | None = None, closefd: bool = True,
                      opener: Any = None) -> Any:  # fmt: skip
            if isinstance(file, int) or not set(mode) & set("wax+") or not self.is_ours(file):
                return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
            raw = _CountedFile(self, file, mode.replace("b", "").replace("t", ""))
            if buffering == 0:
                return raw
            buffer: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return buffer if "b" in mode else io.TextIOWrapper(buffer, encoding, errors, newline)

        io.open = builtins.open = open_file
        os.fdopen = lambda fd, mode="r", buffering=-1, *rest, **more: (
            _CountedFile(self, fd, mode.replace("b", ""))
            if buffering == 0 and set(mode) & set("wax+")
            else fdopen(fd, mode, buffering, *rest, **more)
        )

    def is_ours(self, path: Any) -> bool:
        with suppress(TypeError):
            name = os.fsdecode(path)
            return name.startswith(self.places[0]) or name == self.places[1]
        return False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS:
            return
        reads = False
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int) or not self.is_ours(path):
                return
            reads = not (flags or 0) & _WRITES
            if reads and self.fault.kind != "EMFILE":
                return
        elif not (self.is_ours(arguments[0]) or self._is_relative(arguments)):
            return
        self.step(event, arguments[0], lambda: None)

    def _is_relative(self, arguments: tuple[Any, ...]) -> bool:
        # Of a folder that is deleted with all that it holds, names come with the handle of their folder.
        return (
            isinstance(arguments[0], str)
            and "/" not in arguments[0]
            and isinstance(arguments[-1], int)
            and arguments[-1] > 0
        )

    def step(self, event: str, path: Any, before: Callable[[], object]) -> None:
        """Counts a step; at the fault's own, `before` happens, and then the fault."""
        kind, number = self.fault.kind, self.counter.add()
        if not self.fault.step or number < self.fault.step:
            return
        if kind == KILL:
            self.counter.add(1)
            before()
            os.killpg(os.getpgrp(), signal.SIGKILL)
        elif kind == WORKER:
            if os.getpid() != self.main and not self.counter.read(1):
                self.counter.add(1)
                before()
                os.kill(os.getpid(), signal.SIGKILL)
        elif REFUSALS[kind] or not self.counter.read(1):
            if kind == "ENOSPC" and event not in _GROWING:
                return
            if kind == "EMFILE" and event != "open":
                return
            self.counter.add(1)
            before()
            code = getattr(errno, kind)
            raise OSError(code, os.strerror(code), path)


class _CountedFile(io.FileIO):
    def __init__(self, injector: _Injector, file: Any, mode: str) -> None:
        super().__init__(file, mode)
        self._injector = injector

    def write(self, data: Any) -> int:
        # A file that is cut off has half of its bytes, or none.
        half = bytes(data)[: len(data) // 2 * (self._injector.fault.step % 3 > 0)]
        self._injector.step("write", None, lambda: io.FileIO.write(self, half))
        return super().write(data)


def run(root: Path, *started_at_once: tuple[Action, Fault], patience: float = _PATIENCE) -> list[Ended]:
    """Runs actions, each in a process with its fault; returns how each ended. Steps are those below `root`."""
    started = []
    for action, fault in started_at_once:
        counter = _Counter()
        words = os.memfd_create("said") if hasattr(os, "memfd_create") else os.open(os.devnull, os.O_RDWR)
        child = os.fork()
        if not child:
            _run(action, root, fault, counter, words)
        with suppress(OSError):
            os.setpgid(child, child)
        started.append((child, counter, words))
    return [_wait(*one, time.monotonic() + patience) for one in started]


def _run(action: Action, root: Path, fault: Fault, counter: _Counter, words: int) -> None:
    code = 70  # that of an exception that no code catches
    try:
        with suppress(OSError):
            os.setpgid(0, 0)
        os.dup2(words, 1)
        os.dup2(words, 2)
        sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        faulthandler.dump_traceback_later(_PATIENCE * 0.9, file=2)  # where one that hangs is
        _Injector(fault, root, counter).arm()
        code = action() or 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _wait(child: int, counter: _Counter, words: int, end: float) -> Ended:
    code: int | None = None
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            break
        time.sleep(0.002)
    # Workers and background tasks of one that was killed end with it.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if code is None:
        os.waitpid(child, 0)
    os.lseek(words, 0, os.SEEK_SET)
    with os.fdopen(words, "rb") as file:
        said = file.read().decode("utf-8", "replace")
    return Ended(code, counter.read(), said, counter.read(1) > 0)


def run_once(action: Action, root: Path, fault: Fault = Fault()) -> Ended:  # noqa: B008 - a value
    """Runs an action in one process with a fault, or without one."""
    return run(root, (action, fault))[0]


def call(arguments: Sequence[str]) -> Callable[[], int]:
    """Returns an action: a command of `paperbound`."""
    from paperbound.cli import main

    return lambda: main(list(arguments))
