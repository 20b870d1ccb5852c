"""Faults between two runs: damaged stores, clocks that are set, two commands at once, a cluster that dies."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from faults import Ended, Fault, call, run, run_once
from paperbound.model.digests import digest_bytes
from scenarios import Scenario, judge, replace

DAMAGES = ("truncated", "corrupted", "foreign", "older", "of another machine", "empty", "a folder", "gone")
CLOCKS = ("all in the past", "all in the future", "content in the future", "an edit in the same second")
PAIRS = ("build and build", "build and clean build", "import and import", "import and build", "collect and collect")
DEATHS = ("worker", "all workers", "scheduler")
PROGRAM = ("-m", "paperbound")
HEADER = re.compile(rb"paperbound (\S+?)(\d*) (\S+) (\S+)\s*\n")


def damage(file: Path, how: str, others: list[Path], chance: random.Random) -> None:
    """Damages a file of the private folder."""
    data = file.read_bytes()
    if how == "truncated":
        data = data[: chance.randrange(len(data) + 1)]
    elif how == "corrupted" and data:
        at = chance.randrange(len(data))
        data = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    elif how == "foreign":
        data = chance.choice(others).read_bytes()
    elif how in ("older", "of another machine") and (match := HEADER.match(data[:128])):
        # A true header of an older kind, or of other code: whoever looks at the checksum alone believes the body.
        kind, number, code, _ = match.groups()
        body = data[128:]
        number = str(int(number or 1) - 1).encode() if how == "older" else number
        code = code if how == "older" or code == b"-" else digest_bytes(code).encode()
        head = b"paperbound %s%s %s %s" % (kind, number, code, digest_bytes(body).encode())
        data = head.ljust(127) + b"\n" + body
    elif how == "empty":
        data = b""
    elif how == "a folder":
        file.unlink()
        file.mkdir()
        return
    elif how == "gone":
        file.unlink()
        return
    file.write_bytes(data)


def list_stores(root: Path) -> list[Path]:
    """All files of builds beside the site, except the lock."""
    return sorted(one for one in (root / ".paperbound").rglob("*") if one.is_file() and one.name != "lock")


def try_damage(scenario: Scenario, how: str, number: int, root: Path, chance: random.Random) -> list[str]:
    """Damages a store (for a number below 0: all), and builds."""
    scenario.copy(root)
    stores = list_stores(root)
    for file in stores if number < 0 else [stores[number % len(stores)]]:
        if file.exists():
            damage(file, how, [one for one in stores if one.is_file()], chance)
    return judge(scenario, root, [run_once(scenario.act(root), root)], Fault())


def try_clock(scenario: Scenario, how: str, root: Path) -> list[str]:
    """Sets the times of files back or forth, as a clock does that is set, and builds."""
    scenario.copy(root)
    seconds = -(10**8) if how == "all in the past" else 10**8
    for file in root.rglob("*") if how.startswith("all") else (root / "content").rglob("*"):
        if how != "an edit in the same second":
            found = file.stat()
            os.utime(file, (found.st_atime + seconds, found.st_mtime + seconds))
    if how == "an edit in the same second":
        # Of the same length, and with the same time, as the version that was built.
        file = root / "content" / "papers" / "attached.yaml"
        found = file.stat()
        replace(file, "A paper with its file", "A paper with its pdf!")
        os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
        run_once(scenario.act(root), root)
        page = root / "site" / "papers" / "a-paper-with-its-pdf" / "index.html"
        if not page.is_file():
            return ["an edit of equal size and time was not seen"]
        replace(file, "A paper with its pdf!", "A paper with its file")
        os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    return judge(scenario, root, [run_once(scenario.act(root), root)], Fault())


def try_two(scenario: Scenario, pair: str, root: Path, wait: float) -> list[str]:
    """Starts two commands, the second after a wait; both end well."""
    scenario.copy(root)
    first = scenario.act(root)
    words = ["build", "--quiet", "--jobs", "1", "--content", f"{root}/content", "--output", f"{root}/site"]
    second = {"build and clean build": call([*words, "--clean"]), "import and build": call(words)}.get(pair, first)

    def later() -> int | None:
        time.sleep(wait)
        return second()

    ends = run(root, (first, Fault()), (later, Fault()))
    wrong = [f"a command ended with {one.code}: {one.said}" for one in ends if one.code]
    return wrong + judge(scenario, root, ends, Fault())


@contextmanager
def start_cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own."""
    dask = [sys.executable, "-m", "dask"]
    file = folder / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> subprocess.Popen[bytes]:
        one = subprocess.Popen([*dask, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        started.append(one)
        return one

    try:
        scheduler = start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        workers = [
            start("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard",
                  "--local-directory", str(folder))
            for _ in range(2)
        ]  # fmt: skip
        from distributed import Client

        with Client(scheduler_file=str(file), set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address.removeprefix("tcp://")
        yield address, scheduler, workers
    finally:
        for one in started:
            with suppress(ProcessLookupError):
                one.kill()
            one.wait()


def _kill(victims: Sequence[subprocess.Popen[bytes]]) -> None:
    for one in victims:
        one.send_signal(signal.SIGKILL)
        one.wait()


def try_cluster(scenario: Scenario, death: str, root: Path, wait: float, program: Sequence[str] = PROGRAM) -> list[str]:
    """Builds on a cluster of which parts are killed after a wait; then builds on this machine."""
    scenario.copy(root)
    folder = root / "dask"
    folder.mkdir()
    with start_cluster(folder) as (address, scheduler, workers):
        words = ["build", "--quiet", "--content", f"{root}/content", "--output", f"{root}/site"]
        command = [sys.executable, *program, *words, "--executor", f"dask://{address}"]
        victims = {"worker": workers[:1], "all workers": workers, "scheduler": [scheduler]}[death]
        if not wait:
            _kill(victims)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as build:
            time.sleep(wait)
            _kill(victims)
            try:
                said = build.communicate(timeout=300)[0].decode("utf-8", "replace")
                ended = Ended(build.returncode, 0, said, True)
            except subprocess.TimeoutExpired:
                build.kill()
                ended = Ended(None, 0, "", True)
    return judge(scenario, root, [ended], Fault())
