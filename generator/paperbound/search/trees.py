"""Sorted lines in files of a few kilobytes, named by their bytes, and files that list those.

A leaf holds lines in the order of their keys; a node lists leaves, each with a key that parts it from the
leaf before. What lists the top entries is the manifest. The last line of every file is `#` and the Adler-32
checksum (RFC 1950) of what stands before it: a host may answer with a page of its own, or with half a file.

Where a leaf ends depends on its keys: one in eight may begin a new one. A line that grows moves a border or
two; with borders by size alone every file after it would change.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..text.digests import digest_bytes, name_digest
from .arrays import Array
from .blocks import utf16_key

NODE = 1200


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of search data: its kind, its bytes and their digest."""

    kind: str
    data: bytes
    digest: str

    @property
    def name(self) -> str:
        """What names it, after its bytes."""
        return name_digest(self.digest)


@dataclass(frozen=True, slots=True)
class Tree:
    """Files, and the entries (first key, name) by which they are found from above."""

    files: tuple[Leaf, ...]
    entries: tuple[tuple[str, str], ...]


def make_leaf(kind: str, lines: bytes) -> Leaf:
    """A file of lines, each with its line end, and of their checksum."""
    data = lines + b"#%08x\n" % zlib.adler32(lines)
    return Leaf(kind, data, digest_bytes(data))


def grow_tree(kind: str, keys: Sequence[str], lines: bytes, size: int, *, nodes: bool, floor: str = "") -> Tree:
    """The files of sorted lines, about `size` bytes each (0 for one file), and with `nodes` a level above.

    `lines` has one a key, each with its line end.

    `floor` is a key that parts the first leaf from whatever comes before it.
    """
    files, entries = _split(kind, keys, lines, size, floor)
    if not nodes:
        return Tree(files, entries)
    listed = "".join(f"{first}\t{name}\n" for first, name in entries).encode()
    above, top = _split(kind, [first for first, _ in entries], listed, NODE, floor, parted=True)
    return Tree((*files, *above), top)


def _split(
    kind: str, keys: Sequence[str], lines: bytes, size: int, floor: str, *, parted: bool = False
) -> tuple[tuple[Leaf, ...], tuple[tuple[str, str], ...]]:
    files, entries = [], []
    ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n")) + 1
    for start, stop in _find_borders(keys, ends, size):
        leaf = make_leaf(kind, lines[int(ends[start - 1]) if start else 0 : int(ends[stop - 1])])
        files.append(leaf)
        first = keys[start] if parted else part_keys(keys[start - 1], keys[start])
        entries.append((first if start else floor, leaf.name))
    return tuple(files), tuple(entries)


def _find_borders(keys: Sequence[str], ends: Array, size: int) -> list[tuple[int, int]]:
    """The first line of each leaf, and the one behind its last; `ends` are where the lines end."""
    if not keys or not size:
        return [(0, len(keys))] if keys else []
    middles = ends - np.diff(ends, prepend=0) / 2
    borders, start, before = [], 0, 0
    while True:
        # A leaf ends where its last line would stand more than half beyond its size, and a key says so, or twice it
        # would be passed. Only lines from there on are looked at, one in a hundred.
        at = max(start + 1, int(np.searchsorted(middles, before + size)))
        while at < len(keys) and ends[at] - before <= 2 * size and zlib.crc32(keys[at].encode()) & 7:
            at += 1
        borders.append((start, min(at, len(keys))))
        if at >= len(keys):
            return borders
        start, before = at, int(ends[at - 1])


def part_keys(before: str, key: str) -> str:
    """The shortest beginning of a key that still comes after the key before it."""
    lower = utf16_key(before)
    for length in range(1, len(key)):
        if utf16_key(key[:length]) > lower:
            return key[:length]
    return key
