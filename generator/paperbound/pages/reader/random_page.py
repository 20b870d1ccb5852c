"""The page that leads to a paper by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Entry, Head, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...urls import listing

_NAME = "random"
_SAMPLE = 12


@dataclass(frozen=True, slots=True)
class RandomPage:
    """The context of `random.html`: leads to one of `total` papers by chance.

    `papers` is the list of all papers, of which a page has `size`. `sample` has a few papers from all parts of the
    list, for readers without JavaScript.
    """

    site: SiteContext
    head: Head
    module: str
    papers: str
    total: int
    size: int
    sample: tuple[Entry, ...]


def _pick_sample(site: Site) -> tuple[str, ...]:
    """Returns the ids of papers at equal distances in the list of all papers."""
    return site.order[:: -(-len(site.order) // _SAMPLE) or 1]


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    # A site's own page of that name stays.
    if _NAME not in site.context.sections:
        return
    path = listing(_NAME)
    head = site.make_head(path, site.t("random.title"), site.t("random.description"), section=_NAME, index=False)
    page = RandomPage(
        site=site.context,
        head=head,
        module=site.context.assets.get("random.js", ""),
        papers=site.context.sections["papers"],
        total=len(site.order),
        size=site.config.page_size,
        sample=site.pick_entries(_pick_sample(site)),
    )
    yield Job(path, PageWork("random.html", page), "the page of a paper by chance", (path,))


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    yield str(len(site.order))
    yield from site.list_summaries(_pick_sample(site))


RANDOM = PageKind(_NAME, _plan, _read, templates={"random.html": RandomPage})
