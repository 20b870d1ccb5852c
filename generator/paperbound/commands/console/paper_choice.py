"""Papers that a user chooses: by a query, an author, a tag or a collection."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from ...content.folder import SiteInput, load_input
from ...formats.bibtex.keys import name_record
from ...formats.citing import Rows
from ...model.errors import Fault, Faults, InputError, name_nearest
from ...storage.cache_files import write_atomically
from ...text.report import count_of
from ...text.slugs import make_slug
from ...urls import Addresses, paper
from .arguments import add_json, add_sources, make_number, make_options
from .terminal import say_faults, say_next, show, show_json

STANDARD = Path("-")


def add_choice(parser: argparse.ArgumentParser, formats: Collection[str]) -> None:
    """Adds the file, its format, and the options that choose papers."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write; - is standard output")
    parser.add_argument(
        "--format",
        choices=sorted(formats),
        metavar="NAME",
        help=f"the format (default: FILE's suffix): {', '.join(formats)}",
    )
    parser.add_argument("--query", metavar="Q", help="papers that the site's search finds by all words, in its syntax")
    parser.add_argument("--author", metavar="NAME", help="papers by this author: a name, or the name in an address")
    parser.add_argument("--tag", metavar="T", help="papers with this topic")
    parser.add_argument("--collection", metavar="ID", help="papers of this collection, in its order")
    parser.add_argument("--limit", type=make_number(most=1_000_000), metavar="N", help="at most so many papers")
    add_sources(parser)
    add_json(parser)


def find_format(chosen: argparse.Namespace, formats: Collection[str]) -> str:
    """Returns the name of the format; raises InputError where the file does not say it."""
    name: str = chosen.format or chosen.file.suffix.removeprefix(".").lower()
    if name in formats:
        return name
    remedy = f"Say --format NAME, one of {', '.join(formats)}."
    raise InputError([Fault(str(chosen.file), 0, "", "its name does not say which format it has", remedy)])


def choose_papers(chosen: argparse.Namespace) -> Rows:
    """Returns the chosen papers with their addresses; raises InputError for unknown names.

    The content is read, and no built site is needed. Papers are in the order of the collection, or newest first.
    """
    faults = Faults()
    loaded = load_input(make_options(chosen), faults)
    if not chosen.json:
        say_faults(chosen.content, faults.warnings, "warning")
    catalogue = loaded.catalogue
    idents = list(_choose_by_names(chosen, loaded))
    if chosen.query:
        # Here, and not above: an export of everything has no use for numpy's 0.07 s.
        from ...sources.matching import find_matches

        records = [catalogue.records[ident] for ident in idents]
        (found,) = find_matches(records, [chosen.query], catalogue.synonyms)
        idents = [ident for place, ident in enumerate(idents) if place in found]
    addresses = Addresses(loaded.config.base_url)
    return [
        (
            name_record(catalogue.records[ident], catalogue.keys[ident]),
            addresses.absolute(paper(catalogue.slugs[ident])),
        )
        for ident in idents[: chosen.limit]
    ]


def _choose_by_names(chosen: argparse.Namespace, loaded: SiteInput) -> Iterable[str]:
    catalogue = loaded.catalogue
    idents: Iterable[str] = catalogue.records
    if chosen.collection:
        _check("--collection", chosen.collection, catalogue.collections, "collections")
        idents = catalogue.collections[chosen.collection].papers
    if chosen.tag:
        _check("--tag", chosen.tag, catalogue.tags, "tags")
        tagged = set(catalogue.papers_by_tag[chosen.tag])
        idents = [ident for ident in idents if ident in tagged]
    if chosen.author:
        slug = make_slug(chosen.author)
        _check("--author", slug, {one for slugs in catalogue.people_of.values() for one in slugs}, "authors")
        idents = [ident for ident in idents if slug in catalogue.people_of[ident]]
    return idents


def _check(option: str, name: str, known: Collection[str], what: str) -> None:
    if name not in known:
        remedy = name_nearest(name, known, what) if len(known) < 5_000 else "Check the name."
        raise InputError([Fault(option, 0, "", f"there is no {name!r} among the {what}", remedy)])


def write_chosen(chosen: argparse.Namespace, text: str, papers: int, step: str) -> int:
    """Writes the text to the file or standard output; returns the exit code."""
    if chosen.file == STANDARD:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return 0
    write_atomically(chosen.file, text.encode())
    if chosen.json:
        show_json(chosen.command, {"file": str(chosen.file), "papers": papers, "bytes": len(text.encode())})
        return 0
    show(f"{chosen.file}: {count_of(papers, 'paper')}, {len(text.encode()):,} bytes")
    say_next(step)
    return 0
