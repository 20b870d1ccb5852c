"""Running a command and measuring it: seconds, CPU, memory of all its processes together."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# Seconds between looks at memory; and how many times the time that a look takes, at least.
_PAUSE = 0.05
_SHARE = 20


@dataclass(frozen=True)
class Run:
    """What a command took: seconds by the clock, seconds of CPU, megabytes at most."""

    seconds: float
    cpu: float
    megabytes: float


def list_processes(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    try:
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text("utf-8").split():
                found += list_processes(int(child))
    except OSError:
        pass
    return found


def measure_memory(root: int) -> float:
    """The megabytes of a process and all below it, shared pages counted once (proportional set size)."""
    total = 0
    for process in list_processes(root):
        try:
            for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


class StoppedError(RuntimeError):
    """A command was not done within its limit."""


class FailedError(RuntimeError):
    """A command ended with an error."""


def run(command: list[str], folder: Path, limit: float = 600) -> Run:
    """Runs a command in a folder; raises FailedError, or StoppedError after `limit` seconds.

    Waits for the end without a timeout, which would poll every 50 ms and turn 0.18 s into 0.21. A thread measures
    memory.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watch = _Watch(process.pid, start + limit)
        watch.start()
        process.wait()
        seconds = time.perf_counter() - start
        watch.stop()
    if watch.stopped:
        raise StoppedError(command[0])
    if process.returncode:
        raise FailedError(f"{' '.join(command)} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, watch.peak)


class _Watch(threading.Thread):
    """Measures the memory of a process and its children until stopped, and kills them at the time limit."""

    def __init__(self, root: int, end: float) -> None:
        super().__init__(daemon=True)
        self._root, self._end, self._done = root, end, threading.Event()
        self.peak, self.stopped = 0.0, False

    def run(self) -> None:
        """Measures every 50 ms; less often for large processes, because the kernel walks all their pages and holds
        them up: 31 to 71 ms for a build of 0.7 GB."""
        pause = _PAUSE
        while not self._done.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, measure_memory(self._root))
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - start))
            if start > self._end:
                self.stopped = True
                for one in list_processes(self._root):
                    os.kill(one, signal.SIGKILL)

    def stop(self) -> None:
        """Ends the measurement."""
        self._done.set()
        self.join()
