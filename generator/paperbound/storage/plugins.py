"""Plugins: rows of the registries that other installed packages add, by entry points.

A group of entry points is a registry. The name of an entry point is the name of its row, and its object is the row, as
"Entry points specification" (packaging.python.org) has it. A plugin that cannot be loaded is left out, and named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Any, NamedTuple

from ..model.errors import Fault

_PREFIX = "paperbound."
GROUPS = tuple(f"{_PREFIX}{name}" for name in ("importers", "exports", "sources", "page_kinds", "themes"))


class Plugin(NamedTuple):
    """A row of another package: its object, or the fault of loading it."""

    group: str
    name: str
    package: str
    version: str
    value: Any = None
    fault: str = ""

    def describe(self, error: BaseException, file: str = "") -> Fault:
        """Returns the warning of a row that failed in use, on a file if any."""
        failed = f"the plugin {self.name!r} of {self.group} failed: {name_error(error)}"
        place = file or f"{self.package} {self.version}"
        return Fault(place, 0, "", f"{failed}; it is left out here", self.remedy, warning=True)

    @property
    def remedy(self) -> str:
        """The remedy for a broken row."""
        return f"Update or remove the package {self.package}."


def name_error(error: BaseException) -> str:
    """Returns the type and the message of an error."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def keep_row(value: Any, _plugin: Plugin) -> Any:
    """Returns a row as it is."""
    return value


def _list_points() -> Iterator[tuple[metadata.EntryPoint, str, str]]:
    """Yields the entry points of Paperbound's groups, with names and versions of packages."""
    seen = set()
    for dist in metadata.distributions():
        points = [point for point in dist.entry_points if point.group in GROUPS]
        # The first package of a name on the path is the one that is imported. Names stand in another file, whose parser
        # takes longer than all the rest.
        if points and dist.name not in seen:
            seen.add(dist.name)
            yield from ((point, dist.name, dist.version) for point in points)


_POINTS = tuple(sorted(_list_points(), key=lambda row: (row[0].group, row[0].name, row[1])))


def load_plugins(
    group: str, kind: type, known: Collection[str] = (), guard: Callable[[Any, Plugin], Any] = keep_row
) -> tuple[Plugin, ...]:
    """Loads the rows of a group in the order of their names.

    An object that is no `kind`, or whose name is `known`, is a fault, and so is any exception of its module. `guard`
    returns the row whose later exceptions are faults.
    """
    found: list[Plugin] = []
    names = set(known)
    for point, package, version in _POINTS:
        if point.group != group:
            continue
        plugin = Plugin(group, point.name, package, version)
        try:
            value = point.load()
        except (Exception, SystemExit) as error:  # whatever a module of others may raise
            found.append(plugin._replace(fault=name_error(error)))
            continue
        name = getattr(value, "name", point.name) if kind is not str else point.name
        if not isinstance(value, kind):
            found.append(plugin._replace(fault=f"{point.value} is no {kind.__name__}"))
        elif {name, point.name} & names:
            found.append(plugin._replace(fault=f"the name {point.name!r} is taken"))
        else:
            names |= {name, point.name}
            found.append(plugin._replace(value=guard(value, plugin)))
    return tuple(found)


def describe_faults(plugins: Collection[Plugin]) -> Iterator[Fault]:
    """Yields a warning for each plugin that could not be loaded."""
    for one in plugins:
        if one.fault:
            message = f"the plugin {one.name!r} of {one.group} is left out: {one.fault}"
            yield Fault(f"{one.package} {one.version}", 0, "", message, one.remedy, warning=True)


def digest_plugins() -> str:
    """Returns the digest of the plugins' packages: names, versions, and the bytes of their modules."""
    state = hashlib.blake2b(digest_size=16)
    for point, package, version in _POINTS:
        state.update(f"{point.group} {point.name} {point.value} {package} {version}\0".encode())
        for file in _list_modules(point.module.partition(".")[0]):
            state.update(file.read_bytes())
    return state.hexdigest() if _POINTS else ""


def _list_modules(name: str) -> list[Path]:
    spec = util.find_spec(name)
    if not spec or not spec.origin:
        return []
    origin = Path(spec.origin)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
