"""The layout: landmarks by forces, all other papers between their related ones.

Only operations whose result the standard of floating-point numbers (IEEE 754) fixes are used, sums in one order: the
same input gives the same bits on every machine.
"""

from __future__ import annotations

from math import log2, sqrt

import numpy as np

from ..arrays import Array
from ..neighbours import Neighbours
from .hashes import mix, spread
from .landmarks import Edges

# Pages are wider than high.
SIDE, HEIGHT = 4_096, 0.7
_STEPS = 300
_PUSHES = 5
_RATE = 0.3
_CENTRE = 0.02
_STRONGEST = 4.0
_HOPS = 8
# A side of the first square, for a thousand landmarks.
_WIDTH = 10.0
# A side of the square of papers that nothing joins to the others.
_FAR = 40.0


def arrange(x: Array, y: Array, edges: Edges, idents: Array) -> tuple[Array, Array]:
    """Moves points until edges are short and other points apart.

    Attraction and repulsion are those of UMAP with a = b = 1 (McInnes, Healy, Melville, 2018, section 3.2); of all
    other points each step takes five by chance. A weak force holds the points together.
    """
    count = len(x)
    scale = _WIDTH * sqrt(count / 1_000)
    x, y = x * scale, y * scale
    for step in range(_STEPS):
        rate = _RATE * (1 - step / _STEPS)
        dx, dy = x[edges.first] - x[edges.second], y[edges.first] - y[edges.second]
        pull = -2 * edges.weights / (1 + dx * dx + dy * dy)
        fx, fy = _add(edges, pull * dx, count) - _CENTRE * x, _add(edges, pull * dy, count) - _CENTRE * y
        for number in range(_PUSHES):
            others = (mix(idents, step * _PUSHES + number) % np.uint64(count)).astype(np.int64)
            dx, dy = x - x[others], y - y[others]
            far = dx * dx + dy * dy
            push = 2 / ((0.1 + far) * (1 + far))
            fx += np.clip(push * dx, -_STRONGEST, _STRONGEST)
            fy += np.clip(push * dy, -_STRONGEST, _STRONGEST)
        x, y = x + rate * fx, y + rate * fy
    return x, y


def _add(edges: Edges, forces: Array, count: int) -> Array:
    pulled: Array = np.bincount(edges.first, weights=forces, minlength=count)
    pulled -= np.bincount(edges.second, weights=forces, minlength=count)
    return pulled


def join_related(related: Neighbours) -> Edges:
    """Returns the edges between papers and their related ones."""
    there = related.others.ravel() >= 0
    firsts = np.repeat(np.arange(len(related.others)), related.others.shape[1])
    return Edges(firsts[there], related.others.ravel()[there], _share(related).ravel()[there])


def _share(related: Neighbours) -> Array:
    """Returns the cosines of related papers as shares of the first one's."""
    most = related.scores[:, :1]
    shares: Array = related.scores / np.where(most > 0, most, 1)
    return shares


def place_others(x: Array, y: Array, documents: Array, related: Neighbours, idents: Array) -> tuple[Array, Array]:
    """Places each paper between its related papers; the landmarks (`documents`) stay at x, y.

    Papers that no chain of related ones joins to a landmark are far out, by the hashes of their addresses.
    """
    count = len(related.others)
    fixed = np.zeros(count, bool)
    fixed[documents] = True
    known = fixed.copy()
    all_x, all_y = spread(idents, 1) * _FAR, spread(idents, 2) * _FAR
    all_x[documents], all_y[documents] = x, y
    shares = _share(related)
    # The nearest ones count most: otherwise all meet in the middle.
    strong = np.where(related.others >= 0, shares * shares * shares * shares, 0.0)
    for _ in range(_HOPS):
        sums = [np.zeros(count) for _ in range(3)]
        for others, weights in zip(related.others.T, strong.T, strict=True):
            weight = np.where(known[others], weights, 0.0)
            for total, values in zip(sums, (weight, weight * all_x[others], weight * all_y[others]), strict=True):
                total += values
        moved = (sums[0] > 0) & ~fixed
        all_x[moved], all_y[moved] = sums[1][moved] / sums[0][moved], sums[2][moved] / sums[0][moved]
        known |= moved
    return all_x, all_y


def flatten(x: Array, y: Array, documents: Array) -> tuple[Array, Array]:
    """Returns whole places: x is below 4,096, y below seven tenths of it.

    Crowds in the middle are spread, and far points come near: of all distances from the middle of the landmarks the
    median becomes two fifths of the way to the border.
    """
    x, y = x - _find_median(x[documents]), y - _find_median(y[documents])
    far = np.sqrt(x * x + y * y)
    # Rounded: one paper more does not move all others.
    middle = 1.5 * 2 ** (round(8 * log2(_find_median(far) or 1.0)) / 8)
    flat_x, flat_y = ((1 + one / (far + middle)) * (SIDE / 2) for one in (x, y))
    return np.floor(flat_x).astype(np.int64), np.floor(flat_y * HEIGHT).astype(np.int64)


def _find_median(values: Array) -> float:
    return float(np.sort(values)[len(values) // 2])
