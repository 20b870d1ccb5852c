"""Formats out: the papers of a list in each format, and metadata of single papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from ..model.errors import InputError
from ..model.record import Record
from ..storage.plugins import Plugin, load_plugins
from ..text.memo import memoize_text
from .bibtex.entries import make_bibtex
from .citing import Rows
from .csl import make_csl
from .ris import make_ris
from .table import make_header, make_row


class Export(NamedTuple):
    """A format of whole lists, with a name for people.

    `write` returns the entry of a record with its page's address; `begin`, `between` and `end` are the texts around
    entries.
    """

    name: str
    write: Callable[[Record, str], str]
    begin: str = ""
    between: str = ""
    end: str = ""


class ExportSpec(NamedTuple):
    """A file of a list's papers in each format."""

    folder: str
    number: int
    papers: tuple[str, ...]
    owner: str

    @property
    def key(self) -> str:
        """The key of the file, the same from build to build."""
        return f"{self.folder}#{self.number}"


# Exports by the suffix of their files.
ROWS: Mapping[str, Export] = {
    "bib": Export("BibTeX", lambda record, _url: make_bibtex(record), between="\n\n", end="\n"),
    "ris": Export("RIS", make_ris, between="\r\n"),
    "json": Export("CSL-JSON", make_csl, "[\n", ",\n", "\n]\n"),
    "csv": Export("CSV", make_row, make_header()),
}


def _write(row: Export, plugin: Plugin, record: Record, url: str) -> str:
    try:
        return row.write(record, url)
    except Exception as error:  # whatever a module of others may raise
        raise InputError([plugin.describe(error)]) from error


def _guard(row: Export, plugin: Plugin) -> Export:
    """Returns the format of another package; its exceptions are faults with the package's name."""
    return row._replace(write=partial(_write, row, plugin))


PLUGINS = load_plugins("paperbound.exports", Export, ROWS, _guard)
EXPORTS: Mapping[str, Export] = {**ROWS, **{one.name: one.value for one in PLUGINS if one.value}}


def write_export(suffix: str, rows: Rows) -> str:
    """Returns the records as a file of a format.

    An entry that several lists have is written once."""
    form = EXPORTS[suffix]

    def write(row: tuple[Record, str]) -> str:
        return form.write(*row)

    kind = f"export {suffix}"
    entries = [memoize_text(kind, f"{one.digest} {one.bibkey} {url}", write, (one, url)) for one, url in rows]
    return f"{form.begin}{form.between.join(entries)}{form.end}"
