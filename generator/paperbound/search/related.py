"""Related papers: for each paper the six of the largest cosine, exactly.

Each paper is summed against all others by its terms' columns. Leaving common terms to a second sum, for the
papers that could still be among the six, was no faster (81,417 papers: 1.2 ms a paper instead of 1.1).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .arrays import Array, unpack_arrays, unpack_texts

BEST = 6
_WORDS = 3
_DIGITS = 6


def find_related(matrix: bytes | memoryview, start: int, stop: int) -> list[list[tuple[int, float, list[str]]]]:
    """For each document from `start` up to `stop` at most six (document, cosine, words), best first.

    The words are those that the two share with most weight. A paper is never related to itself or to one of
    its title; no two of the six have one title. Cosines are rounded to six decimals; of equal ones the newer
    (higher number) comes first.
    """
    search = _Search(unpack_arrays(matrix))
    return [search.find(document) for document in range(start, stop)]


class _Search:
    def __init__(self, arrays: dict[str, Array]) -> None:
        self.term_begins, self.term_rows = arrays["term_begins"], arrays["term_rows"]
        self.term_weights = arrays["term_weights"]
        self.row_begins, self.row_terms = arrays["row_begins"], arrays["row_terms"]
        self.row_weights = arrays["row_weights"]
        self.titles = arrays["titles"]
        self.spellings = unpack_texts(arrays["spellings"])
        self.query = np.zeros(len(self.spellings))

    def find(self, document: int) -> list[tuple[int, float, list[str]]]:
        terms, weights = self._row(document)
        scores = self._sum(terms, weights)
        found = list(self._pick(document, scores))
        self.query[terms] = weights
        named = [(other, score, self._name(other)) for other, score in found]
        self.query[terms] = 0.0
        return named

    def _row(self, document: int) -> tuple[Array, Array]:
        span = slice(self.row_begins[document], self.row_begins[document + 1])
        return self.row_terms[span], self.row_weights[span]

    def _sum(self, terms: Array, weights: Array) -> Array:
        if not len(terms):
            return np.zeros(len(self.titles))
        begins, ends = self.term_begins[terms], self.term_begins[terms + 1]
        spans = [slice(begin, end) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        rows = np.concatenate([self.term_rows[span] for span in spans])
        products = np.concatenate([self.term_weights[span] for span in spans])
        products *= np.repeat(weights, ends - begins)
        return np.bincount(rows, weights=products, minlength=len(self.titles))

    def _pick(self, document: int, scores: Array) -> Iterator[tuple[int, float]]:
        scores[document] = 0.0
        seen = {int(self.titles[document])}
        for other in self._order(scores):
            title, score = int(self.titles[other]), round(float(scores[other]), _DIGITS)
            if title in seen or score <= 0:
                continue
            seen.add(title)
            yield other, score
            if len(seen) > BEST:
                return

    def _order(self, scores: Array) -> Iterator[int]:
        """Documents by score, in slices: a quarter of the best is mostly low enough."""
        upper, border = np.inf, scores.max(initial=0.0) / 4
        while border > 0:
            found = np.flatnonzero((scores >= border) & (scores < upper))
            yield from found[np.lexsort((-found, -np.round(scores[found], _DIGITS)))].tolist()
            upper, border = border, border / 4 if border > 1e-6 else 0.0

    def _name(self, other: int) -> list[str]:
        terms, weights = self._row(other)
        shared = self.query[terms] * weights
        names = [self.spellings[int(terms[at])] for at in np.argsort(-shared, kind="stable")[:12] if shared[at] > 0]
        return [name for name in names if len(name) > 2 and name.isalpha()][:_WORDS]
