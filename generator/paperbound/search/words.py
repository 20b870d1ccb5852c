"""Words as written: corrections of misspelt words, and words with a given ending.

Two trees hold the same words, one sorted, one sorted by the reversed words. Two words at most one edit apart share the
first half of one of them or its second half (Navarro, "A guided tour to approximate string matching", ACM Computing
Surveys 33(1), 2001, section 5.2): so two short ranges hold all candidates. A line is the word and a character of
`ALPHABET`: twice the number of bits of its count in the texts (at most 15), plus one if the word is a term of the
index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Array, append_signs, pack_arrays, pack_texts, pick_texts, unpack_arrays, unpack_texts
from .blocks import sort_terms
from .encoding import ALPHABET
from .trees import Tree, grow_tree

WORDS = 9_000
_MOST_BITS = 15
_SIGNS = np.frombuffer(ALPHABET.encode(), np.uint8)


@dataclass(frozen=True, slots=True)
class _Count:
    """Words and terms with their counts.

    By text (packed `texts` and their `hashes`): `counts` of the word in the documents, and `terms`, the number of
    blocks where the text is a term.
    """

    texts: Array
    hashes: Array
    counts: Array
    terms: Array

    @classmethod
    def of_block(cls, data: memoryview | bytes, sign: int = 1) -> _Count:
        """Counts the words of a block, whose terms are known: 0.2 s less stemming."""
        arrays = unpack_arrays(data)
        words, stems = len(arrays["counts"]), np.unique(arrays["stems"])
        return cls(
            np.concatenate([arrays["words"], pick_texts(arrays["terms"], stems)]),
            np.concatenate([arrays["word_hashes"], arrays["hashes"][stems]]),
            sign * np.concatenate([arrays["counts"], np.zeros(len(stems), np.int64)]),
            sign * np.repeat([0, 1], [words, len(stems)]),
        )

    @classmethod
    def unpack(cls, data: memoryview | bytes) -> _Count:
        """Decodes the result of `pack`."""
        return cls(**unpack_arrays(data))

    def pack(self) -> bytes:
        """Encodes the counts as bytes."""
        return pack_arrays({name: getattr(self, name) for name in self.__slots__})


def merge_words(
    blocks: Sequence[memoryview | bytes],
    *,
    nodes: bool,
    previous: memoryview | bytes | None = None,
    removed: Sequence[memoryview | bytes] = (),
) -> tuple[Tree, Tree, bytes]:
    """Merges counts of words; returns files of words, of reversed words, and the counts.

    With the `previous` counts, `blocks` are the new blocks and `removed` those of the previous build that no longer
    exist.
    """
    first = _Count.unpack(previous) if previous else _Count(*(np.zeros(0, kind) for kind in ("u1", "u8", "i8", "i8")))
    keys, count = _sum_counts(
        [first, *(_Count.of_block(data) for data in blocks), *(_Count.of_block(data, -1) for data in removed)]
    )
    # The exponent of a whole number as a float is the number of its bits.
    levels = np.minimum(np.frexp(count.counts)[1], _MOST_BITS) * 2 + (count.terms > 0)
    words = _grow("words", keys, count.texts, _SIGNS[levels], nodes)
    places = {key[::-1]: place for place, key in enumerate(keys)}
    backwards = sort_terms(places)
    levels = levels[np.fromiter(map(places.__getitem__, backwards), np.int64, len(keys))]
    return words, _grow("endings", backwards, pack_texts(backwards), _SIGNS[levels], nodes), count.pack()


def _sum_counts(counts: Sequence[_Count]) -> tuple[list[str], _Count]:
    """Adds counts; returns the texts that remain, sorted, and their sums."""
    hashes, firsts, numbers = np.unique(
        np.concatenate([one.hashes for one in counts]), return_index=True, return_inverse=True
    )
    sums = np.bincount(numbers, np.concatenate([one.counts for one in counts]), len(hashes)).astype(np.int64)
    terms = np.bincount(numbers, np.concatenate([one.terms for one in counts]), len(hashes)).astype(np.int64)
    there = np.flatnonzero((sums > 0) | (terms > 0))
    # In the order of the summed texts, which are sorted except for new ones.
    there = there[np.argsort(firsts[there])]
    texts = unpack_texts(pick_texts(np.concatenate([one.texts for one in counts]), firsts[there]))
    keys = sort_terms(texts)
    places = dict(zip(texts, there.tolist(), strict=True))
    order = np.fromiter(map(places.__getitem__, keys), np.int64, len(keys))
    return keys, _Count(pack_texts(keys), hashes[order], sums[order], terms[order])


def _grow(kind: str, keys: list[str], texts: Array, signs: Array, nodes: bool) -> Tree:
    return grow_tree(kind, keys, append_signs(texts, signs).tobytes(), WORDS if nodes else 0, nodes=nodes)
