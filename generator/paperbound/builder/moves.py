"""Moves: papers with other addresses than after the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.errors import Fault
from ..urls import folder_of
from .manifest import TaskRecord

_KEY = "paper "


def find_moves(previous: Iterable[TaskRecord], now: Iterable[TaskRecord]) -> Iterator[Fault]:
    """Yields a warning for each paper that moved without a redirect page.

    `previous` are the tasks of the last build, and `now` those of this one, both without the tasks that did not run.
    """
    old = {key: path for key, path, _ in _list_pages(previous) if key.startswith(_KEY)}
    pages = list(_list_pages(now))
    owners = {path: owner for _, path, owner in pages}
    for key, path, owner in pages:
        was = old.get(key, path)
        ident = key.removeprefix(_KEY)
        taker = owners.get(was, "")
        if was == path or f" of {ident!r} (" in taker:
            continue
        slug = folder_of(was).rpartition("/")[2]
        message = f"the page of {ident!r} was at /{folder_of(was)}/ and is at /{folder_of(path)}/"
        remedy = f"Write `slug: {slug}` in its record to keep the old address"
        if taker:
            message += f"; the old address is now that of {taker}"
        else:
            remedy += f", or `aliases: [{slug}]` for a redirect from there"
        yield Fault(_find_file(owner), 0, "slug", message, f"{remedy}.", warning=True)


def _list_pages(tasks: Iterable[TaskRecord]) -> Iterator[tuple[str, str, str]]:
    """Yields key, path of the first file, and owner of each page."""
    for task in tasks:
        for key, owner, _, _, files in task.rows:
            if files and files[0][0].endswith("/index.html"):
                yield key, files[0][0], owner


def _find_file(owner: str) -> str:
    return owner.rpartition(" (")[2].removesuffix(")")
