"""Staging: a worker writes the files that it made beside the site, from where they are moved in."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Self

from ..model.job import Artifact
from ..urls import WORK, is_work
from .manifest import Stamp

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


class Stage:
    """The staging folder, and the folder `work` of files for other jobs; opened by the first file that is put there.

    Files are named from the opened folder on: a page and its folder take 36 µs on a disk, 41 by their whole paths.
    """

    def __init__(self, staging: str, work: str) -> None:
        self._staging, self._work = staging, work
        self._folder = -1
        self._made: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder >= 0:
            os.close(self._folder)

    def write(self, artifact: Artifact) -> Stamp:
        """Writes a file, and its folder where it is missing; how it lies."""
        if is_work(artifact.path):
            return self._write_work(artifact)
        if self._folder < 0:
            self._folder = os.open(self._staging, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        folder = artifact.path.rpartition("/")[0]
        if folder and folder not in self._made:
            self._make_folder(folder)
            self._made.add(folder)
        # Without the objects that open() makes, once a file.
        return _write(os.open(artifact.path, _NEW, 0o644, dir_fd=self._folder), artifact.data)

    def _write_work(self, artifact: Artifact) -> Stamp:
        place = f"{self._work}/{artifact.path.removeprefix(WORK)}"
        os.makedirs(self._work, exist_ok=True)  # noqa: PTH103
        # Another job may be reading what the last build left under this name: it is never cut short, but replaced.
        _write(os.open(f"{place}.new", _NEW, 0o644), artifact.data)
        os.replace(f"{place}.new", place)  # noqa: PTH105
        return Stamp.of(os.lstat(place))

    def _make_folder(self, folder: str) -> None:
        try:
            os.mkdir(folder, dir_fd=self._folder)
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(f"{self._staging}/{folder}", exist_ok=True)  # noqa: PTH103


def _write(handle: int, data: bytes) -> Stamp:
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, memoryview(data)[written:])
        return Stamp.of(os.fstat(handle))
    finally:
        os.close(handle)
