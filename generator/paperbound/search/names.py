"""Names in suggestions: authors, topics, venues, by each of their words."""

from __future__ import annotations

import json

from .blocks import utf16_key
from .document import NamesWork
from .trees import Tree, grow_tree

NAMES = 18_000


def write_names(work: NamesWork) -> Tree:
    """Writes the files of names.

    A line is a folded word, a tab, and JSON (kind, name, slug, papers).
    """
    rows = sorted(work.rows, key=lambda row: (utf16_key(row[0]), -row[4], row[1:]))
    lines = "".join(f"{word}\t{json.dumps(rest, ensure_ascii=False, separators=(',', ':'))}\n" for word, *rest in rows)
    return grow_tree("names", [row[0] for row in rows], lines.encode(), NAMES if work.nodes else 0, nodes=work.nodes)
