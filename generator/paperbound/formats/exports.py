"""Exports: the papers of a list in each format that reference managers and spreadsheets read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ..model.record import Record
from .bibtex import make_bibtex, make_key
from .csl import make_csl
from .ris import make_ris
from .table import write_table

# Records with the addresses of their pages.
Rows = Sequence[tuple[Record, str]]


def write_bibliography(rows: Rows) -> str:
    """Writes records as BibTeX with distinct keys: `doe2024graph`, `doe2024grapha`."""
    entries = []
    keys: set[str] = {record.bibkey.lower() for record, _ in rows if record.bibkey}
    counts: Counter[str] = Counter()
    for record, _ in rows:
        key = record.bibkey
        if not record.bibkey:
            key = first = make_key(record)
            while key.lower() in keys:
                counts[first] += 1
                key = first + _letters(counts[first])
            keys.add(key.lower())
        entries.append(make_bibtex(record, key))
    return "".join(f"{entry}\n\n" for entry in entries)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(97 + letter) + text
    return text


def _write_ris(rows: Rows) -> str:
    return "\r\n".join(make_ris(record, url) for record, url in rows)


def _write_csl(rows: Rows) -> str:
    return "[\n" + ",\n".join(make_csl(record, url) for record, url in rows) + "\n]\n"


EXPORTS: Mapping[str, tuple[str, Callable[[Rows], str]]] = {
    "bib": ("BibTeX", write_bibliography),
    "ris": ("RIS", _write_ris),
    "json": ("CSL-JSON", _write_csl),
    "csv": ("CSV", write_table),
}
"""The formats by the suffix of their files: a name for people, and what writes them."""
