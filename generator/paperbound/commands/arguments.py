"""The arguments of the command line: what each command takes, and what is wrong with what it was given."""

from __future__ import annotations

import argparse
import datetime
import re
from pathlib import Path

from .. import __version__
from ..importers import IMPORTERS
from ..model.date import PartialDate
from ..model.errors import FieldError

_DESCRIPTION = """\
Paperbound makes a website of research papers: a page for each, indexes by topic, author, year and
venue, search in the browser, feeds, citations. Records lie in a content folder, the site is written
into an output folder that any static host can serve."""
_EPILOG = """\
First steps: `paperbound new "A title"` writes a record to fill in, `paperbound serve` shows the site.
Exit codes: 0 done, 1 faults in the input (all are listed), 2 wrong use of the command; of `digest --send` also
3 some addresses were refused, 4 somebody is left, or it is not known whether a message arrived."""
_SERVE = """\
Builds the site and serves it on this machine alone, under the base path that it will have. A saved file
shows without a reload by hand; a fault in it shows in the page and here, and the last good site stays."""
_IMPORT = """\
Writes the papers of other files as records. A paper that is there already is never overwritten: what it
lacks is filled in, and what differs is told."""
_CHECK = "Reads the content as a build would, and follows every link of the built site. Writes nothing."
_SEARCH = "Finds papers in the built site by the files that its search page loads, in the same order."
_DIGEST = """\
Makes a message of an edition, or of what is new, and writes it to a file or sends it to the people of a list. What was
sent to whom is kept in a journal beside the list: whatever breaks, the same command goes on where it was, and sends to
nobody twice. User and password of the mail server come from the environment alone: PAPERBOUND_SMTP_USER,
PAPERBOUND_SMTP_PASSWORD."""


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
        ("digest", _add_digest, "write or send an edition by mail", _DIGEST),
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
    _add_look(parser)
    parser.add_argument(
        "--output", type=Path, default=Path("site"), metavar="DIR", help="the output folder (default: site)"
    )
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")


def _add_look(parser: argparse.ArgumentParser) -> None:
    _add_content(parser)
    parser.add_argument(
        "--themes",
        type=Path,
        metavar="DIR",
        help="a folder of themes (default: themes, where it exists; those that come with Paperbound are always known)",
    )
    parser.add_argument(
        "--base-url",
        type=_base_url,
        metavar="URL",
        help="the address at which the site will lie (default: base_url of site.yaml)",
    )


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
    names = [importer.name for importer in IMPORTERS]
    ordered = " and ".join(importer.name for importer in IMPORTERS if importer.ordered)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file to import")
    _add_content(parser)
    parser.add_argument(
        "--format",
        choices=names,
        default="",
        metavar="NAME",
        help=f"the format, where the file's name does not tell: {', '.join(names)}",
    )
    parser.add_argument(
        "--collection",
        type=_ident,
        metavar="ID",
        help=f"the collection that keeps the papers in this order (default of {ordered}: the file's name)",
    )
    parser.add_argument(
        "--date",
        type=_date,
        metavar="DATE",
        help="the collection's date, which makes it an edition: YYYY-MM-DD (default: the date at the end of its id, or "
        "today for a listing); papers that are new were added on that day",
    )
    for importer in IMPORTERS:
        for option in importer.options:
            text = f"for {importer.name}: {option.help}"
            parser.add_argument(f"--{option.name}", type=_count, metavar="N", help=text)
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


def _add_digest(parser: argparse.ArgumentParser) -> None:
    _add_look(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--collection", metavar="ID", help="the edition or reading list (default: the newest edition)")
    which.add_argument("--since", type=_date, metavar="DATE", help="papers that were added since: YYYY-MM-DD")
    parser.add_argument("--tag", action="append", default=[], metavar="T", help="only papers with this tag; repeatable")
    parser.add_argument(
        "--author", action="append", default=[], metavar="A", help="only papers by this author; repeatable"
    )
    parser.add_argument("--limit", type=_positive, default=0, metavar="N", help="at most so many papers")
    parser.add_argument("--output", type=Path, metavar="FILE.eml", help="write the message to this file")
    parser.add_argument("--send", action="store_true", help="send it to each address of the list")
    parser.add_argument("--to", type=Path, metavar="LIST", help="the list: one address a line, or subscribers.yaml")
    parser.add_argument("--dry-run", action="store_true", help="say what --send would do, and do nothing of it")
    parser.add_argument(
        "--resend", action="append", default=[], metavar="ADDRESS", help="send it to this address once more; repeatable"
    )
    parser.add_argument("--smtp", default="", metavar="HOST:PORT", help="the mail server (default: that of site.yaml)")
    parser.add_argument(
        "--security",
        choices=("starttls", "tls", "none"),
        default="",
        help="how the server is spoken to: starttls, tls, or none, which goes to this machine alone "
        "(default: tls at port 465, else starttls)",
    )
    parser.add_argument("--rate", type=_rate, default=0, metavar="N", help="messages a minute (default: 600)")
    parser.add_argument("--tries", type=_positive, default=6, metavar="N", help="how often to try (default: 6)")
    parser.add_argument(
        "--pause", type=_seconds, default=15.0, metavar="SECONDS",
        help="the pause before an address is tried again, which doubles each time (default: 15)",
    )  # fmt: skip
    parser.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DIR",
        help="the built site, by whose search saved queries are answered (default: site)",
    )  # fmt: skip
    parser.add_argument(
        "--at", type=_time, metavar="TIME", help="the message's date: 2026-11-24T06:00:00Z (default: now)"
    )
    parser.add_argument(
        "--message-id", type=_word, metavar="WORD",
        help="the left part of the message's id (default: made of date and content)",
    )  # fmt: skip
    parser.set_defaults(command="digest", json=False, quiet=False, strict=False, refuse=parser.error)


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", help="the paper's title, in quotes")
    _add_content(parser)
    parser.set_defaults(command="new", json=False, quiet=False, strict=False)


def _base_url(text: str) -> str:
    from ..config import normalize_base_url

    try:
        return normalize_base_url(text)
    except FieldError as error:
        raise argparse.ArgumentTypeError(f"{error.message}. {error.remedy}") from error


def _date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}; write YYYY-MM-DD") from error


def _time(text: str) -> datetime.datetime:
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; write 2026-11-24T06:00:00Z") from error
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _rate(text: str) -> int:
    return _positive(text, 1_000_000)


def _word(text: str) -> str:
    # The atoms of RFC 5322, 3.2.3, with dots between them.
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a word of letters, digits and single dots")
    return text


def _executor(text: str) -> str:
    host, colon, port = text.removeprefix("dask://").rpartition(":")
    if not text.startswith("dask://") or not host or not colon or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form dask://HOST:PORT")
    return text.removeprefix("dask://")


def _positive(text: str, most: int = 1024) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most:
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
