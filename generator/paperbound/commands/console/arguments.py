"""Arguments that several commands share: folders, options and workers of a build, dates and numbers."""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Callable
from pathlib import Path

from ...model.build import Options
from ...model.date import PartialDate
from ...model.errors import Fault, FieldError, InputError
from ...storage.sources import measure

# Below some 300 papers, starting workers costs more than they save.
_WORTH_WORKERS = 300_000


def add_content(parser: argparse.ArgumentParser) -> None:
    """Adds `--content`."""
    parser.add_argument(
        "--content",
        type=Path,
        metavar="DIR",
        help="the folder with site.yaml (default: content, this folder, or the nearest of those above)",
    )


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Adds the options for content, themes and base URL."""
    add_content(parser)
    parser.add_argument(
        "--themes",
        type=Path,
        metavar="DIR",
        help="a folder of themes (default: themes of the site folder; those of Paperbound are always known)",
    )
    parser.add_argument(
        "--base-url",
        type=_base_url,
        metavar="URL",
        help="the address of the published site (default: base_url of site.yaml)",
    )


def add_site(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of a site: sources, output folder, strictness."""
    add_sources(parser)
    add_output(parser)
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Adds `--output`, the folder of the built site in every command."""
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="the folder of the built site (default: site of the site folder)"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Adds `--json`."""
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")


def make_options(chosen: argparse.Namespace) -> Options:
    """Returns the options of a build; raises InputError for a missing folder of themes."""
    if chosen.themes and not chosen.themes.is_dir():
        fault = Fault(str(chosen.themes), 0, "", "the folder of themes does not exist", "Check --themes DIR.")
        raise InputError([fault])
    return Options(
        content=chosen.content,
        output=getattr(chosen, "output", Path("site")),
        themes=(chosen.themes,) if chosen.themes else (),
        base_url=chosen.base_url or "",
        strict=getattr(chosen, "strict", False),
        clean=getattr(chosen, "clean", False),
        today=datetime.datetime.now(tz=datetime.UTC).toordinal(),
    )


def count_workers(content: Path, jobs: int | None = None) -> int:
    """Returns `jobs`; by default one process a core for large content, one for small."""
    papers = content / "papers"
    return jobs or (count_cores() if papers.is_dir() and measure(papers) > _WORTH_WORKERS else 1)


def count_cores() -> int:
    """Returns the number of cores that this process may use."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_date(text: str) -> PartialDate:
    """Returns the date of an argument; raises ArgumentTypeError."""
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}; write YYYY-MM-DD") from error


def read_ident(text: str) -> str:
    """Returns the id of a collection; raises ArgumentTypeError."""
    if not text or not all(part.isalnum() for part in text.split("-")) or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not an id: letters, digits and single hyphens")
    return text


def make_number(least: int = 1, most: int = 1024) -> Callable[[str], int]:
    """Returns a reader of whole numbers, which raises ArgumentTypeError for others."""

    def read_number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most:,}")
        return int(text)

    return read_number


def _base_url(text: str) -> str:
    from ...config import normalize_base_url

    try:
        return normalize_base_url(text)
    except FieldError as error:
        raise argparse.ArgumentTypeError(f"{error.message}. {error.remedy}") from error
