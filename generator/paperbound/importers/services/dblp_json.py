"""DBLP's JSON: answers of its search.

https://dblp.org/faq/How+to+use+the+dblp+search+API.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ..dialects import from_html
from ..rows import Row
from .answers import make_reader
from .dblp import READ, convert_entry


def convert_hit(row: Row) -> dict[str, Any] | None:
    """Converts a hit to a paper's fields; returns None for a person or a venue."""
    info = row.row("info")
    row.used.update(row.values)
    if not info.text("title"):
        row.warn("info", "the hit is no paper but a person or a venue", "It is left out.")
        return None
    entry = Element("info")
    for name in info.values:
        if name == "authors":
            for author in info.row(name).rows("author"):
                SubElement(entry, "author", orcid=author.text("@orcid")).text = author.text("text")
        elif name in READ:
            for text in info.texts(name):
                SubElement(entry, name).text = text
    info.count_unused()
    # Here titles are text with entities and tags.
    return {**convert_entry(entry), "title": from_html(info.text("title")).strip().removesuffix(".")}


def _is_hit(first: Mapping[str, Any]) -> bool:
    info = first.get("info")
    return isinstance(info, dict) and "dblp.org" in str(info.get("url")) and "title" in info


READER = make_reader(convert_hit, _is_hit, frozenset(("result", "hits", "hit")))
