"""Builds a search index of rows, as a build does: `python benchmarks/index_rows.py ROWS FOLDER WORKERS`.

Rows are read as a stream, blocks go to workers, then the merge. Prints JSON: documents, seconds of the index
and, after it, of related papers.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from pathlib import Path
from typing import Any

from paperbound.build.executors import make_executor
from paperbound.build.searching import make_search
from paperbound.model.document import BLOCK, SMALL, BlockWork, Document, FacetsWork, NamesWork
from paperbound.model.job import Job, Receipt
from paperbound.planning.searching import count_records, plan_manifest, plan_merge, plan_related
from paperbound.search.manifest import write_manifest
from paperbound.urls import WORK, is_work, work_file


def make_document(row: dict[str, Any]) -> Document:
    """A row of the anthology for search."""
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
    return Document(texts, row["id"], row["title"], shown, " ".join(row["venue"]).upper(), str(row["year"]), "", "")


def write_job(job: Job, folder: str) -> list[Receipt]:
    """Does a job and writes its files; the receipts."""
    receipts = []
    for artifact, facts in make_search(job, f"{folder}/work"):
        kept = is_work(artifact.path)
        place = Path(folder) / (f"work/{artifact.path.removeprefix(WORK)}" if kept else artifact.path)
        place.write_bytes(artifact.data)
        receipts.append(Receipt(artifact.path, "", len(artifact.data), facts))
    return receipts


def run_wave(jobs: Iterable[Job], folder: str, executor: Executor, receipts: dict[str, list[Receipt]]) -> None:
    """Runs jobs, a few at a time, and keeps their receipts."""
    waiting: deque[tuple[str, Future[list[Receipt]]]] = deque()
    for job in jobs:
        waiting.append((job.key, executor.submit(write_job, job, folder)))
        if len(waiting) > 3:
            key, future = waiting.popleft()
            receipts[key] = future.result()
    for key, future in waiting:
        receipts[key] = future.result()


def plan_blocks(rows: Path, count: int) -> Iterator[Job]:
    """The jobs of the first wave, rows read as they are needed."""
    size, nodes = count_records(count), count > SMALL
    with rows.open() as file:
        number = 0
        while lines := list(islice(file, BLOCK)):
            documents = tuple(make_document(json.loads(line)) for line in lines)
            key = f"search block {number}"
            yield Job(key, "search", BlockWork(documents, size, nodes), "", (work_file(key),))
            number += 1
    for key, payload in (("search facets", FacetsWork()), ("search names", NamesWork((), nodes))):
        yield Job(key, "search", payload, "", (work_file(key),))


def main() -> None:
    """Builds the index and prints its figures."""
    rows, folder, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    for name in ("work", "search-data"):
        (folder / name).mkdir(parents=True)
    with rows.open("rb") as file:
        count = sum(1 for _ in file)
    receipts: dict[str, list[Receipt]] = {}
    with make_executor(workers) as executor:
        start = time.perf_counter()
        run_wave(plan_blocks(rows, count), str(folder), executor, receipts)
        merges = [job for job in plan_merge(receipts, count) if job.key != "search matrix"]
        run_wave(merges, str(folder), executor, receipts)
        manifest = write_manifest(plan_manifest(receipts, "/papers/").payload)  # type: ignore[arg-type]
        (folder / "search-data" / "manifest.json").write_bytes(manifest)
        index = time.perf_counter() - start
        run_wave(
            [job for job in plan_merge(receipts, count) if job.key == "search matrix"], str(folder), executor, receipts
        )
        run_wave(plan_related(receipts, count), str(folder), executor, receipts)
    sys.stdout.write(json.dumps({"documents": count, "index": index, "related": time.perf_counter() - start - index}))


if __name__ == "__main__":
    main()
