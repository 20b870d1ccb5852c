"""Reports of a build: result and faults, for people and for programs."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..model.build import Result
from ..model.errors import Fault

_ALIKE, _ALIKE_ERRORS = 5, 50
_VALUES = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|https?://\S+|\([^()]*\)|\d[\d.,-]*")


def count_of(number: int, noun: str) -> str:
    """Returns a number with its noun: `1 paper`, `2 papers`, `12,000 papers`."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def name_libraries() -> None:
    """Lets each message of a library name the library; Python shows the bare message otherwise."""
    logging.basicConfig(format="%(levelname)s of the library %(name)s: %(message)s")


def summarize(result: Result, seconds: float, drafts: str = "left out") -> str:
    """Summarizes a build in one line of counts, seconds and bytes.

    `drafts` says what became of drafts.
    """
    changes = f"{len(result.written):,} written, {result.unchanged:,} unchanged, {len(result.removed):,} removed"
    left_out = f" ({count_of(result.drafts, 'draft')} {drafts})" if result.drafts else ""
    counts = f"{count_of(result.papers, 'paper')}{left_out}, {count_of(result.pages, 'page')}"
    size = f"{count_of(result.files, 'file')}, {result.bytes / 1e6:,.1f} MB"
    return f"{counts}, {size} ({changes}) in {seconds:.2f} s"


def list_faults(faults: Iterable[Fault], kind: str) -> Iterator[str]:
    """Yields faults as text: at most five similar warnings, and fifty similar errors.

    Faults are similar if their messages differ in quoted values, addresses and numbers only, or behind a colon.
    """
    groups: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in faults:
        groups[(fault.field, _find_form(fault.message))].append(fault)
    for alike in groups.values():
        most = _ALIKE_ERRORS if kind == "error" else _ALIKE
        shown = alike if len(alike) <= most + 1 else alike[:most]
        for fault in shown:
            yield f"{kind}: {fault}"
        if len(alike) > len(shown):
            yield f"{kind}: … and {len(alike) - len(shown):,} more like the last one (--json lists all)"


def _find_form(message: str) -> str:
    """Returns what similar messages share, such as `taken for one person`."""
    form = _VALUES.sub("…", message)
    begin, _, _ = form.partition(": ")
    return begin if " " in begin else form


def list_removed(result: Result) -> Iterator[str]:
    """Yields notes about removed pages of papers that no warning names: links to them break."""
    named = " ".join(fault.message for fault in result.warnings if fault.field == "slug")
    pages = [path for path in result.removed if re.fullmatch(r"papers/(?!page/).*/index\.html", path)]
    pages = [path for path in pages if f" /{path.removesuffix('index.html')} " not in named]
    for path in pages[:_ALIKE]:
        yield f"note: /{path.removesuffix('index.html')} is gone; if the paper moved, add it to the paper's aliases"
    if len(pages) > _ALIKE:
        yield f"note: … and {len(pages) - _ALIKE:,} more addresses are gone"
