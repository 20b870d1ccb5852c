"""Fixes: a text of a file is replaced, and all else of the file stays.

A fix is written only if the file, read again, says the same but for the field in question.
"""

from __future__ import annotations

import itertools
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

# Pieces of a file that are tried for one fault.
_MOST = 100


def fix_file(file: Path, fault: Fault, rule: Rule) -> bool:
    """Writes a file without a fault, atomically; returns False where that is not certain.

    A piece that changes no record, such as one of a comment, stays, and so does one of another field.
    """
    if not rule.mend or file.is_symlink() or fault.field not in (rule.mended_fields or FIELDS):
        return False
    data = file.read_bytes()
    try:
        lines = data.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return False
    old = now = _read(fault.file, data)
    if not old:
        return False
    for number, written in itertools.islice(_list_edits(lines, max(0, fault.line - 1), rule), _MOST):
        text = "".join([*lines[:number], written, *lines[number + 1 :]]).encode()
        new = _read(fault.file, text)
        if not new or len(new) != len(old) or not [*_list_changes(now or old, new)]:
            continue
        changes = [*_list_changes(old, new)]
        if len(changes) != 1 or changes[0][0] != fault.field:
            continue
        if changes[0][2] == _mend_value(changes[0][1], rule.mend):
            write_atomically(file, text)
            return True
        lines[number], now = written, new
    return False


def _list_edits(lines: Sequence[str], first: int, rule: Rule) -> Iterator[tuple[int, str]]:
    """Yields each line with one more piece mended; `lines` may change in between."""
    for number in range(first, len(lines)):
        at = 0
        while match := rule.piece.search(lines[number], at):
            line, piece = lines[number], rule.mend(match[0]) if rule.mend else match[0]
            at = match.end()
            if piece != match[0]:
                written = f"{line[: match.start()]}{piece}{line[match.end() :]}"
                yield number, written
                at += (len(written) - len(line)) * (lines[number] == written)


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
