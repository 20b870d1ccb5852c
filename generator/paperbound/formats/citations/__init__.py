"""Texts of citations in the styles of journals: the registry of styles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .acm import write_acm
from .apa import write_apa
from .chicago import write_chicago
from .cited import Cited, cite
from .ieee import write_ieee
from .mla import write_mla

# Styles by their names in site.yaml: the name for people, and a function that writes the text.
CITATION_STYLES: Mapping[str, tuple[str, Callable[[Cited], str]]] = {
    "apa": ("APA", write_apa),
    "ieee": ("IEEE", write_ieee),
    "acm": ("ACM", write_acm),
    "mla": ("MLA", write_mla),
    "chicago": ("Chicago", write_chicago),
}

__all__ = ("CITATION_STYLES", "cite")
