"""Changes of a content folder as a whole: staged, noted in a journal, then renamed.

A run that is killed before its journal is written has changed nothing; one that is killed later is finished by the next
run, up to the first file that was edited meanwhile. Records come before the editions that name them, so that the folder
can be built at any moment.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
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
from ..model.errors import Faults, Report
from ..storage.cache_files import PRIVATE, write_atomically
from ..storage.platform import hold_lock

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
    with hold_lock(content.resolve().parent / PRIVATE / "collect" / "lock"):
        if not dry_run:
            finish_changes(content)
        faults = Faults()
        settings = read_settings(content, faults.report)
        tags = read_tags(content, faults.report)
        more = read(tags, faults.report)
        records = list_records(read_chunks(content, faults.report))
        faults.raise_errors()
        assert settings
        slugs = None if tags is None else frozenset(tag.slug for tag in tags)
        library = ImportLibrary(content, records, slugs, update, report)
        yield settings.base_url if settings.base_url != DEFAULT_BASE_URL else "", tags or (), library, more


def write_changes(content: Path, files: Mapping[Path, str]) -> None:
    """Writes the files, in their order."""
    if not files:
        return
    staging = content / _FOLDER
    staging.mkdir(exist_ok=True)
    moves = []
    for number, (path, text) in enumerate(files.items()):
        (staging / str(number)).write_text(text, "utf-8", newline="\n")
        moves.append([str(number), path.relative_to(content).as_posix(), _digest(path)])
    write_atomically(staging / _JOURNAL, json.dumps(moves).encode())
    finish_changes(content)


def _digest(file: Path) -> str:
    return digest_bytes(file.read_bytes()) if file.is_file() else ""


def finish_changes(content: Path) -> bool:
    """Finishes the changes of a run that was interrupted; returns whether there were any."""
    staging = content / _FOLDER
    journal = staging / _JOURNAL
    finished = journal.is_file()
    for name, path, digest in json.loads(journal.read_bytes()) if finished else ():
        target = content / path
        if not (staging / name).is_file():
            continue
        if _digest(target) != digest:
            break  # edited since: the next run reads the source again, for its state is the last file
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)
    journal.unlink(missing_ok=True)
    if staging.is_dir():
        shutil.rmtree(staging)
    return finished
