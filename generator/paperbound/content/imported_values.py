"""Digests of imported values: another value is an edit by hand.

The digests are in `.imported` of the content folder: a line a paper, its id and `field=digest` for each imported field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..model.digests import digest_texts
from ..model.record import Record

_NAME = ".imported"
_DIGITS = 8


@dataclass(slots=True)
class ImportedValues:
    """Digests of the values that imports wrote, by id and field."""

    file: Path
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def load(cls, content: Path) -> ImportedValues:
        """Loads the digests of a content folder."""
        file = content / _NAME
        text = file.read_text("utf-8") if file.is_file() else ""
        known = {}
        for line in text.splitlines():
            ident, *pairs = line.split()
            known[ident] = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        return cls(file, known, text)

    def is_edited(self, record: Record, name: str) -> bool:
        """Returns whether a field was imported, and has another value now."""
        digest = self.known.get(record.id, {}).get(name)
        return digest is not None and digest != _digest(record, name)

    def note(self, record: Record, names: Iterable[str]) -> None:
        """Notes the present values of fields as imported."""
        digests = self.known.setdefault(record.id, {})
        digests.update((name, _digest(record, name)) for name in names)

    def write(self) -> str:
        """Returns the text of the file."""
        lines = (
            " ".join([ident, *(f"{name}={digest}" for name, digest in sorted(digests.items()))])
            for ident, digests in sorted(self.known.items())
        )
        return "".join(f"{line}\n" for line in lines)


def _digest(record: Record, name: str) -> str:
    return digest_texts([repr(getattr(record, name))])[:_DIGITS]
