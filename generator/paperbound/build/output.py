"""Output: the one place that writes into the site. Everything is staged beside it first, then moved in.

A folder is Paperbound's when it holds the marker file; any other folder that is not empty is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..model.errors import Fault, InputError
from ..model.job import Receipt
from ..text.digests import digest_bytes
from ..urls import MARKER, WORK, is_work
from .journal import Journal, read_journal, write_journal
from .snapshot import find_private
from .sources import walk_output
from .state import Stamp


@dataclass(slots=True)
class Output:
    """The site's folder, the private folder beside it, and what lies in the site now."""

    folder: Path
    private: Path
    clean: bool = False
    fresh: bool = True
    files: dict[str, Stamp] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, sources: Iterable[Path], *, clean: bool = False) -> Output:
        """The output folder, checked; InputError for one that is not ours to write. Nothing is written yet."""
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link out
        _check(folder, sources)
        return cls(folder, find_private(folder), clean)

    def look(self) -> None:
        """Finishes what an interrupted build had begun to move in, then looks at what lies in the site."""
        journal = read_journal(self._journal)
        if journal:
            self._apply(journal)
        self._journal.unlink(missing_ok=True)
        exists = self.folder.is_dir() and any(self.folder.iterdir())
        self.fresh = self.clean or not exists
        self.files = {}
        if not self.fresh:
            self.files = {path: Stamp.of(stat) for path, stat in walk_output(self.folder)}

    @property
    def _journal(self) -> Path:
        return self.private / "journal"

    @property
    def staging(self) -> Path:
        """Where the files of this build lie until all of them are made."""
        return self.private / "staging"

    @property
    def work(self) -> Path:
        """Where jobs leave files for other jobs, named by their bytes."""
        return self.private / "work"

    def stage(self) -> Path:
        """The staging folder, emptied."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)
        return self.staging

    def is_intact(self, receipt: Receipt, stamp: Stamp) -> bool:
        """Whether a file of the last build lies in the site as it was written.

        Equal size and times are taken for the same bytes; where the times differ the bytes are read.
        """
        now = self._find(receipt.path)
        if now is None or now.size != receipt.size:
            return False
        return now == stamp or self._digest(receipt.path) == receipt.digest

    def _place(self, path: str) -> Path:
        return self.work / path.removeprefix(WORK) if is_work(path) else self.folder / path

    def _find(self, path: str) -> Stamp | None:
        if not is_work(path):
            return self.files.get(path)
        file = self._place(path)
        return Stamp.of(file.lstat()) if file.is_file() else None

    def _digest(self, path: str) -> str:
        file = self._place(path)
        return "" if file.is_symlink() or not file.is_file() else digest_bytes(file.read_bytes())

    def commit(
        self, receipts: Iterable[Receipt], known: Mapping[str, str], owned: set[str]
    ) -> tuple[list[str], list[str]]:
        """Moves the staged files in and deletes what is not `owned`; the paths whose bytes changed, those deleted.

        `known` gives the digests of files that were found intact. A first build becomes the site whole.
        """
        wanted = [receipt for receipt in receipts if not is_work(receipt.path)]
        removes = sorted(path for path in self.files if path not in owned)
        if self.fresh:
            journal, moves = Journal(whole=True), [receipt.path for receipt in wanted]
        else:
            moves = [receipt.path for receipt in wanted if not self._lies(receipt, known)]
            journal = Journal(tuple(moves), tuple(removes))
        if self.fresh or moves or removes:
            write_journal(self._journal, journal)
            self._apply(journal)
            self._journal.unlink()
        shutil.rmtree(self.staging, ignore_errors=True)
        for path in removes:
            del self.files[path]
        for file in self.work.glob("*") if self.work.is_dir() else ():
            if f"{WORK}{file.name}" not in owned:
                file.unlink()
        return moves, removes

    def _lies(self, receipt: Receipt, known: Mapping[str, str]) -> bool:
        now = self.files.get(receipt.path)
        if now is None or now.size != receipt.size:
            return False
        return (known.get(receipt.path) or self._digest(receipt.path)) == receipt.digest

    def _apply(self, journal: Journal) -> None:
        """Does what the journal says and is not done yet."""
        if journal.whole and self.staging.is_dir():
            self._swap()
        for path in journal.moves:
            staged = self.staging / path
            if staged.is_file():
                self._make_room(self.folder / path)
                os.replace(staged, self.folder / path)  # noqa: PTH105
        for path in journal.removes:
            self._remove(path)

    def _make_room(self, target: Path) -> None:
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for above in target.relative_to(self.folder).parents:
            place = self.folder / above
            if place.is_symlink() or place.is_file():
                place.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)

    def _swap(self) -> None:
        aside = self.private / "old"
        shutil.rmtree(aside, ignore_errors=True)
        if self.folder.exists():
            os.rename(self.folder, aside)  # noqa: PTH104
        os.rename(self.staging, self.folder)  # noqa: PTH104
        shutil.rmtree(aside, ignore_errors=True)

    def _remove(self, path: str) -> None:
        file = self.folder / path
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            file.unlink()
        for above in file.relative_to(self.folder).parents:
            place = self.folder / above
            if above == Path() or not place.is_dir() or any(place.iterdir()):
                break
            place.rmdir()

    def stamp(self, written: Iterable[str], staged: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """The stamps of all files as they lie now; `written` are those that changed since they were looked at.

        A site that was moved in whole lies as it was `staged`: its files were not renamed, their folder was.
        """
        work = {f"{WORK}{file.name}": Stamp.of(file.lstat()) for file in self.work.glob("*")}
        if self.fresh:
            return {**staged, **work}
        return work | self.files | {path: Stamp.of(os.lstat(self.folder / path)) for path in written}

    def discard(self) -> None:
        """Throws the staged files away, the site stays as it was; but what was begun to be moved in waits."""
        if not self._journal.is_file():
            shutil.rmtree(self.staging, ignore_errors=True)


def _check(folder: Path, sources: Iterable[Path]) -> None:
    real = folder.resolve()
    name = str(folder)
    remedy = "Choose an empty folder with --output DIR."
    if real == Path(real.anchor) or real == Path.home().resolve():
        raise InputError([Fault(name, 0, "", "this folder is never an output folder", remedy)])
    for source in sources:
        inner = source.resolve()
        if inner == real or inner.is_relative_to(real) or real.is_relative_to(inner):
            raise InputError([Fault(name, 0, "", f"the output folder and {source} lie in each other", remedy)])
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault(name, 0, "", "this is a file, not a folder", remedy)])
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        message = f"the folder holds files that Paperbound did not write (no {MARKER})"
        raise InputError([Fault(name, 0, "", message, remedy)])
