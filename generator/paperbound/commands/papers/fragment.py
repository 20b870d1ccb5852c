"""`paperbound fragment`: writes a list of papers for a page of another site."""

from __future__ import annotations

import argparse

from ...formats.fragment import FRAGMENTS
from ..console.address import find_missing_address
from ..console.arguments import make_options
from ..console.paper_choice import add_choice, choose_papers, find_format, write_chosen
from ..console.parser import Example
from ..console.terminal import say_faults

DESCRIPTION = """\
Writes a list of papers as plain HTML, or as JSON, for a page of another site: all papers, or those of an author, a
topic, a collection or a query. The HTML has no script, no style and no id; its links lead to the published site. No
built site is needed. Drafts are left out."""
EXAMPLES: tuple[Example, ...] = (
    ('paperbound fragment lovelace.html --author "Ada Lovelace"', "writes the list of a person"),
    ("paperbound fragment - --format json --tag graphs --limit 10", "prints the newest ten of a topic for a program"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound fragment`."""
    add_choice(parser, tuple(FRAGMENTS))


def run(chosen: argparse.Namespace) -> int:
    """Writes the list; returns the exit code."""
    write = FRAGMENTS[find_format(chosen, FRAGMENTS)]
    rows = choose_papers(chosen)
    if not chosen.json:
        say_faults(chosen.content, find_missing_address(make_options(chosen)), "warning")
    return write_chosen(chosen, write(rows), len(rows), "include it where a page shows papers")
