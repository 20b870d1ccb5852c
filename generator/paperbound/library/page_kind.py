"""Page kinds: templates, shards, inputs, plan, and the payloads of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from ..model.build import Artifact, Job
from ..storage.sources import read_bytes
from ..themes.rendering import render
from ..themes.theme import Theme
from .site import Site


class Payload(Protocol):
    """The payload of a job: a frozen value that renders its own files."""

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the files at these paths; raises InputError for a fault of a template."""


@dataclass(frozen=True, slots=True)
class PageWork:
    """A page: a template and its context."""

    template: str
    context: object

    def render(self, paths: Sequence[str], theme: Theme) -> Iterator[Artifact]:
        """Yields the page."""
        yield Artifact(paths[0], render(theme, self.template, self.context).encode())


@dataclass(frozen=True, slots=True)
class BytesWork:
    """Bytes that are known already."""

    data: bytes = field(repr=False)
    digest: str

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the bytes."""
        yield Artifact(paths[0], self.data)


@dataclass(frozen=True, slots=True)
class CopyWork:
    """A file of the content's static folder, copied as it is."""

    location: str = field(repr=False, compare=False)
    digest: str

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the bytes of the file."""
        yield Artifact(paths[0], read_bytes(self.location))


@dataclass(frozen=True, slots=True)
class Shard:
    """A page kind and a range of its items, from `start` up to `stop`.

    `related` has the related papers of items that are papers.
    """

    kind: str
    start: int = 0
    stop: int = 0
    related: tuple[tuple[str, Sequence[tuple[str, Sequence[str]]]], ...] = ()

    @property
    def key(self) -> str:
        """The shard's name, the same from build to build."""
        return f"{self.kind} {self.start}"


class Wave(Enum):
    """The time at which the tasks of a page kind run."""

    INDEX = "index"
    """First: the search index is merged from their results."""
    FREE = "free"
    """Beside the first wave, whose results they do not need."""
    RELATED = "related"
    """When related papers are known; the shards of these kinds are taken by turns."""


def count_one(_site: Site) -> int:
    """Returns one: the page kind is not cut into shards."""
    return 1


def count_papers(site: Site) -> int:
    """Returns the number of papers: each is an item of the page kind."""
    return len(site.order)


def read_nothing(_site: Site, _shard: Shard) -> Iterable[str]:
    """Returns no texts, and no ids: the plan reads the inputs of every page alone."""
    return ()


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page, or of files: one row of the registry.

    `plan` makes the jobs of a shard. `inputs` are all texts that the plan reads besides `records`: the ids of papers
    whose whole records it reads. A shard whose inputs, records and templates are those of the last build is fresh.
    `templates` are the templates of the kind, each with the class of its context. The `count` items of the kind are
    cut into shards of at most `size`.
    """

    name: str
    plan: Callable[[Site, Shard], Iterable[Job]]
    inputs: Callable[[Site, Shard], Iterable[str]]
    records: Callable[[Site, Shard], Iterable[str]] = read_nothing
    templates: Mapping[str, type] = field(default_factory=dict)
    count: Callable[[Site], int] = count_one
    size: int = 1
    wave: Wave = Wave.FREE
    local: bool = False
    """Tasks run in the main process: they read local files, or all records, which a worker would have to copy."""
    renews_workers: bool = False
    """New workers are forked before the first shard: it reads all entries, for which workers with memory to spare."""
    shows_related: bool = False
    """The items are papers, and their pages show related papers."""
    surveyed: bool = True
    """The inputs depend on nothing but the survey of all records and the settings."""

    def split(self, site: Site) -> Iterator[Shard]:
        """Yields the shards of all items."""
        count = self.count(site)
        for start in range(0, count, self.size):
            yield Shard(self.name, start, min(start + self.size, count))
