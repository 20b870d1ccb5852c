"""Importer: an input format as a value; its functions are in a module of their own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.errors import Report
    from ..model.job import Source
    from ..model.record import Record

# By key: the number of records that have the key, and the line of the first.
UnknownKeys = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader needs besides the source: where faults go, counts of unknown keys, options by name."""

    report: Report
    unknown: UnknownKeys = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)

    def count_unknown(self, key: str, line: int, count: int = 1) -> None:
        """Counts a key that no field takes; all such keys of a file give one warning each."""
        before, first = self.unknown.get(key, (0, line))
        self.unknown[key] = (before + count, first)


@dataclass(frozen=True, slots=True)
class Reader:
    """The functions of an input format.

    `read` yields the records of a source; it raises nothing for bad input but reports faults. `split` yields the
    parts of a source: a part is parsed again only where its bytes changed. `matches` says whether the first bytes
    of a file are of the format.
    """

    read: Callable[[Source, ReadContext], Iterator[Record]]
    split: Callable[[Source], Iterable[Source]] = lambda source: (source,)
    matches: Callable[[bytes], bool] = lambda _data: True


@dataclass(frozen=True, slots=True)
class ImportOption:
    """An option of `paperbound import` that one format takes: a whole number."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Importer:
    """A row of the registry: the format's name, its suffixes, and the module of this folder with its `READER`.

    The papers of a file that is `ordered` become a collection, by default named after the file.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    options: tuple[ImportOption, ...] = ()
    ordered: bool = False

    @property
    def reader(self) -> Reader:
        """The functions of the format, imported when first needed: the command line lists formats without them."""
        reader: Reader = importlib.import_module(f".{self.module}", __package__).READER
        return reader
