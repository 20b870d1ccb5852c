"""The registry of page kinds, and the shards of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from ..library.guarded_kind import guard_kind
from ..library.page_kind import PageKind, Shard, Wave
from ..library.site import Site
from ..storage.plugins import load_plugins
from .discovery.map_page import MAP, POINTS
from .discovery.statistics import STATISTICS
from .exports import ALL_EXPORTS, GROUP_EXPORTS
from .feeds import FEEDS
from .free.free_pages import FREE_PAGES, PAGE_SEARCH_FILES
from .identifiers import IDENTIFIERS
from .lab.news_page import NEWS
from .lab.people_page import PEOPLE
from .offline.offline_page import OFFLINE
from .papers import PAPERS
from .pictures.cards import CARDS
from .pictures.thumbnails import THUMBNAILS
from .pictures.touch_icon import TOUCH_ICONS
from .program_files import OVERVIEW, PAPER_FILES
from .reader.random_page import RANDOM
from .reader.reading_list import READING_LIST
from .search_index import BLOCKS, FACETS, NAMES, RESULTS
from .sections import SECTIONS
from .sections.collection_files import COLLECTION_FILES
from .sections.index_page import make_index_kind
from .sections.list_page import ALL_PAPERS, make_list_kind
from .sections.programme_page import PROGRAMME
from .sections.saved_searches import SEARCHES
from .single_pages import PAGES
from .static_files import ASSETS, FILES

# In the order in which the tasks of a wave run.
ROWS = (
    BLOCKS,
    RESULTS,
    FACETS,
    NAMES,
    PAPERS,
    ASSETS,
    ALL_PAPERS,
    *map(make_list_kind, SECTIONS),
    COLLECTION_FILES,
    PROGRAMME,
    OFFLINE,
    SEARCHES,
    PEOPLE,
    NEWS,
    ALL_EXPORTS,
    GROUP_EXPORTS,
    *map(make_index_kind, SECTIONS),
    PAGES,
    STATISTICS,
    READING_LIST,
    RANDOM,
    MAP,
    POINTS,
    FREE_PAGES,
    PAGE_SEARCH_FILES,
    FEEDS,
    FILES,
    IDENTIFIERS,
    PAPER_FILES,
    OVERVIEW,
    CARDS,
    THUMBNAILS,
    TOUCH_ICONS,
)
PLUGINS = load_plugins("paperbound.page_kinds", PageKind, [kind.name for kind in ROWS], guard_kind)
PAGE_KINDS = (*ROWS, *(one.value for one in PLUGINS if one.value))
KINDS: Mapping[str, PageKind] = {kind.name: kind for kind in PAGE_KINDS}


def _split(kind: PageKind, site: Site, language: str) -> Iterator[Shard]:
    for shard in kind.split(site):
        yield replace(shard, language=language) if language else shard


def list_shards(kinds: Iterable[PageKind], sites: Mapping[str, Site], wave: Wave) -> Iterator[Shard]:
    """Yields the shards of a wave, in the order of their tasks.

    `sites` are those of each language, the first one without a name.
    """
    found = [
        _split(kind, site, language)
        for kind in kinds
        if kind.wave is wave
        for language, site in sites.items()
        if not (language and kind.is_shared)
    ]
    if wave is Wave.RELATED:
        # By turns, so that two workers seldom make folders in one folder at a time, where they wait for each other.
        for turn in zip_longest(*found):
            yield from filter(None, turn)
    else:
        for shards in found:
            yield from shards
