"""Neighbours: what was found to be related to what, in arrays; and what of it holds still in the next build.

It holds where it must be the same: the paper's row is, the rows of its six are, and no row that changed comes up to
the last of the six. The cosine of two rows has the same bits from either side, for terms are summed in one order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..arrays import Array, pack_arrays, pack_texts, unpack_arrays, unpack_texts
from ..document import BLOCK

if TYPE_CHECKING:
    from .related import RelatedMatrix

BEST = 6
DIGITS = 6
_LITTLE = 1e-9
# With more rows changed than this share, finding all anew is no slower.
_MOST_CHANGED = 1 / 16

Related = list[tuple[int, float, list[str]]]
ReadBlock = Callable[[int], memoryview | bytes]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What is related to each of some documents: six `others`, best first, with their `scores` (-1 and 0 where there
    are fewer), and the `words` that it shares with each of them, as JSON."""

    others: Array
    scores: Array
    words: list[str]

    @classmethod
    def empty(cls, documents: int) -> Neighbours:
        """That of so many documents that are related to nothing."""
        return cls(np.full((documents, BEST), -1, np.int32), np.zeros((documents, BEST)), ["[]"] * documents)

    @classmethod
    def unpack(cls, data: memoryview | bytes) -> Neighbours:
        """That which `pack` packed."""
        arrays = unpack_arrays(data)
        shape = (-1, BEST)
        return cls(arrays["others"].reshape(shape), arrays["scores"].reshape(shape), unpack_texts(arrays["words"]))

    def pack(self) -> bytes:
        """It as bytes."""
        return pack_arrays({"others": self.others, "scores": self.scores, "words": pack_texts(self.words)})

    def put(self, place: int, found: Related) -> None:
        """Puts what is related to the document at this place."""
        self.others[place], self.scores[place] = -1, 0.0
        self.others[place, : len(found)] = [other for other, _, _ in found]
        self.scores[place, : len(found)] = [score for _, score, _ in found]
        self.words[place] = json.dumps([words for _, _, words in found], separators=(",", ":"))

    def find(self, place: int) -> Related:
        """What is related to the document at this place: (document, cosine, words), best first."""
        words = json.loads(self.words[place])
        pairs = zip(self.others[place].tolist(), self.scores[place].tolist(), words, strict=False)
        return [(other, score, shared) for other, score, shared in pairs]

    @property
    def rows(self) -> Sequence[Related]:
        """What is related to each."""
        return [self.find(place) for place in range(len(self.words))]


@dataclass(frozen=True, slots=True)
class Before:
    """How a matrix differs from that of the last build.

    By document whether its row is the `same` as before, and its number then (`numbers`; meaningless where it is not);
    the `changed` ones; and by number then the number `now`, or -1.
    """

    same: Array
    numbers: Array
    changed: Array
    now: Array


def compare_rows(matrix: RelatedMatrix, last: memoryview | bytes) -> Before | None:
    """How a matrix differs from the last one; None where that one has no rows."""
    old = unpack_arrays(last)
    order = np.argsort(old["idents"])
    if not len(order):
        return None
    places = np.minimum(np.searchsorted(old["idents"], matrix.idents, sorter=order), len(order) - 1)
    numbers = order[places]
    same = (old["idents"][numbers] == matrix.idents) & (old["marks"][numbers] == matrix.marks)
    now = np.full(len(order), -1)
    now[numbers[same]] = np.flatnonzero(same)
    return Before(same, numbers, np.flatnonzero(~same), now)


def keep_neighbours(
    matrix: RelatedMatrix, before: Before, read: ReadBlock, start: int, stop: int
) -> tuple[Neighbours, Array]:
    """What was found before for the documents from `start` up to `stop`; and of which of them it holds still.

    `read` gives what was found then for a block of documents, packed.
    """
    found = Neighbours.empty(stop - start)
    if len(before.changed) > _MOST_CHANGED * len(before.same):
        return found, np.zeros(stop - start, bool)
    same = before.same[start:stop]
    blocks, places = np.divmod(before.numbers[start:stop], BLOCK)
    for block in np.unique(blocks[same]).tolist():
        old = Neighbours.unpack(read(block))
        mine = np.flatnonzero(same & (blocks == block))
        found.others[mine], found.scores[mine] = old.others[places[mine]], old.scores[places[mine]]
        for place, row in zip(mine.tolist(), places[mine].tolist(), strict=True):
            found.words[place] = old.words[row]
    there = found.others >= 0
    found.others[there] = before.now[found.others[there]]
    holds = same & ~(there & (found.others < 0)).any(axis=1)
    # A little below what is rounded there, whichever way the last bit went.
    floors = np.where(there[:, -1], found.scores[:, -1], 10.0**-DIGITS) - _LITTLE
    for document in before.changed.tolist():
        holds &= np.round(matrix.sum_row(document)[start:stop], DIGITS) < floors
    return found, holds
