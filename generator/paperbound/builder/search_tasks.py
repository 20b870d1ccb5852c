"""Making the search index: what each of its jobs does, with files of the work folder read in place."""

from __future__ import annotations

import json
import mmap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from pathlib import Path

from ..model.job import Artifact
from ..search.arrays import Array
from ..search.blocks import build_block, count_totals
from ..search.document import BlockWork, FacetsWork, MatrixWork, NamesWork, RelatedWork, TermsWork, WordsWork
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


@singledispatch
def render_search(payload: object, _paths: Sequence[str], _work: str) -> Iterator[Artifact]:
    """The files of a job of the search index; `work` is the folder of files for later jobs.

    The first file is for later jobs; its facts are JSON for the manifest. The others are files of the site.
    """
    raise TypeError(f"no job of the search index has {type(payload).__name__}")


@render_search.register
def _(payload: BlockWork, paths: Sequence[str], work: str) -> Iterator[Artifact]:
    before = _open((payload.before,), work)[0] if payload.before else None
    data = build_block(payload.documents, before)
    files, names = write_records(payload.documents, payload.records_a_file, nodes=payload.nodes)
    facts = {"documents": len(payload.documents), "totals": count_totals(data), "records": names}
    return _list_files(paths, data, facts, files)


@render_search.register
def _(payload: FacetsWork, paths: Sequence[str], _work: str) -> Iterator[Artifact]:
    facets, titles = write_facets(payload)
    return _list_files(paths, b"", {"facets": facets.name, "titles": titles.name}, (facets, titles))


@render_search.register
def _(payload: NamesWork, paths: Sequence[str], _work: str) -> Iterator[Artifact]:
    return _list_trees(paths, {"names": write_names(payload)})


@render_search.register
def _(payload: MatrixWork, paths: Sequence[str], work: str) -> Iterator[Artifact]:
    return _list_files(paths, merge_matrix(_open(payload.blocks, work)), None, ())


@render_search.register
def _(payload: WordsWork, paths: Sequence[str], work: str) -> Iterator[Artifact]:
    words, endings, counts = _merge_words(payload, work)
    return _list_trees(paths, {"words": words, "endings": endings}, counts)


@render_search.register
def _(payload: TermsWork, paths: Sequence[str], work: str) -> Iterator[Artifact]:
    terms, positions = merge_terms(_open(payload.blocks, work), payload.part, nodes=payload.nodes)
    return _list_trees(paths, {"terms": terms, "positions": positions})


@render_search.register
def _(payload: RelatedWork, paths: Sequence[str], work: str) -> Iterator[Artifact]:
    return _list_files(paths, _find_related(payload, work).pack(), None, ())


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


def _merge_words(payload: WordsWork, work: str) -> tuple[Tree, Tree, bytes]:
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


def _list_trees(paths: Sequence[str], trees: dict[str, Tree], data: bytes = b"") -> Iterator[Artifact]:
    facts = {"trees": {kind: tree.entries for kind, tree in trees.items()}}
    return _list_files(paths, data, facts, (leaf for tree in trees.values() for leaf in tree.files))


def _list_files(paths: Sequence[str], data: bytes, facts: object, files: Iterable[Leaf]) -> Iterator[Artifact]:
    known = json.dumps(facts, separators=(",", ":")) if facts else ""
    data = data or known.encode()
    digest = digest_bytes(data)
    yield Artifact(paths[0].replace("{digest}", name_digest(digest)), data, digest, known)
    written = set()
    for leaf in files:
        path = search_file(leaf.kind, leaf.name)
        if path not in written:
            written.add(path)
            yield Artifact(path, leaf.data, leaf.digest)


def _open(paths: Sequence[str], work: str) -> list[memoryview]:
    views = []
    for path in paths:
        with (Path(work) / path.removeprefix(WORK)).open("rb") as file:
            views.append(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    return views
