"""Related papers: the six of the largest cosine, and which previous ones are valid.

All are computed, exactly; alternatives were no faster, or little (decision 6).

Six neighbours are still valid if the paper's row is unchanged, the rows of the six are unchanged, and no changed row is
as similar as the sixth. The cosine of two rows has the same bits in both directions: terms are summed in one order.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import Array, pack_arrays, pack_texts, unpack_arrays, unpack_texts
from .document import BLOCK
from .matrix import BEST, DIGITS, Related, RelatedMatrix

_LITTLE = 1e-9
# With a larger share of changed rows, computing all neighbours is no slower.
_MOST_CHANGED = 1 / 8

ReadBlock = Callable[[int], memoryview | bytes]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of some documents.

    By document six `others`, best first, with their `scores` (-1 and 0 for missing ones), and the `words` in common
    with each of them, as JSON.
    """

    others: Array
    scores: Array
    words: list[str]

    @classmethod
    def empty(cls, documents: int) -> Neighbours:
        """Returns documents without neighbours."""
        return cls(np.full((documents, BEST), -1, np.int32), np.zeros((documents, BEST)), ["[]"] * documents)

    @classmethod
    def unpack(cls, data: memoryview | bytes) -> Neighbours:
        """Decodes the result of `pack`."""
        arrays = unpack_arrays(data)
        shape = (-1, BEST)
        return cls(arrays["others"].reshape(shape), arrays["scores"].reshape(shape), unpack_texts(arrays["words"]))

    def cut(self, start: int, stop: int) -> Neighbours:
        """Returns a copy of the neighbours of documents `start` to `stop`."""
        return Neighbours(self.others[start:stop].copy(), self.scores[start:stop].copy(), self.words[start:stop])

    def pack(self) -> bytes:
        """Encodes the neighbours as bytes."""
        return pack_arrays({"others": self.others, "scores": self.scores, "words": pack_texts(self.words)})

    def put(self, place: int, found: Related) -> None:
        """Sets the neighbours of the document at this place."""
        self.others[place], self.scores[place] = -1, 0.0
        self.others[place, : len(found)] = [other for other, _, _ in found]
        self.scores[place, : len(found)] = [score for _, score, _ in found]
        self.words[place] = json.dumps([words for _, _, words in found], separators=(",", ":"))

    def find(self, place: int) -> Related:
        """Returns the neighbours of the document at this place.

        Each is (document, cosine, words), best first.
        """
        words = json.loads(self.words[place])
        pairs = zip(self.others[place].tolist(), self.scores[place].tolist(), words, strict=False)
        return [(other, score, shared) for other, score, shared in pairs]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The difference between a matrix and the previous one.

    By document whether its row is the `same`, and its previous number (`numbers`; meaningless for others); the
    `changed` documents; and by previous number the number `now`, or -1.
    """

    same: Array
    numbers: Array
    changed: Array
    now: Array


def compare_rows(matrix: RelatedMatrix, previous: memoryview | bytes) -> RowChanges | None:
    """Compares a matrix with the previous one; returns None if that one is empty."""
    old = unpack_arrays(previous)
    order = np.argsort(old["idents"])
    if not len(order):
        return None
    places = np.minimum(np.searchsorted(old["idents"], matrix.idents, sorter=order), len(order) - 1)
    numbers = order[places]
    same = (old["idents"][numbers] == matrix.idents) & (old["marks"][numbers] == matrix.marks)
    now = np.full(len(order), -1)
    now[numbers[same]] = np.flatnonzero(same)
    return RowChanges(same, numbers, np.flatnonzero(~same), now)


def reuse_neighbours(matrix: RelatedMatrix, changes: RowChanges, read: ReadBlock) -> tuple[Neighbours, Array]:
    """Returns the previous neighbours of all documents, and which are valid.

    `read` returns the packed neighbours of a block of the previous build.
    """
    same = changes.same
    found = Neighbours.empty(len(same))
    if len(changes.changed) > _MOST_CHANGED * len(same):
        return found, np.zeros(len(same), bool)
    blocks, places = np.divmod(changes.numbers, BLOCK)
    for block in np.unique(blocks[same]).tolist():
        old = Neighbours.unpack(read(block))
        mine = np.flatnonzero(same & (blocks == block))
        found.others[mine], found.scores[mine] = old.others[places[mine]], old.scores[places[mine]]
        for place, row in zip(mine.tolist(), places[mine].tolist(), strict=True):
            found.words[place] = old.words[row]
    there = found.others >= 0
    found.others[there] = changes.now[found.others[there]]
    valid = same & ~(there & (found.others < 0)).any(axis=1)
    # Slightly below the rounded score, whatever its last bit.
    floors = np.where(there[:, -1], found.scores[:, -1], 10.0**-DIGITS) - _LITTLE
    for document in changes.changed.tolist():
        # Half of the last digit is more than rounding adds; to round all scores would take as long as their sum.
        valid &= matrix.sum_row(document) < floors - 10.0**-DIGITS / 2
    return found, valid


def find_related(
    matrix: RelatedMatrix, start: int, stop: int, previous: tuple[Neighbours, Array] | None = None
) -> Neighbours:
    """Finds at most six neighbours of each document from `start` up to `stop`.

    Their words are the terms in common with most weight. A paper is never related to itself or to a paper of the same
    title; no two of the six have one title. Cosines are rounded to six decimals; of equal ones the newer (higher
    number) comes first. `previous`, the result of `reuse_neighbours`, saves time and does not change the result.
    """
    found = previous[0].cut(start, stop) if previous else Neighbours.empty(stop - start)
    valid = previous[1][start:stop] if previous else np.zeros(stop - start, bool)
    for place in np.flatnonzero(~valid).tolist():
        found.put(place, matrix.find(start + place))
    return found
