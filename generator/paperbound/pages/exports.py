"""Exports: the papers of lists as files for reference managers and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..formats import ExportSpec, write_export
from ..formats.bibtex.keys import name_record
from ..library.page_kind import PageKind, Shard
from ..library.site import Site
from ..model.build import Artifact, Job
from ..model.record import Record
from ..themes.theme import Theme
from ..urls import export, paper


@dataclass(frozen=True, slots=True)
class ExportWork:
    """Records with addresses and keys."""

    rows: tuple[tuple[Record, str, str], ...]

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Yields the files, whose suffixes name their formats."""
        rows = [(name_record(record, key), url) for record, url, key in self.rows]
        for path in paths:
            yield Artifact(path, write_export(path.rpartition(".")[2], rows).encode())


def plan_exports(site: Site, shard: Shard) -> Iterator[Job]:
    """Plans a job for each file of a shard, in all formats."""
    records, slugs, keys = site.catalogue.records, site.catalogue.slugs, site.catalogue.keys
    for spec in _list_specs(site, shard):
        rows = tuple((records[one], site.addresses.absolute(paper(slugs[one])), keys[one]) for one in spec.papers)
        paths = tuple(export(spec.folder, suffix, spec.number) for suffix in site.list_formats(spec.folder))
        yield Job(f"export {spec.key}", ExportWork(rows), spec.owner, paths)


def read_exports(site: Site, shard: Shard) -> Iterator[str]:
    """Yields folders and owners of files, and addresses and keys of papers."""
    slugs, keys = site.catalogue.slugs, site.catalogue.keys
    for spec in _list_specs(site, shard):
        yield f"{spec.key}\1{spec.owner}"
        for ident in spec.papers:
            yield f"{ident}\1{slugs[ident]}\1{keys[ident]}"


def _list_specs(site: Site, shard: Shard) -> Sequence[ExportSpec]:
    return site.export_specs[shard.start : shard.stop]


def _list_records(site: Site, shard: Shard) -> Iterator[str]:
    for spec in _list_specs(site, shard):
        yield from spec.papers


def _list_items(site: Site) -> Sequence[str]:
    return tuple(spec.key for spec in site.export_specs)


EXPORT_FILES = PageKind("exports", plan_exports, read_exports, _list_records, items=_list_items, size=16)
