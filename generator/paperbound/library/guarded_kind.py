"""Page kinds of other packages, whose exceptions are warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from ..model.build import Artifact, Job
from ..model.errors import Fault, InputError
from ..storage.plugins import Plugin, name_error
from ..themes.theme import Theme
from .page_kind import PageKind, Payload, Shard
from .site import Site


@dataclass(frozen=True, slots=True)
class _GuardedWork:
    """The payload of another package."""

    work: Payload
    plugin: Plugin

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the files; raises InputError, with warnings alone, for whatever is wrong."""
        try:
            yield from self.work.render(paths, theme)
        except InputError as error:
            raise InputError(replace(fault, warning=True) for fault in error.faults) from error
        except Exception as error:  # whatever a module of others may raise
            raise InputError([self.plugin.describe(error)]) from error


@dataclass(frozen=True, slots=True)
class _FailedWork:
    """The payload of a plan that failed."""

    fault: Fault

    def render(self, _paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Raises InputError with the warning."""
        raise InputError([self.fault])


def _plan(kind: PageKind, plugin: Plugin, site: Site, shard: Shard) -> Iterator[Job]:
    try:
        for job in kind.plan(site, shard):
            yield job._replace(payload=_GuardedWork(cast(Payload, job.payload), plugin))
    except Exception as error:  # whatever a module of others may raise
        yield Job(f"plugin {plugin.name}", _FailedWork(plugin.describe(error)), plugin.name, ())


def _read(read: Callable[[Site, Shard], Iterable[str]], site: Site, shard: Shard) -> Iterable[str]:
    try:
        return tuple(read(site, shard))
    except Exception as error:  # planning says it
        return (name_error(error),)


def _list(kind: PageKind, site: Site) -> Sequence[str]:
    try:
        return kind.items(site)
    except Exception:  # planning says it
        return ("",)


def guard_kind(kind: PageKind, plugin: Plugin) -> PageKind:
    """Returns the page kind of another package, whose exceptions take no build down."""
    return replace(
        kind,
        plan=partial(_plan, kind, plugin),
        inputs=partial(_read, kind.inputs),
        records=partial(_read_records, kind.records),
        items=partial(_list, kind),
    )


def _read_records(read: Callable[[Site, Shard], Iterable[str]], site: Site, shard: Shard) -> Iterable[str]:
    try:
        return tuple(read(site, shard))
    except Exception:  # planning says it; a message is no id of a paper
        return ()
