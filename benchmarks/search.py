"""`make bench-search`: relevance, bytes and times of search on the anthology, beside lunr and MiniSearch.

Known items (`known_items.py`) with three seeds; the ranking was tuned with seed 1, which is not among them.
10,000 records with abstracts are compared with peers, all 81,417 are ours alone. Peers run in node; bytes are
the gzipped files that a fresh client asks for until ten results can be shown.
"""

from __future__ import annotations

import json
import lzma
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import measure_memory

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "anthology.jsonl.xz"
PACKAGES = ROOT / "tests" / "judges" / "node_modules"
ASSETS = ROOT / "themes" / "default" / "assets"
HERE = Path(__file__).resolve().parent
SEEDS = (2, 3, 4)
COUNT = 300


def choose_rows(folder: Path) -> dict[str, Path]:
    """The files of rows: 10,000 with abstracts, evenly from all that have one, and everything."""
    with lzma.open(DATA, "rt") as file:
        lines = list(file)
    full = [line for line in lines if json.loads(line)["abstract"]]
    chosen = {"10,000": [full[number * len(full) // 10_000] for number in range(10_000)], "81,417": lines}
    paths = {}
    for name, kept in chosen.items():
        paths[name] = folder / f"{name.replace(',', '')}.jsonl"
        paths[name].write_text("".join(kept))
    return paths


def build(rows: Path, folder: Path) -> dict[str, Any]:
    """Builds the index; its figures, with the peak of memory over all processes."""
    command = [sys.executable, str(HERE / "index_rows.py"), str(rows), str(folder), "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, measure_memory(process.pid))
            time.sleep(0.05)
        figures: dict[str, Any] = json.loads(process.stdout.read())  # type: ignore[union-attr]
    figures["megabytes"] = peak
    figures["files"] = sum(1 for _ in (folder / "search-data").iterdir())
    numbers = "".join(f"[{number},{number}]\n" for number in range(figures["documents"]))
    (folder / "search-data" / "numbers.json").write_text(numbers)
    return figures


def compare(rows: Path, index: Path, seed: int, engines: str) -> dict[str, Any]:
    """Relevance, bytes and times of each engine for the queries of a seed."""
    queries = rows.with_suffix(f".{seed}")
    made = subprocess.run(
        [sys.executable, str(HERE / "known_items.py"), str(rows), str(seed), str(COUNT)],
        capture_output=True,
        check=True,
    )
    queries.write_bytes(made.stdout)
    command = ["node", "--max-old-space-size=12000", str(HERE / "relevance.mjs"), str(ASSETS), str(PACKAGES)]
    run = subprocess.run(
        [*command, str(index / "search-data"), str(rows), str(queries), engines], capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def show(size: str, results: list[dict[str, Any]]) -> None:
    """Prints a table: means over the seeds."""
    print(f"\n{size:8} {'kind':18} {'MRR@10':>7} {'first':>6} {'kB med':>7} {'kB p95':>7} {'ms p95':>7}")
    for engine in results[0]:
        for kind in results[0][engine]["kinds"]:
            rounds = [one[engine]["kinds"][kind] for one in results]
            mean = [statistics.mean(one[key] for one in rounds) for key in ("mrr", "first")]
            line = f"{engine:8.8} {kind:18} {mean[0]:7.3f} {mean[1]:6.3f}"
            if "bytes" in rounds[0]:
                sizes = [statistics.mean(one["bytes"][key] for one in rounds) / 1000 for key in ("median", "p95")]
                line += (
                    f" {sizes[0]:7.1f} {sizes[1]:7.1f} {statistics.mean(one['times']['p95'] for one in rounds):7.1f}"
                )
            print(line)


def main() -> None:
    """Measures, prints tables, writes benchmarks/results/search.json."""
    if not DATA.is_file() or not (PACKAGES / "minisearch").is_dir():
        print("NOT RUN: the anthology is not beside the repository, or npm could not install the peers")
        return
    folder = Path(tempfile.mkdtemp(prefix="paperbound-search-"))
    report: dict[str, Any] = {}
    try:
        for size, rows in choose_rows(folder).items():
            figures = build(rows, folder / f"index-{size}")
            print(f"\n{size}: {figures}", flush=True)
            engines = "ours,lunr,minisearch" if size == "10,000" else "ours"
            results = [compare(rows, folder / f"index-{size}", seed, engines) for seed in SEEDS]
            show(size, results)
            for engine in results[0]:
                print(f"{engine}: index built in {[round(one[engine]['built'], 1) for one in results]} s in node")
            report[size] = {"build": figures, "seeds": dict(zip(SEEDS, results, strict=True))}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / "benchmarks" / "results").mkdir(exist_ok=True)
    (ROOT / "benchmarks" / "results" / "search.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
