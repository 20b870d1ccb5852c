"""Sealed files: values as `marshal` writes them, below a header and their digest.

Tuples of text and numbers are read ten times as fast as JSON and hold no code. What is cut short, foreign, changed, of
another Python or of other code is as good as absent.
"""

from __future__ import annotations

import marshal
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ..text.digests import digest_bytes

_SLICES = 64
_Value = TypeVar("_Value")
_Pack = Callable[[_Value], Any]


def write_sealed(file: Path, kind: str, code: str, value: list[Any] | dict[str, Any], *, shared: bool = False) -> None:
    """Writes a value of a kind for the build of the same code, atomically. Text that is one object in it is written
    once where it is `shared`."""
    # Version 2 knows no references: equal values have equal bytes.
    body = marshal.dumps(value, 4 if shared else 2)
    write_atomically(file, _write_header(kind, code) + digest_bytes(body).encode() + b"\n" + body)


def read_sealed(file: Path, kind: str, code: str) -> Any:
    """The value that was written; None for whatever cannot be trusted."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    header = _write_header(kind, code)
    end = data.find(b"\n", len(header))
    if end < 0 or not data.startswith(header):
        return None
    body = memoryview(data)[end + 1 :]
    return marshal.loads(body) if data[len(header) : end].decode("latin-1") == digest_bytes(body) else None


def read_slices(folder: Path, kind: str, code: str) -> dict[str, Any]:
    """The packed values of all slices of a folder that can be trusted, by key."""
    values: dict[str, Any] = {}
    for number in range(_SLICES):
        values.update(read_sealed(_name(folder, number), kind, code) or {})
    return values


def write_slices(
    folder: Path, kind: str, code: str, values: Mapping[str, _Value], before: Mapping[str, _Value], pack: _Pack[_Value]
) -> None:
    """Writes the slices of values that differ from what was `before`, or are gone; each value as `pack` packs it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (new, old) in enumerate(zip(_cut(values), _cut(before), strict=True)):
        file = _name(folder, number)
        if new != old or (new and not file.is_file()):
            write_sealed(file, kind, code, {key: pack(value) for key, value in new.items()})


def _name(folder: Path, number: int) -> Path:
    return folder / f"slice-{number:02d}"


def _cut(values: Mapping[str, _Value]) -> list[dict[str, _Value]]:
    slices: list[dict[str, _Value]] = [{} for _ in range(_SLICES)]
    for key in sorted(values):
        slices[zlib.crc32(key.encode()) % _SLICES][key] = values[key]
    return slices


def write_atomically(file: Path, data: bytes) -> None:
    """Writes beside the file and renames, so that a reader sees the old bytes or the new ones."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)


def _write_header(kind: str, code: str) -> bytes:
    return f"paperbound {kind} {sys.version_info[0]}.{sys.version_info[1]} {code}\n".encode()
