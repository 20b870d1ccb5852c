"""The command line: the only reader of arguments, environment and clock."""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from . import __version__
from .build.report import list_faults, list_gone, summarize, write_json
from .build.snapshot import find_unchanged
from .build.sources import measure
from .model.errors import Fault, FieldError, InputError
from .model.result import Options, Result
from .text.numbers import count_of

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
# Below some 300 papers, starting workers costs more than they save.
_WORTH_WORKERS = 300_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    os.umask(0o022)  # pages are for everybody to read, whoever builds them
    chosen = make_parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except InputError as error:
        return _fail(chosen, error.faults)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        remedy = "Check the disk, its space and its permissions."
        return _fail(chosen, (Fault(str(error.filename or "disk"), 0, "", error.strerror or str(error), remedy),))
    except KeyboardInterrupt:
        _say("stopped")
        return 130


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
    parser.add_argument("--clean", action="store_true", help="build everything anew and replace the whole output")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.add_argument("--quiet", action="store_true", help="print faults only")
    parser.set_defaults(command=_build)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    _add_site(parser)
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="the port (default: 8000; 0 takes a free one)"
    )
    parser.set_defaults(command=_serve, json=False, quiet=False)


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
    parser.set_defaults(command=_import, json=False, quiet=False, strict=False)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_site(parser)
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.set_defaults(command=_check, quiet=False)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help='as on the search page: author:name "exact words"')
    parser.add_argument(
        "--output", type=Path, default=Path("site"), metavar="DIR", help="the folder of the built site (default: site)"
    )
    parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="papers to show (default: 10)")
    parser.add_argument("--json", action="store_true", help="print the papers as one JSON object")
    parser.set_defaults(command=_search, quiet=False)


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", help="the paper's title, in quotes")
    _add_content(parser)
    parser.set_defaults(command=_new, json=False, quiet=False, strict=False)


def _base_url(text: str) -> str:
    from .config import normalize_base_url

    try:
        return normalize_base_url(text)
    except FieldError as error:
        raise argparse.ArgumentTypeError(f"{error.message}. {error.remedy}") from error


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


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _fail(
    chosen: argparse.Namespace, errors: Sequence[Fault], warnings: Sequence[Fault] = (), seconds: float = 0
) -> int:
    if chosen.json:
        _print(write_json(None, seconds, errors, warnings))
        return 1
    for line in (*list_faults(warnings, "warning"), *list_faults(errors, "error")):
        _say(line)
    _say(f"{count_of(len(errors), 'error')}; nothing was changed")
    return 1


def make_options(chosen: argparse.Namespace) -> Options:
    """The options of a build from the arguments."""
    themes = chosen.themes or (Path("themes") if Path("themes").is_dir() else None)
    if chosen.themes and not chosen.themes.is_dir():
        raise InputError(
            [Fault(str(chosen.themes), 0, "", "the folder of themes does not exist", "Check --themes DIR.")]
        )
    return Options(
        content=chosen.content,
        output=chosen.output,
        themes=(themes,) if themes else (),
        base_url=chosen.base_url or "",
        strict=chosen.strict,
        clean=getattr(chosen, "clean", False),
    )


def _count_workers(chosen: argparse.Namespace) -> int:
    if chosen.jobs:
        return int(chosen.jobs)
    papers = chosen.content / "papers"
    return len(os.sched_getaffinity(0)) if papers.is_dir() and measure(papers) > _WORTH_WORKERS else 1


class Progress:
    """Tells how far long work has come: one line that changes on a terminal, plain lines elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, what: str, count: int) -> None:
        """Shows the step, ten times a second at most on a terminal and every five seconds elsewhere."""
        now = time.monotonic()
        if self._quiet or now - self._last < (0.1 if self._terminal else 5.0):
            return
        self._last = now
        line = f"{what} {count:,}" if count else what
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
        else:
            _say(line)

    def clear(self) -> None:
        """Takes the changing line away."""
        if self._terminal and not self._quiet:
            sys.stderr.write("\r\x1b[K")


def _build(chosen: argparse.Namespace) -> int:
    start = time.perf_counter()
    options = make_options(chosen)
    result = find_unchanged(options)
    if result is None:
        try:
            result = _build_changed(chosen, options)
        except InputError as error:
            return _fail(chosen, error.faults, seconds=time.perf_counter() - start)
    seconds = time.perf_counter() - start
    if chosen.json:
        _print(write_json(result, seconds, (), result.warnings))
    else:
        show_result(result, seconds, quiet=chosen.quiet)
    return 0


def _build_changed(chosen: argparse.Namespace, options: Options) -> Result:
    from .build.executors import make_executor
    from .build.pipeline import build_site

    progress = Progress(chosen.quiet or chosen.json)
    # Values are trees: looking for cycles among ten million of them takes a quarter of a large build.
    gc.disable()
    try:
        with make_executor(_count_workers(chosen)) as executor:
            return build_site(options, executor, progress)
    finally:
        progress.clear()


def show_result(result: Result, seconds: float, *, quiet: bool = False) -> None:
    """Prints a build's warnings, what it moved, and the line of counts."""
    for line in (*list_faults(result.warnings, "warning"), *list_gone(result)):
        _say(line)
    if not quiet:
        _print(summarize(result, seconds))


def _import(chosen: argparse.Namespace) -> int:
    from .build.importing import ImportOptions, import_files
    from .build.pipeline import Faults

    faults = Faults()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    options = ImportOptions(
        chosen.content,
        tuple(chosen.files),
        chosen.format,
        chosen.collection or "",
        chosen.skip,
        chosen.update,
        today,
    )
    done = import_files(options, faults.report)
    for line in list_faults(faults.warnings, "warning"):
        _say(line)
    _print(
        f"{count_of(done.read, 'paper')} read: {done.added:,} added, {done.filled:,} filled in, "
        f"{done.read - done.added - done.filled:,} left as they were; {count_of(len(done.files), 'file')} written"
    )
    return 0


def _check(chosen: argparse.Namespace) -> int:
    from .build.pipeline import Faults
    from .check import check_all

    faults = Faults(chosen.strict)
    start = time.perf_counter()
    papers, pages = check_all(make_options(chosen), faults)
    if faults.errors:
        return _fail(chosen, sorted(faults.errors), sorted(faults.warnings), time.perf_counter() - start)
    if chosen.json:
        checked = Result(papers, pages, 0, 0, (), (), tuple(sorted(faults.warnings)))
        _print(write_json(checked, time.perf_counter() - start, (), checked.warnings))
        return 0
    for line in list_faults(sorted(faults.warnings), "warning"):
        _say(line)
    found = f"{count_of(papers, 'paper')} and {count_of(pages, 'built page')} checked"
    _print(f"{found}: {count_of(len(faults.warnings), 'warning')}, no errors")
    return 0


def _search(chosen: argparse.Namespace) -> int:
    from .build.asking import ask_site, show_results, write_results

    results = ask_site(chosen.output, chosen.query, chosen.limit)
    _print((write_results if chosen.json else show_results)(results, chosen.query))
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from .build.drafting import write_draft

    _print(f"{write_draft(chosen.content, chosen.title)} is ready to be filled in")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from .serve import serve

    return serve(make_options(chosen), chosen.port, _say)
