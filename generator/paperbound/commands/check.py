"""`paperbound check`: faults of the content, and of the built site.

For the built site: links, fragments, ids, and the limits of the host.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..builder.executors import InlineExecutor
from ..builder.pipeline import claim_paths, make_context
from ..builder.worker import Task, run_tasks
from ..content.folder import load_input
from ..library.page_kind import Wave
from ..model.build import Options, ignore_progress
from ..model.build import Progress as StepProgress
from ..model.errors import Fault, Faults, Report
from ..pages.kinds import list_shards
from ..storage.cache_files import PRIVATE
from ..storage.sources import walk_output
from ..text.memo import SHARED
from ..text.report import count_of
from ..urls import MARKER, Addresses, Claims, sitemap
from .console.address import find_missing_address
from .console.arguments import add_json, add_site, make_options
from .console.parser import Example
from .console.progress import Progress
from .console.terminal import fail, say_faults, say_next, show, show_json

DESCRIPTION = "Reads the content as a build would, and follows every link of the built site. Writes nothing."
EXAMPLES: tuple[Example, ...] = (
    ("paperbound check", "checks content/, and the links of site/ if it was built"),
    ("paperbound check --strict --quiet", "is for a script: ends with code 1 for a warning, too"),
)
# GitHub Pages: https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
_LARGEST = 1_000_000_000
_LARGE = 800_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound check`."""
    add_site(parser)
    add_json(parser)
    parser.add_argument("--quiet", action="store_true", help="print faults only")


def run(chosen: argparse.Namespace) -> int:
    """Checks content and site; returns the exit code."""
    faults = Faults(chosen.strict)
    start = time.perf_counter()
    options = make_options(chosen)
    progress = Progress(chosen.json or chosen.quiet)
    try:
        papers, pages = check_all(options, faults, progress)
    finally:
        progress.clear()
    faults.warnings.extend(find_missing_address(options))
    if faults.errors:
        return fail(chosen, sorted(faults.errors), sorted(faults.warnings))
    warnings = sorted(faults.warnings)
    if chosen.json:
        counts = {"papers": papers, "pages": pages, "seconds": round(time.perf_counter() - start, 3)}
        show_json(chosen.command, counts, warnings=warnings)
        return 0
    say_faults(chosen.content, warnings, "warning")
    if chosen.quiet:
        return 0
    found = f"{count_of(papers, 'paper')} and {count_of(pages, 'built page')} checked"
    show(f"{found}: {count_of(len(faults.warnings), 'warning')}, no errors")
    if not pages:
        say_next("`paperbound build` writes the site, whose links can be checked then")
    return 0


def check_all(options: Options, faults: Faults, progress: StepProgress = ignore_progress) -> tuple[int, int]:
    """Checks the content as a build would, and the built site, if any.

    Returns the number of papers and of built pages. Faults are collected in `faults`.
    """
    loaded = load_input(options, faults, progress=progress)
    context, claims = make_context(loaded), Claims()
    SHARED["check"] = context
    tasks = [
        Task("check", shard.key, "", shard)
        for wave in (Wave.RELATED, Wave.FREE)
        for shard in list_shards(context.kinds.values(), context.site, wave)
    ]
    for number, result in enumerate(run_tasks(tasks, InlineExecutor()), 1):
        progress("rendering", number, len(tasks))
        faults.report_all(result.faults)
        faults.report_all(claim_paths(claims, result.record))
    SHARED.pop("check", None)
    pages = 0
    if (options.output / MARKER).is_file():
        base_path = Addresses(loaded.config.base_url).base_path
        if find_missing_address(options):  # it may have been built with --base-url all the same
            base_path = _find_base_path(options.output) or base_path
        pages = check_site(options.output, base_path, faults.report, progress)
    return len(loaded.catalogue.records), pages


def check_site(folder: Path, base_path: str, report: Report, progress: StepProgress = ignore_progress) -> int:
    """Reports the faults of a built site; returns the number of its pages."""
    files = {path: stat.st_size for path, stat in walk_output(folder)}
    for path in files:
        if (folder / path).is_symlink():
            report(Fault(f"{folder.name}/{path}", 0, "", "the site holds a symbolic link", "Pages refuses it."))
    total = sum(files.values())
    if total > _LARGE:
        message = f"the site weighs {total / 1e6:,.0f} MB; GitHub Pages takes 1,000 MB"
        remedy = f"Leave something out: markdown_pages, author_pages, or files in {PRIVATE}'s site."
        report(Fault(folder.name, 0, "", message, remedy, warning=total <= _LARGEST))
    built_for = _find_base_path(folder)
    if built_for not in ("", base_path):
        message = f"the site was built for the base path {built_for!r}, not for {base_path!r}"
        report(Fault(folder.name, 0, "", message, "Build it with the same --base-url, then check it."))
        return 0
    paths = [path for path in files if path.endswith(".html")]
    pages = {}
    for number, path in enumerate(paths, 1):
        pages[path] = _read_page(folder / path)
        progress("reading pages", number, len(paths))
    progress("following links")
    for path, page in pages.items():
        for fault in _check_page(path, page, pages, files, base_path):
            report(Fault(f"{folder.name}/{path}", *fault))
    return len(pages)


def _find_base_path(folder: Path) -> str:
    """Returns the base path of a built site, by its robots.txt, or an empty text."""
    robots = folder / "robots.txt"
    text = robots.read_text("utf-8", "replace") if robots.is_file() else ""
    address = re.search(rf"^Sitemap: (\S+/){re.escape(sitemap())}$", text, re.MULTILINE)
    return Addresses(address[1]).base_path if address else ""


class _Page(HTMLParser):
    """The links of a page with their lines, its ids, and its repeated ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, int]] = []
        self.ids: set[str] = set()
        self.twice: list[tuple[str, int]] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values = dict(attrs)
        for name in ("href", "src", "action"):
            if link := values.get(name):
                self.links.append((link, line))
        if ident := values.get("id"):
            if ident in self.ids:
                self.twice.append((ident, line))
            self.ids.add(ident)


def _read_page(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text("utf-8"))
    page.close()
    return page


def _check_page(
    path: str, page: _Page, pages: dict[str, _Page], files: dict[str, int], base_path: str
) -> Iterator[tuple[int, str, str, str]]:
    for ident, line in page.twice:
        yield line, "id", f"the id {ident!r} stands twice", "Ids are unique in a page."
    for link, line in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = path
        if parts.path:
            if not parts.path.startswith(base_path):
                message = f"{link!r} leads out of the base path {base_path!r}"
                yield line, "href", message, "Begin links with / in pages/."
                continue
            target = unquote(parts.path[len(base_path) :])
            if not target or target.endswith("/"):
                target += "index.html"
        if target not in files:
            yield line, "href", f"{link!r} leads to no page", "Mend the link, or the address."
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield line, "href", f"{link!r} leads to no such place in that page", "Mend the fragment."
