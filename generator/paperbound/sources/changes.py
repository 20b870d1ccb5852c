"""Changes of a content folder as a whole: staged, noted in a journal, then renamed.

A run that is killed before its journal is written has changed nothing; one that is killed later is finished by the next
run, up to the first file that was edited meanwhile. Records come before the editions that name them, so that the folder
can be built at any moment.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..model.digests import digest_bytes
from ..storage.cache_files import write_atomically

_FOLDER = ".collecting"
_JOURNAL = "journal"


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
