"""Reads BibTeX and biblatex files, several of which may need each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ..fields import UNTITLED
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .blocks import RawEntry, read_blocks, split_blocks
from .entries import KNOWN_EXTRA, convert_entry
from .inheritance import Ancestry
from .sharing import Offers, compare_form, gather_blocks
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
_TITLES = frozenset(("title", "booktitle"))
_FIELDS = {
    "authors": ("author",),
    "editors": ("editor",),
    "date": ("year",),
    "arxiv": ("eprint",),
    "tags": ("keywords",),
    "language": ("langid",),
}


def read_bibtex(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a file, or of a part of one."""
    return _BibtexReader(source, context).read()


class _BibtexReader:
    """The reader of one part of a file; faults are those of the present entry."""

    def __init__(self, source: Source, context: ReadContext) -> None:
        self.file, self.context, self.offers = source.file, context, Offers.of(context.shared)
        self.entries = read_blocks(source, context.report)
        self.foreign = replace(context, report=self._report_value)
        self.strings = Strings(self.offers.strings, self._report_string)
        self.entry, self.field, self.names = RawEntry("", "", 0, {}, {}), "", dict[str, str]()

    def read(self) -> Iterator[Record]:
        """Yields the records; reports what cannot be read."""
        for entry in self.entries:
            self.entry = entry
            is_volume = entry.kind in _VOLUMES and entry.key.lower() in self.offers.children
            if entry.kind not in ("string", "xdata") and not is_volume:
                record = self._convert()
                if record:
                    yield record

    def _convert(self) -> Record | None:
        entry, fields = self.entry, self.entry.fields
        if "crossref" in fields or "xdata" in fields:
            ancestry = Ancestry(self.offers.parents, self._read, self._report)
            fields = ancestry.inherit(entry.kind, fields, (entry.key.lower(),))
        if not _TITLES & fields.keys():
            name = entry.key or entry.kind
            self._report("title", f"{UNTITLED}: {name[:60]!r}", "Give it a title.")
            return None
        texts = {
            name: raw[1:-1] if raw[:1] == "{" and raw.find("}") == len(raw) - 1 else self._read(name, raw)
            for name, raw in fields.items()
        }
        values, self.names, dropped = convert_entry(entry.kind, self._name(), texts)
        for name in dropped:
            self.context.count_unknown(f"own.{name}", entry.lines.get(name, entry.line))
        for name in values["extra"]:
            if name not in KNOWN_EXTRA:
                self.context.count_unknown(f"extra.{name}", entry.lines.get(name, entry.line))
        return make_foreign(values, Origin(self.file, entry.line, native=False), self.foreign)

    def _read(self, name: str, raw: str) -> str:
        self.field = name
        return read_value(raw, self.strings.find)

    def _name(self) -> str:
        key = self.entry.key
        first = self.offers.twice.get(f"{self.file} {key.lower()}")
        if first is None or first == compare_form(self.entry):
            return key
        message = f"the key {key!r} is that of another paper of this file; this one gets another id"
        self._report("", message, "Give each paper a key of its own.")
        return ""

    def _report(self, name: str, message: str, remedy: str) -> None:
        line = self.entry.lines.get(name, self.entry.line)
        self.context.report(Fault(self.file, line, name, message, remedy, warning=True))

    def _report_string(self, message: str) -> None:
        self._report(self.field, message, "Give the file that defines it, too, or write the value in braces.")

    def _report_value(self, fault: Fault) -> None:
        """Reports a fault of a record with the entry's field and its line."""
        theirs = (self.names.get(fault.field, fault.field), *_FIELDS.get(fault.field, ()))
        if fault.field == "links":
            # Several fields are links: the one is meant whose value the message names.
            theirs = (
                *(name for name, raw in self.entry.fields.items() if repr(raw.strip('{}" ')) in fault.message),
                *theirs,
            )
        name = next((name for name in theirs if name in self.entry.lines), "")
        self.context.report(replace(fault, line=self.entry.lines[name], field=name) if name else fault)


def is_bibtex(data: bytes) -> bool:
    """Returns whether bytes are the beginning of a BibTeX file."""
    return bool(_SIGN.search(data))


READER = Reader(read_bibtex, split_blocks, is_bibtex, gather_blocks)
