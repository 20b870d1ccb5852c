"""Digests of bytes, and file names from digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

# 48 bits: among the 10,000 files of a large search index two names collide once in five million builds.
NAME_DIGITS = 12


def digest_bytes(data: bytes | memoryview) -> str:
    """Returns the digest of bytes: 32 hexadecimal digits of BLAKE2b (RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_texts(texts: Iterable[str]) -> str:
    """Returns the digest of texts in order; none may contain a zero character."""
    return digest_bytes("\0".join(texts).encode("utf-8", "surrogatepass"))


def name_bytes(data: bytes) -> str:
    """Returns a file name from bytes: the first digits of their digest."""
    return name_digest(digest_bytes(data))


def name_digest(digest: str) -> str:
    """Returns a file name from a digest: its first digits."""
    return digest[:NAME_DIGITS]
