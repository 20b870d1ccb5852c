"""Builds a search index of rows, as a build does: `python benchmarks/index_rows.py ROWS FOLDER WORKERS`.

Blocks go to workers, then the merge. Prints JSON: documents, seconds of the index and, after it, of related papers.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, cast

from paperbound.builder.executors import make_executor
from paperbound.builder.search_tasks import render_search
from paperbound.builder.worker import stage_file
from paperbound.languages import find_language
from paperbound.library.page_kind import BytesWork
from paperbound.model.build import Job, Receipt
from paperbound.pages.search_index import make_column, plan_manifest, plan_merge, plan_related
from paperbound.search.document import Document, FacetsWork, ResultRow
from paperbound.text.memo import SHARED
from paperbound.text.slugs import make_slug

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from search_index import name_blocks, plan_blocks


def make_document(row: dict[str, Any]) -> tuple[Document, ResultRow]:
    """A row of the anthology for search, and as a result shows it."""
    authors = tuple(row["authors"] or ())
    texts: tuple[tuple[str, ...], ...] = (
        (row["title"],),
        authors,
        (),
        (*row["venue"], *([row["booktitle"]] if row["booktitle"] else [])),
        (str(row["year"]),),
        (),
        (),
        (row["abstract"],) if row["abstract"] else (),
        tuple(dict.fromkeys(one for one in (row["id"], row["doi"], row["bibkey"]) if one)),
    )
    shown = ", ".join(authors[:3]) + (f" and {len(authors) - 3} more" if len(authors) > 4 else "")
    title, year, venue = row["title"], str(row["year"]), " ".join(row["venue"]).upper()
    return Document(texts, row["id"], title, year), ResultRow(title, shown, venue, year, slug=row["id"])


def write_job(job: Job, folder: str) -> list[Receipt]:
    """Does a job and writes its files; the receipts."""
    receipts = []
    cache = str(Path(folder) / "cache")
    for artifact in render_search(job.payload, job, cache, {}):
        stage_file(artifact, folder, cache)
        receipts.append(Receipt(artifact.path, "", len(artifact.data), artifact.facts))
    return receipts


def write_shared(number: int, folder: str) -> list[Receipt]:
    """Runs one job that was shared before this worker was forked."""
    return write_job(cast(list[Job], SHARED["jobs"])[number], folder)


def run_wave(jobs: Iterable[Job], folder: str, executor: Executor, receipts: dict[str, list[Receipt]]) -> None:
    """Runs jobs and keeps their receipts."""
    waiting = [(job.key, executor.submit(write_job, job, folder)) for job in jobs]
    receipts.update((key, future.result()) for key, future in waiting)


def make_facets(rows: Path) -> FacetsWork:
    """The facets that rows have: year, author, venue, PDF; what a build knows from its catalogue."""
    with rows.open(encoding="utf-8") as file:
        read = [json.loads(line) for line in file]
    names = {name: make_slug(name) for row in read for name in row["authors"] or ()}
    columns = (
        make_column("year", [[str(row["year"])] for row in read], {}),
        make_column(
            "author",
            [[names[name] for name in row["authors"] or ()] for row in read],
            {slug: name for name, slug in names.items()},
        ),
        make_column("venue", [row["venue"] for row in read], {}),
        make_column("has", [["pdf"] if row["pdf"] else [] for row in read], {"pdf": "Has PDF"}),
    )
    order = sorted(range(len(read)), key=lambda number: read[number]["title"])
    places = dict(zip(order, range(len(read)), strict=True))
    return FacetsWork(columns, tuple(places[number] for number in range(len(read))))


def main() -> None:
    """Builds the index and prints its figures."""
    gc.disable()  # as `paperbound build` does
    rows, folder, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    for name in ("work", "search-data"):
        (folder / name).mkdir(parents=True)
    receipts: dict[str, list[Receipt]] = {}
    with make_executor(workers) as executor:
        # As a build has them, and as other engines are given theirs: in memory, before the clock runs.
        facets = make_facets(rows)
        with rows.open(encoding="utf-8") as file:
            documents, shown = zip(*(make_document(json.loads(line)) for line in file), strict=True)
        count, keys = len(documents), name_blocks(documents)
        jobs = list(plan_blocks(documents, facets, shown))
        SHARED["jobs"] = jobs
        start = time.perf_counter()
        waiting = [executor.submit(write_shared, number, str(folder)) for number in range(len(jobs))]
        receipts.update((job.key, future.result()) for job, future in zip(jobs, waiting, strict=True))
        run_wave(plan_merge(receipts, keys, count, related=False), str(folder), executor, receipts)
        manifest = plan_manifest(receipts, "/papers/", find_language("en"), ("", "/id/", 1)).payload
        (folder / "search-data" / "manifest.json").write_bytes(cast(BytesWork, manifest).data)
        index = time.perf_counter() - start
        matrix = [job for job in plan_merge(receipts, keys, count) if job.key == "search matrix"]
        run_wave(matrix, str(folder), executor, receipts)
        run_wave(plan_related(receipts, count), str(folder), executor, receipts)
    sys.stdout.write(json.dumps({"documents": count, "index": index, "related": time.perf_counter() - start - index}))


if __name__ == "__main__":
    main()
