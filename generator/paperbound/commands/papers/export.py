"""`paperbound export`: writes papers for reference managers and spreadsheets."""

from __future__ import annotations

import argparse

from ...config import DEFAULT_BASE_URL
from ...formats import EXPORTS, write_export
from ..console.address import find_missing_address
from ..console.arguments import make_options
from ..console.paper_choice import add_choice, choose_papers, find_format, write_chosen
from ..console.parser import Example
from ..console.terminal import say_faults

DESCRIPTION = """\
Writes papers of the content folder as BibTeX, RIS, CSL-JSON or CSV: all, or those that a query, an author, a topic or a
collection names. No built site is needed. Drafts are left out."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound export all.bib", "writes all papers"),
    ('paperbound export mine.ris --query "author:lovelace year:2024.."', "writes those that the site's search finds"),
    ("paperbound export - --format csv --collection winter-2026", "prints a collection as a table"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound export`."""
    add_choice(parser, tuple(EXPORTS))


def run(chosen: argparse.Namespace) -> int:
    """Writes the papers; returns the exit code."""
    name = find_format(chosen, EXPORTS)
    rows = choose_papers(chosen)
    text = write_export(name, rows)
    if not chosen.json and DEFAULT_BASE_URL in text:
        say_faults(chosen.content, find_missing_address(make_options(chosen)), "warning")
    return write_chosen(chosen, text, len(rows), "`paperbound fragment` writes a list for a page")
