"""The terminal: lines for people, reports for programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...model.build import Result
from ...model.errors import Fault
from ...text.report import count_of, list_faults, list_removed, summarize
from .colors import has_colors, paint_line
from .site_folder import name_as_typed

SHOWN = ("file", "line", "field", "message", "remedy")


def say(line: str) -> None:
    """Prints a line to standard error, its kind in colour where the terminal has some."""
    print(paint_line(line) if has_colors(sys.stderr) else line, file=sys.stderr, flush=True)  # noqa: T201


def show(line: str) -> None:
    """Prints a line of results to standard output."""
    print(line, flush=True)  # noqa: T201


def show_json(
    command: str,
    values: Mapping[str, object],
    *,
    ok: bool = True,
    errors: Iterable[Fault] = (),
    warnings: Iterable[Fault] = (),
) -> None:
    """Prints the report of a command as one JSON object, by docs/command-line.schema.json."""
    found = {
        name: [{field: getattr(fault, field) for field in SHOWN} for fault in faults]
        for name, faults in (("errors", errors), ("warnings", warnings))
    }
    show(json.dumps({"command": command, "ok": ok, **values, **found}, ensure_ascii=False))


def say_next(step: str) -> None:
    """Prints the next step to a person; a log gets none."""
    if sys.stderr.isatty():
        say(f"next: {step}")


def say_faults(content: Path | None, faults: Sequence[Fault], kind: str) -> None:
    """Prints faults of a `kind`, error or warning, with paths as users type them."""
    named = (replace(one, file=name_as_typed(one.file, content)) for one in faults) if content else faults
    for line in list_faults(named, kind):
        say(line)


def fail(chosen: argparse.Namespace, errors: Sequence[Fault], warnings: Sequence[Fault] = ()) -> int:
    """Reports errors, and warnings beside them; returns exit code 1."""
    if getattr(chosen, "json", False):
        show_json(chosen.command, {}, ok=False, errors=errors, warnings=warnings)
        return 1
    content: Path | None = getattr(chosen, "content", None)
    say_faults(content, warnings, "warning")
    say_faults(content, errors, "error")
    say(f"{count_of(len(errors), 'error')}; nothing was changed")
    return 1


def show_result(chosen: argparse.Namespace, result: Result, seconds: float) -> None:
    """Prints the report of a build: faults, removed addresses, counts; or JSON."""
    if chosen.json:
        show_json(chosen.command, describe_result(result, seconds), warnings=result.warnings)
        return
    say_faults(chosen.content, result.warnings, "warning")
    for line in list_removed(result):
        say(line)
    if not chosen.quiet:
        show(summarize(result, seconds))


def describe_result(result: Result, seconds: float) -> dict[str, object]:
    """Returns the counts of a build, and the paths that it wrote and removed."""
    return {
        "papers": result.papers,
        "pages": result.pages,
        "written": result.written,
        "unchanged": result.unchanged,
        "removed": result.removed,
        "files": result.files,
        "bytes": result.bytes,
        "drafts": result.drafts,
        "seconds": round(seconds, 3),
    }
