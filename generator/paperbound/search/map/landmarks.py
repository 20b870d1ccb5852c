"""Landmarks: a sample of papers that the map is laid out by.

A landmark is chosen by the hash of its address, and its weights count papers among landmarks alone. So no other paper
changes the layout of landmarks, and where one of 10,000 papers changes, all others keep their places.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..arrays import Array
from ..matrix import RelatedMatrix
from .hashes import mix, spread

MOST = 1_000
_NEAR = 10
# A term that more of the landmarks have costs more than it is worth.
_COMMON = 0.1
_ROUNDS = 20
_CHUNK = 256


class Edges(NamedTuple):
    """Pairs of points with the weights that pull them together."""

    first: Array
    second: Array
    weights: Array


class Landmarks(NamedTuple):
    """The landmarks: document numbers, hashes of addresses, and their terms as weighted cells.

    Cells are ordered by landmark (`owners`); `terms` are numbered from 0 to `size`; the weights of one landmark have
    the length 1.
    """

    documents: Array
    idents: Array
    owners: Array
    terms: Array
    weights: Array
    size: int


def choose_landmarks(matrix: RelatedMatrix) -> Landmarks:
    """Returns up to 1,000 papers of the matrix, in its order."""
    documents = np.sort(np.argsort(mix(matrix.idents), kind="stable")[:MOST])
    count = len(documents)
    sizes = np.diff(matrix.row_begins)[documents]
    owners = np.repeat(np.arange(count), sizes)
    begins = np.cumsum(sizes) - sizes
    places = np.repeat(matrix.row_begins[documents] - begins, sizes) + np.arange(len(owners))
    _, terms = np.unique(matrix.row_terms[places], return_inverse=True)
    papers = np.bincount(terms)
    shared = (papers > 1) & (papers <= max(2, count * _COMMON))
    # The standard library's logarithm: numpy's differs in its last bit from machine to machine.
    table = np.array([math.log(count / number) if number else 0.0 for number in range(int(papers.max(initial=0)) + 1)])
    useful = shared[terms]
    owners, terms = owners[useful], (np.cumsum(shared) - 1)[terms[useful]]
    weights = table[papers[shared]][terms]
    lengths = np.sqrt(np.bincount(owners, weights=weights * weights, minlength=count))
    # Of two papers, terms of both weigh nothing: the logarithm of 1.
    weights /= np.where(lengths > 0, lengths, 1)[owners]
    return Landmarks(documents, matrix.idents[documents], owners, terms, weights, int(shared.sum()))


def join_landmarks(landmarks: Landmarks) -> Edges:
    """Returns the edges from each landmark to the ten most similar ones."""
    count = len(landmarks.documents)
    order = np.argsort(landmarks.terms, kind="stable")
    holders, values = landmarks.owners[order], landmarks.weights[order]
    begins = np.concatenate([[0], np.cumsum(np.bincount(landmarks.terms, minlength=landmarks.size))])
    firsts, seconds, weights = [], [], []
    for start in range(0, count, _CHUNK):
        cells = slice(*np.searchsorted(landmarks.owners, [start, start + _CHUNK]).tolist())
        terms, owners = landmarks.terms[cells], landmarks.owners[cells] - start
        sizes = np.diff(begins)[terms]
        places = np.repeat(begins[terms] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        keys = np.repeat(owners * count, sizes) + holders[places]
        products = np.repeat(landmarks.weights[cells], sizes) * values[places]
        rows = min(_CHUNK, count - start)
        # `bincount` adds in the order of the cells: the sums have the same bits everywhere.
        cosines = np.bincount(keys, weights=products, minlength=rows * count).reshape(rows, count)
        cosines[np.arange(rows), start + np.arange(rows)] = 0.0
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :_NEAR]
        found = np.take_along_axis(cosines, best, 1)
        share = found / np.where(found[:, :1] > 0, found[:, :1], 1)
        firsts.append(np.repeat(start + np.arange(rows), best.shape[1])[found.ravel() > 0])
        seconds.append(best.ravel()[found.ravel() > 0])
        weights.append((share * share).ravel()[found.ravel() > 0])
    return Edges(np.concatenate(firsts), np.concatenate(seconds), np.concatenate(weights))


def begin_layout(landmarks: Landmarks) -> tuple[Array, Array]:
    """Returns the first places of landmarks: ranks along two axes of their terms.

    The axes are the second and the third singular vector, by power iteration (Golub, Van Loan, "Matrix Computations",
    2013, section 8.2); the first one is mostly the length of texts.
    """
    axes: list[Array] = []
    for stream in range(3):
        axis = spread(landmarks.idents, stream)
        for _ in range(_ROUNDS):
            axis = _make_orthogonal(axis, axes)
            sums = np.bincount(landmarks.terms, weights=landmarks.weights * axis[landmarks.owners], minlength=1)
            values = landmarks.weights * sums[landmarks.terms]
            axis = np.bincount(landmarks.owners, weights=values, minlength=len(axis))
        axes.append(_make_orthogonal(axis, axes))
    x, y = (np.argsort(np.argsort(axis, kind="stable"), kind="stable") / len(axis) - 0.5 for axis in axes[1:])
    return x, y


def _make_orthogonal(axis: Array, others: list[Array]) -> Array:
    for other in others:
        axis = axis - other * _sum(axis * other)
    return axis / (math.sqrt(_sum(axis * axis)) or 1.0)


def _sum(values: Array) -> float:
    """Returns the exact sum.

    The one of numpy depends on the number of values that a processor adds at a time.
    """
    return math.fsum(values.tolist())
