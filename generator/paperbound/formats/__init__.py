"""Formats out: the papers of a list in each format, and metadata of single papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .bibtex.entries import write_bibtex
from .citing import Rows
from .csl import write_csl
from .ris import write_ris
from .table import write_table

# Exports by the suffix of their files: a name for people, and a function that writes the file.
EXPORTS: Mapping[str, tuple[str, Callable[[Rows], str]]] = {
    "bib": ("BibTeX", write_bibtex),
    "ris": ("RIS", write_ris),
    "json": ("CSL-JSON", write_csl),
    "csv": ("CSV", write_table),
}
