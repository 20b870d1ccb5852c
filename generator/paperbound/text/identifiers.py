"""Identifiers of papers as web addresses."""

from __future__ import annotations

from urllib.parse import quote


def link_doi(doi: str) -> str:
    """The address of a DOI; its signs are quoted as https://www.doi.org/doi_handbook/2_Numbering.html asks."""
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"


def link_arxiv(arxiv: str) -> str:
    """The address of an arXiv id's abstract."""
    return f"https://arxiv.org/abs/{arxiv}"
