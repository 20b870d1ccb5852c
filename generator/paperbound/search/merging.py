"""The merge: postings of all blocks to files of terms and files of positions.

A line of terms: the term, a tab, then for each field that holds it the field's letter and its postings. A posting is
the gap from the previous document, then twice the number of terms in that field of the document, plus one if the term's
frequency is not 1; then the frequency follows. No weights: the browser computes BM25 from frequency and length. A line
of positions: the term, a tab, and for each of those postings in order the gaps between its positions, starting from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import (
    ALPHABET,
    LETTERS,
    Array,
    append_signs,
    encode_rows,
    order_numbers,
    pack_arrays,
    pack_texts,
    pick_texts,
    unpack_arrays,
    unpack_texts,
)
from .blocks import sort_terms
from .document import BLOCK, FIELDS, PARTS
from .trees import Tree, grow_tree

TERMS = 8_000
POSITIONS = 60_000
_LETTERS = np.array([ord(letter) for letter in LETTERS])


@dataclass(frozen=True, slots=True)
class _Postings:
    """Postings in the order of terms, fields and documents; `terms` numbers them from 0 on."""

    names: list[str]
    terms: Array
    fields: Array
    documents: Array
    lengths: Array
    frequencies: Array
    positions: Array


def merge_terms(blocks: Sequence[memoryview | bytes], part: int, *, nodes: bool) -> tuple[Tree, Tree]:
    """Merges one part of the terms (a number of PARTS; -1 for all).

    Returns the files of terms and the files of positions.
    """
    postings = _gather(blocks, part)
    floor = PARTS[max(part, 0)]
    sizes = (TERMS, POSITIONS) if nodes else (0, 0)
    terms = grow_tree("terms", postings.names, _write_terms(postings), sizes[0], nodes=nodes, floor=floor)
    lines = _write_positions(postings)
    return terms, grow_tree("positions", postings.names, lines, sizes[1], nodes=nodes, floor=floor)


def _gather(blocks: Sequence[memoryview | bytes], part: int) -> _Postings:
    named: list[list[str]] = []
    parts: dict[str, list[Array]] = {
        name: [] for name in ("counts", "fields", "documents", "lengths", "frequencies", "positions")
    }
    for number, data in enumerate(blocks):
        arrays = unpack_arrays(data)
        bounds = arrays["bounds"].reshape(-1, 4)
        low, high = (bounds[0], bounds[-1]) if part < 0 else (bounds[part], bounds[part + 1])
        named.append(unpack_texts(arrays["terms"][low[1] : high[1]]))
        parts["counts"].append(np.diff(arrays["begins"][low[0] : high[0] + 1]))
        for name in ("fields", "lengths", "frequencies"):
            parts[name].append(arrays[name][low[2] : high[2]])
        parts["documents"].append(arrays["documents"][low[2] : high[2]] + number * BLOCK)
        parts["positions"].append(arrays["positions"][low[3] : high[3]])
    names = sort_terms(set().union(*named))
    numbers = {name: number for number, name in enumerate(names)}
    whole = {name: np.concatenate(arrays) if arrays else np.zeros(0, np.int32) for name, arrays in parts.items()}
    terms = np.repeat([numbers[name] for block in named for name in block] or np.zeros(0, int), whole["counts"])
    # Blocks are in order, so a stable sort by terms and fields keeps documents in order.
    order = order_numbers(terms * len(FIELDS) + whole["fields"])
    frequencies = whole["frequencies"]
    starts = np.cumsum(frequencies) - frequencies
    frequencies = frequencies[order]
    within = np.arange(frequencies.sum()) - np.repeat(np.cumsum(frequencies) - frequencies, frequencies)
    return _Postings(
        names,
        terms[order],
        whole["fields"][order],
        whole["documents"][order],
        whole["lengths"][order],
        frequencies,
        whole["positions"][np.repeat(starts[order], frequencies) + within],
    )


def _write_terms(postings: _Postings) -> bytes:
    slots = postings.terms * len(FIELDS) + postings.fields
    first = np.diff(slots, prepend=-1) != 0
    gaps = np.where(first, postings.documents, np.diff(postings.documents, prepend=0))
    often = postings.frequencies > 1
    cells = np.stack([-_LETTERS[postings.fields], gaps, postings.lengths * 2 + often, postings.frequencies], axis=1)
    always = np.ones(len(slots), bool)
    data, ends = encode_rows(cells, np.stack([first, always, always, often], axis=1))
    return _cut(postings, data, ends)


def _write_positions(postings: _Postings) -> bytes:
    firsts = np.cumsum(postings.frequencies) - postings.frequencies
    gaps = np.diff(postings.positions, prepend=0)
    gaps[firsts] = postings.positions[firsts]
    data, ends = encode_rows(gaps[:, None], np.ones((len(gaps), 1), bool))
    return _cut(postings, data, ends[firsts + postings.frequencies - 1] if len(firsts) else ends)


def _cut(postings: _Postings, data: bytes, ends: Array) -> bytes:
    """Returns the lines of the terms, from the bytes of all postings and their ends."""
    last = np.searchsorted(postings.terms, np.arange(len(postings.names)), side="right") - 1
    stops = ends[last].tolist() if len(last) else []
    starts = [0, *stops]
    pieces = (
        (name.encode(), data[start:stop]) for name, start, stop in zip(postings.names, starts, stops, strict=False)
    )
    return b"".join(map(b"%s\t%s\n".__mod__, pieces))


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
