"""The second wave: what needs the names and facts of other outputs, planned from their receipts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.job import Job, Receipt
from ..urls import Site, papers, sitemap
from .searching import plan_manifest
from .work import SitemapIndexWork, SitemapWork

# https://www.sitemaps.org/protocol.html
_MOST = 50_000


def plan_second(
    listed: Sequence[tuple[str, str]], receipts: Mapping[str, Sequence[Receipt]], site: Site
) -> Iterator[Job]:
    """The sitemap of the listed pages (path, day of change) and, where there is an index, the search manifest.

    `receipts` holds those of all jobs before by the jobs' keys.
    """
    yield from _plan_sitemaps(listed, site)
    if any(key.startswith("search ") for key in receipts):
        yield plan_manifest(receipts, site.href(papers()))


def _plan_sitemaps(listed: Sequence[tuple[str, str]], site: Site) -> Iterator[Job]:
    pages = tuple(sorted((site.absolute(path), changed) for path, changed in listed))
    if len(pages) <= _MOST:
        yield Job(sitemap(), "sitemap", SitemapWork(pages), "the sitemap", (sitemap(),))
        return
    parts = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)]
    for number, part in enumerate(parts, 1):
        yield Job(sitemap(number), "sitemap", SitemapWork(part), "the sitemap", (sitemap(number),))
    addresses = tuple(site.absolute(sitemap(number)) for number in range(1, len(parts) + 1))
    yield Job(sitemap(), "sitemap index", SitemapIndexWork(addresses), "the sitemap", (sitemap(),))
