"""Tasks of the search index, with cached files of other jobs, and related papers."""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..library.page_kind import Shard
from ..library.site import Site
from ..model.build import Artifact, Job
from ..model.digests import digest_bytes, name_digest
from ..model.errors import Fault, Report
from ..pages.search_index import MAP, list_numbered
from ..search.arrays import Array
from ..search.blocks import build_block, count_totals
from ..search.document import (
    BLOCK,
    BlockWork,
    FacetsWork,
    MapWork,
    MatrixWork,
    NamesWork,
    RelatedWork,
    ResultsWork,
    SearchWork,
    TermsWork,
    WordsWork,
)
from ..search.map.paper_map import make_map
from ..search.matrix import RelatedMatrix, merge_matrix
from ..search.merging import merge_terms, merge_words
from ..search.neighbours import Neighbours, compare_rows, find_related, reuse_neighbours
from ..search.query.identifiers import strip_addresses
from ..search.query.index_reader import Index
from ..search.query.parser import parse_query
from ..search.query.ranking import rank
from ..search.result_files import write_facets, write_names, write_records
from ..search.trees import Leaf, Tree
from ..storage.cache_files import HEADER
from ..text.memo import memoize
from ..urls import CACHE, search_file

# The cached files of the previous build by the keys of their jobs.
Previous = Mapping[str, str]


def render_search(payload: SearchWork, job: Job, cache: str, previous: Previous) -> Iterator[Artifact]:
    """Runs a job of the search index; yields its files.

    The first file stands in the artifact cache for later jobs; its facts are JSON for the search manifest. The others
    are files of the site. `previous` are the cached files of the previous build by the keys of their jobs.
    """
    match payload:
        case BlockWork(documents):
            data = build_block(documents)
            return _list_files(job.paths, data, {"documents": len(documents), "totals": count_totals(data)}, ())
        case ResultsWork():
            files, names = write_records(payload)
            return _list_files(job.paths, b"", {"records": names}, files)
        case FacetsWork():
            facets, titles = write_facets(payload)
            if language := payload.language:
                return _list_files(job.paths, b"", {"facets": f"{language}.{facets.name}"}, (facets,))
            return _list_files(job.paths, b"", {"facets": facets.name, "titles": titles.name}, (facets, titles))
        case NamesWork():
            return _list_trees(job.paths, {"names": write_names(payload)})
        case MatrixWork(blocks):
            return _list_files(job.paths, merge_matrix(_open(blocks, cache)), None, ())
        case WordsWork(blocks, nodes):
            words, endings = merge_words(_open(blocks, cache), nodes=nodes)
            return _list_trees(job.paths, {"words": words, "endings": endings})
        case TermsWork(blocks, nodes, part):
            terms, positions = merge_terms(_open(blocks, cache), part, nodes=nodes)
            return _list_trees(job.paths, {"terms": terms, "positions": positions})
        case RelatedWork():
            return _list_files(job.paths, _find_related(payload, cache, previous).pack(), None, ())
        case MapWork(matrix, related):
            known = [bytes(view) for view in _open([previous[key] for key in [MAP] if key in previous], cache)]
            neighbours = [Neighbours.unpack(view) for view in _open(related, cache)]
            return _list_files(job.paths, make_map(_open_matrix(matrix, cache), neighbours, *known), None, ())


def _find_related(payload: RelatedWork, cache: str, previous: Previous) -> Neighbours:
    """Finds the related papers of a block; those of the previous build may be valid."""
    matrix = _open_matrix(payload.matrix, cache)
    blocks, last = list_numbered(previous, "search related"), previous.get("search matrix")

    def reuse() -> tuple[Neighbours, Array] | None:
        changes = compare_rows(matrix, *_open((last,), cache)) if blocks and last else None
        return reuse_neighbours(matrix, changes, lambda block: _open((blocks[block],), cache)[0]) if changes else None

    # Once a process: each changed row is compared with all others, and with those of one block it takes as long.
    valid = memoize("neighbours", f"{payload.matrix} {last}", reuse)
    return find_related(matrix, payload.start, payload.stop, valid)


def _open_matrix(path: str, cache: str) -> RelatedMatrix:
    # The name stands for the bytes; a file that somebody cuts short loses them in the memory of this process, too.
    stat = (Path(cache) / path.removeprefix(CACHE)).stat()
    key = f"{path} {stat.st_ino} {stat.st_mtime_ns} {stat.st_size}"
    return memoize("matrix", key, lambda: RelatedMatrix(*_open((path,), cache)))


def _list_trees(paths: Sequence[str], trees: dict[str, Tree]) -> Iterator[Artifact]:
    facts = {"trees": {kind: tree.entries for kind, tree in trees.items()}}
    return _list_files(paths, b"", facts, (leaf for tree in trees.values() for leaf in tree.files))


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


def _open(paths: Sequence[str], cache: str) -> list[memoryview]:
    """Maps cached files into memory, without their headers."""
    views = []
    for path in paths:
        with (Path(cache) / path.removeprefix(CACHE)).open("rb") as file:
            views.append(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[HEADER:])
    return views


def find_searches(site: Site, read: Callable[[str], bytes], report: Report) -> dict[str, tuple[str, ...]]:
    """Finds the papers of all saved searches, newest first; reports those that find none.

    `read` returns the bytes of a file of the search data by its name.
    """
    index = Index(read)
    found = {}
    for one in site.catalogue.searches:
        numbers = rank(index, parse_query(strip_addresses(one.query))[0], exact=True).whole.tolist()
        found[one.slug] = tuple(site.order[len(site.order) - 1 - number] for number in reversed(numbers))
        if not numbers:
            message, remedy = f"no paper is found by {one.query!r}", "Try it with `paperbound search`."
            report(Fault(one.file, one.line, "query", message, remedy, warning=True))
    return found


@dataclass(slots=True)
class RelatedFiles:
    """Reader of related papers from the index's cached files, one for each block.

    `order` are all papers in the catalogue's order, the reverse of the documents' order.
    """

    order: tuple[str, ...]
    files: tuple[str, ...]
    cache: str
    _blocks: dict[int, Neighbours] = field(default_factory=dict)

    def name(self, shard: Shard) -> str:
        """Returns the names of the files with a shard's related papers; empty without any."""
        if not self.files:
            return ""
        last = len(self.order) - 1
        return " ".join(self.files[(last - shard.stop + 1) // BLOCK : (last - shard.start) // BLOCK + 1])

    def attach(self, shard: Shard) -> Shard:
        """Returns a shard of papers with the related papers of each.

        They are best first, with the words in common.
        """
        if not self.files:
            return shard
        last = len(self.order) - 1
        related = []
        for place in range(shard.start, shard.stop):
            row = self._read((last - place) // BLOCK).find((last - place) % BLOCK)
            related.append((self.order[place], [(self.order[last - other], words) for other, _, words in row]))
        return replace(shard, related=tuple(related))

    def attach_map(self, shard: Shard, file: str) -> Shard:
        """Returns a shard with the map of papers, a cached file."""
        return replace(shard, map=bytes(_open((file,), self.cache)[0]))

    def _read(self, block: int) -> Neighbours:
        if block not in self._blocks:
            self._blocks[block] = Neighbours.unpack(_open((self.files[block],), self.cache)[0])
        return self._blocks[block]
