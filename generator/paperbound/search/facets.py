"""Facets: the columns that count and filter results, in one file."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from .document import FacetsWork
from .encoding import encode_rows
from .trees import Leaf, make_leaf


def write_facets(work: FacetsWork) -> tuple[Leaf, Leaf]:
    """Writes the file of all facets, and the file of the order of titles.

    Two lines a facet: JSON (its name, the least number of papers of a value, slugs and names of the values, without the
    name if equal to the slug), then for each document the number of its values and their numbers.
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
