"""Offers of BibTeX files to each other: strings, and parents of cross-references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.errors import Fault
from ...model.job import Source
from .blocks import RawEntry, find_starts, list_entries, parse_blocks

# Entries of these types may be parents, also of entries in other files.
_CONTAINERS = frozenset(
    "proceedings book collection reference periodical xdata mvproceedings mvbook mvcollection mvreference".split()
)
_REFERENCE = re.compile(r"\b(?:crossref|xdata)\s*=\s*[\"{]([^\"{}]*)[\"}]", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")


def gather_blocks(source: Source) -> dict[str, Any]:
    """Returns what a file offers to the reader, by keys that begin with a word.

    `string NAME` is the value of a string. `parent KEY` has the type and the fields of an entry that others may inherit
    from, `child KEY` says that an entry inherits from it. `twice FILE KEY` is the title of the first of several entries
    with one key in a file.
    """
    offers: dict[str, Any] = {}
    data = source.data
    lowered = data.lower()
    if b"crossref" in lowered or b"xdata" in lowered:
        for match in _REFERENCE.finditer(data.decode("utf-8", "replace")):
            offers.update((f"child {key}", True) for key in split_keys(match[1]))
    library = parse_blocks(b"".join(_choose_blocks(data, offers)))
    for string in library.strings:
        offers.setdefault(f"string {string.key.lower()}", string.value)
    first: dict[str, RawEntry] = {}
    for entry in list_entries(library, source.file, 1, _ignore):
        key = entry.key.lower()
        if key in first:
            offers[f"twice {source.file} {key}"] = compare_form(first[key])
            continue
        first[key] = entry
        if entry.kind in _CONTAINERS or f"child {key}" in offers:
            offers[f"parent {key}"] = (entry.kind, entry.fields)
    return offers


def _choose_blocks(data: bytes, offers: Mapping[str, Any]) -> Iterator[bytes]:
    """Yields strings, possible parents, and entries with a key that was there before."""
    starts = list(find_starts(data))
    ends = [*(start.at for start in starts[1:]), len(data)]
    seen: dict[str, bytes] = {}
    for start, end in zip(starts, ends, strict=False):
        comma = data.find(b",", start.end, end)
        key = data[start.end : comma].strip().decode("utf-8", "replace").lower() if comma > 0 else ""
        block = data[start.at : end]
        if start.kind == "string" or start.kind in _CONTAINERS or f"child {key}" in offers:
            yield block
        elif key in seen and start.kind not in ("comment", "preamble"):
            yield seen[key]
            yield block
        seen[key] = block


def split_keys(text: str) -> list[str]:
    """Returns the keys in the value of a cross-reference, in lower case."""
    return [key.strip().lower() for key in text.split(",") if key.strip()]


def compare_form(entry: RawEntry) -> str:
    """Returns the title of an entry in a form that compares two entries."""
    return _SIGNS.sub("", entry.fields.get("title", "")).casefold()


def _ignore(_fault: Fault) -> None:
    """Leaves a fault to the reader, which reports each."""
