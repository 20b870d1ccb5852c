"""PMLR: the pages of a volume's papers.

https://github.com/mlresearch/papersite
"""

from __future__ import annotations

import re
from typing import Any

from ...text.slugs import make_slug
from ..dialects import from_mixed, to_plain
from ..rows import Row
from .front_matter import make_reader

# What repeats other fields, or is about the look of the page.
_DULL = frozenset(
    "layout issn month tex_title firstpage lastpage order cycles bibtex_author bibtex_editor issued "
    "editor_given section_order genre key conference_url conference-title-short".split()
)
_KINDS = {"inproceedings": "inproceedings", "proceedings": "book", "article": "article", "incollection": "chapter"}
# Commands whose backslash was doubled when the page was written.
_DOUBLED = re.compile(r"\\\\(?=[A-Za-z]+\b|[{}%&$#_^'\"`~])")


def convert_page(row: Row, _body: str) -> dict[str, Any]:
    """Converts the page of a paper to fields; the volume makes ids unique."""
    key, volume = row.text("id"), row.text("volume")
    return {
        "id": f"v{volume}-{key}" if key and volume else key,
        "bibkey": key,
        "title": from_mixed(_single(row.text("title") or row.text("tex_title"))),
        "abstract": from_mixed(_single(row.text("abstract"))),
        "authors": [_read_person(person) for person in row.rows("author")],
        "editors": [_read_person(person) for person in row.rows("editor")],
        "date": row.text("date"),
        "kind": _KINDS.get(row.text("genre") or row.text("layout"), "inproceedings"),
        "venue": to_plain(row.text("container-title", "booktitle")),
        "series": to_plain(row.text("series")),
        "volume": volume,
        "pages": row.text("page", "pages"),
        "publisher": to_plain(row.text("publisher")),
        "address": to_plain(row.text("address")),
        "note": to_plain(row.text("section", "note")),
        "links": {
            **{make_slug(one.text("label")): one.text("link") for one in row.rows("extras") if one.text("label")},
            "pdf": row.text("pdf"),
            "code": row.text("software", "code"),
            "video": row.text("video"),
            "data": row.text("dataset"),
            "openreview": f"https://openreview.net/forum?id={note}" if (note := row.text("openreview")) else "",
        },
    }


def _single(text: str) -> str:
    return _DOUBLED.sub(r"\\", text)


def _read_person(row: Row) -> dict[str, str]:
    if name := row.text("literal", "name"):
        return {"literal": name}
    return {
        "given": to_plain(row.name_part("given")),
        "family": to_plain(row.name_part("family")),
        "particle": to_plain(row.text("prefix", "non-dropping-particle", "dropping-particle")),
        "suffix": to_plain(row.text("suffix", "lineage")),
    }


def _is_page(keys: frozenset[str]) -> bool:
    return "bibtex_author" in keys or {"container-title", "layout"} <= keys or {"tex_title", "layout"} <= keys


READER = make_reader(convert_page, _is_page, _DULL)
