"""Importer: an input format as a value, with functions in its own module."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model.errors import Report
    from ..model.job import Source
    from ..model.record import Record

# By key: the number of records that have the key, and the line of the first.
UnknownKeys = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ReadContext:
    """The arguments of a reader besides the source.

    `report` collects faults, `unknown` counts unknown keys, `options` are values by name. `shared` merges what all
    files of the format offer each other.
    """

    report: Report
    unknown: UnknownKeys = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)
    shared: Mapping[str, Any] = field(default_factory=dict)

    def count_unknown(self, key: str, line: int, count: int = 1) -> None:
        """Counts an unknown key of records; a file gives one warning for each key."""
        total, first = self.unknown.get(key, (0, line))
        self.unknown[key] = (total + count, first)


@dataclass(frozen=True, slots=True)
class Reader:
    """The functions of an input format.

    `read` yields the records of a source; it raises nothing for bad input but reports faults. `split` yields the
    parts of a source: a part is parsed again only where its bytes changed. `matches` says whether the first bytes
    of a file are of the format. `gather` returns what a source offers to the other files of its format.
    """

    read: Callable[[Source, ReadContext], Iterator[Record]]
    split: Callable[[Source], Iterable[Source]] = lambda source: (source,)
    matches: Callable[[bytes], bool] = lambda _data: True
    gather: Callable[[Source], Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class ImportOption:
    """An option of `paperbound import` that one format takes: a whole number."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Importer:
    """A row of the registry: an input format.

    `suffixes` are those of its files, `module` is the module below this folder with its `READER`. The papers of an
    `ordered` file become a collection, by default named after the file.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    options: tuple[ImportOption, ...] = ()
    ordered: bool = False

    @property
    def reader(self) -> Reader:
        """The format's functions, imported at first use: the command line needs names only."""
        reader: Reader = importlib.import_module(f".{self.module}", __package__).READER
        return reader
