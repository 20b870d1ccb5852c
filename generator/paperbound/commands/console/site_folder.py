"""The site folder: found from any folder below it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

_CONTENT, _OUTPUT, _THEMES, _SETTINGS = "content", "site", "themes", "site.yaml"


def find_content(start: Path) -> Path | None:
    """Returns the nearest content folder at or above a folder; None without one.

    A content folder is `content` with a `site.yaml`, or a folder that holds one itself. A symbolic link above `start`
    ends the walk, as the root does: it may lead to files of another user.
    """
    for folder in (start, *start.parents):
        for found in (folder / _CONTENT, folder):
            if (found / _SETTINGS).is_file():
                is_link = found.is_symlink() or (found / _SETTINGS).is_symlink()
                return None if is_link and folder != start else found
    return None


def find_root(content: Path) -> Path:
    """Returns the site folder of a content folder, which holds output and themes."""
    return content.parent if content.name == _CONTENT else content


def place_folders(chosen: argparse.Namespace) -> None:
    """Sets the folders that were not given to those of the site folder."""
    values = vars(chosen)
    here = Path.cwd()
    found = None if values.get("content") else find_content(here)
    root = find_root(found) if found else here
    if "content" in values and not chosen.content:
        chosen.content = _relate(found, here) if found else Path(_CONTENT)
    if "output" in values and not chosen.output:
        chosen.output = _relate(root / _OUTPUT, here)
    if "themes" in values and not chosen.themes and (root / _THEMES).is_dir():
        chosen.themes = _relate(root / _THEMES, here)


def name_as_typed(file: str, content: Path) -> str:
    """Returns the path of a content file as a user would type it."""
    name, slash, rest = file.partition("/")
    if not slash or name != content.resolve().name:
        return file
    typed = content / rest
    return (typed if typed.is_absolute() else _relate(Path.cwd() / typed, Path.cwd())).as_posix()


def _relate(path: Path, here: Path) -> Path:
    return Path(os.path.relpath(path, here))
