"""The arguments of the command line: what each command takes, and what is wrong with what it was given."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import __version__
from .model.errors import FieldError

_DESCRIPTION = """\
Paperbound makes a website of research papers: a page for each, indexes by topic, author, year and
venue, search in the browser, feeds, citations. Records lie in a content folder, the site is written
into an output folder that any static host can serve."""
_EPILOG = """\
First steps: `paperbound new "A title"` writes a record to fill in, `paperbound serve` shows the site.
Exit codes: 0 done, 1 faults in the input (all are listed), 2 wrong use of the command."""
_SERVE = """\
Builds the site and serves it on this machine alone, under the base path that it will have. A saved file
shows without a reload by hand; a fault in it shows in the page and here, and the last good site stays."""
_IMPORT = """\
Writes the papers of other files as records. A paper that is there already is never overwritten: what it
lacks is filled in, and what differs is told."""
_CHECK = "Reads the content as a build would, and follows every link of the built site. Writes nothing."
_SEARCH = "Finds papers in the built site by the files that its search page loads, in the same order."
# The importers' names. Commands import what they need when they run: a build of what has not changed needs none.
FORMATS = ("yaml", "markdown", "jsonl", "listing")


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="paperbound",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"paperbound {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, add, short, long in (
        ("build", _add_build, "build the site", "Reads the content folder and writes what changed of the site."),
        ("serve", _add_serve, "build, show in the browser, rebuild on every save", _SERVE),
        ("import", _add_import, "take papers from files into the content folder", _IMPORT),
        ("check", _add_check, "look for faults in the content and in the built site", _CHECK),
        ("search", _add_search, "search the built site", _SEARCH),
        ("new", _add_new, "write a record to fill in", "Writes a record with this title into the content folder."),
    ):
        add(commands.add_parser(name, help=short, description=long))
    return parser


def _add_content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="the content folder (default: content)",
    )


def _add_site(parser: argparse.ArgumentParser) -> None:
    _add_content(parser)
    parser.add_argument(
        "--themes",
        type=Path,
        metavar="DIR",
        help="a folder of themes (default: themes, where it exists; those that come with Paperbound are always known)",
    )
    parser.add_argument(
        "--output", type=Path, default=Path("site"), metavar="DIR", help="the output folder (default: site)"
    )
    parser.add_argument(
        "--base-url",
        type=_base_url,
        metavar="URL",
        help="the address at which the site will lie (default: base_url of site.yaml)",
    )
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")


def _add_build(parser: argparse.ArgumentParser) -> None:
    _add_site(parser)
    parser.add_argument(
        "--jobs",
        type=_positive,
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
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.add_argument("--quiet", action="store_true", help="print faults only")
    parser.set_defaults(command="build")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    _add_site(parser)
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="the port (default: 8000; 0 takes a free one)"
    )
    parser.set_defaults(command="serve", json=False, quiet=False)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file to import")
    _add_content(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="",
        metavar="NAME",
        help=f"the format, where the file's name does not tell: {', '.join(FORMATS)}",
    )
    parser.add_argument(
        "--collection",
        type=_ident,
        metavar="ID",
        help="the collection that keeps the papers in this order (a listing's default: the file's name)",
    )
    parser.add_argument(
        "--skip",
        type=_count,
        metavar="N",
        help="lines before the first title of a listing (default: up to the line that begins with Subscribe)",
    )
    parser.add_argument("--update", action="store_true", help="let imported values replace those that differ")
    parser.set_defaults(command="import", json=False, quiet=False, strict=False)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_site(parser)
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.set_defaults(command="check", quiet=False)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help='as on the search page: author:name "exact words"')
    parser.add_argument(
        "--output", type=Path, default=Path("site"), metavar="DIR", help="the folder of the built site (default: site)"
    )
    parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="papers to show (default: 10)")
    parser.add_argument("--json", action="store_true", help="print the papers as one JSON object")
    parser.set_defaults(command="search", quiet=False)


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", help="the paper's title, in quotes")
    _add_content(parser)
    parser.set_defaults(command="new", json=False, quiet=False, strict=False)


def _base_url(text: str) -> str:
    from .config import normalize_base_url

    try:
        return normalize_base_url(text)
    except FieldError as error:
        raise argparse.ArgumentTypeError(f"{error.message}. {error.remedy}") from error


def _executor(text: str) -> str:
    host, colon, port = text.removeprefix("dask://").rpartition(":")
    if not text.startswith("dask://") or not host or not colon or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form dask://HOST:PORT")
    return text.removeprefix("dask://")


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def _ident(text: str) -> str:
    if not text or not all(part.isalnum() for part in text.split("-")) or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not an id: letters, digits and single hyphens")
    return text
