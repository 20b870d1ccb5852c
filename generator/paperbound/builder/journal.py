"""The journal: what is about to be moved into the site, so that whoever is interrupted there is rolled forward.

It is written when every file is staged, and deleted when all of them are in their places. While it lies there the
site may be partly new; the next run finishes it before anything else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ..storage.cache_files import write_atomically
from ..text.digests import digest_bytes


@dataclass(frozen=True, slots=True)
class Journal:
    """Staged files to move to the same paths of the site, and paths to delete; or the whole of the staged site."""

    moves: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    whole: bool = False


def write_journal(file: Path, journal: Journal) -> None:
    """Writes the journal, atomically."""
    body = json.dumps(asdict(journal), ensure_ascii=False).encode()
    write_atomically(file, body + b"\n" + digest_bytes(body).encode())


def read_journal(file: Path) -> Journal | None:
    """The journal that lies there, or None where there is none or it cannot be trusted."""
    try:
        body, _, digest = file.read_bytes().rpartition(b"\n")
        if digest.decode() != digest_bytes(body):
            return None
        found = json.loads(body)
        journal = Journal(tuple(found["moves"]), tuple(found["removes"]), bool(found["whole"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # It is ours and says so; a path that leads out of the site is followed by nobody all the same.
    paths = (*journal.moves, *journal.removes)
    return None if any(path.startswith("/") or ".." in path.split("/") for path in paths) else journal
