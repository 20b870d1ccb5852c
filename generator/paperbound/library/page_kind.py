"""Page kinds: templates, shards, inputs and plan of a kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from ..model.build import Job
from .shard import Shard
from .site import Site


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


def read_no_records(_site: Site, _shard: Shard) -> Iterable[str]:
    """Returns no ids: the page kind reads no whole records."""
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
    records: Callable[[Site, Shard], Iterable[str]] = read_no_records
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
