"""`paperbound doctor`: looks for missing libraries, extras, fonts and disk space."""

from __future__ import annotations

import argparse
import importlib
import platform
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..model.errors import write_controls
from .console.arguments import add_content, add_json, count_cores
from .console.editor import find_editor
from .console.parser import Example
from .console.terminal import show, show_json

DESCRIPTION = """\
Looks at what Paperbound runs on: Python, libraries and their versions, extras, plugins, the font of cards, free space
of the disk. Says what is missing, and for which command. Exit codes: 0 all is well, 1 something that is needed is
missing."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound doctor", "lists what is there and what is missing"),
    ("paperbound doctor --json", "the same for a program"),
)
_OLDEST = (3, 11)
# A site of 10,000 papers needs 0.4 GB, and while it is built the same again.
_LITTLE, _TOO_LITTLE = 1_000_000_000, 50_000_000
_USES = {
    "cards": "build with `cards: yes` or `thumbnails: yes`",
    "csl": "build with .csl files in `citation_styles`",
    "distributed": "build --executor",
}
_REQUIREMENT = re.compile(r"""([\w.-]+)>=([\w.]+)(?:.*extra == ["']([\w-]+)["'])?""")
_MARKS = {"ok": "ok     ", "absent": "absent ", "fault": "FAULT  "}


class Finding(NamedTuple):
    """A named thing with its state: ok, absent (and not needed), or fault."""

    name: str
    state: str
    message: str
    remedy: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound doctor`."""
    add_content(parser)
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Prints all findings; returns the exit code."""
    findings = list(_examine(chosen.content))
    faults = sum(finding.state == "fault" for finding in findings)
    if chosen.json:
        values = {"version": __version__, "findings": [finding._asdict() for finding in findings]}
        show_json(chosen.command, values, ok=not faults)
        return int(bool(faults))
    for finding in findings:
        # A plugin's error may hold any signs.
        show(write_controls(f"{_MARKS[finding.state]} {finding.name:<18} {finding.message}"))
        if finding.remedy:
            show(write_controls(f"{'':27}{finding.remedy}"))
    show("All that is needed is there." if not faults else f"Faults: {faults}. Mend what is marked so.")
    return int(bool(faults))


def _examine(content: Path) -> Iterator[Finding]:
    new = sys.version_info >= _OLDEST
    oldest = ".".join(map(str, _OLDEST))
    where = f"{platform.python_version()} of {platform.system()}, {count_cores()} cores, {sys.executable}"
    yield Finding("Paperbound", "ok", __version__)
    yield Finding("Python", "ok" if new else "fault", where, "" if new else f"Install Python {oldest} or later.")
    yield from _examine_libraries(_find_needed_extras(content))
    yield from _examine_plugins()
    yield _examine_font()
    yield _examine_editor()
    yield _examine_disk(content)


def _find_needed_extras(content: Path) -> set[str]:
    """Returns the extras that the settings of a site need."""
    try:
        from ..content.folder import read_settings
    except ImportError:  # a library is missing, which another finding says
        return set()
    config = read_settings(content, lambda _fault: None) if (content / "site.yaml").is_file() else None
    if not config:
        return set()
    styles = any(style.endswith(".csl") for style in config.citation_styles)
    pictures = "yes" in (config.cards, config.thumbnails)
    return {name for name, needed in (("cards", pictures), ("csl", styles)) if needed}


def _examine_libraries(needed: set[str]) -> Iterator[Finding]:
    """Yields a finding for each library that the installed package requires, extras included."""
    try:
        lines = metadata.requires("paperbound") or []
    except metadata.PackageNotFoundError:
        yield Finding("libraries", "fault", "Paperbound is not installed as a package", "Say: pip install paperbound")
        return
    for line in lines:
        match = _REQUIREMENT.match(line)
        if not match:
            continue
        name, least, extra = match.groups()
        title = f"{name} [{extra}]" if extra else name
        remedy = f"Say: {_find_installer()} '{name}>={least}'"
        use = f", for {_USES.get(extra, extra)}" if extra else ""
        missing = "absent" if extra and extra not in needed else "fault"
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Finding(title, missing, f"not installed{use}", remedy)
            continue
        if _is_older(version, least):
            yield Finding(title, missing, f"{version}, and {least} or later is needed{use}", remedy)
        else:
            yield Finding(title, "ok", f"{version}{use}")


def _find_installer() -> str:
    """Returns the command that installs a library beside Paperbound, whatever installed that."""
    if Path(sys.prefix, "pipx_metadata.json").is_file():
        return "pipx inject paperbound"
    if Path(sys.prefix, "uv-receipt.toml").is_file():
        return f"uv pip install --python {shlex.quote(sys.executable)}"
    return f"{shlex.quote(sys.executable)} -m pip install"


def _examine_plugins() -> Iterator[Finding]:
    """Yields a finding for each row that another package adds."""
    try:
        from .. import formats, importers
        from ..pages import kinds
        from ..sources import kinds as sources
        from ..themes import loader
    except ImportError:  # a library is missing, which another finding says
        return
    for room in (importers, formats, sources, kinds, loader):
        for one in room.PLUGINS:
            what = f"{one.group} of {one.package} {one.version}"
            if one.fault:
                remedy = f"Update or remove the package {one.package}."
                yield Finding(f"plugin {one.name}", "absent", f"{what}: {one.fault}", remedy)
            else:
                yield Finding(f"plugin {one.name}", "ok", what)


def _is_older(version: str, least: str) -> bool:
    numbers = (map(int, re.findall(r"\d+", text)) for text in (version, least))
    return next((one < other for one, other in zip_longest(*numbers, fillvalue=0) if one != other), False)


def _examine_font() -> Finding:
    try:
        features = importlib.import_module("PIL.features")
    except ImportError:
        return Finding("font of cards", "absent", "comes with Pillow, which is not installed")
    if features.check("freetype2"):
        return Finding("font of cards", "ok", "Pillow's own; a theme's `card.ttf` replaces it")
    remedy = "Install Pillow from its wheel: pip install --force-reinstall --only-binary :all: pillow"
    return Finding("font of cards", "absent", "this Pillow draws no fonts (FreeType), for `cards: yes`", remedy)


def _examine_editor() -> Finding:
    editor = find_editor()
    if editor and shutil.which(editor[0]):
        return Finding("editor", "ok", f"{editor[0]}, for new --edit")
    if editor:
        return Finding("editor", "absent", f"{editor[0]} is not installed, for new --edit", "Say: export EDITOR=nano")
    return Finding("editor", "absent", "VISUAL and EDITOR name none, for new --edit", "Say: export EDITOR=nano")


def _examine_disk(content: Path) -> Finding:
    free = shutil.disk_usage(content.resolve().parent if content.is_dir() else Path.cwd()).free
    message = f"{free / 1e9:,.1f} GB are free"
    if free < _TOO_LITTLE:
        return Finding("disk", "fault", message, "Free some space: a build needs twice that of its site.")
    if free < _LITTLE:
        return Finding(
            "disk", "ok", message, "Enough for some thousand papers: a build needs twice the space of its site."
        )
    return Finding("disk", "ok", message)
