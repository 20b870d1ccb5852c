"""Page kinds: templates, shards, inputs, plan, and the payloads of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol
from zlib import crc32

from ..model.build import Artifact, Job
from ..storage.sources import read_bytes
from ..themes.rendering import render
from ..themes.theme import Theme
from .site import Site

# A shard has at most this many times the items of an average one.
_LONGEST = 4


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

    `first` is the key of its first item. `language` is that of the site that it belongs to, empty for the first.
    `related` has the related papers of items that are papers, and the papers that are found by
    items that are searches; `map` is the map of all papers as `search/map/paper_map.py` writes it.
    """

    kind: str
    first: str = ""
    start: int = 0
    stop: int = 1
    language: str = ""
    related: tuple[tuple[str, Sequence[tuple[str, Sequence[str]]]], ...] = ()
    map: bytes = b""

    @property
    def key(self) -> str:
        """The shard's name, the same from build to build."""
        return f"{self.language}/{self.kind} {self.first}" if self.language else f"{self.kind} {self.first}"


class Wave(Enum):
    """The time at which the tasks of a page kind run."""

    INDEX = "index"
    """First: the search index is merged from their results."""
    FREE = "free"
    """Beside the first wave, whose results they do not need."""
    RELATED = "related"
    """When related papers are known; the shards of these kinds are taken by turns."""
    FOUND = "found"
    """When the index can be searched: the shards hold the papers that saved searches find."""
    MAP = "map"
    """Last: when the map of papers is known, which is made beside the pages of papers."""


def list_one(_site: Site) -> Sequence[str]:
    """Returns one item: the page kind is not cut into shards."""
    return ("",)


def list_all_papers(site: Site) -> Sequence[str]:
    """Returns the ids of all papers: each is an item of the page kind."""
    return site.order


def read_nothing(_site: Site, _item: object) -> Iterable[str]:
    """Returns no texts, and no ids: the plan reads the inputs of every page alone."""
    return ()


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page, or of files: one row of the registry.

    `plan` makes the jobs of a shard. `inputs` are all texts that the plan reads besides `records`: the ids of papers
    whose whole records it reads. A shard whose inputs, records and templates are those of the last build is fresh.
    `templates` are the templates of the kind, each with the class of its context. The `items` of the kind, by their
    keys, are cut into shards of `size` on average.
    """

    name: str
    plan: Callable[[Site, Shard], Iterable[Job]]
    inputs: Callable[[Site, Shard], Iterable[str]]
    records: Callable[[Site, Shard], Iterable[str]] = read_nothing
    templates: Mapping[str, type] = field(default_factory=dict)
    items: Callable[[Site], Sequence[str]] = list_one
    size: int = 1
    wave: Wave = Wave.FREE
    local: bool = False
    """Tasks run in the main process: they read local files, or all records, which a worker would have to copy."""
    renews_workers: bool = False
    """New workers are forked before the first shard: it reads all entries, for which workers with memory to spare."""
    shows_related: bool = False
    """The items are papers, and their pages show related papers."""
    shows_map: bool = False
    """The plan reads the map of papers."""
    surveyed: bool = True
    """The inputs depend on nothing but the survey of all records and the settings."""

    is_shared: bool = False
    """A site in several languages has these files once."""
    is_numbered: bool = False
    """Items have numbers, and each shard has `size` of them: new items are added at the end."""

    def split(self, site: Site) -> Iterator[Shard]:
        """Yields the shards of all items.

        A shard begins at an item whose key says so: where an item comes or goes, all other shards stay.
        """
        items, start = self.items(site), 0
        for place in range(1, len(items) + 1):
            if place == len(items) or self._begins(items[place], place - start):
                yield Shard(self.name, str(start) if self.is_numbered else items[start], start, place)
                start = place

    def _begins(self, key: str, length: int) -> bool:
        if self.is_numbered:
            return length == self.size
        return crc32(key.encode("utf-8", "surrogatepass")) % self.size == 0 or length == _LONGEST * self.size
