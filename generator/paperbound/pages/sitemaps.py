"""Sitemaps: planned when all pages are made, from what these say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..library.payloads import SitemapIndexWork, SitemapWork
from ..model.job import Job
from ..urls import Addresses, sitemap

# https://www.sitemaps.org/protocol.html
_MOST = 50_000


def plan_sitemaps(listed: Sequence[tuple[str, str]], addresses: Addresses) -> Iterator[Job]:
    """The sitemap of the listed pages (path, day of change), or several of them and their index."""
    pages = tuple(sorted((addresses.absolute(path), changed) for path, changed in listed))
    if len(pages) <= _MOST:
        yield Job(sitemap(), "sitemap", SitemapWork(pages), "the sitemap", (sitemap(),))
        return
    parts = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)]
    for number, part in enumerate(parts, 1):
        yield Job(sitemap(number), "sitemap", SitemapWork(part), "the sitemap", (sitemap(number),))
    sitemaps = tuple(addresses.absolute(sitemap(number)) for number in range(1, len(parts) + 1))
    yield Job(sitemap(), "sitemap index", SitemapIndexWork(sitemaps), "the sitemap", (sitemap(),))
