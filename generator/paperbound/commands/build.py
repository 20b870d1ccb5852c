"""`paperbound build`: builds the site. A build of nothing imports nothing that renders."""

from __future__ import annotations

import argparse
import gc
import time
from concurrent.futures import Executor
from dataclasses import replace

from ..builder.stat_index import SiteScan, StatIndex, find_up_to_date
from ..model.build import Options, Result
from .console.address import find_missing_address
from .console.arguments import add_json, add_site, count_workers, make_number, make_options
from .console.parser import Example
from .console.progress import Progress
from .console.terminal import say_next, show_result

DESCRIPTION = "Reads the content folder and writes what changed of the site."
EXAMPLES: tuple[Example, ...] = (
    ("paperbound build", "writes the site of content/ into site/"),
    ("paperbound build --base-url https://example.org/papers/", "writes it for the address where it will be published"),
    ("paperbound build --strict --quiet", "is for a script: prints faults only, and ends with code 1 for a warning"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound build`."""
    add_site(parser)
    parser.add_argument(
        "--jobs",
        type=make_number(),
        metavar="N",
        help="worker processes (default: one a core for large sites, else one)",
    )
    parser.add_argument(
        "--executor",
        type=_executor,
        metavar="dask://HOST:PORT",
        help="the scheduler of a cluster that does the work (default: this machine)",
    )
    parser.add_argument("--clean", action="store_true", help="build everything anew and replace the whole output")
    add_json(parser)
    parser.add_argument("--quiet", action="store_true", help="print faults only")


def run(chosen: argparse.Namespace) -> int:
    """Builds the site; returns the exit code."""
    start = time.perf_counter()
    options = make_options(chosen)
    index = StatIndex.load(options.output)
    result = find_up_to_date(options, index)
    if result is None:
        result = _build_changed(chosen, options, SiteScan(options, index))
    result = replace(result, warnings=(*result.warnings, *find_missing_address(options)))
    show_result(chosen, result, time.perf_counter() - start)
    if not chosen.quiet and not chosen.json:
        say_next("`paperbound serve --open` shows the site, `paperbound check` follows its links")
    return 0


def _build_changed(chosen: argparse.Namespace, options: Options, scan: SiteScan) -> Result:
    # Another process scans the site while this one imports all that renders.
    from ..builder.pipeline import build_site

    progress = Progress(chosen.quiet or chosen.json)
    # Values are trees: a search for cycles among ten million of them takes a quarter of a large build.
    gc.disable()
    try:
        with _make_executor(chosen) as executor:
            return build_site(options, executor, progress, scan)
    finally:
        progress.clear()


def _make_executor(chosen: argparse.Namespace) -> Executor:
    if chosen.executor:
        from ..builder.cluster import ClusterExecutor

        return ClusterExecutor(chosen.executor)
    from ..builder.executors import make_executor

    return make_executor(count_workers(chosen.content, chosen.jobs))


def _executor(text: str) -> str:
    host, colon, port = text.removeprefix("dask://").rpartition(":")
    if not text.startswith("dask://") or not host or not colon or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form dask://HOST:PORT")
    return text.removeprefix("dask://")
