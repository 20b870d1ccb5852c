"""Related papers: for each paper the six of the largest cosine, exactly.

Each paper is summed against all others by its terms' columns. Two alternatives were no faster, or little: a second sum
of common terms, for candidates only; and common terms as a product of dense matrices (decision 6).
"""

from __future__ import annotations

import numpy as np

from ..arrays import Array
from .matrix import RelatedMatrix
from .neighbours import Neighbours


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
