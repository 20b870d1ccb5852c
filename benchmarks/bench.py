"""`make bench`: builds and rebuilds of real records, in seconds and megabytes, as JSON and a table.

Each size is built in a fresh folder; then again with nothing changed, with one summary changed, and with one
title changed. Rounds are interleaved and medians taken, for neighbours on a machine double a time. Memory is
the sum over all processes (proportional set size), sampled twenty times a second.
"""

from __future__ import annotations

import itertools
import json
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "anthology.jsonl.xz"
SIZES = (1_000, 10_000)
ROUNDS = 3


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
    """The megabytes of a process and all below it, shared pages counted once."""
    total = 0
    for process in list_processes(root):
        try:
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def run(folder: Path) -> tuple[float, float, dict[str, object]]:
    """Seconds, peak megabytes and report of one build of a folder."""
    command = [sys.executable, "-m", "paperbound", "build", "--json", "--content", "content", "--output", "site"]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        os.set_blocking(process.stdout.fileno(), False)  # type: ignore[union-attr]
        peak, printed = 0.0, b""
        while process.poll() is None:
            peak = max(peak, measure_memory(process.pid))
            printed += process.stdout.read() or b""  # type: ignore[union-attr]
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        printed += process.stdout.read() or b""  # type: ignore[union-attr]
    return seconds, peak, json.loads(printed)


def make_content(folder: Path, size: int) -> Path:
    """A content folder of so many papers; 119 is this repository's own."""
    if size == 119:
        shutil.copytree(ROOT / "content", folder / "content")
    else:
        (folder / "content" / "papers").mkdir(parents=True)
        (folder / "content" / "site.yaml").write_text("title: Bench\n")
        with lzma.open(DATA, "rt") as rows:
            (folder / "content" / "papers" / "rows.jsonl").write_text("".join(itertools.islice(rows, size)))
    record = folder / "content" / "papers" / "zz-changed.yaml"
    record.write_text("title: A paper that changes\nsummary: Words.\nauthors: [Ada Lovelace]\ndate: 2001\n")
    return record


def measure(size: int, results: dict[str, list[dict[str, object]]]) -> None:
    """One round at one size: cold, nothing changed, one summary, one title."""
    folder = Path(tempfile.mkdtemp(prefix="paperbound-bench-"))
    try:
        record = make_content(folder, size)
        for step, words in (("cold", None), ("nothing", None), ("summary", "summary: W"), ("title", "title: A")):
            if words:
                record.write_text(record.read_text().replace(words, f"{words}x"))
            seconds, peak, report = run(folder)
            results[f"{size} {step}"].append(
                {"seconds": seconds, "megabytes": peak, "files": report["files"], "written": len(report["written"])}  # type: ignore[arg-type]
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measures, prints a table, writes benchmarks/results/builds.json."""
    sizes = [119, *(SIZES if DATA.is_file() else ())]
    if not DATA.is_file():
        print(f"NOT RUN: {SIZES} (the anthology is not beside the repository)")
    results: dict[str, list[dict[str, object]]] = defaultdict(list)
    for turn in range(ROUNDS):
        for size in sizes:
            print(f"round {turn + 1} of {ROUNDS}: {size:,} papers", flush=True)
            measure(size, results)
    folder = ROOT / "benchmarks" / "results"
    folder.mkdir(exist_ok=True)
    (folder / "builds.json").write_text(json.dumps(results, indent=1) + "\n")
    print(f"\n{'papers':>8} {'changed':>9} {'seconds':>8} {'MB':>6} {'files':>8} {'written':>8}")
    for name, rounds in results.items():
        size, step = name.split()
        seconds, megabytes = (statistics.median(one[key] for one in rounds) for key in ("seconds", "megabytes"))  # type: ignore[type-var]
        print(f"{size:>8} {step:>9} {seconds:8.2f} {megabytes:6.0f} {rounds[0]['files']:>8} {rounds[0]['written']:>8}")


if __name__ == "__main__":
    main()
