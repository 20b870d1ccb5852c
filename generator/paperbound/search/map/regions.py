"""Regions of the map: parts of the plane, with the words characteristic of their papers."""

from __future__ import annotations

from math import isqrt
from typing import NamedTuple

import numpy as np

from ..arrays import Array
from ..common_words import COMMON
from ..matrix import RelatedMatrix
from ..tokens import STOP_WORDS
from .hashes import mix

_MOST, _ROUNDS, _WORDS = 24, 20, 3
_FEWEST = 3
# The least share of a region's papers that have a word of its name.
_SHARE = 0.06


class Regions(NamedTuple):
    """The centres and words of regions, the largest first; the region of each paper."""

    x: Array
    y: Array
    owners: Array
    words: list[list[str]]


def find_regions(x: Array, y: Array, documents: Array, matrix: RelatedMatrix) -> Regions:
    """Finds regions around centres (k-means on the landmarks, `documents`), and their words."""
    count = min(_MOST, 4 + isqrt(len(x)) // 4)
    order = np.argsort(mix(matrix.idents[documents], 1), kind="stable")[:count]
    centres = x[documents][order].astype(np.float64), y[documents][order].astype(np.float64)
    for _ in range(_ROUNDS):
        owners = _find_nearest(x[documents], y[documents], *centres)
        counts = np.bincount(owners, minlength=len(centres[0]))
        large = counts >= min(_FEWEST, counts.max())
        centres = (
            np.bincount(owners, weights=x[documents], minlength=len(counts))[large] / counts[large],
            np.bincount(owners, weights=y[documents], minlength=len(counts))[large] / counts[large],
        )
    owners = _find_nearest(x, y, *centres)
    counts = np.bincount(owners, minlength=len(centres[0]))
    ranks = np.argsort(-counts, kind="stable")
    numbers = np.empty(len(ranks), np.int64)
    numbers[ranks] = np.arange(len(ranks))
    owners, ranks = numbers[owners], ranks[counts[ranks] > 0]
    return Regions(centres[0][ranks], centres[1][ranks], owners, _name_regions(owners, len(ranks), matrix))


def _find_nearest(x: Array, y: Array, centre_x: Array, centre_y: Array) -> Array:
    best, owners = np.full(len(x), np.inf), np.zeros(len(x), np.int64)
    for number, (at_x, at_y) in enumerate(zip(centre_x.tolist(), centre_y.tolist(), strict=True)):
        far = (x - at_x) * (x - at_x) + (y - at_y) * (y - at_y)
        owners[far < best] = number
        best = np.minimum(best, far)
    return owners


def _name_regions(owners: Array, regions: int, matrix: RelatedMatrix) -> list[list[str]]:
    """Returns up to three words of each region; none stands for two.

    A word's value grows with its share of the region's papers, and with how much larger that is than elsewhere.
    """
    sizes, papers = np.bincount(owners, minlength=regions)[:, None], np.diff(matrix.term_begins)
    # Most terms are of too few papers for any region.
    frequent = np.flatnonzero(papers >= max(2, _SHARE * sizes.min()))
    columns = np.full(len(papers), -1)
    columns[frequent] = np.arange(len(frequent))
    terms, rows = columns[matrix.row_terms], np.repeat(owners, np.diff(matrix.row_begins))
    cells = rows[terms >= 0] * len(frequent) + terms[terms >= 0]
    held = np.bincount(cells, minlength=regions * len(frequent)).reshape(regions, len(frequent))
    share, overall = held / sizes, papers[frequent] / len(owners)
    values = (share - overall) * share / (overall + 1 / len(owners))
    values[(held < 2) | (share < _SHARE) | (share <= overall)] = 0.0
    words: list[list[str]] = [[] for _ in range(regions)]
    used: set[str] = set()
    for value in np.argsort(-values, axis=None, kind="stable")[: np.count_nonzero(values)].tolist():
        region, column = divmod(value, len(frequent))
        word = matrix.spellings[frequent[column]]
        if len(words[region]) < _WORDS and word not in used and _is_name(word):
            words[region].append(word)
            used.add(word)
    return words


def _is_name(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in COMMON and word not in STOP_WORDS
