"""Changes of a content folder as a whole: staged, noted in a journal, then renamed.

A run that is killed before its journal is written has changed nothing; one that is killed later is finished by the next
run, up to the first file that was edited meanwhile. Records come before the editions that name them, so that the folder
can be built at any moment.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from ..config import DEFAULT_BASE_URL
from ..content.folder import read_settings
from ..content.imports import ImportLibrary
from ..content.records import list_records, read_chunks
from ..content.tags import read_tags
from ..model.catalogue import Tag
from ..model.digests import digest_bytes
from ..model.errors import Fault, Faults, InputError, Report
from ..storage.cache_files import PRIVATE, write_atomically
from ..storage.platform import hold_lock
from ..storage.sources import leads_outside

# The name of a staged file, its path in the content folder, and the digest of the file that it replaces (empty: none).
Move = tuple[str, str, str]
_Read = TypeVar("_Read")
_FOLDER = ".collecting"
_JOURNAL = "journal"


@contextmanager
def open_content(
    content: Path,
    report: Report,
    read: Callable[[tuple[Tag, ...] | None, Report], _Read],
    *,
    update: bool,
    dry_run: bool,
) -> Iterator[tuple[str, tuple[Tag, ...], ImportLibrary, _Read]]:
    """Opens a content folder, which no other run changes meanwhile, for new papers.

    Yields the address of the site (empty where none is set), its tags, the library of its records, and what `read`
    returns, which gets the tags and reports more faults. `update` and `report` are those of the library. Raises
    InputError with all faults together.
    """
    with hold_content(content, writes=not dry_run):
        faults = Faults()
        settings = read_settings(content, faults.report)
        tags = read_tags(content, faults.report)
        more = read(tags, faults.report)
        records = list_records(read_chunks(content, faults.report))
        faults.raise_errors()
        assert settings
        slugs = None if tags is None else frozenset(tag.slug for tag in tags)
        library = ImportLibrary(content, records, settings, slugs, update, report)
        yield settings.base_url if settings.base_url != DEFAULT_BASE_URL else "", tags or (), library, more


@contextmanager
def hold_content(content: Path, *, writes: bool) -> Iterator[None]:
    """Holds the lock of a content folder.

    A run that `writes` first finishes the changes of an interrupted run.
    """
    with hold_lock(content.resolve().parent / PRIVATE / "collect" / "lock"):
        if writes:
            finish_changes(content)
        yield


def write_changes(content: Path, files: Mapping[Path, str]) -> None:
    """Writes the files, in their order."""
    commit_changes(content, [stage_file(content, number, *file) for number, file in enumerate(files.items())])


def stage_file(content: Path, number: int, path: Path, data: str | Path) -> Move:
    """Stages a text, or the copy of a file; returns its move.

    Each file of a run has a number of its own.
    """
    staging = content / _FOLDER
    staging.mkdir(exist_ok=True)
    if isinstance(data, Path):
        shutil.copyfile(data, staging / str(number))
    else:
        (staging / str(number)).write_text(data, "utf-8", newline="\n")
    return str(number), path.relative_to(content).as_posix(), _digest(path)


def commit_changes(content: Path, moves: Sequence[Move]) -> None:
    """Moves all staged files to their paths, in order.

    The journal notes the moves first. Raises InputError, and moves nothing, where a folder of them is a link out of the
    content folder.
    """
    if not moves:
        return
    if outside := _find_outside(content, moves):
        raise InputError(
            [Fault(outside, 0, "", "a link leads out of the content folder", "Put the folder itself there.")]
        )
    write_atomically(content / _FOLDER / _JOURNAL, json.dumps(moves).encode())
    finish_changes(content)


def _find_outside(content: Path, moves: Sequence[Move]) -> str:
    """Finds a folder of moves that is not in the content folder; empty for none."""
    folders = sorted({path.rpartition("/")[0] for _, path, _ in moves})
    return next((folder or content.name for folder in folders if leads_outside(content / folder, content)), "")


def _digest(file: Path) -> str:
    return digest_bytes(file.read_bytes()) if file.is_file() else ""


def finish_changes(content: Path) -> bool:
    """Finishes the changes of a run that was interrupted; returns whether there were any."""
    staging = content / _FOLDER
    if staging.is_symlink():  # of no run
        staging.unlink()
    moves = _read_journal(content)
    for name, path, digest in moves:
        target = content / path
        if not (staging / name).is_file():
            continue
        if _digest(target) != digest:
            break  # edited since: the next run reads the source again, for its state is the last file
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)
    (staging / _JOURNAL).unlink(missing_ok=True)
    if staging.is_dir():
        shutil.rmtree(staging)
    return bool(moves)


def _read_journal(content: Path) -> list[Move]:
    """Reads the journal; returns no moves without one that a run wrote.

    The folder may be a stranger's: nothing is moved out of the staging folder, or to a place outside the content.
    """
    try:
        rows = json.loads((content / _FOLDER / _JOURNAL).read_bytes())
        moves: list[Move] = [(name, path, digest) for name, path, digest in rows]
        right = all(name.isdecimal() and digest.isascii() and not path.endswith("..") for name, path, digest in moves)
        return moves if right and not _find_outside(content, moves) else []
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []
