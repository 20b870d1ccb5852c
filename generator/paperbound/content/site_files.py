"""Links of papers to the site's own files: paths in the static folder become addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model.catalogue import Asset
from ..model.errors import Fault, Report, name_nearest
from ..model.record import Link, Record, is_link
from ..urls import Addresses


class StaticFiles:
    """The paths of the static folder's files."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        self._by_name: dict[str, list[str]] = {}
        for path in self.paths:
            self._by_name.setdefault(path.rpartition("/")[2], []).append(path)

    def find(self, path: str, *, native: bool) -> str:
        """Finds a file; returns an empty text without one.

        An old site's file may be in any folder, if the end of its path is that of one file only: al-folio writes
        `pdf={a.pdf}` for `assets/pdf/a.pdf`.
        """
        if path in self.paths or native:
            return path if path in self.paths else ""
        found = [one for one in self._by_name.get(path.rpartition("/")[2], ()) if one.endswith(f"/{path}")]
        return found[0] if len(found) == 1 else ""


def link_files(records: Sequence[Record], static: Sequence[Asset], base_url: str, report: Report) -> list[Record]:
    """Returns the records with the addresses of their files; reports each file that is missing.

    `links: {pdf: files/a.pdf}` is the file `static/files/a.pdf`.
    """
    files, addresses = StaticFiles(one.path for one in static), Addresses(base_url)
    linked = []
    for record in records:
        if all(is_link(link.url) for link in record.links):
            linked.append(record)
            continue
        links, native = [], record.origin.native
        for link in record.links:
            if is_link(link.url):
                links.append(link)
            elif path := files.find(link.url, native=native):
                links.append(Link(link.kind, addresses.absolute(path)))
            else:
                origin = record.origin
                message = f"static/ has no file {link.url!r}"
                remedy = f"{name_nearest(link.url, files.paths, 'files')} Links to other sites begin with https://."
                report(Fault(origin.file, origin.line_of("links"), "links", message, remedy, not native))
        linked.append(replace(record, links=tuple(links)))
    return linked
