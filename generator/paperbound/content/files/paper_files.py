"""Files of the site that papers have: beside their records, or in the static folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname

from ...model.catalogue import Asset
from ...model.errors import Fault, Report, name_nearest
from ...model.links import is_link
from ...model.record import Link, Record
from ...urls import Addresses, paper_file


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


@dataclass(slots=True)
class PaperFiles:
    """The files of papers, as far as they were linked.

    `published` are files beside records with their paths in the site, `pictures` those of papers by id.
    """

    static: Sequence[Asset]
    attachments: Sequence[Asset]
    base_url: str
    report: Report
    published: list[Asset] = field(default_factory=list)
    pictures: dict[str, Asset] = field(default_factory=dict)

    def link(self, records: Iterable[Record], slugs: Mapping[str, str]) -> list[Record]:
        """Returns the records with addresses of files; reports missing and unused files.

        `links: {pdf: a.pdf}` is the file `a.pdf` beside the record, at `/papers/SLUG/a.pdf`, or else `static/a.pdf`.
        """
        linker = _Linker(self, slugs)
        linked = [linker.link(record) if linker.has_files(record) else record for record in records]
        for file in self.attachments:
            if file.path not in linker.used:
                message, remedy = (
                    "no paper names this file; it is not published",
                    "Write `links: {pdf: NAME}` in a record.",
                )
                self.report(Fault(file.path, 0, "", message, remedy, warning=True))
        self.published = list(linker.published.values())
        return linked


class _Linker:
    def __init__(self, files: PaperFiles, slugs: Mapping[str, str]) -> None:
        self.files, self.slugs, self.addresses = files, slugs, Addresses(files.base_url)
        self.names = StaticFiles(one.path for one in files.static)
        self.by_path = {one.path: one for one in files.static}
        self.beside = {one.path: one for one in files.attachments}
        self.used: set[str] = set()
        self.published: dict[str, Asset] = {}

    def has_files(self, record: Record) -> bool:
        """Returns whether a record names files of the site."""
        return bool(record.picture) or not all(is_link(link.url) for link in record.links)

    def link(self, record: Record) -> Record:
        """Returns a record with the addresses of its files."""
        return replace(record, links=tuple(self._link_all(record)), picture=self._find_picture(record))

    def _link_all(self, record: Record) -> Iterator[Link]:
        for link in record.links:
            if is_link(link.url):
                yield link
            elif file := self._find(record, link.url, "links"):
                yield Link(link.kind, self.addresses.absolute(file.path))

    def _find_picture(self, record: Record) -> str:
        picture = self._find(record, record.picture, "picture") if record.picture else None
        if picture and not picture.width:
            self._report(record, "picture", f"{record.picture!r} is no picture", "Save it as PNG, JPEG, WebP or SVG.")
        if not picture or not picture.width:
            return ""
        self.files.pictures[record.id] = picture
        return picture.path

    def _find(self, record: Record, path: str, name: str) -> Asset | None:
        beside = self.beside.get(f"{dirname(record.origin.file)}/{path}")
        if beside:
            self.used.add(beside.path)
            published = replace(beside, path=paper_file(self.slugs[record.id], path))
            return self.published.setdefault(published.path, published)
        if found := self.names.find(path, native=record.origin.native):
            return self.by_path[found]
        near = [one.rpartition("/")[2] for one in self.beside if dirname(one) == dirname(record.origin.file)]
        remedy = f"{name_nearest(path, (*near, *self.by_path), 'files')} Links to other sites begin with https://."
        self._report(record, name, f"there is no file {path!r} beside the record, or in static/", remedy)
        return None

    def _report(self, record: Record, name: str, message: str, remedy: str) -> None:
        origin = record.origin
        self.files.report(Fault(origin.file, origin.line_of(name), name, message, remedy, not origin.native))
