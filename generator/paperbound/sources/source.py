"""Sources as values: settings, kinds, days to read, batches of papers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ..model.record import Record
from .enrich.filling import Step


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers of a day in the source's order.

    `day` is None where the source has no days. Papers that are not `fresh` are later versions of earlier papers: they
    change records, and are no news.
    """

    day: datetime.date | None
    records: tuple[Record, ...]
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """The days to read: from `first` to `day`, the day of the edition, both included.

    `first` is None in the first run of a source. `begun` is the day of the first run.
    """

    day: datetime.date
    first: datetime.date | None = None
    begun: datetime.date | None = None

    @property
    def start(self) -> datetime.date:
        """The first day to read; in the first run the day of the edition."""
        return self.first or self.day

    def go_back(self, days: int) -> datetime.date:
        """Returns the first day to read, if days before it are read again."""
        if not self.first:
            return self.day
        earliest = self.begun or self.first
        return min(self.start, max(self.start - datetime.timedelta(days=days), min(earliest, self.day)))


@dataclass(frozen=True, slots=True)
class Source:
    """A source of sources.yaml.

    `values` are the settings of its kind alone. `limit` is the largest number of papers of an edition (0: all), `match`
    a query, `boost` queries that move papers up. `edition` is a series; `title` is the title of its editions, `rank_by`
    the signal by which they are ordered. `enrich` says what fills empty fields of new records. With `update` later
    versions replace values.
    """

    id: str
    kind: SourceKind
    url: str
    limit: int = 0
    match: str = ""
    boost: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    edition: str = ""
    title: str = ""
    rank_by: str = ""
    enrich: tuple[Step, ...] = ()
    update: bool = False
    pace: float = 0.0
    values: Mapping[str, Any] = field(default_factory=dict)
    line: int = 1

    @property
    def label(self) -> str:
        """The name on an edition's page: the service's, the host's or the file's."""
        host = urlsplit(self.url).hostname or ""
        return self.kind.label or host.removeprefix("www.") or self.text("path") or self.id

    def text(self, name: str) -> str:
        """Returns a setting of the kind as text; an empty text without it."""
        return str(self.values.get(name, ""))


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A kind of source: a row of the registry.

    `settings` converts the kind's own settings, raising ValueError with a message; `needs` are names of which one must
    be there. `read` takes a source, a window and the means of reading; it yields batches, raising SourceError. `label`
    is the service's name, `url` its address, `pace` the seconds between two requests. `explain` returns why a day has
    no papers, where that is known.
    """

    name: str
    read: Callable[..., Iterator[Batch]]
    settings: Mapping[str, Callable[[Any], Any]]
    needs: tuple[str, ...] = ()
    label: str = ""
    url: str = ""
    pace: float = 1.0
    explain: Callable[[Source, datetime.date], str] = lambda *_: ""
