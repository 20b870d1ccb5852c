"""Runs the rules on the content and on the built site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from ..builder.executors import InlineExecutor
from ..builder.fingerprints import digest_code
from ..builder.manifest import read_manifest
from ..builder.pipeline import claim_paths, make_context
from ..builder.worker import Task, run_tasks
from ..content.folder import SiteInput, load_input
from ..content.people.profiles import read_profiles
from ..library.page_kind import Wave
from ..model.build import Options, Progress, ignore_progress
from ..model.errors import Fault, Faults, InputError, Report, name_nearest
from ..pages.kinds import list_shards
from ..storage.cache_files import find_private
from ..storage.sources import walk_output
from ..text.memo import SHARED
from ..urls import MARKER, Addresses, Claims, is_cached, sitemap
from . import ROWS, RULES
from .ignoring import IgnoredRules
from .pages import read_page
from .rule import ERROR, OFF, WARNING, BuiltSite, Content, Finding, Rule


class Checked:
    """The findings of a check in order, and the numbers of papers and built pages."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.papers = self.pages = 0
        self.settings: Mapping[str, str] = {}

    def add(self, faults: Iterable[Fault], rule: Rule) -> None:
        """Adds faults that a rule found; those that name another rule are that one's."""
        for fault in faults:
            found = RULES.get(fault.rule, rule)
            severity = self.settings.get(found.name) or (
                WARNING if fault.warning and found.severity == ERROR else found.severity
            )
            self.findings.append(Finding(fault, found.name, severity))

    def add_errors(self, faults: Iterable[Fault]) -> None:
        """Adds errors of the content, which no setting makes less."""
        self.findings += [Finding(fault, fault.rule or "content", ERROR) for fault in faults]

    def finish(self, content: Path, *, strict: bool) -> None:
        """Drops findings that are off or ignored, raises warnings where `strict`, and sorts."""
        read: dict[str, IgnoredRules] = {}
        shown = set()
        for one in self.findings:
            is_error = one.severity == ERROR and one.rule in _OF_CONTENT
            if one.severity == OFF or (not is_error and _is_ignored(one, content, read)):
                continue
            is_raised = strict and one.severity == WARNING and one.rule != "address"
            shown.add(replace(one, severity=ERROR) if is_raised else one)
        self.findings = sorted(shown)


_OF_CONTENT = frozenset(rule.name for rule in ROWS if not rule.find_in_site)


def check_all(options: Options, others: Iterable[Fault] = (), progress: Progress = ignore_progress) -> Checked:
    """Checks the content as a build would, and the built site, if any.

    `others` are faults that the caller found. Content with errors is checked no further.
    """
    checked, faults = Checked(), Faults()
    try:
        loaded = load_input(replace(options, strict=False), faults, progress=progress)
    except InputError as error:
        checked.add_errors(error.faults)
        checked.add(faults.warnings, RULES["content"])
        checked.finish(options.content, strict=options.strict)
        return checked
    checked.settings = loaded.config.checks
    checked.add_errors(_find_unknown_rules(options.content, loaded.config.checks))
    _render(loaded, faults, progress)
    others = tuple(others)
    checked.add_errors(faults.errors)
    checked.add((*faults.warnings, *others), RULES["content"])
    checked.papers = len(loaded.catalogue.records)
    profiles = read_profiles(options.content, loaded.catalogue.static, lambda _: None)
    for rule in ROWS:
        if rule.find_in_content and checked.settings.get(rule.name) != OFF:
            checked.add(rule.find_in_content(Content(loaded.catalogue, profiles)), rule)
    if (options.output / MARKER).is_file():
        base_path = Addresses(loaded.config.base_url).base_path
        if others:  # the site has no address; it may have been built with --base-url all the same
            base_path = find_base_path(options.output) or base_path
        found = Faults()
        checked.pages = check_site(options.output, base_path, found.report, progress)
        checked.add([*found.errors, *found.warnings], RULES["link"])
    checked.finish(options.content, strict=options.strict)
    return checked


def _render(loaded: SiteInput, faults: Faults, progress: Progress) -> None:
    """Renders each page without writing it, and claims its paths."""
    context, claims = make_context(loaded), Claims()
    SHARED["check"] = context
    tasks = [
        Task("check", shard.key, "", shard)
        for wave in (Wave.RELATED, Wave.FREE)
        for shard in list_shards(context.kinds.values(), context.sites, wave)
    ]
    for number, result in enumerate(run_tasks(tasks, InlineExecutor()), 1):
        progress("rendering", number, len(tasks))
        faults.report_all(result.faults)
        faults.report_all(claim_paths(claims, result.record))
    SHARED.pop("check", None)


def _find_unknown_rules(content: Path, settings: Mapping[str, str]) -> Iterator[Fault]:
    for name in settings:
        if name not in RULES:
            file = f"{content.resolve().name}/site.yaml"
            yield Fault(file, 0, "checks", f"{name!r} is no rule", name_nearest(name, RULES, "rules"))


def _is_ignored(one: Finding, content: Path, read: dict[str, IgnoredRules]) -> bool:
    name, slash, rest = one.fault.file.partition("/")
    if not slash or name != content.resolve().name:
        return False
    if one.fault.file not in read:
        file = content / rest
        read[one.fault.file] = IgnoredRules(file.read_text("utf-8", "replace") if file.is_file() else "")
    return read[one.fault.file].has(one.rule, one.fault.line)


def read_site(folder: Path, base_path: str, progress: Progress = ignore_progress) -> BuiltSite:
    """Reads a built site, without pages if it has another base path."""
    stats = dict(walk_output(folder))
    files = {path: stat.st_size for path, stat in stats.items()}
    if find_base_path(folder) not in ("", base_path):
        return BuiltSite(folder, files, {}, base_path)
    paths = [path for path, stat in stats.items() if path.endswith(".html") and S_ISREG(stat.st_mode)]
    pages = {}
    for number, path in enumerate(paths, 1):
        pages[path] = read_page(folder / path)
        progress("reading pages", number, len(paths))
    progress("following links")
    jobs = (job for task in read_manifest(find_private(folder), digest_code()).values() for job in task.jobs)
    written = frozenset(receipt.path for job in jobs for receipt in job.receipts if not is_cached(receipt.path))
    return BuiltSite(folder, files, pages, base_path, written or None)


def check_site(folder: Path, base_path: str, report: Report, progress: Progress = ignore_progress) -> int:
    """Reports the faults of a built site; returns the number of its pages."""
    site = read_site(folder, base_path, progress)
    for fault, rule in _list_site_faults(site):
        report(replace(fault, rule=rule.name, warning=fault.warning or rule.severity != ERROR))
    return len(site.pages)


def _list_site_faults(site: BuiltSite) -> Iterator[tuple[Fault, Rule]]:
    built_for = find_base_path(site.folder)
    if built_for not in ("", site.base_path):
        message = f"the site was built for the base path {built_for!r}, not for {site.base_path!r}"
        remedy = "Build it with the same --base-url, then check it."
        yield Fault(site.folder.name, 0, "", message, remedy), RULES["base-path"]
        return
    for rule in ROWS:
        for fault in rule.find_in_site(site) if rule.find_in_site else ():
            yield fault, RULES.get(fault.rule, rule)


def find_base_path(folder: Path) -> str:
    """Returns the base path of a built site, by its robots.txt, or an empty text."""
    robots = folder / "robots.txt"
    text = robots.read_text("utf-8", "replace") if robots.is_file() else ""
    address = re.search(rf"^Sitemap: (\S+/){re.escape(sitemap())}$", text, re.MULTILINE)
    return Addresses(address[1]).base_path if address else ""
