"""Identifiers of papers as web addresses."""

from __future__ import annotations

from urllib.parse import quote


def link_doi(doi: str) -> str:
    """Returns the address of a DOI, quoted by the rules of the DOI handbook.

    https://www.doi.org/doi_handbook/2_Numbering.html
    """
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"


def link_arxiv(arxiv: str) -> str:
    """Returns the address of an arXiv id's abstract."""
    return f"https://arxiv.org/abs/{arxiv}"
