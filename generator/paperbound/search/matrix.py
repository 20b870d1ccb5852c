"""The matrix of related papers: a row for each paper, weights of TF-IDF.

A term's weight in a paper is (1 + ln tf) · ln(N / df) (Manning, Raghavan, Schütze, "Introduction to Information
Retrieval", 2008, table 6.15, "ltc"), tf over title, tags, summary and abstract together; a row's length is 1, so that
the cosine of two papers is the sum of the products of their weights. N and df are rounded in steps of a fifth, so that
a new paper changes few weights, and few related papers, of others (decision 9).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from .arrays import Array, begin_texts, order_numbers, pack_arrays, pick_texts, unpack_arrays, unpack_texts
from .common_words import COMMON

BEST = 6
DIGITS = 6
_WORDS = 3
_SLICE = 0.6
_MIX = np.uint64(0x9E3779B97F4A7C15)

Related = list[tuple[int, float, list[str]]]


def merge_matrix(blocks: Sequence[memoryview | bytes]) -> bytes:
    """Merges blocks into the matrix, as packed arrays.

    By row `row_begins`, `row_terms`, `row_weights`; by term `term_begins`, `term_rows`, `term_weights`; `spellings`:
    each term's most frequent spelling, empty for terms of joined words only (`texttosql` for `text-to-sql`). By row
    `titles` (papers of one title share a number), `idents` (a hash of the paper's address), and `marks`: a hash of the
    row's content and sort key.

    Terms are numbered in the order of their hashes: sorting them as text took three fifths of 2.3 s at 81,417 papers.
    """
    arrays = [unpack_arrays(data) for data in blocks]
    hashes, numbers = np.unique(_join([one["hashes"] for one in arrays]), return_inverse=True)
    terms = []
    first = 0
    for one in arrays:
        last = first + len(one["hashes"])
        # In the order of the hashes, as in the blocks' `read_terms`.
        terms.append(np.sort(numbers[first:last]).astype(np.int32)[one["read_terms"]])
        first = last
    sizes = _join([np.diff(one["read_begins"]) for one in arrays])
    packed = _weigh(_join(terms), sizes, _join([one["read_counts"] for one in arrays]), len(hashes))
    packed["titles"] = _join([one["titles"] for one in arrays])
    packed["spellings"], spelled = _spell(arrays, hashes)
    packed["idents"] = _join([one["idents"] for one in arrays]).astype(np.uint64)
    orders = _join([one["orders"] for one in arrays]).astype(np.uint64)
    packed["marks"] = _mark(packed, hashes.astype(np.uint64) ^ (spelled * _MIX), orders)
    return pack_arrays(packed)


def step(count: int) -> float:
    """Rounds a number to a power of the fourth root of 2."""
    return float(2 ** (round(4 * math.log2(count)) / 4)) if count else 0.0


def _mark(packed: dict[str, Array], terms: Array, orders: Array) -> Array:
    """Returns each row's mark: a hash of its terms' spellings, weights, title and order."""
    mixed = terms[packed["row_terms"]] ^ (packed["row_weights"].view(np.uint32).astype(np.uint64) * _MIX)
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    # Sums modulo 2 to the 64: a row's sum is the difference of two running sums.
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    begins = packed["row_begins"]
    marks: Array = sums[begins[1:]] - sums[begins[:-1]]
    marks ^= packed["titles"].astype(np.uint64) * _MIX
    marks ^= orders
    return marks


def _join(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _weigh(terms: Array, sizes: Array, counts: Array, size: int) -> dict[str, Array]:
    """Returns the rows, with `sizes` terms each, and the columns, of `size` terms."""
    documents = len(sizes)
    rows = np.repeat(np.arange(documents, dtype=np.int32), sizes)
    papers = np.bincount(terms, minlength=size)
    weights = (
        _log(counts, lambda value: 1 + math.log(value))
        * _log(papers, lambda value: max(0.0, math.log(step(documents) / step(value))) if value else 0.0)[terms]
    )
    norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=documents))
    weights = (weights / np.where(norms, norms, 1)[rows]).astype(np.float32)
    by_term = order_numbers(terms)
    return {
        "term_begins": np.concatenate([[0], np.cumsum(papers)]).astype(np.int64),
        "term_rows": rows[by_term],
        "term_weights": weights[by_term],
        "row_begins": np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        "row_terms": terms,
        "row_weights": weights,
    }


def _log(values: Array, function: Callable[[int], float]) -> Array:
    """Computes a function of whole numbers once for each distinct number.

    The standard library computes it: numpy's logarithm differs in its last bit from machine to machine.
    """
    distinct = np.flatnonzero(np.bincount(values))
    known = np.zeros(int(distinct[-1]) + 1 if len(distinct) else 0)
    known[distinct] = [function(value) for value in distinct.tolist()]
    results: Array = known[values]
    return results


def _spell(arrays: Sequence[Mapping[str, Array]], hashes: Array) -> tuple[Array, Array]:
    """Returns each term's most frequent spelling, as packed texts, and their hashes, or 0."""
    texts = np.concatenate([one["words"] for one in arrays] or [np.zeros(0, np.uint8)])
    words, firsts, numbers = np.unique(
        _join([one["word_hashes"] for one in arrays]), return_index=True, return_inverse=True
    )
    alone = np.bincount(numbers, weights=_join([one["alone"] for one in arrays]), minlength=len(words))
    stems = np.searchsorted(hashes, _join([one["hashes"][one["stems"]] for one in arrays])[firsts])
    # The most frequent first, then in the order of the first eight bytes.
    order = np.lexsort((words, begin_texts(texts)[firsts], -alone, stems))
    order = order[alone[order] > 0]
    chosen = order[np.diff(stems[order], prepend=-1) != 0]
    # The last text is empty, for terms without a spelling.
    texts = np.concatenate([texts, np.frombuffer(b"\n", np.uint8)])
    places = np.full(len(hashes), len(numbers))
    places[stems[chosen]] = firsts[chosen]
    spelled = np.zeros(len(hashes), np.uint64)
    spelled[stems[chosen]] = words[chosen]
    return pick_texts(texts, places), spelled


class RelatedMatrix:
    """The matrix with the operations that find related papers."""

    def __init__(self, data: memoryview | bytes) -> None:
        arrays = unpack_arrays(data)
        self.term_begins = arrays["term_begins"]
        # Converted once: numpy would convert them in every sum.
        self.term_rows, self.term_weights = (
            arrays["term_rows"].astype(np.intp),
            arrays["term_weights"].astype(np.float64),
        )
        self.row_begins, self.row_terms = arrays["row_begins"], arrays["row_terms"]
        self.row_weights = arrays["row_weights"]
        self.titles, self.idents, self.marks = arrays["titles"], arrays["idents"], arrays["marks"]
        self.texts = arrays["spellings"]
        self.query = np.zeros(len(self.term_begins))
        self.scores = np.zeros(len(self.titles))

    @cached_property
    def spellings(self) -> list[str]:
        """The spelling of each term, decoded at first use."""
        return unpack_texts(self.texts)

    def sum_row(self, document: int) -> Array:
        """Returns the cosine of a document and each other one, valid until the next call."""
        # One array for all calls: new memory is slower.
        self.scores.fill(0.0)
        terms, weights = self._row(document)
        if len(terms):
            begins, ends = self.term_begins[terms], self.term_begins[terms + 1]
            spans = [slice(*span) for span in zip(begins.tolist(), ends.tolist(), strict=True)]
            # Products of two numbers of 24 bits are exact in 53.
            products = np.concatenate([self.term_weights[span] for span in spans])
            products *= np.repeat(weights, ends - begins)
            # All columns at once: numpy's overhead of a call is more than the sum of a column.
            np.add.at(self.scores, np.concatenate([self.term_rows[span] for span in spans]), products)
        return self.scores

    def find(self, document: int) -> Related:
        """Returns at most six neighbours, best first."""
        found = list(self._pick(document, self.sum_row(document)))
        terms, weights = self._row(document)
        self.query[terms] = weights
        named = [(other, score, self._name(other)) for other, score in found]
        self.query[terms] = 0.0
        return named

    def _row(self, document: int) -> tuple[Array, Array]:
        span = slice(self.row_begins[document], self.row_begins[document + 1])
        return self.row_terms[span], self.row_weights[span]

    def _pick(self, document: int, scores: Array) -> Iterator[tuple[int, float]]:
        scores[document] = 0.0
        seen = {int(self.titles[document])}
        for other in self._order(scores):
            title, score = int(self.titles[other]), round(float(scores[other]), DIGITS)
            if title in seen or score <= 0:
                continue
            seen.add(title)
            yield other, score
            if len(seen) > BEST:
                return

    def _order(self, scores: Array) -> Iterator[int]:
        """Yields documents by score, in slices.

        Three fifths of the best is often low enough, and leaves twenty to sort.
        """
        upper, border = np.inf, _begin_slice(scores.max(initial=0.0))
        while border < upper:
            found = np.flatnonzero(scores >= border)
            if upper < np.inf:
                found = found[scores[found] < upper]
            yield from found[np.lexsort((-found, -np.round(scores[found], DIGITS)))].tolist()
            upper, border = border, _begin_slice(border)

    def _name(self, other: int) -> list[str]:
        terms, weights = self._row(other)
        shared = self.query[terms] * weights
        places = shared.nonzero()[0]
        best = places[np.argsort(-shared[places], kind="stable")[:16]]
        names = (self.spellings[term] for term in terms[best].tolist())
        return [name for name in names if len(name) > 2 and name.isalpha() and name not in COMMON][:_WORDS]


def _begin_slice(upper: float) -> float:
    """Returns the lower end of the slice below a score: between two rounded scores."""
    unit = 10.0**DIGITS
    return max(1, math.floor(upper * _SLICE * unit)) / unit - 0.5 / unit
