"""Links of free pages to the files of other pages, and to files beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from posixpath import dirname, normpath
from typing import NamedTuple
from urllib.parse import unquote

from ...markup.document import list_targets
from ...markup.markdown import is_picture, list_pictures
from ...model.catalogue import Asset, FreePage
from ...model.digests import digest_bytes
from ...model.errors import Fault, Report
from ...storage.sources import read_source
from ...urls import free_page

_INDEXES = ("index.md", "readme.md")


class _Places(NamedTuple):
    """The targets of links, by the names of files from the content folder's name on.

    `pages` are paths of pages, with those of folders that have one; `files` are files beside pages, and `static` those
    of the static folder, by their paths in the site.
    """

    root: str
    content: str
    pages: Mapping[str, str]
    files: Mapping[str, Path]
    static: frozenset[str]

    def find(self, file: str, target: str) -> str | None:
        """Returns the path in the site of a target in a file; None for nothing.

        A file outside the content folder has a path with two points and a slash before it.
        """
        name = unquote(target.partition("#")[0].partition("?")[0])
        place = normpath(f"{dirname(file)}/{name}")
        if place in self.pages:
            return self.pages[place]
        if place != self.content and not place.startswith(f"{self.content}/"):
            return f"../{place}"
        beside = place.removeprefix(f"{self.root}/")
        if place.startswith(f"{self.root}/") and beside in self.files:
            return beside
        # A path in the static folder, from the file or as records have it.
        for path in (place.removeprefix(f"{self.content}/static/"), name.lstrip("/")):
            if path in self.static:
                return path
        return None


def resolve_links(
    content: Path,
    root: str,
    pages: Sequence[tuple[FreePage, str]],
    files: Mapping[str, Path],
    static: Sequence[Asset],
    report: Report,
) -> tuple[tuple[FreePage, ...], tuple[Asset, ...]]:
    """Returns the pages with the places of their links, and linked files beside them.

    `pages` come with the texts of their files, whose lines warnings name; `root` is the name of their folder. `files`
    are the files beside the pages, by their paths in the site.
    """
    known = {page.file: free_page(page.slug) for page, _ in pages}
    folders = {dirname(file): path for file, path in known.items() if file.rpartition("/")[2].lower() in _INDEXES}
    places = _Places(root, content.resolve().name, known | folders, files, frozenset(one.path for one in static))
    linked, found = dict[str, None](), []
    for page, text in pages:
        links = {}
        for target, is_shown in _list_targets(page.body):
            place = places.find(page.file, target)
            if place is None or (is_shown and not is_picture(place)):
                report(_miss(page, text, target, is_picture=is_shown))
            else:
                links[target] = place
                linked |= {place: None} if place in files and place not in places.static else {}
        found.append(replace(page, links=tuple(links.items())))
    return tuple(found), tuple(_publish(linked, files, content, report))


def _list_targets(body: str) -> Iterator[tuple[str, bool]]:
    """Yields the relative targets of a text, and whether each is a picture."""
    pictures = dict.fromkeys(list_pictures(body))
    yield from ((one, True) for one in pictures)
    yield from ((one, False) for one in list_targets(body) if one not in pictures)


def _miss(page: FreePage, text: str, target: str, *, is_picture: bool) -> Fault:
    line = next((number for number, one in enumerate(text.splitlines(), 1) if target in one), 0)
    if is_picture:
        message = f"there is no picture {target!r} beside the page or in static/"
        remedy = "Put it there, and write its path: ![What it shows](images/a.png)."
    else:
        message = f"the link {target!r} leads to no page and to no file"
        remedy = "Name a file from where the page is, or begin an address of the site with a slash: /papers/."
    return Fault(page.file, line, "", message, remedy, warning=True, rule="link")


def _publish(paths: Iterable[str], files: Mapping[str, Path], content: Path, report: Report) -> Iterator[Asset]:
    """Yields the linked files that can be read."""
    for path in paths:
        if source := read_source(files[path], content, report):
            yield Asset(path, str(files[path].resolve()), digest_bytes(source.data))
