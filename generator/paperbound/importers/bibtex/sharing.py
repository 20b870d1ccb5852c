"""Offers of BibTeX files to each other: strings, and parents of cross-references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from .blocks import RawEntry, find_starts, read_blocks

# Entries of these types may be parents, also of entries in other files.
_CONTAINERS = frozenset(
    "proceedings book collection reference periodical xdata mvproceedings mvbook mvcollection mvreference".split()
)
_REFERENCE = re.compile(r"\b(?:crossref|xdata)\s*=\s*[\"{]([^\"{}]*)[\"}]", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Offers:
    """The values that BibTeX files offer each other, all by names in lower case.

    `strings` are values. `parents` are types and fields of entries that others may inherit from, `children` the keys
    that cross-references name. `twice` has, by file and key, the title of the first of several entries with one key.
    """

    strings: dict[str, str] = field(default_factory=dict)
    parents: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    children: dict[str, bool] = field(default_factory=dict)
    twice: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, shared: Mapping[str, Any]) -> Offers:
        """Returns the merged offers of all files."""
        return cls(**{one.name: shared.get(one.name, {}) for one in fields(cls)})


def gather_blocks(source: Source) -> Mapping[str, Any]:
    """Returns the offers of a file, as a mapping."""
    offers, data = Offers(), source.data
    lowered = data.lower()
    if b"crossref" in lowered or b"xdata" in lowered:
        for match in _REFERENCE.finditer(data.decode("utf-8", "replace")):
            offers.children.update((key, True) for key in split_keys(match[1]))
    needed = Source(source.file, b"".join(_choose_blocks(data, offers)))
    first: dict[str, RawEntry] = {}
    for entry in read_blocks(needed, _ignore):
        key = entry.key.lower()
        if entry.kind == "string":
            offers.strings.setdefault(key, entry.fields["value"])
        elif key in first:
            offers.twice[f"{source.file} {key}"] = compare_form(first[key])
        else:
            first[key] = entry
            if entry.kind in _CONTAINERS or key in offers.children:
                offers.parents[key] = entry.kind, entry.fields
    return {one.name: getattr(offers, one.name) for one in fields(offers)}


def _choose_blocks(data: bytes, offers: Offers) -> Iterator[bytes]:
    """Yields strings, possible parents, and the first two entries of each key that stands twice."""
    starts = list(find_starts(data))
    ends = [*(start.at for start in starts[1:]), len(data)]
    seen: dict[str, bytes] = {}
    for start, end in zip(starts, ends, strict=False):
        comma = data.find(b",", start.end, end)
        key = data[start.end : comma].strip().decode("utf-8", "replace").lower() if comma > 0 else ""
        block = data[start.at : end]
        if start.kind == "string" or start.kind in _CONTAINERS or key in offers.children:
            yield block
        elif key in seen and start.kind not in ("comment", "preamble"):
            if seen[key]:
                yield seen[key]
                yield block
            seen[key] = b""
        elif key:
            seen[key] = block


def split_keys(text: str) -> list[str]:
    """Returns the keys in the value of a cross-reference, in lower case."""
    return [key.strip().lower() for key in text.split(",") if key.strip()]


def compare_form(entry: RawEntry) -> str:
    """Returns the title of an entry in a form that compares two entries."""
    return _SIGNS.sub("", entry.fields.get("title", "")).casefold()


def _ignore(_fault: Fault) -> None:
    """Leaves a fault to the reader, which reports each."""
