"""Exports: the papers of lists as files for reference managers and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..formats import ExportSpec, write_export
from ..formats.bibtex.keys import name_record
from ..library.page_kind import PageKind, Shard
from ..library.site import Site
from ..model.build import Artifact, Job
from ..model.errors import Fault, InputError
from ..model.record import Record
from ..themes.theme import Theme
from ..urls import export, folder_of, listing, paper

_ALL = folder_of(listing("papers"))


@dataclass(frozen=True, slots=True)
class ExportWork:
    """Records with addresses and keys."""

    rows: tuple[tuple[Record, str, str], ...]

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the files, whose suffixes name their formats."""
        rows = [(name_record(record, key), url) for record, url, key in self.rows]
        faults: list[Fault] = []
        for path in paths:
            try:
                yield Artifact(path, write_export(path.rpartition(".")[2], rows).encode())
            except InputError as error:  # a format of another package failed: the others have their files
                faults += error.faults
        if faults:
            raise InputError(faults)


def _list_specs(folder: str, site: Site, start: int, stop: int | None) -> tuple[ExportSpec, ...]:
    """Lists files of all papers, which come first, or without a folder those of groups."""
    count = site.exported.get(_ALL, 0)
    specs = site.export_specs
    return specs[:count][start:stop] if folder else specs[count + start : None if stop is None else count + stop]


def _list_items(folder: str, site: Site) -> Sequence[str]:
    return tuple(spec.key for spec in _list_specs(folder, site, 0, None))


def _plan(folder: str, site: Site, shard: Shard) -> Iterator[Job]:
    records, slugs, keys = site.catalogue.records, site.catalogue.slugs, site.catalogue.keys
    for spec in _list_specs(folder, site, shard.start, shard.stop):
        rows = tuple((records[one], site.addresses.absolute(paper(slugs[one])), keys[one]) for one in spec.papers)
        paths = tuple(export(spec.folder, suffix, spec.number) for suffix in site.list_formats(spec.folder))
        yield Job(f"export {spec.key}", ExportWork(rows), spec.owner, paths)


def _read(folder: str, site: Site, shard: Shard) -> Iterator[str]:
    """Yields folders and owners of files, and addresses and keys of papers."""
    slugs, keys = site.catalogue.slugs, site.catalogue.keys
    for spec in _list_specs(folder, site, shard.start, shard.stop):
        yield f"{spec.key}\1{spec.owner}"
        for ident in spec.papers:
            yield f"{ident}\1{slugs[ident]}\1{keys[ident]}"


def _list_records(folder: str, site: Site, shard: Shard) -> Iterator[str]:
    for spec in _list_specs(folder, site, shard.start, shard.stop):
        yield from spec.papers


def _make_kind(folder: str, size: int) -> PageKind:
    return PageKind(
        f"exports {folder}".strip(),
        partial(_plan, folder),
        partial(_read, folder),
        partial(_list_records, folder),
        items=partial(_list_items, folder),
        size=size,
        is_shared=True,
    )


# A file of all papers is large: one changed paper writes no other.
ALL_EXPORTS = _make_kind(_ALL, 1)
GROUP_EXPORTS = _make_kind("", 16)
