"""Facets: the columns by which results are counted and narrowed, one file, loaded when they are looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from .document import FacetsWork
from .encoding import encode_rows
from .trees import Leaf, make_leaf


def write_facets(work: FacetsWork) -> tuple[Leaf, Leaf]:
    """The file of all facets, and that of the order of titles.

    Two lines a facet: JSON (its name, the least number of papers of a value, slugs and names of the values,
    a name left out where it is the slug), then for each document how many values it has and their numbers.
    """
    lines: list[bytes] = []
    for column in work.columns:
        head = [column.name, column.least, *([slug] if slug == name else [slug, name] for slug, name in column.values)]
        lines.append((json.dumps(head, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
        lines.append(_write_rows(column.rows) + b"\n")
    titles = _write_rows([(place,) for place in work.titles]) + b"\n"
    return make_leaf("facets", b"".join(lines)), make_leaf("titles", titles)


def _write_rows(rows: Sequence[tuple[int, ...]]) -> bytes:
    flat = [number for row in rows for number in (len(row), *row)]
    cells = np.array(flat, np.int64)[:, None]
    return encode_rows(cells, np.ones(cells.shape, bool))[0]
