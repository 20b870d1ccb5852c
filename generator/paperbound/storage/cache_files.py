"""Cache files: one format for manifest, stat index, journal and artifact cache.

A file is a header of 128 bytes, then the body. The header names the kind of body with its version, the code that wrote
it, and the body's checksum. A file that is truncated, changed, of another kind or of other code counts as absent.
"""

from __future__ import annotations

import marshal
import os
import shutil
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple, TypeVar

from ..model.digests import digest_bytes

HEADER = 128
# A journal is read by whatever code comes next.
ANY_CODE = "-"
_SEGMENTS = 64
_Value = TypeVar("_Value")
_Pack = Callable[[_Value], Any]


def make_header(kind: str, code: str, checksum: str) -> bytes:
    """Makes the header of a body of a kind (its name and its version)."""
    return f"paperbound {kind} {code} {checksum}".ljust(HEADER - 1).encode() + b"\n"


def write_cache_file(file: Path, kind: str, code: str, body: bytes) -> None:
    """Writes a body below its header, atomically, also in the place of a folder."""
    data = make_header(kind, code, digest_bytes(body)) + body
    try:
        write_atomically(file, data)
    except OSError:
        if not remove_folders(file):
            raise
        write_atomically(file, data)


def remove_folders(file: Path) -> bool:
    """Deletes folders in the place of a file; returns whether there were any.

    One may stand where its new bytes are written, too.
    """
    folders = [one for one in (file, _name_beside(file)) if one.is_dir()]
    for one in folders:
        remove_entry(one)
    return bool(folders)


def remove_entry(path: Path) -> None:
    """Deletes a file, a link, or a folder with its files, where there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def read_cache_file(file: Path, kind: str, code: str) -> memoryview | None:
    """Reads the body of a file; None for a file that counts as absent."""
    data = memoryview(_read_start(file))
    body = data[HEADER:]
    return body if data[:HEADER] == make_header(kind, code, digest_bytes(body)) else None


def read_header(file: Path) -> bytes:
    """Reads the header of a file; returns empty bytes without a file.

    The header differs if the body does.
    """
    return _read_start(file, HEADER)


def _read_start(file: Path, size: int = -1) -> bytes:
    """Reads the first bytes, or all; a pipe or a device has none."""
    try:
        with open(file, "rb", opener=_open_at_once) as opened:
            return opened.read(size) if S_ISREG(os.fstat(opened.fileno()).st_mode) else b""
    except OSError:
        return b""


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def write_value(file: Path, kind: str, code: str, value: list[Any] | dict[str, Any], *, shared: bool = False) -> None:
    """Writes a value of `marshal`'s types.

    With `shared`, text that is one object in the value is written once.
    """
    # Version 2 knows no references: equal values have equal bytes.
    write_cache_file(file, kind, code, marshal.dumps(value, 4 if shared else 2))


def read_value(file: Path, kind: str, code: str) -> Any:
    """Reads the value of a file; None for a file that counts as absent."""
    body = read_cache_file(file, kind, code)
    return None if body is None else marshal.loads(body)


def read_segments(folder: Path, kind: str, code: str) -> dict[str, Any]:
    """Reads the values of a folder's segments; a damaged segment loses its own values."""
    values: dict[str, Any] = {}
    for number in range(_SEGMENTS):
        values.update(read_value(_name(folder, number), kind, code) or {})
    return values


def write_segments(
    folder: Path,
    kind: str,
    code: str,
    values: Mapping[str, _Value],
    previous: Mapping[str, _Value],
    pack: _Pack[_Value],
) -> None:
    """Writes the segments whose values differ from the previous ones.

    `pack` converts a value to `marshal`'s types.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, (new, old) in enumerate(zip(_split(values), _split(previous), strict=True)):
        file = _name(folder, number)
        if new != old or (new and not file.is_file()):
            write_value(file, kind, code, {key: pack(value) for key, value in new.items()})


def _name(folder: Path, number: int) -> Path:
    return folder / f"segment-{number:02d}"


def _split(values: Mapping[str, _Value]) -> list[dict[str, _Value]]:
    segments: list[dict[str, _Value]] = [{} for _ in range(_SEGMENTS)]
    for key in sorted(values):
        segments[zlib.crc32(key.encode()) % _SEGMENTS][key] = values[key]
    return segments


def _name_beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.new")


def write_atomically(file: Path, data: bytes) -> None:
    """Writes beside the file and renames: readers get the old bytes or the new ones.

    Raises OSError where the system refuses, and then leaves nothing beside.
    """
    beside = _name_beside(file)
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


PRIVATE = ".paperbound"


class PrivateFolder(NamedTuple):
    """The private folder of a site's builds: folders `manifest`, `cache`, `staging`, files `journal`, `lock`.

    `staging` has the files of this build until all of them are written, `replaced` the old site while a whole new one
    takes its place.
    """

    folder: Path
    manifest: Path
    cache: Path
    journal: Path
    staging: Path
    replaced: Path
    lock: Path


def find_private(output: Path) -> PrivateFolder:
    """Finds the private folder beside an output folder."""
    place = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link out
    folder = place.parent / PRIVATE / place.name
    return PrivateFolder(folder, *(folder / name for name in PrivateFolder._fields[1:]))
