"""An index of documents, written to a folder by the very jobs of a build, without its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from paperbound.builder.search_tasks import render_search
from paperbound.builder.worker import stage_file
from paperbound.languages import find_language
from paperbound.library.page_kind import BytesWork
from paperbound.model.build import Job, Receipt
from paperbound.pages.search_index import count_records, plan_manifest, plan_merge
from paperbound.search.document import BLOCK, SMALL, BlockWork, Document, FacetsWork, NamesWork, ResultRow, ResultsWork
from paperbound.urls import cached_file


def name_blocks(documents: Sequence[Document]) -> list[str]:
    """The keys of the blocks of these documents."""
    return [f"search block {start}" for start in range(0, len(documents), BLOCK)]


def plan_blocks(
    documents: Sequence[Document], facets: FacetsWork | None = None, rows: Sequence[ResultRow] = ()
) -> Iterable[Job]:
    """The jobs of the first wave for these documents, without names."""
    size, nodes = count_records(len(documents)), len(documents) > SMALL
    rows = rows or [ResultRow(one.title, iso=one.iso, slug=one.slug) for one in documents]
    for number, key in enumerate(name_blocks(documents)):
        part = slice(number * BLOCK, (number + 1) * BLOCK)
        yield Job(key, BlockWork(tuple(documents[part])), "", (cached_file(key),))
        shown = ResultsWork(tuple(rows[part]), size, nodes)
        yield Job(f"search results {number}", shown, "", (cached_file(f"search results {number}"),))
    for key, payload in (("search facets", facets or FacetsWork()), ("search names", NamesWork((), nodes))):
        yield Job(key, payload, "", (cached_file(key),))


def write_index(documents: Sequence[Document], folder: Path) -> Path:
    """Writes the index and returns the folder of its manifest."""
    (folder / "search-data").mkdir(parents=True)
    cache = str(folder / "cache")
    receipts: dict[str, list[Receipt]] = {}
    for plan in (plan_blocks(documents), plan_merge(receipts, name_blocks(documents), len(documents))):
        for job in plan:
            for artifact in render_search(job.payload, job, cache, {}):
                stage_file(artifact, str(folder), cache)
                receipts.setdefault(job.key, []).append(Receipt(artifact.path, "", len(artifact.data), artifact.facts))
    manifest = plan_manifest(receipts, "/papers/", find_language("en"), ("", "/id/", 1)).payload
    assert isinstance(manifest, BytesWork)
    (folder / "search-data" / "manifest.json").write_bytes(manifest.data)
    return folder / "search-data"
