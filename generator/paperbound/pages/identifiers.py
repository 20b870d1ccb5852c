"""The table of identifiers, and the page that leads from one to its target."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ..library.page_kind import BytesWork, PageKind, PageWork, Shard
from ..library.pieces import Head, Reference, SiteContext
from ..library.site import Site
from ..model.build import Job
from ..model.digests import name_bytes
from ..search.query.identifiers import choose_shard, make_key
from ..urls import folder_of, identifier_file, listing, paper
from .single_pages import link_indexes

_MODULE = "lookup.js"
# The identifiers of these papers are 4 kB, gzipped: less than a page.
_PAPERS = 128


@dataclass(frozen=True, slots=True)
class IdentifierPage:
    """The context of `identifier.html`: leads from `/id/#identifier` to a paper or a person.

    `module` is the script; `table` is the folder of the table's files, which are `shards`; `example` is an address.
    """

    site: SiteContext
    head: Head
    module: str
    table: str
    shards: int
    example: str
    indexes: tuple[Reference, ...]


def count_shards(site: Site) -> int:
    """Returns the number of files of the table, a power of two."""
    return 1 << (max(0, len(site.order) - 1) // _PAPERS).bit_length()


def describe_lookup(site: Site) -> tuple[str, str, int]:
    """Returns the address of the script, the table's folder, the number of files."""
    return site.context.assets.get(_MODULE, ""), site.addresses.href(listing("id")), count_shards(site)


def list_identifiers(site: Site) -> dict[str, str]:
    """Returns by key the path of the page that an identifier leads to.

    Of two things with one identifier the paper whose id it is has it, then arXiv ids, DOIs, keys and ORCIDs.
    """
    catalogue, found = site.catalogue, dict[str, str]()
    rows = [
        (paper(catalogue.slugs[ident]), (ident, record.arxiv, record.doi, catalogue.keys[ident]))
        for ident, record in catalogue.records.items()
    ]
    for place in range(4):
        for path, names in rows:
            if names[place]:
                found.setdefault(make_key(names[place]), f"{folder_of(path)}/")
    for slug, person in catalogue.people.items():
        if person.orcid:
            found.setdefault(make_key(person.orcid), f"{folder_of(listing('authors', slug))}/")
    return found


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    if not site.order:
        return
    path, (module, table, shards) = listing("id"), describe_lookup(site)
    rows: list[dict[str, str]] = [{} for _ in range(shards)]
    for key, target in sorted(list_identifiers(site).items()):
        rows[choose_shard(key, shards)][key] = target
    for number, row in enumerate(rows):
        data = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        file = identifier_file(number)
        yield Job(file, BytesWork(data, name_bytes(data)), "the table of identifiers", (file,))
    example = f"{site.addresses.absolute(path)}#10.48550/arXiv.2510.00128"
    head = site.make_head(path, site.t("lookup.title"), site.t("lookup.description"), index=False)
    page = IdentifierPage(site.context, head, module, table, shards, example, link_indexes(site))
    yield Job(path, PageWork("identifier.html", page), "the page of identifiers", (path,))


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    slugs, keys = site.catalogue.slugs, site.catalogue.keys
    for ident, record in site.catalogue.records.items():
        yield "\1".join((ident, slugs[ident], record.arxiv, record.doi, keys[ident]))
    yield from (f"{one.slug}\1{one.orcid}" for one in site.catalogue.people.values())


IDENTIFIERS = PageKind("identifiers", _plan, _read, templates={"identifier.html": IdentifierPage}, local=True)
