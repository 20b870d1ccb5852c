"""Digests of imported values: another value is an edit by hand.

The digests are in `.imported` of the content folder: a line a paper, its id and `field=digest` for each imported field.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..model.record import FIELDS, Record

_NAME = ".imported"


@dataclass(slots=True)
class ImportedValues:
    """Digests of the values that imports wrote, by id and field.

    Of a `new` record all values are imported.
    """

    file: Path
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    text: str = ""
    new: dict[str, Record] = field(default_factory=dict)

    @classmethod
    def load(cls, content: Path) -> ImportedValues:
        """Loads the digests of a content folder."""
        file = content / _NAME
        text = file.read_text("utf-8", "replace") if file.is_file() else ""
        known = {}
        for ident, *pairs in filter(None, map(str.split, text.splitlines())):
            known[ident] = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        return cls(file, known, text)

    def is_edited(self, record: Record, name: str) -> bool:
        """Returns whether a field was imported, and has another value now."""
        digest = self.known.get(record.id, {}).get(name)
        if new := self.new.get(record.id):
            digest = _digest(new, name) if getattr(new, name) else digest
        return digest is not None and digest != _digest(record, name)

    def note(self, record: Record, names: Iterable[str]) -> None:
        """Notes the present values of fields as imported."""
        digests = self.known.setdefault(record.id, {})
        if new := self.new.pop(record.id, None):
            digests.update(_digest_all(new))
        digests.update((name, _digest(record, name)) for name in names)

    def note_new(self, record: Record) -> None:
        """Notes all values of a new record as imported."""
        self.new[record.id] = record

    @property
    def idents(self) -> list[str]:
        """The ids of all papers that the file has a line of, sorted."""
        return sorted(self.known.keys() | self.new.keys())

    def write_line(self, ident: str) -> str:
        """Returns the line of a paper."""
        digests = self.known.get(ident, {}) | (_digest_all(self.new[ident]) if ident in self.new else {})
        return " ".join([ident, *(f"{name}={digest}" for name, digest in sorted(digests.items()))]) + "\n"

    def write(self) -> str:
        """Returns the text of the file."""
        return "".join(map(self.write_line, self.idents))


def _digest_all(record: Record) -> dict[str, str]:
    return {name: _digest(record, name) for name in FIELDS if getattr(record, name)}


def _digest(record: Record, name: str) -> str:
    return f"{zlib.crc32(repr(getattr(record, name)).encode('utf-8', 'surrogatepass')):08x}"
