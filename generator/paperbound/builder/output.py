"""Output: the one place that writes into the site. Everything is staged beside it first, then moved in.

A folder is Paperbound's when it holds the marker file; any other folder that is not empty is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..model.errors import Fault, InputError
from ..model.job import Receipt
from ..storage.places import find_private
from ..storage.sources import walk_output
from ..text.digests import digest_bytes
from ..urls import MARKER, WORK, is_work
from .journal import Journal, read_journal, write_journal
from .manifest import Share, Stamp
from .stat_index import Differences, Look


@dataclass(frozen=True, slots=True)
class Lying:
    """How the site lies now.

    `differs` are files of the last build that lie otherwise now (None: gone), `foreign` those that it did not make,
    `folders` lie otherwise. `seen` says that there is a snapshot, which only has to be patched.
    """

    differs: Mapping[str, Stamp | None] = field(default_factory=dict)
    foreign: Mapping[str, Stamp] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    seen: bool = False


@dataclass(slots=True)
class Output:
    """The site's folder, and the private folder beside it. A `fresh` site is made whole."""

    folder: Path
    private: Path
    clean: bool = False
    fresh: bool = True
    _look: Callable[[], Lying] = Lying
    _lying: Lying | None = None

    @classmethod
    def open(cls, folder: Path, sources: Iterable[Path], *, clean: bool = False) -> Output:
        """The output folder, checked; InputError for one that is not ours to write. Nothing is written yet."""
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link out
        _check(folder, sources)
        return cls(folder, find_private(folder), clean)

    def recover(self) -> None:
        """Finishes what an interrupted build had begun to move in."""
        journal = read_journal(self._journal)
        if journal:
            self._apply(journal)
        self._journal.unlink(missing_ok=True)
        exists = self.folder.is_dir() and any(self.folder.iterdir())
        self.fresh = self.clean or not exists

    def compare(self, look: Look, shares: Collection[Share]) -> None:
        """What the site is compared with: what the last build made. The look is waited for when it is asked for."""
        if not self.fresh:
            self._look = lambda: _compare(self.folder, look.finish(), shares)

    def see(self) -> Lying:
        """How the site differs from what the last build made."""
        if self._lying is None:
            self._lying = self._look()
        return self._lying

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

    def is_intact(self, share: Share) -> bool:
        """Whether the files of a share of the last build lie as they were written.

        Equal size and times are taken for the same bytes; where the times differ the bytes are read.
        """
        if not self.see().differs and not share.work:
            return True
        return all(
            self.find(receipt.path, stamp) == stamp or self.lies(receipt, stamp)
            for job in share.jobs
            for receipt, stamp in job.files
        )

    def find(self, path: str, stamp: Stamp | None) -> Stamp | None:
        """How a file lies now; `stamp` is how it lay after the last build, if it did."""
        if is_work(path):
            file = self._place(path)
            return Stamp.of(file.lstat()) if file.is_file() else None
        lying = self.see()
        return lying.differs[path] if path in lying.differs else stamp or lying.foreign.get(path)

    def find_work(self, share: Share) -> str:
        """The file that a share of the last build left for other jobs, if it lies as it was written; or nothing."""
        kept = (file for job in share.jobs for file in job.files if is_work(file[0].path))
        return next((receipt.path for receipt, stamp in kept if self.find(receipt.path, stamp) == stamp), "")

    def lies(self, receipt: Receipt, stamp: Stamp | None) -> bool:
        """Whether there are these bytes already, by reading what is there."""
        now = self.find(receipt.path, stamp)
        return now is not None and now.size == receipt.size and self._digest(receipt.path) == receipt.digest

    def _place(self, path: str) -> Path:
        return self.work / path.removeprefix(WORK) if is_work(path) else self.folder / path

    def _digest(self, path: str) -> str:
        file = self._place(path)
        return "" if file.is_symlink() or not file.is_file() else digest_bytes(file.read_bytes())

    def commit(self, moves: Sequence[str], removes: Sequence[str], work: Collection[str]) -> None:
        """Moves these staged files in and deletes those; of the files for other jobs only `work` are kept.

        A first build becomes the site whole.
        """
        journal = Journal(whole=True) if self.fresh else Journal(tuple(moves), tuple(removes))
        if self.fresh or moves or removes:
            write_journal(self._journal, journal)
            self._apply(journal)
            self._journal.unlink()
        shutil.rmtree(self.staging, ignore_errors=True)
        for file in self.work.glob("*") if self.work.is_dir() else ():
            if f"{WORK}{file.name}" not in work:
                file.unlink()

    def _apply(self, journal: Journal) -> None:
        """Does what the journal says and is not done yet."""
        if journal.whole and self.staging.is_dir():
            self._swap()
        known: set[str] = set()
        for path in journal.moves:
            self._make_folder(path.rpartition("/")[0], known)
            self._move(f"{self.staging}/{path}", f"{self.folder}/{path}")
        for path in journal.removes:
            self._remove(path)

    def _make_folder(self, folder: str, known: set[str]) -> None:
        """Makes a folder of the site, in place of what lies there and is none: nothing is moved in through a link.
        Those that are `known` were looked at before."""
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
        try:
            os.replace(staged, target)  # noqa: PTH105
        except FileNotFoundError:
            pass  # It was moved before this was interrupted.
        except IsADirectoryError:
            shutil.rmtree(target)
            os.replace(staged, target)  # noqa: PTH105

    def _swap(self) -> None:
        aside = self.private / "old"
        shutil.rmtree(aside, ignore_errors=True)
        if self.folder.exists():
            os.rename(self.folder, aside)  # noqa: PTH104
        os.rename(self.staging, self.folder)  # noqa: PTH104
        shutil.rmtree(aside, ignore_errors=True)

    def _remove(self, path: str) -> None:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            os.unlink(f"{self.folder}/{path}")  # noqa: PTH108
        folder = path.rpartition("/")[0]
        # Only an empty folder goes: looking whether a folder of 2,700 files is empty took a millisecond a file.
        with suppress(OSError):
            while folder:
                os.rmdir(f"{self.folder}/{folder}")  # noqa: PTH106
                folder = folder.rpartition("/")[0]

    def stamp(self, path: str) -> Stamp:
        """How a file of the site lies now that it was moved in."""
        return Stamp.of(os.lstat(f"{self.folder}/{path}"))

    def discard(self) -> None:
        """Throws the staged files away, the site stays as it was; but what was begun to be moved in waits."""
        if not self._journal.is_file():
            shutil.rmtree(self.staging, ignore_errors=True)


def _compare(folder: Path, seen: Differences | None, shares: Collection[Share]) -> Lying:
    """How a site lies, by what was seen of it, or by looking at it all."""
    if seen and seen[0] == sum(share.files for share in shares):
        _, files, folders, foreign = seen
        return Lying(
            {path: Stamp(*numbers) if numbers else None for path, numbers in files.items()},
            {path: Stamp(*numbers) for path, numbers in foreign.items()},
            tuple(folders),
            seen=True,
        )
    now = {path: Stamp.of(stat) for path, stat in walk_output(folder)}
    differs: dict[str, Stamp | None] = {}
    for share in shares:
        for receipt, stamp in (file for job in share.jobs for file in job.files if not is_work(file[0].path)):
            found = now.pop(receipt.path, None)
            if found != stamp:
                differs[receipt.path] = found
    return Lying(differs, now)


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
