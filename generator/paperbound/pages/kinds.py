"""Parts: shares of the plan that a worker plans by itself, from the outline that every worker has.

Planned in the main process, contexts had to be pickled for workers that waited for them: a cold build of 10,000
papers took 32 s, and 12 since workers plan for themselves and render faster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ..library.assets import NamedAssets, plan_assets, plan_static
from ..library.site import Outline
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


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of page and, of those that are many, the items from `start` up to `stop`.

    `related` are the related papers of these items, where they are papers and are to be planned. `before` is the path
    of what the last build left of the part for other jobs, where that helps.
    """

    kind: str
    start: int = 0
    stop: int = 0
    related: tuple[tuple[str, Sequence[tuple[str, Sequence[str]]]], ...] = ()
    before: str = ""

    @property
    def key(self) -> str:
        """What names the part from build to build."""
        return f"{self.kind} {self.start}"


def list_index_parts(outline: Outline) -> Iterator[Part]:
    """The parts of the search index's first wave."""
    count = len(outline.catalogue.records)
    for start in range(0, count, BLOCK):
        yield Part("search block", start, min(start + BLOCK, count))
    yield Part("search facets")


def list_parts(outline: Outline) -> Iterator[Part]:
    """The parts of all pages, feeds and files, in the order of the plan."""
    yield from list_paper_parts(outline)
    yield from list_other_parts(outline)


def list_paper_parts(outline: Outline) -> Iterator[Part]:
    """The parts of the pages of papers, which wait for what is related to them, and of authors."""
    many = [Part("papers", start, stop) for start, stop in _cut(len(outline.order), _PAPERS)]
    people = [Part("authors", start, stop) for start, stop in _cut(len(outline.authors), _AUTHORS)]
    # By turns, so that two workers seldom make folders in one folder at a time, where they wait for each other.
    for pair in zip_longest(many, people):
        yield from filter(None, pair)


def list_other_parts(outline: Outline) -> Iterator[Part]:
    """The parts of all else: lists, feeds, files."""
    yield Part("assets")
    for section in LISTS:
        yield Part(f"list {section}")
    for start, stop in _cut(len(outline.catalogue.collections), _COLLECTIONS):
        yield Part("collections", start, stop)
    yield Part("indexes")
    yield Part("pages")
    for start, stop in _cut(len(outline.wanted), _FEEDS):
        yield Part("feeds", start, stop)
    yield Part("files")


def _cut(count: int, share: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, share):
        yield start, min(start + share, count)


def plan_part(outline: Outline, assets: NamedAssets, part: Part) -> Iterator[Job]:
    """The jobs of a part."""
    kind, _, section = part.kind.partition(" ")
    if kind == "papers":
        yield from plan_papers(outline, dict(part.related), part.start, part.stop)
    elif kind == "authors":
        yield from plan_authors(outline, part.start, part.stop)
    elif kind == "list":
        yield from plan_lists(outline, section)
    elif kind == "feeds":
        yield from plan_feeds(outline, part.start, part.stop)
    elif part.kind == "search block":
        yield plan_block(outline, part.start, part.stop, part.before)
    elif part.kind == "search facets":
        yield from plan_facets_and_names(outline)
    elif kind == "assets":
        yield from plan_assets(assets)
        yield from plan_static(outline.catalogue.static)
    elif kind == "collections":
        yield from plan_collections(outline, part.start, part.stop)
    elif kind == "indexes":
        yield from plan_indexes(outline)
    elif kind == "pages":
        yield from plan_pages(outline)
    else:
        yield from plan_files(outline, assets)
