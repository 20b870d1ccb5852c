"""Running a command and measuring it: seconds, CPU, memory of all its processes together."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


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
            for child in (task / "children").read_text().split():
                found += list_processes(int(child))
    except OSError:
        pass
    return found


def measure_memory(root: int) -> float:
    """The megabytes of a process and all below it, shared pages counted once (proportional set size)."""
    total = 0
    for process in list_processes(root):
        try:
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


class StoppedError(RuntimeError):
    """A command was not done within its limit."""


def run(command: list[str], folder: Path, limit: float = 600) -> Run:
    """Runs a command in a folder; an error of it is one of ours. StoppedError after `limit` seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = 0.0
        while True:
            try:
                process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, measure_memory(process.pid))
            if time.perf_counter() - start > limit:
                for one in list_processes(process.pid):
                    os.kill(one, signal.SIGKILL)
                raise StoppedError(command[0])
        seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)
