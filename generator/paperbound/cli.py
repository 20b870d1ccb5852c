"""The command line: the only reader of arguments, environment and clock."""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from .builder.up_to_date import find_unchanged, start_look
from .commands.arguments import make_parser
from .model.date import PartialDate
from .model.errors import Fault, InputError
from .model.result import Options, Result
from .storage.sources import measure
from .text.numbers import count_of
from .text.report import list_faults, list_removed, summarize, write_json

# Below some 300 papers, starting workers costs more than they save.
_WORTH_WORKERS = 300_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    os.umask(0o022)  # pages are for everybody to read, whoever builds them
    chosen = make_parser().parse_args(arguments)
    try:
        return _COMMANDS[chosen.command](chosen)
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
    if getattr(chosen, "jobs", 0):
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
    # The site is looked at by another process while this one imports what renders.
    look = start_look(options)
    from .builder.pipeline import build_site

    progress = Progress(chosen.quiet or chosen.json)
    # Values are trees: looking for cycles among ten million of them takes a quarter of a large build.
    gc.disable()
    try:
        with _make_executor(chosen) as executor:
            return build_site(options, executor, progress, look)
    finally:
        progress.clear()


def _make_executor(chosen: argparse.Namespace) -> Executor:
    if chosen.executor:
        from .builder.cluster import ClusterExecutor

        return ClusterExecutor(chosen.executor)
    from .builder.executors import make_executor

    return make_executor(_count_workers(chosen))


def show_result(result: Result, seconds: float, *, quiet: bool = False) -> None:
    """Prints a build's warnings, what it moved, and the line of counts."""
    for line in (*list_faults(result.warnings, "warning"), *list_removed(result)):
        _say(line)
    if not quiet:
        _print(summarize(result, seconds))


def _import(chosen: argparse.Namespace) -> int:
    from .commands.import_papers import ImportOptions, import_files
    from .content.load import Faults

    faults = Faults()
    today = PartialDate.parse(datetime.datetime.now(tz=datetime.UTC).date().isoformat())
    options = ImportOptions(
        chosen.content,
        tuple(chosen.files),
        chosen.format,
        chosen.collection or "",
        {name: value for name, value in vars(chosen).items() if isinstance(value, int)},
        chosen.update,
        chosen.date,
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
    from .commands.check import check_all
    from .content.load import Faults

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
    from .commands.search import ask_site, show_results, write_results

    results = ask_site(chosen.output, chosen.query, chosen.limit)
    _print((write_results if chosen.json else show_results)(results, chosen.query))
    return 0


def _digest(chosen: argparse.Namespace) -> int:
    sends = chosen.send or chosen.dry_run
    if sends and not chosen.to:
        chosen.refuse("--send needs --to LIST")
    if not sends and (chosen.to or chosen.resend):
        chosen.refuse("--to and --resend go with --send")
    if not sends and not chosen.output:
        chosen.refuse("say --output FILE.eml, or --send --to LIST")
    from .commands.digest import run_digest
    from .mail.message import MessageStamp
    from .mail.options import Clock, Console, DigestOptions, Secrets
    from .mail.selection import Order

    chosen.strict = False
    site = replace(make_options(chosen), output=chosen.site)
    now = chosen.at or datetime.datetime.now(tz=datetime.UTC).replace(microsecond=0)
    names = ("PAPERBOUND_SMTP_USER", "PAPERBOUND_SMTP_PASSWORD", "PAPERBOUND_UNSUBSCRIBE_SECRET")
    options = DigestOptions(
        site=site,
        order=Order(chosen.collection or "", chosen.since, tuple(chosen.tag), tuple(chosen.author), chosen.limit),
        stamp=MessageStamp(now, chosen.message_id or ""),
        output=chosen.output,
        list=chosen.to,
        dry_run=chosen.dry_run,
        resend=tuple(chosen.resend),
        smtp=chosen.smtp,
        security=chosen.security,
        rate=chosen.rate,
        pause=chosen.pause,
        tries=chosen.tries,
    )
    secrets = Secrets(*(os.environ.get(name, "") for name in names))
    return run_digest(options, secrets, Clock(time.monotonic, time.sleep), Console(_print, _say))


def _new(chosen: argparse.Namespace) -> int:
    from .commands.new import write_draft

    _print(f"{write_draft(chosen.content, chosen.title)} is ready to be filled in")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from .commands.serve import serve

    return serve(make_options(chosen), chosen.port, _say, _count_workers(chosen))


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "serve": _serve,
    "import": _import,
    "check": _check,
    "search": _search,
    "digest": _digest,
    "new": _new,
}
