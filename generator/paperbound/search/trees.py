"""Trees of sorted lines: leaf files of a few kilobytes, and nodes that list them.

A leaf holds lines in the order of their keys; a node lists leaves, each with a key that separates it from the leaf
before. The manifest lists the top entries. Each file is named by its bytes, and ends with `#` and the Adler-32 checksum
(RFC 1950) of its lines: a host may answer with an error page, or with half a file.

The end of a leaf depends on its keys: one in eight may begin a new leaf. A longer line moves one or two borders; with
borders by size alone, every later file would change.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..model.digests import digest_bytes, name_digest
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
        """The file's name, from its digest."""
        return name_digest(self.digest)


@dataclass(frozen=True, slots=True)
class Tree:
    """Files, and the top entries (first key, name) that lead to them."""

    files: tuple[Leaf, ...]
    entries: tuple[tuple[str, str], ...]


def make_leaf(kind: str, lines: bytes) -> Leaf:
    """Makes a file of lines and their checksum."""
    data = lines + b"#%08x\n" % zlib.adler32(lines)
    return Leaf(kind, data, digest_bytes(data))


def grow_tree(kind: str, keys: Sequence[str], lines: bytes, size: int, *, nodes: bool, floor: str = "") -> Tree:
    """Splits sorted lines into files of about `size` bytes; 0 for one file.

    `lines` has one line a key, each with its line end. With `nodes`, a level above lists the files. `floor` is a key
    that separates the first leaf from earlier ones.
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
    """Returns the first line of each leaf, and the one after its last.

    `ends` are the ends of the lines.
    """
    if not keys or not size:
        return [(0, len(keys))] if keys else []
    middles = ends - np.diff(ends, prepend=0) / 2
    borders, start, begin = [], 0, 0
    while True:
        # A leaf ends at the first suitable key after its size, or before twice its size. One line in a hundred is
        # tested.
        at = max(start + 1, int(np.searchsorted(middles, begin + size)))
        while at < len(keys) and ends[at] - begin <= 2 * size and zlib.crc32(keys[at].encode()) & 7:
            at += 1
        borders.append((start, min(at, len(keys))))
        if at >= len(keys):
            return borders
        start, begin = at, int(ends[at - 1])


def part_keys(last: str, key: str) -> str:
    """Returns the shortest prefix of a key that is greater than the last key."""
    lower = utf16_key(last)
    for length in range(1, len(key)):
        if utf16_key(key[:length]) > lower:
            return key[:length]
    return key
