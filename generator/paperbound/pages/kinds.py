"""Kinds of pages: the shards that each is cut into, and the jobs of a shard.

Planned in the main process, contexts had to be pickled for workers that waited for them: a cold build of 10,000
papers took 32 s, and 12 since workers plan for themselves and render faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from ..library.assets import NamedAssets, plan_assets, plan_static
from ..library.shard import Shard, cut
from ..library.site import Site
from ..model.job import Job
from ..search.document import BLOCK
from .feeds import plan_feeds
from .papers import plan_papers
from .search_index import plan_block, plan_facets_and_names
from .sections.collections import plan_collections
from .sections.index_page import plan_indexes
from .sections.list_page import LISTS, plan_authors, plan_lists
from .single_pages import plan_pages
from .static_files import plan_files

# Small enough that one change redoes little, large enough that a worker is not asked a thousand times.
_PAPERS, _AUTHORS, _FEEDS, _COLLECTIONS = 32, 128, 8, 16


def list_index_shards(site: Site) -> Iterator[Shard]:
    """The shards of the search index's first wave."""
    count = len(site.catalogue.records)
    for start in range(0, count, BLOCK):
        yield Shard("search block", start, min(start + BLOCK, count))
    yield Shard("search facets")


def list_shards(site: Site) -> Iterator[Shard]:
    """The shards of all pages, feeds and files, in the order of the plan."""
    yield from list_paper_shards(site)
    yield from list_other_shards(site)


def list_paper_shards(site: Site) -> Iterator[Shard]:
    """The shards of the pages of papers, which wait for what is related to them, and of authors."""
    many = [Shard("papers", start, stop) for start, stop in cut(len(site.order), _PAPERS)]
    people = [Shard("authors", start, stop) for start, stop in cut(len(site.authors), _AUTHORS)]
    # By turns, so that two workers seldom make folders in one folder at a time, where they wait for each other.
    for pair in zip_longest(many, people):
        yield from filter(None, pair)


def list_other_shards(site: Site) -> Iterator[Shard]:
    """The shards of all else: lists, feeds, files."""
    yield Shard("assets")
    for section in LISTS:
        yield Shard(f"list {section}")
    for start, stop in cut(len(site.catalogue.collections), _COLLECTIONS):
        yield Shard("collections", start, stop)
    yield Shard("indexes")
    yield Shard("pages")
    for start, stop in cut(len(site.feed_specs), _FEEDS):
        yield Shard("feeds", start, stop)
    yield Shard("files")


def plan_shard(site: Site, assets: NamedAssets, shard: Shard) -> Iterator[Job]:
    """The jobs of a shard."""
    kind, _, section = shard.kind.partition(" ")
    if kind == "papers":
        yield from plan_papers(site, dict(shard.related), shard.start, shard.stop)
    elif kind == "authors":
        yield from plan_authors(site, shard.start, shard.stop)
    elif kind == "list":
        yield from plan_lists(site, section)
    elif kind == "feeds":
        yield from plan_feeds(site, shard.start, shard.stop)
    elif shard.kind == "search block":
        yield plan_block(site, shard.start, shard.stop, shard.before)
    elif shard.kind == "search facets":
        yield from plan_facets_and_names(site)
    elif kind == "assets":
        yield from plan_assets(assets)
        yield from plan_static(site.catalogue.static)
    elif kind == "collections":
        yield from plan_collections(site, shard.start, shard.stop)
    elif kind == "indexes":
        yield from plan_indexes(site)
    elif kind == "pages":
        yield from plan_pages(site)
    else:
        yield from plan_files(site, assets)
