"""Files for results: result records, facets, and names that the search box suggests."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import numpy as np

from ..text.slugs import LONGEST
from .arrays import encode_rows
from .blocks import utf16_key
from .document import FacetsWork, NamesWork, ResultRow, ResultsWork
from .trees import Leaf, Tree, grow_tree, make_leaf

NAMES = 18_000
_REST = re.compile(r"[^a-z0-9]+")


def guess_slug(title: str) -> str:
    """Guesses the slug of a title of plain letters; the browser's code guesses the same."""
    slug = _REST.sub("-", title.lower()).strip("-")
    if len(slug) <= LONGEST:
        return slug
    cut = slug.rfind("-", 0, LONGEST + 1)
    return slug[: cut if cut > LONGEST // 2 else LONGEST].strip("-")


def write_records(work: ResultsWork) -> tuple[tuple[Leaf, ...], list[str]]:
    """Writes result records; returns the files, and the names for the manifest.

    The manifest lists the files, or with `nodes` the file that lists them. A line: title, authors, venue, date (ISO
    8601), then takeaway, slug and text, without empty values at the end; the slug is empty if `guess_slug` returns it.
    """
    leaves = [
        make_leaf("records", b"".join(map(_write, work.rows[start : start + work.records_a_file])))
        for start in range(0, len(work.rows), work.records_a_file)
    ]
    if not work.nodes:
        return tuple(leaves), [leaf.name for leaf in leaves]
    node = make_leaf("records", "".join(f"{leaf.name}\n" for leaf in leaves).encode())
    return (*leaves, node), [node.name]


def _write(one: ResultRow) -> bytes:
    row = list(one._replace(slug="") if one.slug == guess_slug(one.title) else one)
    while not row[-1]:
        row.pop()
    return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def write_facets(work: FacetsWork) -> tuple[Leaf, Leaf]:
    """Writes the file of all facets, and the file of the order of titles.

    Two lines a facet: JSON (its name, the least number of papers of a value, slugs and names of the values, without the
    name if equal to the slug), then for each document the number of its values and their numbers.
    """
    lines: list[bytes] = []
    for column in work.columns:
        head = [column.name, column.least, *([slug] if slug == name else [slug, name] for slug, name in column.values)]
        lines.append((json.dumps(head, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
        lines.append(_encode_facet(column.rows) + b"\n")
    titles = _encode_facet([(place,) for place in work.titles]) + b"\n"
    kind = f"facets.{work.language}" if work.language else "facets"
    return make_leaf(kind, b"".join(lines)), make_leaf("titles", titles)


def _encode_facet(rows: Sequence[tuple[int, ...]]) -> bytes:
    flat = [number for row in rows for number in (len(row), *row)]
    cells = np.array(flat, np.int64)[:, None]
    return encode_rows(cells, np.ones(cells.shape, bool))[0]


def write_names(work: NamesWork) -> Tree:
    """Writes the files of names.

    A line is a folded word, a tab, and JSON (kind, name, slug, papers).
    """
    rows = sorted(work.rows, key=lambda row: (utf16_key(row[0]), -row[4], row[1:]))
    lines = "".join(f"{word}\t{json.dumps(rest, ensure_ascii=False, separators=(',', ':'))}\n" for word, *rest in rows)
    return grow_tree("names", [row[0] for row in rows], lines.encode(), NAMES if work.nodes else 0, nodes=work.nodes)
