"""The output folder: the one place that writes into the site. Files are staged beside it, then moved in.

A folder is Paperbound's when it holds the marker file; any other folder that is not empty is refused.
"""

from __future__ import annotations

import marshal
import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..model.build import Receipt
from ..model.digests import digest_bytes
from ..model.errors import Fault, InputError
from ..storage.cache_files import (
    ANY_CODE,
    HEADER,
    PRIVATE,
    PrivateFolder,
    find_private,
    read_cache_file,
    remove_entry,
    write_cache_file,
)
from ..storage.sources import FileStat, walk_output
from ..urls import CACHE, MARKER, is_cached
from .manifest import TaskRecord
from .stat_index import SiteDiff, SiteScan


@dataclass(slots=True)
class Output:
    """The site's folder and its private folder; `is_new` for a site built as a whole."""

    folder: Path
    private: PrivateFolder
    clean: bool = False
    is_new: bool = True
    _scan: SiteScan | None = None
    _tasks: Collection[TaskRecord] = ()
    _diff: SiteDiff | None = None

    @classmethod
    def open(cls, folder: Path, sources: Iterable[Path], *, clean: bool = False) -> Output:
        """Checks the output folder; raises InputError for one that is not ours to write. Nothing is written yet."""
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link out
        _check(folder, sources)
        return cls(folder, find_private(folder), clean)

    def recover(self) -> None:
        """Finishes what an interrupted build had begun to move in."""
        journal = read_journal(self.private.journal)
        if journal:
            self._apply(journal)
        remove_entry(self.private.journal)
        exists = self.folder.is_dir() and any(self.folder.iterdir())
        self.is_new = self.clean or not exists

    def compare(self, scan: SiteScan, tasks: Collection[TaskRecord]) -> None:
        """Sets the tasks of the previous build, and a running scan, for comparisons."""
        self._scan, self._tasks = scan, tasks

    @property
    def diff(self) -> SiteDiff:
        """Returns the difference to the previous build; waits for the scan at first use."""
        if self._diff is None:
            self._diff = SiteDiff(0, {}, (), {}) if self.is_new or not self._scan else self._find_diff(self._scan)
        return self._diff

    def _find_diff(self, scan: SiteScan) -> SiteDiff:
        found = scan.result()
        if found and found.indexed == sum(task.files for task in self._tasks):
            return found
        scan.index = None
        now = {path: FileStat.of(stat) for path, stat in walk_output(self.folder)}
        differs: dict[str, FileStat | None] = {}
        for task in self._tasks:
            for receipt, stat in (file for job in task.jobs for file in job.files if not is_cached(file[0].path)):
                found_stat = now.pop(receipt.path, None)
                if found_stat != stat:
                    differs[receipt.path] = found_stat
        return SiteDiff(0, differs, (), now)

    def stage(self) -> None:
        """Empties the staging folder."""
        shutil.rmtree(self.private.staging, ignore_errors=True)
        self.private.staging.mkdir(parents=True)

    def is_fresh(self, task: TaskRecord) -> bool:
        """Returns whether the files of a previous task are unchanged.

        Equal size and times count as the same bytes; with other times the bytes are read.
        """
        if not self.diff.files and not task.cached:
            return True
        return all(
            self.find_stat(receipt.path, stat) == stat or self.has_same_bytes(receipt, stat)
            for job in task.jobs
            for receipt, stat in job.files
        )

    def find_stat(self, path: str, stat: FileStat | None) -> FileStat | None:
        """Returns a file's stat now; `stat` is the one after the previous build, if any."""
        if is_cached(path):
            file = self._place(path)
            return FileStat.of(file.lstat()) if file.is_file() else None
        return self.diff.files[path] if path in self.diff.files else stat or self.diff.foreign.get(path)

    def list_cached(self, tasks: Iterable[TaskRecord]) -> dict[str, str] | None:
        """Lists cached files of tasks by job keys; None for a missing or changed one."""
        found = {}
        for job in (job for task in tasks if task.cached for job in task.jobs):
            for receipt, stat in job.files:
                if is_cached(receipt.path):
                    if self.find_stat(receipt.path, stat) != stat:
                        return None
                    found[job.key] = receipt.path
        return found

    def has_same_bytes(self, receipt: Receipt, stat: FileStat | None) -> bool:
        """Returns whether a file has the bytes of a receipt; reads the file."""
        now = self.find_stat(receipt.path, stat)
        return now is not None and now.size == receipt.size and self._digest(receipt.path) == receipt.digest

    def _place(self, path: str) -> Path:
        return self.private.cache / path.removeprefix(CACHE) if is_cached(path) else self.folder / path

    def _digest(self, path: str) -> str:
        file = self._place(path)
        if file.is_symlink() or not file.is_file():
            return ""
        data = file.read_bytes()
        return digest_bytes(memoryview(data)[HEADER:] if is_cached(path) else data)

    def commit(self, moves: Sequence[str], removes: Sequence[str]) -> None:
        """Moves these staged files in and deletes those; a new site is moved in whole."""
        journal = Journal(whole=True) if self.is_new else Journal(tuple(moves), tuple(removes))
        if self.is_new or moves or removes:
            write_journal(self.private.journal, journal)
            self._apply(journal)
            self.private.journal.unlink()
        shutil.rmtree(self.private.staging, ignore_errors=True)

    def sweep(self, cached: Collection[str]) -> None:
        """Deletes the index files of the artifact cache that are not among `cached`."""
        for file in (self.private.cache / "index").glob("*"):
            if f"{CACHE}index/{file.name}" not in cached:
                remove_entry(file)

    def _apply(self, journal: Journal) -> None:
        """Does what the journal says and is not done yet."""
        if journal.whole and self.private.staging.is_dir():
            self._swap()
        known: set[str] = set()
        for path in journal.moves:
            self._make_folder(path.rpartition("/")[0], known)
            self._move(f"{self.private.staging}/{path}", f"{self.folder}/{path}")
        for path in journal.removes:
            self._remove(path)

    def _make_folder(self, folder: str, known: set[str]) -> None:
        """Makes a folder of the site in place of a file or link.

        Nothing is renamed into the site through a link. Folders that are `known` exist already.
        """
        if folder in known:
            return
        known.add(folder)
        if folder:
            self._make_folder(folder.rpartition("/")[0], known)
        place = f"{self.folder}/{folder}" if folder else str(self.folder)
        if os.path.islink(place) or os.path.isfile(place):  # noqa: PTH113, PTH114 - pathlib takes thrice as long
            os.unlink(place)  # noqa: PTH108
        os.makedirs(place, exist_ok=True)  # noqa: PTH103

    def _move(self, staged: str, target: str) -> None:
        # Windows says that access is denied where other systems say that the target is a folder.
        try:
            os.replace(staged, target)  # noqa: PTH105
        except FileNotFoundError:
            pass  # It was moved before this was interrupted.
        except (IsADirectoryError, PermissionError):
            if not os.path.isdir(target):  # noqa: PTH112
                raise
            shutil.rmtree(target)
            os.replace(staged, target)  # noqa: PTH105

    def _swap(self) -> None:
        shutil.rmtree(self.private.replaced, ignore_errors=True)
        if self.folder.exists():
            os.rename(self.folder, self.private.replaced)  # noqa: PTH104
        os.rename(self.private.staging, self.folder)  # noqa: PTH104
        shutil.rmtree(self.private.replaced, ignore_errors=True)

    def _remove(self, path: str) -> None:
        # A folder in the place of a file is no file of ours: Windows and macOS say PermissionError for it.
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
            os.unlink(f"{self.folder}/{path}")  # noqa: PTH108
        folder = path.rpartition("/")[0]
        # Only an empty folder is deleted: a test of a folder of 2,700 files took a millisecond a file.
        with suppress(OSError):
            while folder:
                os.rmdir(f"{self.folder}/{folder}")  # noqa: PTH106
                folder = folder.rpartition("/")[0]

    def stat(self, path: str) -> FileStat:
        """Returns the stat of a file of the site after it was moved in."""
        return FileStat.of(os.lstat(f"{self.folder}/{path}"))

    def discard(self) -> None:
        """Deletes the staged files, unless a commit has begun; the site stays."""
        if not self.private.journal.is_file():
            shutil.rmtree(self.private.staging, ignore_errors=True)


def _check(folder: Path, sources: Iterable[Path]) -> None:
    real = folder.resolve()
    name = str(folder)
    remedy = "Choose an empty folder with --output DIR."
    if real == Path(real.anchor) or real == Path.home().resolve():
        raise InputError([Fault(name, 0, "", "this folder is never an output folder", remedy)])
    for source in sources:
        inner = source.resolve()
        # A folder that holds site.yaml itself has its site beside it.
        beside = real.parent == inner and real.name == "site" and (inner / "site.yaml").is_file()
        if inner == real or inner.is_relative_to(real) or (real.is_relative_to(inner) and not beside):
            raise InputError([Fault(name, 0, "", f"the output folder and {source} lie in each other", remedy)])
    if PRIVATE in real.parts:
        message = f"the output folder lies in {PRIVATE}, where builds keep what they know"
        raise InputError([Fault(name, 0, "", message, remedy)])
    if folder.is_symlink() and not folder.exists():
        raise InputError([Fault(name, 0, "", "this is a link that leads nowhere", "Delete the link.")])
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault(name, 0, "", "this is a file, not a folder", remedy)])
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        message = f"the folder holds files that Paperbound did not write (no {MARKER})"
        raise InputError([Fault(name, 0, "", message, remedy)])


_KIND = "journal-2"


class Journal(NamedTuple):
    """Staged files to rename into the site, and paths to delete.

    `whole` stands for the whole staged site. The journal is written when all files are staged, and deleted when all are
    renamed. In between, the site may be partly new; the next build finishes the commit before anything else.
    """

    moves: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    whole: bool = False


def write_journal(file: Path, journal: Journal) -> None:
    """Writes the journal, atomically."""
    write_cache_file(file, _KIND, ANY_CODE, marshal.dumps(tuple(journal), 2))


def read_journal(file: Path) -> Journal | None:
    """Reads the journal; None where there is none or it is damaged."""
    body = read_cache_file(file, _KIND, ANY_CODE)
    if body is None:
        return None
    journal = Journal(*marshal.loads(body))
    # A path out of the site is refused, even in Paperbound's own file.
    paths = (*journal.moves, *journal.removes)
    return None if any(path.startswith("/") or ".." in path.split("/") for path in paths) else journal
