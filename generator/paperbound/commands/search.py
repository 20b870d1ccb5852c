"""`paperbound search`: searches the built site by the files that a browser would load."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from ..model.errors import Fault, InputError
from ..search.query.index_reader import DamagedIndexError, Index
from ..search.query.results import Results, search
from ..text.report import count_of
from ..urls import SEARCH_MANIFEST
from .console.arguments import add_json, add_output, make_number
from .console.parser import Example
from .console.terminal import show, show_json

DESCRIPTION = "Finds papers in the built site by the files that its search page loads, in the same order."
EXAMPLES: tuple[Example, ...] = (
    ('paperbound search "graph neural"', "finds papers with both words"),
    ("paperbound search 'author:lovelace \"exact words\"' --limit 3", "finds by an author, and by a phrase"),
    ("paperbound search year:2020..2023 --json", "prints what was found for programs"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound search`."""
    parser.add_argument("query", metavar="QUERY", help='as on the search page: author:name "exact words"')
    add_output(parser)
    parser.add_argument("--limit", type=make_number(), default=10, metavar="N", help="papers to show (default: 10)")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Searches the built site; returns the exit code."""
    results = search_site(chosen.output, chosen.query, chosen.limit)
    if chosen.json:
        show_json(chosen.command, describe_results(results, chosen.query))
    else:
        show(format_results(results, chosen.query))
    return 0


def search_site(site: Path, query: str, limit: int) -> Results:
    """Searches a built site; raises InputError for a missing or damaged index."""
    manifest = site / SEARCH_MANIFEST
    remedy = "Build the site first: paperbound build. A site without papers has none."
    if not manifest.is_file():
        raise InputError([Fault(str(site), 0, "", "there is no search index in this folder", remedy)])
    try:
        return search(Index(lambda path: (manifest.parent / path).read_bytes()), query, limit)
    except (DamagedIndexError, FileNotFoundError, ValueError, KeyError) as error:
        message = f"the search index is damaged: {error}"
        raise InputError([Fault(str(manifest), 0, "", message, remedy)]) from error


def format_results(results: Results, query: str) -> str:
    """Formats results as text: counts, then title, link and authors of each paper."""
    words = f"at least {results.least} of {results.asked} words" if results.least > 1 else "some of the words"
    rest = f", {count_of(results.some, 'other')} with {words}" if results.some else ""
    lines = [f"{count_of(results.whole, 'paper')} for {query!r}{rest}"]
    lines += [f"Did you mean {results.meant!r}?"] if results.meant else []
    for number, (paper, _) in enumerate(results.papers, 1):
        about = " · ".join(text for text in (paper.authors, paper.venue, paper.date) if text)
        lines += [f"{number:3}. {paper.title}", f"     {about}", f"     {paper.href}"]
    return "\n".join(lines)


def describe_results(results: Results, query: str) -> dict[str, object]:
    """Returns results as values of JSON: query, whole, some, meant, papers with scores."""
    papers = [{**dataclasses.asdict(paper), "score": score} for paper, score in results.papers]
    return {"query": query, "whole": results.whole, "some": results.some, "meant": results.meant, "papers": papers}
