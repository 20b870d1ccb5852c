"""Words as they were written: what a misspelt word was meant for, and what ends in given letters.

Two trees hold the same words, one in their order, one in the order of the words read backwards. Two words at
most one edit apart share the first half of the one or its second half (Navarro, "A guided tour to approximate
string matching", ACM Computing Surveys 33(1), 2001, section 5.2): so two short ranges hold all candidates.
A line is the word and a character of `ALPHABET`: twice the number of bits of how often it stands in the
texts (at most 15), plus one where the word is a term of the index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from .arrays import unpack_arrays, unpack_texts
from .blocks import sort_terms
from .encoding import ALPHABET
from .trees import Tree, grow_tree

WORDS = 9_000
_MOST_BITS = 15
_SIGNS = np.frombuffer(ALPHABET.encode(), np.uint8)


def _count_words(blocks: Sequence[memoryview | bytes]) -> tuple[dict[str, int], set[str]]:
    """How often each word stands in the texts of all blocks, and the terms that words are.

    Blocks know the terms of their words: stemming 70,000 of them again would take 0.2 s.
    """
    counts: defaultdict[str, int] = defaultdict(int)
    stems: set[str] = set()
    for data in blocks:
        arrays = unpack_arrays(data)
        for word, count in zip(unpack_texts(arrays["words"]), arrays["counts"].tolist(), strict=True):
            counts[word] += count
        terms = unpack_texts(arrays["terms"])
        stems.update(map(terms.__getitem__, np.unique(arrays["stems"]).tolist()))
    return counts, stems


def merge_words(blocks: Sequence[memoryview | bytes], *, nodes: bool) -> tuple[Tree, Tree]:
    """The files of words in their order, and those of words read backwards."""
    counts, terms = _count_words(blocks)
    keys = sort_terms(terms.union(counts))
    often = np.fromiter((counts.get(key, 0) for key in keys), np.int64, len(keys))
    # The exponent of a whole number as a float is the number of its bits.
    levels = np.minimum(np.frexp(often)[1], _MOST_BITS) * 2 + np.fromiter(
        map(terms.__contains__, keys), bool, len(keys)
    )
    signs = _SIGNS[levels].tobytes().decode()
    backwards = dict(zip((key[::-1] for key in keys), signs, strict=True))
    endings = sort_terms(backwards)
    return (
        _grow("words", zip(keys, signs, strict=True), nodes),
        _grow("endings", zip(endings, map(backwards.__getitem__, endings), strict=True), nodes),
    )


def _grow(kind: str, signs: Iterable[tuple[str, str]], nodes: bool) -> Tree:
    pairs = list(signs)
    lines = [f"{key}{sign}\n".encode() for key, sign in pairs]
    return grow_tree(kind, [key for key, _ in pairs], lines, WORDS if nodes else 0, nodes=nodes)
