"""The files of a collection: its mail as a page, and exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...formats import EXPORTS
from ...formats.bibtex.keys import name_record
from ...library.editions import list_oldest_first
from ...library.page_kind import PageKind, Shard
from ...library.pieces import Reference
from ...library.site import Site
from ...model.build import Artifact, Job
from ...model.catalogue import Collection
from ...model.record import Record
from ...themes.theme import Theme
from ...urls import export, folder_of, listing, mail, paper
from ..mail import MailPage, MailWork, MailWriter, select_collection

# 10,000 papers of the anthology are 8 MB of BibTeX; a host refuses files of 100 MB.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class ExportWork:
    """Records with addresses and keys, and the suffix of an export format."""

    suffix: str
    rows: tuple[tuple[Record, str, str], ...]

    def render(self, paths: Sequence[str], _theme: Theme) -> Iterator[Artifact]:
        """Writes the records in the format."""
        rows = [(name_record(record, key), url) for record, url, key in self.rows]
        yield Artifact(paths[0], EXPORTS[self.suffix][1](rows).encode())


def _plan_collections(site: Site, shard: Shard) -> Iterator[Job]:
    writer = MailWriter(site, site.language)
    for collection in _list_collections(site, shard):
        owner = f"the collection {collection.id!r}"
        path = mail(collection.slug)
        page = writer.write(select_collection(site, collection, writer.language))
        yield Job(path, MailWork(page), owner, (path,))
        for suffix in EXPORTS:
            for number, ids in enumerate(_cut(collection.papers), 1):
                path = export(folder_of(listing("collections", collection.slug)), suffix, number)
                yield Job(path, ExportWork(suffix, _make_rows(site, ids)), owner, (path,))


def _cut(papers: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [papers[start : start + _MOST] for start in range(0, len(papers), _MOST)]


def _make_rows(site: Site, ids: Sequence[str]) -> tuple[tuple[Record, str, str], ...]:
    records, slugs, keys = site.catalogue.records, site.catalogue.slugs, site.catalogue.keys
    return tuple((records[ident], site.addresses.absolute(paper(slugs[ident])), keys[ident]) for ident in ids)


def link_exports(site: Site, collection: Collection) -> tuple[Reference, ...]:
    """Returns the links to a collection's exports, with the names of their formats."""
    folder = folder_of(listing("collections", collection.slug))
    files = len(_cut(collection.papers))
    return tuple(
        Reference(f"{name} {number}" if files > 1 else name, site.addresses.href(export(folder, suffix, number)))
        for suffix, (name, _) in EXPORTS.items()
        for number in range(1, files + 1)
    )


def _list_collections(site: Site, shard: Shard) -> tuple[Collection, ...]:
    return list_oldest_first(site.catalogue.collections)[shard.start : shard.stop]


def _read_collections(site: Site, shard: Shard) -> Iterator[str]:
    for collection in _list_collections(site, shard):
        yield repr(collection)
        yield repr(site.editions.get(collection.id))
        yield from site.list_summaries(collection.papers)


def _list_records(site: Site, shard: Shard) -> Iterator[str]:
    for collection in _list_collections(site, shard):
        yield from collection.papers


def _list_items(site: Site) -> Sequence[str]:
    return tuple(one.id for one in list_oldest_first(site.catalogue.collections))


COLLECTION_FILES = PageKind(
    "collections",
    _plan_collections,
    _read_collections,
    _list_records,
    {"mail.html": MailPage, "mail.txt": MailPage},
    _list_items,
    size=16,
)
