"""Identifiers as people type and paste them: the twin of the browser's `lookup.js`.

An arXiv id, a DOI, a key or an ORCID is found with and without an address or a label; an arXiv id without its version.
A DOI that arXiv registered counts as its id (https://info.arxiv.org/help/doi.html).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_LABEL = re.compile(r"\b(?:doi|arxiv|orcid):\s*(?=\S*\d)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|(?:www\.|export\.)?arxiv\.org/[a-z]+|(?:www\.)?orcid\.org)"
    r"/([^\s?#]*\d[^\s?#]*)\S*",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"(?:10\.48550/arxiv\.|\b)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+\b)?(?:\.pdf\b)?", re.IGNORECASE
)
_MARKED = re.compile(r"[:/]|\dv\d|\.pdf", re.IGNORECASE)
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
# FNV-1a of 32 bits (RFC 9923).
_BASIS, _PRIME, _BITS = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
_LONGEST = 2000


def strip_addresses(text: str) -> str:
    """Returns a query whose identifiers have no addresses, labels and versions."""
    if not any(map(str.isdigit, text)):
        return text
    text = _LABEL.sub("", text[:_LONGEST])
    text = _ADDRESS.sub(lambda match: _decode(match[1]), text)
    return _VERSION.sub(r"\1", text)


def _decode(text: str) -> str:
    try:
        return text if _STRAY.search(text) else unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def make_key(text: str) -> str:
    """Returns the key of an identifier: lower case, without address, label and version."""
    # Nine identifiers in ten have no address, no label and no version.
    bare = strip_addresses(text) if _MARKED.search(text) else text
    return bare.strip().lower().rstrip(".,;")


def choose_shard(key: str, shards: int) -> int:
    """Returns the number of the shard of a key, a hash of its bytes."""
    value = _BASIS
    for byte in key.encode("utf-8", "replace"):
        value = (value ^ byte) * _PRIME & _BITS
    return value % shards
