"""Digests of bytes: names of files, and whether two of them are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

# 48 bits: among the 10,000 files of a large search index two names collide once in five million builds.
NAME_DIGITS = 12


def digest_bytes(data: bytes | memoryview) -> str:
    """The digest of bytes: 32 hexadecimal digits of BLAKE2b (RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_texts(texts: Iterable[str]) -> str:
    """The digest of texts in their order, of which none holds a zero sign."""
    return digest_bytes("\0".join(texts).encode("utf-8", "surrogatepass"))


def name_bytes(data: bytes) -> str:
    """What names a file after its bytes."""
    return name_digest(digest_bytes(data))


def name_digest(digest: str) -> str:
    """What names a file after the digest of its bytes: the first digits."""
    return digest[:NAME_DIGITS]
