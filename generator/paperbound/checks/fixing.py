"""Fixes: a text of a file is replaced, and all else of the file stays.

A fix is written only if the file, read again, says the same but for the field in question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..importers.files.opening import open_source
from ..importers.importer import ReadContext
from ..model.build import Source
from ..model.errors import Fault
from ..model.record import FIELDS, Author, Record
from ..storage.cache_files import write_atomically
from .rule import Rule

# What a value may be written with around a text: the piece that is mended has none of them.
_PIECE = re.compile(r"[^ \t\r\n\"'{}\[\],:]+")
# Lines of one field that are mended together.
_MOST_LINES = 100


def fix_file(file: Path, fault: Fault, rule: Rule) -> bool:
    """Writes a file without a fault, atomically; returns False where that is not certain."""
    if not (mend := rule.mend) or file.is_symlink() or fault.field not in (rule.mended_fields or FIELDS):
        return False
    data = file.read_bytes()
    try:
        lines = data.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return False
    old = _read(fault.file, data)
    mended = 0
    for number in range(max(0, fault.line - 1), len(lines)):
        line = _PIECE.sub(lambda match: mend(match[0]), lines[number])
        if line == lines[number]:
            continue
        lines[number], mended = line, mended + 1
        written = "".join(lines).encode()
        if _is_fixed(old, _read(fault.file, written), fault.field, mend):
            write_atomically(file, written)
            return True
        if mended == _MOST_LINES:
            break
    return False


def _read(name: str, data: bytes) -> list[Record] | None:
    """Returns the records of a file's bytes; None for what cannot be read alone."""
    faults: list[Fault] = []
    opened = open_source(Source(name, data), faults.append)
    if not opened:
        return None
    importer, source = opened
    shared = importer.reader.gather(source) if importer.reader.gather else {}
    context = ReadContext(faults.append, shared=shared)
    records = [one for part in importer.reader.split(source) for one in importer.reader.read(part, context)]
    return records if all(fault.warning for fault in faults) else None


def _is_fixed(
    old: Sequence[Record] | None, new: Sequence[Record] | None, field: str, mend: Callable[[str], str]
) -> bool:
    """Returns whether records differ in one field of one record alone, which is mended."""
    if not old or not new or len(old) != len(new):
        return False
    changes = [*_list_changes(old, new)]
    return len(changes) == 1 and changes[0][0] == field and changes[0][2] == _mend_value(changes[0][1], mend)


def _list_changes(old: Sequence[Record], new: Sequence[Record]) -> Iterator[tuple[str, Any, Any]]:
    for one, other in zip(old, new, strict=True):
        for name in FIELDS:
            value, mended = getattr(one, name), getattr(other, name)
            if value != mended:
                yield name, value, mended


def _mend_value(value: Any, mend: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, tuple):
        return tuple(_mend_value(one, mend) for one in value)
    if isinstance(value, Author):
        return replace(value, name=mend(value.name), affiliation=mend(value.affiliation))
    return value
