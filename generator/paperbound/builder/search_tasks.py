"""Making the search index: what each of its jobs does, with files of the work folder read in place."""

from __future__ import annotations

import json
import mmap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..model.job import Artifact, Job
from ..search.arrays import Array
from ..search.blocks import build_block, count_totals
from ..search.document import BlockWork, FacetsWork, MergeWork, NamesWork, RelatedWork
from ..search.facets import write_facets
from ..search.merging import merge_terms
from ..search.names import write_names
from ..search.related.matrix import merge_matrix
from ..search.related.neighbours import Neighbours, compare_rows, keep_neighbours
from ..search.related.related import RelatedMatrix, find_related
from ..search.result_files import write_records
from ..search.trees import Leaf, Tree
from ..search.words import merge_words
from ..text.digests import digest_bytes, name_digest
from ..text.memo import memoize
from ..urls import WORK, search_file

Pair = tuple[Artifact, str]


def make_search(job: Job, work: str) -> Iterator[Pair]:
    """The artifacts of a job of the kind "search", each with its facts.

    The first lies in the work folder and holds what later jobs need; its facts are JSON: what the manifest
    has to know. The others are files of the site.
    """
    payload = job.payload
    if isinstance(payload, BlockWork):
        before = _open((payload.before,), work)[0] if payload.before else None
        data = build_block(payload.documents, before)
        files, names = write_records(payload.documents, payload.records_a_file, nodes=payload.nodes)
        facts = {"documents": len(payload.documents), "totals": count_totals(data), "records": names}
        yield from _pair(job, data, facts, files)
    elif isinstance(payload, FacetsWork):
        facets, titles = write_facets(payload)
        yield from _pair(job, b"", {"facets": facets.name, "titles": titles.name}, (facets, titles))
    elif isinstance(payload, NamesWork):
        yield from _pair_trees(job, {"names": write_names(payload)})
    elif isinstance(payload, RelatedWork):
        yield from _pair(job, _find_related(payload, work).pack(), None, ())
    elif isinstance(payload, MergeWork):
        yield from _merge(job, payload, work)
    else:
        raise TypeError(f"no maker for a search job with {type(payload).__name__}")


def _find_related(payload: RelatedWork, work: str) -> Neighbours:
    """The related papers of a block; the matrix, and how it differs from the last, are opened once a process."""
    matrix = memoize("matrix", payload.matrix, lambda: RelatedMatrix(*_open((payload.matrix,), work)))
    return find_related(matrix, payload.start, payload.stop, _keep(payload, matrix, work))


def _keep(payload: RelatedWork, matrix: RelatedMatrix, work: str) -> tuple[Neighbours, Array] | None:
    if not payload.before:
        return None
    last, *blocks = payload.before
    before = memoize("before", f"{payload.matrix} {last}", lambda: compare_rows(matrix, *_open((last,), work)))
    if before is None:
        return None
    return keep_neighbours(matrix, before, lambda block: _open((blocks[block],), work)[0], payload.start, payload.stop)


def _merge(job: Job, payload: MergeWork, work: str) -> Iterator[Pair]:
    if job.key == "search matrix":
        yield from _pair(job, merge_matrix(_open(payload.blocks, work)), None, ())
    elif job.key == "search words":
        words, endings, counts = _merge_words(payload, work)
        yield from _pair_trees(job, {"words": words, "endings": endings}, counts)
    else:
        terms, positions = merge_terms(_open(payload.blocks, work), payload.part, nodes=payload.nodes)
        yield from _pair_trees(job, {"terms": terms, "positions": positions})


def _merge_words(payload: MergeWork, work: str) -> tuple[Tree, Tree, bytes]:
    if not payload.before:
        return merge_words(_open(payload.blocks, work), nodes=payload.nodes)
    last, *old = payload.before
    new, gone = Counter(payload.blocks) - Counter(old), Counter(old) - Counter(payload.blocks)
    return merge_words(
        _open(tuple(new.elements()), work),
        nodes=payload.nodes,
        before=_open((last,), work)[0],
        gone=_open(tuple(gone.elements()), work),
    )


def _pair_trees(job: Job, trees: dict[str, Tree], data: bytes = b"") -> Iterator[Pair]:
    facts = {"trees": {kind: tree.entries for kind, tree in trees.items()}}
    yield from _pair(job, data, facts, (leaf for tree in trees.values() for leaf in tree.files))


def _pair(job: Job, data: bytes, facts: object, files: Iterable[Leaf]) -> Iterator[Pair]:
    known = json.dumps(facts, separators=(",", ":")) if facts else ""
    data = data or known.encode()
    digest = digest_bytes(data)
    yield Artifact(job.paths[0].replace("{digest}", name_digest(digest)), data, digest), known
    written = set()
    for leaf in files:
        path = search_file(leaf.kind, leaf.name)
        if path not in written:
            written.add(path)
            yield Artifact(path, leaf.data, leaf.digest), ""


def _open(paths: Sequence[str], work: str) -> list[memoryview]:
    views = []
    for path in paths:
        with (Path(work) / path.removeprefix(WORK)).open("rb") as file:
            views.append(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    return views
