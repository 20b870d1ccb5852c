"""A file that counts the papers."""

from __future__ import annotations

from collections.abc import Iterator

from paperbound.library.page_kind import BytesWork, PageKind, Shard
from paperbound.library.site import Site
from paperbound.model.build import Job
from paperbound.model.digests import digest_bytes


def plan_colophon(site: Site, _shard: Shard) -> Iterator[Job]:
    """Plans the file."""
    data = f"{len(site.order)} papers\n".encode()
    yield Job("colophon.txt", BytesWork(data, digest_bytes(data)), "the colophon", ("colophon.txt",))


def read_colophon(site: Site, _shard: Shard) -> Iterator[str]:
    """Yields the number of papers."""
    yield str(len(site.order))


COLOPHON = PageKind("colophon", plan_colophon, read_colophon)
