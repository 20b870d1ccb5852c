"""The second wave: what needs the names and facts of other outputs, planned from their receipts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..model.document import FIELDS, RECORDS_A_FILE, ManifestWork
from ..model.job import Job, Receipt
from ..urls import SEARCH_MANIFEST, Site, sitemap
from .work import SitemapIndexWork, SitemapWork

# https://www.sitemaps.org/protocol.html
_MOST = 50_000


def plan_second(
    listed: Sequence[tuple[str, str]], receipts: Mapping[str, Sequence[Receipt]], site: Site
) -> Iterator[Job]:
    """The sitemap of the listed pages (path, day of change) and the search manifest.

    `receipts` holds those of the search jobs by the jobs' keys.
    """
    yield from _plan_sitemaps(listed, site)
    yield _plan_manifest(receipts)


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


def _plan_manifest(receipts: Mapping[str, Sequence[Receipt]]) -> Job:
    terms = receipts["search terms"][0]
    facts = json.loads(terms.facts)
    numbers = range(len(receipts) - 1)
    records: Iterable[Receipt] = (receipts[f"search records {number}"][0] for number in numbers)
    work = ManifestWork(
        documents=facts["documents"],
        averages=tuple(facts["averages"]) or (0.0,) * len(FIELDS),
        terms=((facts["first"], _name(terms)),),
        records=tuple(_name(receipt) for receipt in records),
        records_a_file=RECORDS_A_FILE,
    )
    return Job(SEARCH_MANIFEST, "manifest", work, "the search manifest", (SEARCH_MANIFEST,))


def _name(receipt: Receipt) -> str:
    return receipt.path.rpartition("/")[2]
