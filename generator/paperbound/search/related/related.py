"""Related papers: for each paper the six of the largest cosine, exactly.

Each paper is summed against all others by its terms' columns. Two alternatives were no faster, or little: a second sum
of common terms, for candidates only; and common terms as a product of dense matrices (decision 6).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from ..arrays import Array, unpack_arrays, unpack_texts
from .neighbours import BEST, DIGITS, Neighbours, Related

_WORDS = 3
_SLICE = 0.6


def find_related(
    matrix: RelatedMatrix, start: int, stop: int, previous: tuple[Neighbours, Array] | None = None
) -> Neighbours:
    """Finds at most six neighbours of each document from `start` up to `stop`.

    Their words are the terms in common with most weight. A paper is never related to itself or to a paper of the same
    title; no two of the six have one title. Cosines are rounded to six decimals; of equal ones the newer (higher
    number) comes first. `previous`, the result of `reuse_neighbours`, saves time and does not change the result.
    """
    found, valid = previous or (Neighbours.empty(stop - start), np.zeros(stop - start, bool))
    for place in np.flatnonzero(~valid).tolist():
        found.put(place, matrix.find(start + place))
    return found


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
        best = places[np.argsort(-shared[places], kind="stable")[:12]]
        names = (self.spellings[term] for term in terms[best].tolist())
        return [name for name in names if len(name) > 2 and name.isalpha()][:_WORDS]


def _begin_slice(upper: float) -> float:
    """Returns the lower end of the slice below a score: between two rounded scores."""
    unit = 10.0**DIGITS
    return max(1, math.floor(upper * _SLICE * unit)) / unit - 0.5 / unit
