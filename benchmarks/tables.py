"""Tables and plots of what the bench measured: results by key, a list of runs each.

The key of a run is its row, its generator and its step: `10000 hugo cold`.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plots import draw_bars

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "performance.md"
STEPS = ("cold", "nothing", "abstract")
Runs = list[dict[str, Any]]
Results = dict[str, Runs]
OURS = "paperbound, everything"

# Of each measure of the first table: its name, the number to reach, the number to aim at.
_RATIOS = (
    (
        "everything on: Hugo with author pages ÷ ours, cold",
        "≥ 2",
        "≥ 3",
        "abstracts hugo cold",
        f"abstracts {OURS} cold",
    ),
    (
        "same work: Hugo with author pages ÷ ours, cold",
        "≥ 4",
        "≥ 6",
        "abstracts hugo cold",
        "abstracts paperbound cold",
    ),
    ("same work: Zola ÷ ours, cold", "", "", "abstracts zola cold", "abstracts paperbound cold"),
    ("same work: Eleventy ÷ ours, cold", "", "", "abstracts eleventy cold", "abstracts paperbound cold"),
    ("same work: Pelican ÷ ours, cold", "", "", "abstracts pelican cold", "abstracts paperbound cold"),
    (
        "everything on: ours, cold ÷ `cp -r` of the result",
        "≤ 4",
        "≤ 2.5",
        f"abstracts {OURS} cold",
        f"abstracts cp -r of {OURS} cold",
    ),
)
_EDITS = {
    "nothing": ("nothing changed", "≤ 0.4 s", "≤ 0.2 s"),
    "abstract": ("one abstract", "≤ 1.5 s", "≤ 0.6 s"),
    "title": ("one title", "≤ 2.5 s", "≤ 1.2 s"),
    "name": ("one author's name", "≤ 2.5 s", "≤ 1.2 s"),
    "new": ("one new paper", "≤ 2.5 s", "≤ 1.2 s"),
    "removed": ("one removed paper", "≤ 2.5 s", "≤ 1.2 s"),
}


def show_first(results: Results, when: str) -> str:
    """The table that docs/performance.md begins with; lines that were not measured now stay as they stand there."""
    lines = ["| measure | measured | bar | aim | when |", "| --- | --- | --- | --- | --- |"]
    stood = DOCUMENT.read_text("utf-8").partition("<!-- first -->")[2].partition("<!-- /first -->")[0].splitlines()
    old = {line.split(" | ")[0]: line for line in stood}
    for name, value, bar, aim in _list_measures(results):
        line = f"| {name} | {value} | {bar} | {aim} | {when} |" if value else old.get(f"| {name}", "")
        lines += [line] if line else []
    return "\n".join(lines)


def _list_measures(results: Results) -> Iterator[tuple[str, str, str, str]]:
    """Yields name, value, bar and aim of each measure; an empty value where it was not measured."""
    for name, bar, aim, above, below in _RATIOS:
        yield name, _divide(results.get(above, []), results.get(below, [])), bar, aim
    found = [results.get(f"formulas {kind} cold", []) for kind in ("five", "none", "one paper")]
    ratios = [(five["cpu"] - one["cpu"]) / (none["cpu"] - one["cpu"]) for five, none, one in zip(*found, strict=True)]
    yield "CPU of a paper with five formulas ÷ the same without", spread(ratios), "≤ 1.5", "≤ 1.2"
    for step, (name, bar, aim) in _EDITS.items():
        again = results.get(f"rebuilds {OURS} {step}", [])
        share = _divide(again, results.get(f"rebuilds {OURS} cold", []), digits=3)
        cpu = spread([one["cpu"] for one in again], 1)
        value = f"{_seconds(again)}, CPU {cpu} s; ÷ cold: {share}" if again else ""
        yield f"20,000 papers in 40 files, everything on: {name}", value, bar, aim
    small = results.get(f"119 {OURS} cold", [])
    yield "119 papers, everything on, cold", _seconds(small), "≤ 0.6 s", "≤ 0.4 s"
    ratio = _divide(results.get("119 hugo cold", []), small)
    yield "119 papers, everything on: Hugo with author pages ÷ ours, cold", ratio, "", ""
    peak = " to ".join(f"{one['megabytes']:,.0f} MB" for one in results.get(f"memory {OURS} cold", ()))
    yield "81,417 papers, everything on: peak memory of all processes", peak, "≤ 1,200 MB", "≤ 700 MB"
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in (ROOT / "generator").rglob("*.py"))
    yield "lines of `generator/`", f"{lines:,}", "", ""


def _divide(above: Runs, below: Runs, digits: int = 2) -> str:
    """The ratios of seconds, and that of CPU, which neighbours on the machine disturb less."""
    pairs = list(zip(above, below, strict=False))
    seconds, cpu = ([one[key] / other[key] for one, other in pairs] for key in ("seconds", "cpu"))
    return f"{spread(seconds, digits)}; CPU {statistics.median(cpu):.{digits}f}" if pairs else ""


def _seconds(runs: Runs) -> str:
    return f"{spread([one['seconds'] for one in runs])} s" if runs else ""


def show(sizes: list[str], results: Results) -> str:
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
            cells = [spread([one["seconds"] for one in cold])]
            cells += [
                f"{statistics.median(one[key] for one in cold):.{digits}f}"
                for key, digits in (("cpu", 1), ("megabytes", 0))
            ]
            for step in STEPS[1:]:
                again = results.get(f"{size} {name} {step}")
                cells.append(spread([one["seconds"] for one in again]) if again else "")
            cells += [f"{cold[-1]['files']:,}", f"{cold[-1]['bytes'] / 1e6:,.0f}"] if "files" in cold[-1] else ["", ""]
            lines.append(f"| {int(size):,} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def spread(values: list[float], digits: int = 2) -> str:
    """The median, with the least and the most; empty for no values."""
    if not values:
        return ""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


COMPARED = (
    ("cold, same work", "paperbound", "cold"),
    ("cold, default theme", "paperbound, default theme", "cold"),
    ("cold, search, related, citations, Markdown on ours", "paperbound, search and citations", "cold"),
    ("cold, everything on ours", "paperbound, everything", "cold"),
    ("cold, no pages of authors", "paperbound, no authors", "cold"),
    ("abstract changed, same work", "paperbound", "abstract"),
    ("abstract changed, everything on ours", "paperbound, everything", "abstract"),
)


def show_ratios(sizes: list[str], results: Results) -> str:
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
                cells.append(spread(ratios))
            lines.append(f"| {int(size):,} | {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def draw(sizes: list[str], results: Results, engines: list[str]) -> None:
    """Draws the plots of docs/performance.md."""
    for step, title in (("cold", "Cold build"), ("abstract", "One abstract changed")):
        groups = []
        for size in sizes[-2:]:
            rows = [
                (name, statistics.median(one["seconds"] for one in results[f"{size} {name} {step}"]))
                for name in engines
                if results.get(f"{size} {name} {step}")
            ]
            groups.append((f"{int(size):,} papers, seconds", rows))
        file = ROOT / "docs" / "plots" / f"{step}.svg"
        file.parent.mkdir(exist_ok=True)
        file.write_text(draw_bars(title, groups), "utf-8")


def write_document(name: str, tables: str) -> None:
    """Puts tables between the marks of a name in docs/performance.md."""
    head, _, rest = DOCUMENT.read_text("utf-8").partition(f"<!-- {name} -->\n")
    tail = rest.partition(f"<!-- /{name} -->")[2]
    DOCUMENT.write_text(f"{head}<!-- {name} -->\n\n{tables}\n\n<!-- /{name} -->{tail}", "utf-8")
