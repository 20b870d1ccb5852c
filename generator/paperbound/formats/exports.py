"""Exports: the papers of a list in each format that reference managers and spreadsheets read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..model.record import Record
from .bibtex.entries import make_bibtex
from .bibtex.keys import make_keys
from .csl import make_csl
from .ris import make_ris
from .table import write_table

# Records with the addresses of their pages.
Rows = Sequence[tuple[Record, str]]


def write_bibliography(rows: Rows) -> str:
    """Writes records as BibTeX with distinct keys: `doe2024graph`, `doe2024grapha`."""
    keys = make_keys(record for record, _ in rows)
    return "".join(f"{make_bibtex(record, keys[record.id])}\n\n" for record, _ in rows)


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
