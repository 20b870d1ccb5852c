"""Sealed files: values as `marshal` writes them, below a header and their digest.

Tuples of text and numbers are read ten times as fast as JSON and hold no code. What is cut short, foreign, changed, of
another Python or of other code is as good as absent.
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path
from typing import Any

from ..text.digests import digest_bytes


def write_sealed(file: Path, kind: str, code: str, value: list[Any] | dict[str, Any]) -> None:
    """Writes a value of a kind for the build of the same code, atomically."""
    # Version 2 knows no references, which would tell which texts are one object.
    body = marshal.dumps(value, 2)
    write_atomically(file, _write_header(kind, code) + digest_bytes(body).encode() + b"\n" + body)


def read_sealed(file: Path, kind: str, code: str) -> Any:
    """The value that was written; None for whatever cannot be trusted."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    header = _write_header(kind, code)
    if not data.startswith(header):
        return None
    digest, _, body = data.removeprefix(header).partition(b"\n")
    return marshal.loads(body) if digest.decode("latin-1") == digest_bytes(body) else None


def write_atomically(file: Path, data: bytes) -> None:
    """Writes beside the file and renames, so that a reader sees the old bytes or the new ones."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)


def _write_header(kind: str, code: str) -> bytes:
    return f"paperbound {kind} {sys.version_info[0]}.{sys.version_info[1]} {code}\n".encode()
