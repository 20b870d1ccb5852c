"""The reading list: a page that a script fills from the reader's own browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...library.page_kind import PageKind, PageWork, Shard, read_nothing
from ...library.pieces import Head, Reference, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...urls import listing
from ..identifiers import describe_lookup
from ..single_pages import link_indexes, name_formats

_NAME = "reading-list"


@dataclass(frozen=True, slots=True)
class ReadingListPage:
    """The context of `reading-list.html`: the frame of the list, which the script fills.

    `address` is that of the site; `formats` are those of files that the pages of papers have, suffix and name. `lookup`
    is the script that finds papers by identifiers, `table` the folder of its files, which are `shards`.
    """

    site: SiteContext
    head: Head
    module: str
    address: str
    formats: tuple[tuple[str, str], ...]
    lookup: str
    table: str
    shards: int
    indexes: tuple[Reference, ...]


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    # A site's own page of that name stays.
    if _NAME not in site.context.sections:
        return
    path, (lookup, table, shards) = listing(_NAME), describe_lookup(site)
    head = site.make_head(path, site.t("reading_list.title"), site.t("reading_list.description"), section=_NAME)
    page = ReadingListPage(
        site=site.context,
        head=head,
        module=site.context.assets.get("reading-list.js", ""),
        address=site.addresses.base_url,
        formats=name_formats(site),
        lookup=lookup,
        table=table,
        shards=shards,
        indexes=link_indexes(site),
    )
    yield Job(path, PageWork("reading-list.html", page), "the reading list", (path,), listed=True)


READING_LIST = PageKind(_NAME, _plan, read_nothing, templates={"reading-list.html": ReadingListPage})
