"""Reads BibTeX and biblatex files, several of which may need each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from ...model.errors import Fault
from ...model.job import Source
from ...model.record import Origin, Record
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .blocks import RawEntry, list_entries, parse_blocks, split_blocks
from .entries import KNOWN_EXTRA, convert_entry
from .inheritance import inherit_fields
from .sharing import compare_form, gather_blocks
from .values import Strings, read_value

_TYPES = (
    "article|book|booklet|collection|comment|conference|dataset|in(?:book|collection|proceedings)|manual|mastersthesis|"
    "misc|online|phdthesis|preamble|proceedings|report|software|string|techreport|thesis|unpublished|xdata"
)
_SIGN = re.compile(rf"^[ \t]*@(?:{_TYPES})[ \t]*[{{(]".encode(), re.IGNORECASE | re.MULTILINE)
# Volumes, and fields that entries have in common, are no papers where an entry inherits from them.
_VOLUMES = frozenset(
    "proceedings collection reference periodical mvproceedings mvbook mvcollection mvreference".split()
)
_FIELDS = {
    "authors": ("author",),
    "editors": ("editor",),
    "date": ("year",),
    "arxiv": ("eprint",),
    "tags": ("keywords",),
    "language": ("langid",),
}
_STRING = "Give the file that defines it, too, or write the value in braces."


def read_bibtex(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a file, or of a part of one."""
    return _BibtexReader(source, context).read()


class _BibtexReader:
    def __init__(self, source: Source, context: ReadContext) -> None:
        self.source, self.context = source, context
        offers = context.shared
        self.offers = offers
        self.strings = Strings({name[7:]: value for name, value in offers.items() if name.startswith("string ")})

    def read(self) -> Iterator[Record]:
        """Yields the records; reports what cannot be read."""
        file = self.source.file
        for entry in list_entries(parse_blocks(self.source.data), file, self.source.line, self.context.report):
            if entry.kind == "xdata" or (entry.kind in _VOLUMES and f"child {entry.key.lower()}" in self.offers):
                continue
            record = self._convert(entry)
            if record:
                yield record

    def _convert(self, entry: RawEntry) -> Record | None:
        fault = partial(self._report, entry)
        fields = entry.fields
        if "crossref" in fields or "xdata" in fields:
            fields = inherit_fields(entry, self.offers, lambda raw: self._read(raw, entry, "crossref"), fault)
        texts = {name: self._read(raw, entry, name) for name, raw in fields.items()}
        values, names, dropped = convert_entry(entry.kind, self._name(entry), texts)
        for name in dropped:
            self.context.count_unknown(name, entry.lines.get(name, entry.line))
        for name in values["extra"]:
            if name not in KNOWN_EXTRA:
                self.context.count_unknown(f"extra.{name}", entry.lines.get(name, entry.line))
        context = replace(self.context, report=partial(self._place, entry, names))
        return make_foreign(values, Origin(self.source.file, entry.line, native=False), context)

    def _place(self, entry: RawEntry, names: Mapping[str, str], fault: Fault) -> None:
        """Reports a fault of a record with the entry's field and its line."""
        theirs = (names.get(fault.field, fault.field), *_FIELDS.get(fault.field, ()))
        name = next((name for name in theirs if name in entry.lines), "")
        if name:
            fault = replace(fault, line=entry.lines[name], field=name)
        self.context.report(fault)

    def _name(self, entry: RawEntry) -> str:
        first = self.offers.get(f"twice {self.source.file} {entry.key.lower()}")
        if first is None or first == compare_form(entry):
            return entry.key
        message = f"the key {entry.key!r} is that of another paper of this file; this one gets another id"
        self._report(entry, "", message, "Give each paper a key of its own.")
        return ""

    def _read(self, raw: str, entry: RawEntry, name: str) -> str:
        return read_value(raw, lambda word: self.strings.find(word, partial(self._report_string, entry, name)))

    def _report_string(self, entry: RawEntry, name: str, message: str) -> None:
        self._report(entry, name, message, _STRING)

    def _report(self, entry: RawEntry, name: str, message: str, remedy: str) -> None:
        line = entry.lines.get(name, entry.line)
        self.context.report(Fault(self.source.file, line, name, message, remedy, warning=True))


def is_bibtex(data: bytes) -> bool:
    """Returns whether bytes are the beginning of a BibTeX file."""
    return bool(_SIGN.search(data))


READER = Reader(read_bibtex, split_blocks, is_bibtex, gather_blocks)
