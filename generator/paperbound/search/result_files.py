"""Result records: a line of JSON for each paper, in files of a fixed number."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from ..text.slugs import LONGEST
from .document import Document
from .trees import Leaf, make_leaf

_REST = re.compile(r"[^a-z0-9]+")


def guess_slug(title: str) -> str:
    """Guesses the slug of a title of plain letters; the browser's code guesses the same."""
    slug = _REST.sub("-", title.lower()).strip("-")
    if len(slug) <= LONGEST:
        return slug
    cut = slug.rfind("-", 0, LONGEST + 1)
    return slug[: cut if cut > LONGEST // 2 else LONGEST].strip("-")


def write_records(
    documents: Sequence[Document], records_a_file: int, *, nodes: bool
) -> tuple[tuple[Leaf, ...], list[str]]:
    """Writes a block's records; returns the files, and the names for the manifest.

    The manifest lists the files, or with `nodes` the file that lists them. A line: title, authors, venue, date (ISO
    8601), then takeaway, slug and text, without empty values at the end; the slug is empty if `guess_slug` returns it.
    """
    leaves = [
        make_leaf("records", b"".join(map(_write, documents[start : start + records_a_file])))
        for start in range(0, len(documents), records_a_file)
    ]
    if not nodes:
        return tuple(leaves), [leaf.name for leaf in leaves]
    node = make_leaf("records", "".join(f"{leaf.name}\n" for leaf in leaves).encode())
    return (*leaves, node), [node.name]


def _write(one: Document) -> bytes:
    slug = "" if one.slug == guess_slug(one.title) else one.slug
    row = [one.title, one.authors, one.venue, one.iso, one.takeaway, slug, one.text]
    while not row[-1]:
        row.pop()
    return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
