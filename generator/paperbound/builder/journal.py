"""The journal: what is being moved into the site, so that the next build finishes what was interrupted.

It is written when every file is staged and deleted when all of them are in place. While it is there the site may be
partly new; the next build finishes it before anything else.
"""

from __future__ import annotations

import marshal
from pathlib import Path
from typing import NamedTuple

from ..storage.cache_files import ANY_CODE, read_cache_file, write_cache_file

_KIND = "journal-2"


class Journal(NamedTuple):
    """Staged files to move to the same paths of the site, and paths to delete; or the whole of the staged site."""

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
    # A path that leads out of the site is followed by nobody, even in a file of our own.
    paths = (*journal.moves, *journal.removes)
    return None if any(path.startswith("/") or ".." in path.split("/") for path in paths) else journal
