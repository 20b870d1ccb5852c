"""The journal of a commit, with which the next build finishes an interrupted one.

The journal is written when all files are staged, and deleted when all are renamed. In between, the site may be partly
new; the next build finishes the commit before anything else.
"""

from __future__ import annotations

import marshal
from pathlib import Path
from typing import NamedTuple

from ..storage.cache_files import ANY_CODE, read_cache_file, write_cache_file

_KIND = "journal-2"


class Journal(NamedTuple):
    """Staged files to rename into the site, and paths to delete.

    A journal can name the whole of the staged site instead.
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
