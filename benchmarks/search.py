"""`make bench-search`: relevance, bytes and times of search on the anthology, beside Pagefind, lunr, MiniSearch.

Known items (`known_items.py`) with three seeds; the ranking was tuned with seed 1, which is not among them.
Bytes (gzipped) and times are those of Chromium; relevance of ours, lunr and MiniSearch is counted in node, where
the same code answers faster, and Pagefind's, which needs a browser, on a third of the items.
`BENCH_SEARCH=10000` measures that size alone.
"""

from __future__ import annotations

import json
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from chromium import measure_ours, measure_peer, open_chromium, rank_peer
from engines import PAGEFIND, make_ours, make_pagefind, make_whole, time_lunr_python
from processes import measure_memory

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "anthology.jsonl.xz"
PACKAGES = ROOT / "tests" / "judges" / "node_modules"
ASSETS = ROOT / "themes" / "default" / "assets"
HERE = Path(__file__).resolve().parent
SEEDS = (2, 3, 4)
COUNT = 300
# Queries of each kind in browsers without a cache.
FRESH = 60


def choose_rows(folder: Path) -> dict[str, Path]:
    """The files of rows: 10,000 with abstracts, evenly from all that have one, and everything."""
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        lines = list(file)
    full = [line for line in lines if json.loads(line)["abstract"]]
    chosen = {"10,000": [full[number * len(full) // 10_000] for number in range(10_000)], "81,417": lines}
    paths = {}
    for name, kept in chosen.items():
        paths[name] = folder / f"{name.replace(',', '')}.jsonl"
        paths[name].write_text("".join(kept), "utf-8")
    return paths


def build(rows: Path, folder: Path) -> dict[str, Any]:
    """Builds the index; its figures, with the peak of memory over all processes."""
    command = [sys.executable, str(HERE / "index_rows.py"), str(rows), str(folder), "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        start, samples = time.perf_counter(), []
        while process.poll() is None:
            samples.append((time.perf_counter() - start, measure_memory(process.pid)))
            time.sleep(0.05)
        figures: dict[str, Any] = json.loads(process.stdout.read())  # type: ignore[union-attr]
    # The process starts and counts the rows before its clock runs, so the last second of the index is measured from
    # the end: related papers come after it.
    border = samples[-1][0] - figures["related"]
    figures["megabytes"] = max(memory for at, memory in samples if at <= border)
    figures["megabytes_related"] = max(memory for at, memory in samples if at > border)
    figures["files"] = sum(1 for _ in (folder / "search-data").iterdir())
    numbers = "".join(f"[{number},{number}]\n" for number in range(figures["documents"]))
    (folder / "search-data" / "numbers.json").write_text(numbers, "utf-8")
    return figures


def compare(rows: Path, index: Path, seed: int, engines: str) -> dict[str, Any]:
    """Relevance, bytes and times of each engine for the queries of a seed."""
    queries = rows.with_suffix(f".{seed}")
    done = subprocess.run(
        [sys.executable, str(HERE / "known_items.py"), str(rows), str(seed), str(COUNT)],
        capture_output=True,
        check=True,
    )
    queries.write_bytes(done.stdout)
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
            rounds = [one[engine]["kinds"][kind] for one in results if engine in one]
            mean = [statistics.mean(one[key] for one in rounds) for key in ("mrr", "first")]
            line = f"{engine:8.8} {kind:18} {mean[0]:7.3f} {mean[1]:6.3f}"
            if "bytes" in rounds[0]:
                sizes = [statistics.mean(one["bytes"][key] for one in rounds) / 1000 for key in ("median", "p95")]
                line += (
                    f" {sizes[0]:7.1f} {sizes[1]:7.1f} {statistics.mean(one['times']['p95'] for one in rounds):7.1f}"
                )
            print(line)


def ask_chromium(size: str, rows: Path, folder: Path, index: Path) -> dict[str, Any]:
    """Bytes and times in Chromium, and what peers took to build their indexes of the same rows."""
    sites = folder / f"sites-{size}"
    sites.mkdir()
    make_ours(index, sites / "ours")
    peers: dict[str, float] = {}
    records = [json.loads(line) for line in rows.read_text("utf-8").splitlines()]
    if PAGEFIND.is_file():
        peers["pagefind"] = make_pagefind(records, sites / "pagefind")
    if size == "10,000":
        peers["lunr"] = make_whole("lunr", rows, sites / "lunr")
        peers["minisearch"] = make_whole("minisearch", rows, sites / "minisearch")
    found: dict[str, Any] = {"built": dict(peers), "engines": {}}
    if size == "10,000":
        found["built"]["lunr for Python"] = time_lunr_python(records)
    queries = [tuple(json.loads(line)) for line in rows.with_suffix(f".{SEEDS[0]}").read_text("utf-8").splitlines()]
    with open_chromium(sites) as (browser, address):
        for kind in ("title words", "title typo"):
            asked = [query for one, query, _ in queries if one == kind][:FRESH]
            found["engines"].setdefault("ours", {})[kind] = measure_ours(browser, address, asked)
            for engine in peers:
                found["engines"].setdefault(engine, {})[kind] = measure_peer(browser, address, engine, asked)
        if "pagefind" in peers:
            some = [one for place, one in enumerate(queries) if place % 3 == 0]
            found["pagefind"] = rank_peer(browser, address, "pagefind", some)
    return found


def show_chromium(found: dict[str, Any]) -> None:
    """Prints what Chromium measured."""
    print("index built, seconds:", {name: round(seconds, 1) for name, seconds in found["built"].items()})
    print(f"{'in Chromium':12} {'kind':12} {'kB med':>8} {'kB p95':>8} {'first ms':>9} {'score p95':>9} {'key p95':>8}")
    for engine, kinds in found["engines"].items():
        for kind, one in kinds.items():
            sizes = (
                f"{one['bytes']['median'] / 1000:8.1f} {one['bytes']['p95'] / 1000:8.1f} {one['first']['median']:9.0f}"
            )
            rest = f" {one['scoring']['p95']:9.1f} {one['keys']['p95']:8.0f}" if "keys" in one else ""
            print(f"{engine:12} {kind:12} {sizes}{rest}")
    print(f"facets opened: {found['engines']['ours']['title words']['facets'] / 1000:.0f} kB")
    for kind, one in found.get("pagefind", {"kinds": {}})["kinds"].items():
        print(f"pagefind     {kind:18} {one['mrr']:7.3f} {one['first']:6.3f}")


def main() -> None:
    """Measures, prints tables, writes benchmarks/results/search.json."""
    if not DATA.is_file() or not (PACKAGES / "minisearch").is_dir():
        print("NOT RUN: the anthology is not beside the repository, or npm could not install the peers")
        return
    if not PAGEFIND.is_file():
        print("NOT RUN: Pagefind (npm could not install it)")
    folder = Path(tempfile.mkdtemp(prefix="paperbound-search-"))
    report: dict[str, Any] = {}
    wanted = os.environ.get("BENCH_SEARCH", "")
    try:
        for size, rows in choose_rows(folder).items():
            if wanted and size.replace(",", "") != wanted:
                continue
            index = folder / f"index-{size}"
            figures = build(rows, index)
            print(f"\n{size}: {figures}", flush=True)
            results = [
                compare(rows, index, seed, "ours,lunr,minisearch" if size == "10,000" or seed == SEEDS[0] else "ours")
                for seed in SEEDS
            ]
            show(size, results)
            found = ask_chromium(size, rows, folder, index)
            show_chromium(found)
            report[size] = {"build": figures, "seeds": dict(zip(SEEDS, results, strict=True)), "chromium": found}
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / "benchmarks" / "results").mkdir(exist_ok=True)
    (ROOT / "benchmarks" / "results" / "search.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
