"""The mail of a collection as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...library.editions import list_oldest_first
from ...library.page_kind import PageKind, Shard
from ...library.site import Site
from ...model.build import Job
from ...model.catalogue import Collection
from ...urls import mail
from ..mail import MailPage, MailWork, MailWriter, select_collection


def _plan_collections(site: Site, shard: Shard) -> Iterator[Job]:
    writer = MailWriter(site, site.language)
    for collection in _list_collections(site, shard):
        owner = f"the collection {collection.id!r}"
        path = mail(collection.slug)
        page = writer.write(select_collection(site, collection, writer.language))
        yield Job(path, MailWork(page), owner, (path,))


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
