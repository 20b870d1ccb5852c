"""Sources: the files of a content folder, read as bytes. Links that lead outside are refused."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..model.build import Source
from ..model.errors import Fault, Report

LARGEST = 512_000_000
_PIECE = 1_000_000


class FileStat(NamedTuple):
    """The stat of a file: size in bytes, times of change in nanoseconds.

    The two times are those of the bytes and of the metadata.
    """

    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, stat: os.stat_result) -> FileStat:
        """Makes the stat of what the system says."""
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def walk_files(folder: Path) -> Iterator[Path]:
    """Yields all files below a folder by path, except hidden ones and editors' copies."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name.startswith(".") or entry.name.endswith(("~", ".swp", ".bak")):
            continue
        # A link to a folder above it has no end; whoever reads it as a file reports it.
        if entry.is_dir() and not (entry.is_symlink() and folder.resolve().is_relative_to(entry.resolve())):
            yield from walk_files(entry)
        else:
            yield entry


def is_there(file: Path) -> bool:
    """Returns whether anything has this name, be it a broken link."""
    return file.exists() or file.is_symlink()


def name_file(file: Path, content: Path) -> str:
    """Returns a file's name in messages, with slashes, from the content folder's name on."""
    return show_path(f"{content.resolve().name}/{file.relative_to(content).as_posix()}")


def show_path(path: str) -> str:
    """Returns a path as text: bytes that are not UTF-8 are written out."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def leads_outside(file: Path, folder: Path) -> bool:
    """Returns whether a path is, or is below, a link out of the folder."""
    return not file.resolve().is_relative_to(folder.resolve())


def read_source(file: Path, content: Path, report: Report) -> Source | None:
    """Reads a file of the folder; reports an unreadable one and returns None.

    A link to a place outside the folder is a fault, too.
    """
    name = name_file(file, content)
    if leads_outside(file, content):
        report(Fault(name, 0, "", "a link leads out of the content folder", "Put the file itself there."))
        return None
    if show_path(file.name) != file.name:
        report(Fault(name, 0, "", "the name of the file is not UTF-8", "Give the file another name."))
        return None
    try:
        if not file.is_file() and file.exists():
            report(Fault(name, 0, "", "it is no regular file", "Put a file there, and no folder, pipe or device."))
            return None
        if file.stat().st_size > LARGEST:
            report(Fault(name, 0, "", f"the file is larger than {LARGEST // 1_000_000} MB", "Split it."))
            return None
        data = file.read_bytes()
    except OSError as error:
        remedy = "Check its permissions." if isinstance(error, PermissionError) else "Check the disk, and try again."
        report(Fault(name, 0, "", f"the file cannot be read: {error.strerror}", remedy))
        return None
    return Source(name, data)


def read_named(file: Path) -> bytes:
    """Reads a file or a pipe; raises OSError, also for one that is too large."""
    data = bytearray()
    with file.open("rb") as opened:
        while len(data) <= LARGEST and (piece := opened.read(_PIECE)):
            data += piece
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 1_000_000} MB")
    return bytes(data)


def measure(folder: Path) -> int:
    """Returns the bytes of all files below a folder."""
    return sum(file.stat().st_size for file in walk_files(folder) if file.is_file())


def walk_output(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yields all files below a folder, hidden ones too: relative path with slashes, and stat."""
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if not (entry.name == ".git" and not prefix):
                        waiting.append((entry.path, f"{path}/"))
                else:
                    yield path, entry.stat(follow_symlinks=False)


def read_bytes(location: str) -> bytes:
    """Reads the file at a location of this machine."""
    return Path(location).read_bytes()


def find_builtin_themes() -> Path:
    """Returns the folder of the built-in themes: in the wheel, or in the repository."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_themes"
    return inside if inside.is_dir() else package.parent.parent / "themes"
