"""`paperbound check`: faults of the content, and of the built site, by rules."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..checks import ROWS, RULES
from ..checks.fixing import fix_file
from ..checks.reports import list_annotations, write_sarif
from ..checks.rule import ERROR, NOTE, WARNING, Finding
from ..checks.running import Checked, check_all
from ..model.build import Options
from ..model.errors import Fault
from ..text.report import count_of
from .console.address import find_missing_address
from .console.arguments import add_json, add_site, make_options
from .console.parser import Example
from .console.progress import Progress
from .console.site_folder import name_as_typed
from .console.terminal import SHOWN, say, say_faults, say_next, show

DESCRIPTION = """\
Reads the content as a build would, and follows every link of the built site. Each fault has a rule, of which
--explain says more. Writes nothing without --fix."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound check", "checks content/, and the links of site/ if it was built"),
    ("paperbound check --strict --quiet", "is for a script: ends with code 1 for a warning, too"),
    ("paperbound check --fix", "writes what is certain, such as José for JosÃ©; comments stay"),
)
FORMATS = ("text", "json", "github", "sarif")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound check`."""
    add_site(parser)
    add_json(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="how faults are printed: text, json (as --json), github (annotations in a pull request), sarif (2.1.0)",
    )
    parser.add_argument("--fix", action="store_true", help="write what is certain into the content, and nothing else")
    parser.add_argument("--explain", choices=sorted(RULES), metavar="RULE", help="print what a rule is about")
    parser.add_argument("--quiet", action="store_true", help="print faults only")


def run(chosen: argparse.Namespace) -> int:
    """Checks content and site; returns the exit code."""
    if chosen.explain:
        rule = RULES[chosen.explain]
        show(f"{rule.name} ({rule.severity}): {rule.summary}\n\n{rule.text}")
        return 0
    form = chosen.format or ("json" if chosen.json else "text")
    options, start = make_options(chosen), time.perf_counter()
    progress = Progress(form != "text" or chosen.quiet)
    try:
        checked = check_all(options, find_missing_address(options), progress)
        if chosen.fix and (fixed := _fix(options.content, checked.findings)):
            checked = check_all(options, find_missing_address(options), progress)
            say(f"fixed: {count_of(fixed, 'fault')}")
    finally:
        progress.clear()
    has_errors = any(one.severity == ERROR for one in checked.findings)
    if form in ("github", "sarif"):
        named = [replace(one, fault=_name_as_typed(one.fault, options)) for one in checked.findings]
        show("\n".join(list_annotations(named)) if form == "github" else write_sarif(named, ROWS))
    elif form == "json":
        show(_write_json(checked, chosen.command, time.perf_counter() - start))
    else:
        _show_text(checked, chosen)
    return int(has_errors)


def _fix(content: Path, findings: Sequence[Finding]) -> int:
    """Writes the fixes that are certain; returns their number."""
    name, fixed = content.resolve().name, 0
    for one in findings:
        folder, _, rest = one.fault.file.partition("/")
        if RULES[one.rule].mend and folder == name:
            fixed += fix_file(content / rest, one.fault, RULES[one.rule])
    return fixed


def _name_as_typed(fault: Fault, options: Options) -> Fault:
    site = options.output.name
    if fault.file == site or fault.file.startswith(f"{site}/"):
        return replace(fault, file=f"{options.output.as_posix()}{fault.file[len(site) :]}")
    return replace(fault, file=name_as_typed(fault.file, options.content))


def _write_json(checked: Checked, command: str, seconds: float) -> str:
    lists = {
        f"{severity}s": [
            {**{name: getattr(one.fault, name) for name in SHOWN}, "rule": one.rule}
            for one in checked.findings
            if one.severity == severity
        ]
        for severity in (ERROR, WARNING, NOTE)
    }
    counts = {"papers": checked.papers, "pages": checked.pages, "seconds": round(seconds, 3)}
    if lists["errors"]:
        return json.dumps({"command": command, "ok": False, **lists}, ensure_ascii=False)
    return json.dumps({"command": command, "ok": True, **counts, **lists}, ensure_ascii=False)


def _show_text(checked: Checked, chosen: argparse.Namespace) -> None:
    counts = {}
    for severity in (NOTE, WARNING, ERROR):
        found = [one for one in checked.findings if one.severity == severity]
        counts[severity] = len(found)
        if severity != NOTE or not chosen.quiet:
            faults = [replace(one.fault, message=f"{one.fault.message} ({one.rule})") for one in found]
            say_faults(chosen.content, faults, severity)
    if counts[ERROR]:
        say(f"{count_of(counts[ERROR], 'error')}; `paperbound check --explain RULE` tells more of a rule")
        return
    if chosen.quiet:
        return
    summary = f"{count_of(checked.papers, 'paper')} and {count_of(checked.pages, 'built page')} checked"
    notes = f", {count_of(counts[NOTE], 'note')}" if counts[NOTE] else ""
    show(f"{summary}: {count_of(counts[WARNING], 'warning')}{notes}, no errors")
    if not checked.pages:
        say_next("`paperbound build` writes the site, whose links can be checked then")
    elif checked.findings:
        say_next("`paperbound check --explain RULE` tells more of the rule in brackets")
