"""Importer: an input format as a value, with functions in its own module."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ..model.build import Source
    from ..model.errors import Report
    from ..model.record import Author, Record
    from ..storage.plugins import Plugin

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_MOST_VALUES = 20_000
# By key: the number of records that have the key, and the line of the first.
UnknownKeys = dict[str, tuple[int, int]]


class Memo(dict[_Key, _Value]):
    """Results by their sources, at most 20,000: a full memo begins anew."""

    def __setitem__(self, key: _Key, value: _Value) -> None:
        if len(self) >= _MOST_VALUES:
            self.clear()
        super().__setitem__(key, value)


@dataclass(frozen=True, slots=True)
class ReadContext:
    """The arguments of a reader besides the source.

    `report` collects faults, `unknown` counts unknown keys, `options` are values by name. `shared` merges what all
    files of the format offer each other. With `lenient`, which imports are, files of our own formats are mended like
    foreign ones. Papers share `people`, authors by their names as written, and `values` by field and text.
    """

    report: Report
    unknown: UnknownKeys = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)
    shared: Mapping[str, Any] = field(default_factory=dict)
    lenient: bool = False
    people: Memo[str, Author] = field(default_factory=Memo)
    values: Memo[tuple[str, Any], Any] = field(default_factory=Memo)

    def count_unknown(self, key: str, line: int, count: int = 1) -> None:
        """Counts an unknown key of records; a file gives one warning for each key.

        `extra.KEY` is a key whose values are kept in `extra`: a warning only if it misspells a field. `own.KEY` is a
        note of the program that wrote the file; all of them are one warning.
        """
        total, first = self.unknown.get(key, (0, line))
        self.unknown[key] = (total + count, first)


@dataclass(frozen=True, slots=True)
class Reader:
    """The functions of an input format.

    `read` yields the records of a source; it raises nothing for bad input but reports faults. `split` yields the
    parts of a source: a part is parsed again only where its bytes changed. `matches` says whether the first bytes
    of a file (64 kB of UTF-8) are of the format. `gather` returns what a source offers to the other files of its
    format: text, numbers, lists and mappings by name. Sources of foreign formats are UTF-8.
    """

    read: Callable[[Source, ReadContext], Iterator[Record]]
    split: Callable[[Source], Iterable[Source]] = lambda source: (source,)
    matches: Callable[[bytes], bool] | None = None
    gather: Callable[[Source], Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class ImportOption:
    """An option of `paperbound import` that one format takes: a whole number."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Importer:
    """A row of the registry: an input format.

    `suffixes` are those of its files, `module` is the module of `package` with its `READER`. The papers of an
    `ordered` file become a collection, by default named after the file. `native` files are the site's own, and held to
    the letter. A file with a suffix of a format without a test is of that format; `by_suffix` says so of one with a
    test.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    options: tuple[ImportOption, ...] = ()
    ordered: bool = False
    native: bool = False
    by_suffix: bool = False
    package: str = "paperbound.importers"
    plugin: Plugin | None = None

    def knows(self, start: bytes) -> bool:
        """Returns whether the format has a test that knows the first bytes of a file."""
        return bool(self.reader.matches and self.reader.matches(start))

    @property
    def reader(self) -> Reader:
        """The format's functions, imported at first use: the command line needs names only."""
        if self.plugin:
            return _guard(self._load, self.plugin)
        return self._load()

    def _load(self) -> Reader:
        reader: Reader = importlib.import_module(f"{self.package}.{self.module}").READER
        return reader


def _guard(load: Callable[[], Reader], plugin: Plugin) -> Reader:
    """Returns the reader of another package; its exceptions are warnings of the file."""

    def read(source: Source, context: ReadContext) -> Iterator[Record]:
        try:
            yield from load().read(source, context)
        except Exception as error:  # whatever a module of others may raise
            context.report(plugin.describe(error, source.file))

    def split(source: Source) -> Iterable[Source]:
        try:
            return tuple(load().split(source))
        except Exception:  # reading says it
            return (source,)

    def matches(start: bytes) -> bool:
        try:
            test = load().matches
            return bool(test and test(start))
        except Exception:  # reading a file with the suffix says it
            return False

    def gather(source: Source) -> Mapping[str, Any]:
        try:
            offer = load().gather
            return offer(source) if offer else {}
        except Exception:  # reading says it
            return {}

    try:
        has_test = load().matches is not None
    except Exception:  # reading says it
        has_test = False
    return Reader(read, split, matches if has_test else None, gather)
