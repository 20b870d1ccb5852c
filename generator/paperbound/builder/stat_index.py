"""The stat index: stats of files after the last build, and the check for changes.

A build without changes reads this file, calls stat for each of its paths, and ends. It imports nothing that renders: at
10,000 papers it takes a fifth of a second for 41,314 files (decision 8).
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from ..model.build import Options, Result
from ..model.errors import Fault
from ..storage.cache_files import ANY_CODE, find_private, read_cache_file, read_header, remove_entry, write_cache_file
from ..storage.platform import BackgroundTask, stat_files
from ..storage.sources import FileStat, find_builtin_themes

_KIND = "stat-index-3"
# The counts of a Result that the index has.
_COUNTS = ("papers", "pages", "files", "bytes", "drafts", "due")
# Fewer files are looked at by this process alone: 5,000 in 0.02 s.
_WORTH_A_PROCESS = 5_000


class SiteChanges(NamedTuple):
    """The changes of a build: files with stats, removed files, changed folders.

    If the changes are the `whole` site, `files` are all files.
    """

    files: Mapping[str, FileStat]
    removed: Collection[str] = ()
    folders: Collection[str] = ()
    whole: bool = False


class SiteDiff(NamedTuple):
    """The difference between a site and its stat index.

    `indexed` is the number of files in the index. `files` are those with another stat now (None: absent), `folders`
    those with another time of change, `foreign` the files that no build wrote.
    """

    indexed: int
    files: Mapping[str, FileStat | None]
    folders: Sequence[str]
    foreign: Mapping[str, FileStat]


@dataclass(frozen=True)
class StatIndex:
    """Stats of all files and folders of a site, and the last build's report.

    `names` are the sorted paths of `count` files, then those of the folders, a line each. `packed` are three numbers a
    file (see FileStat), then one a folder: its time of change, which differs when a file was added, renamed or deleted
    in it. Both are decoded at first use: workers that are forked earlier have 4 MB less at 10,000 papers. `sources` is
    the digest of the stats of everything that the build read.
    """

    count: int
    names: bytes
    packed: bytes
    sources: str = ""
    counts: tuple[int, ...] = ()
    warnings: tuple[tuple[Any, ...], ...] = ()
    header: bytes = b""

    @classmethod
    def of(cls, files: Sequence[str], folders: Sequence[str], stats: array[int]) -> StatIndex:
        """Makes the index of files and folders, both sorted."""
        names = "\n".join((*files, *folders)).encode("utf-8", "surrogateescape")
        return cls(len(files), names, stats.tobytes())

    @classmethod
    def load(cls, output: Path) -> StatIndex | None:
        """Loads the index of the last build; None where it is absent or damaged."""
        file = _find_file(output)
        header = read_header(file)
        body = read_cache_file(file, _KIND, ANY_CODE)
        if body is None:
            return None
        count, names, packed, sources, counts, warnings = marshal.loads(body)
        return cls(count, names, packed, sources, counts, warnings, header)

    def save(self, output: Path) -> None:
        """Writes the index, atomically."""
        body = (self.count, self.names, self.packed, self.sources, self.counts, self.warnings)
        write_cache_file(_find_file(output), _KIND, ANY_CODE, marshal.dumps(body, 2))

    @cached_property
    def _paths(self) -> tuple[list[str], list[str]]:
        paths = self.names.decode("utf-8", "surrogateescape").split("\n")
        return paths[: self.count], paths[self.count :]

    @property
    def files(self) -> list[str]:
        """The paths of all files, sorted."""
        return self._paths[0]

    @property
    def folders(self) -> list[str]:
        """The paths of all folders, sorted, the site's own (empty) first."""
        return self._paths[1]

    @cached_property
    def stats(self) -> array[int]:
        """The numbers of `packed`."""
        return array("q", self.packed)

    def is_current(self, root: str) -> bool:
        """Returns whether the site's files and folders have the index's stats.

        Raises OSError without the site.
        """
        half = (self.count + len(self.folders)) // 2 if self.count >= _WORTH_A_PROCESS else 0
        half = min(self.count, half)
        with (
            stat_files(root) as find,
            closing(BackgroundTask(lambda: not any(self._list_files(find, 0, half)), starts=half > 0)) as task,
        ):
            same = not any(self._list_files(find, half, self.count)) and not any(self._list_folders(find))
            return same and task.result()

    def scan(self, root: str) -> tuple[Any, ...] | None:
        """Compares the site with the index: a SiteDiff as plain values; None without the site."""
        try:
            with stat_files(root) as find:
                files = dict(self._list_files(find, 0, self.count))
                folders = [folder for (folder,) in self._list_folders(find)]
        except OSError:
            return None
        foreign: dict[str, tuple[int, ...]] = {}
        for folder in folders:
            place = f"{root}/{folder}" if folder else root
            if os.path.islink(place):  # noqa: PTH114 - pathlib takes 10 ms to import
                foreign[folder] = tuple(FileStat.of(os.lstat(place)))
                # What stands behind a link is elsewhere.
                files |= dict.fromkeys((one for one in self.files if one.startswith(f"{folder}/")), None)
            elif os.path.isdir(place):  # noqa: PTH112
                foreign |= self._find_foreign(place, f"{folder}/" if folder else "")
        return self.count, files, folders, foreign

    def patch(self, root: str, changes: SiteChanges) -> StatIndex:
        """Applies changes to the index; files that did not change are not looked at."""
        files, folders = list(self.files), list(self.folders)
        border = len(files) * 3
        stats, times = array("q", self.stats[:border]), array("q", self.stats[border:])
        for path in changes.removed:
            at, known = find_place(files, path)
            if known:
                del files[at], stats[at * 3 : at * 3 + 3]
        for path, numbers in changes.files.items():
            at, known = find_place(files, path)
            stats[at * 3 : at * 3 + 3 * known] = array("q", numbers)
            if not known:
                files.insert(at, path)
        changed = {path.rpartition("/")[0] for path in (*changes.files, *changes.removed)}
        for folder in {one[:end] for one in (*changed, *changes.folders) for end in (0, *_list_ends(one))}:
            at, known = find_place(folders, folder)
            if os.path.isdir(f"{root}/{folder}"):  # noqa: PTH112
                times[at : at + known] = array("q", (os.lstat(f"{root}/{folder}").st_mtime_ns,))
                if not known:
                    folders.insert(at, folder)
            elif known:
                del folders[at], times[at]
        return StatIndex.of(files, folders, stats + times)

    def _list_files(self, find: Any, start: int, stop: int) -> Iterator[tuple[str, tuple[int, ...] | None]]:
        """Yields files from `start` to `stop` with another stat now; None for no file."""
        stats = self.stats
        at = start * 3
        for path in self.files[start:stop]:
            try:
                found = find(path)
            except OSError:
                yield path, None
            else:
                if (
                    found.st_mtime_ns != stats[at + 1]
                    or found.st_ctime_ns != stats[at + 2]
                    or found.st_size != stats[at]
                ):
                    yield path, None if stat.S_ISDIR(found.st_mode) else tuple(FileStat.of(found))
            at += 3

    def _list_folders(self, find: Any) -> Iterator[tuple[str]]:
        """Yields folders with another time of change, each in a tuple (root: empty name)."""
        for number, path in enumerate(self.folders, len(self.files) * 3):
            try:
                if find(path or ".").st_mtime_ns != self.stats[number]:
                    yield (path,)
            except OSError:
                yield (path,)

    def _find_foreign(self, place: str, prefix: str) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        with os.scandir(place) as entries:
            for entry in entries:
                path = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if not find_place(self.folders, path)[1] and path != ".git":
                        found |= self._find_foreign(entry.path, f"{path}/")
                elif not find_place(self.files, path)[1]:
                    found[path] = tuple(FileStat.of(entry.stat(follow_symlinks=False)))
        return found


def index_site(root: str, files: Mapping[str, FileStat]) -> StatIndex:
    """Makes the index of a whole site from the stats of all its files."""
    names = sorted(files)
    folders = {""}
    for path in names:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    listed = sorted(folders)
    stats = array("q", chain.from_iterable(files[path] for path in names))
    with stat_files(root) as find:
        stats.extend(find(folder or ".").st_mtime_ns for folder in listed)
    return StatIndex.of(names, listed, stats)


def drop_index(output: Path) -> None:
    """Deletes the index before the site changes."""
    remove_entry(_find_file(output))


def _find_file(output: Path) -> Path:
    return find_private(output).manifest / "stat-index"


def find_place(paths: Sequence[str], path: str) -> tuple[int, bool]:
    """Finds the place of a path among sorted ones, and whether it stands there."""
    at = bisect_left(paths, path)
    return at, at < len(paths) and paths[at] == path


def _list_ends(folder: str) -> list[int]:
    return [*(at for at, sign in enumerate(folder) if sign == "/"), len(folder)]


class SiteScan:
    """The comparison of a site with its stat index, in a second process if large."""

    def __init__(self, options: Options, index: StatIndex | None) -> None:
        self.index, self._output = index, options.output
        starts = index is not None and index.count > _WORTH_A_PROCESS
        self._task = BackgroundTask(lambda: index.scan(str(options.output)) if index else None, starts=starts)

    def result(self) -> SiteDiff | None:
        """Returns the difference; None without an index, or where another build has replaced the index."""
        found = self._task.result()
        if found is None or not self.index or self.index.header != read_header(_find_file(self._output)):
            self.index = None
            return None
        count, files, folders, foreign = found
        changed = {path: FileStat(*numbers) if numbers else None for path, numbers in files.items()}
        return SiteDiff(count, changed, folders, {path: FileStat(*numbers) for path, numbers in foreign.items()})

    def close(self) -> None:
        """Stops the comparison if its result is not needed."""
        self._task.close()


def find_up_to_date(options: Options, index: StatIndex | None) -> Result | None:
    """Returns the result of a build without changes; None for any change or doubt."""
    if options.clean or index is None or index.sources != digest_sources(options):
        return None
    try:
        if not index.is_current(str(options.output)):
            return None
    except OSError:
        return None
    counts = dict(zip(_COUNTS, index.counts, strict=True))
    if 0 < counts["due"] <= options.today:
        return None
    return Result(**counts, written=(), removed=(), warnings=tuple(Fault(*row) for row in index.warnings))


def write_index(
    options: Options, sources: str, result: Result, changes: SiteChanges, previous: StatIndex | None
) -> None:
    """Writes the stat index after a build.

    `sources` is the digest that `digest_sources` gave before the build, `previous` the index that the changes are
    relative to.
    """
    root = str(options.output)
    index = previous.patch(root, changes) if previous and not changes.whole else index_site(root, changes.files)
    counts = tuple(getattr(result, name) for name in _COUNTS)
    warnings = tuple(tuple(getattr(one, name) for name in Fault.__slots__) for one in result.warnings)
    replace(index, sources=sources, counts=counts, warnings=warnings).save(options.output)


def digest_sources(options: Options) -> str:
    """Digests the stats of a build's sources: content, themes, code, libraries.

    The digest is computed before a build reads its sources, so that the next build notices files saved meanwhile.
    """
    # The same site is built from any folder.
    content, output, *themes = (
        os.path.abspath(one)  # noqa: PTH100 - resolve() would follow a link out
        for one in (options.content, options.output, *options.themes)
    )
    rest = options.base_url, options.strict, options.clean, options.drafts
    site = f"{content}\0{output}\0{themes}\0{rest}\0{sys.version}"
    state = hashlib.blake2b(site.encode("utf-8", "surrogateescape"), digest_size=16)
    left_out = output, str(find_private(options.output).folder.parent)
    code = Path(__file__).resolve().parent.parent
    for folder in (content, *themes, find_builtin_themes(), code):
        for path, found in sorted(_walk(str(folder), left_out)):
            state.update(f"{path}\0{found}\0".encode("utf-8", "surrogateescape"))
    # Installing or upgrading a library adds or removes entries of these folders. The folder that the command is run
    # in is one of them with `python -m`, and gets a new time when the site is built in it.
    for place in sys.path:
        if os.path.isdir(place) and not os.path.samefile(place, "."):  # noqa: PTH112, PTH121 - pathlib is not needed
            state.update(f"{place}\0{os.stat(place).st_mtime_ns}\0".encode())  # noqa: PTH116
    return state.hexdigest()


def _walk(folder: str, left_out: Collection[str]) -> Iterator[tuple[str, str]]:
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError:
            continue
        for entry in entries:
            if entry.name in ("__pycache__", ".git") or entry.path in left_out:
                continue
            # The target of a link counts, because builds read the target; a link to a folder leads to another part of
            # the content folder, or is refused.
            try:
                found = entry.stat()
            except OSError:
                found = entry.stat(follow_symlinks=False)
            if entry.is_dir():
                if not entry.is_symlink():
                    waiting.append(entry.path)
                yield entry.path, ""
            else:
                yield entry.path, f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
