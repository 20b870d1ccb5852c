"""The merge: the blocks to files of terms, of positions and of words.

A line of terms: the term, a tab, then for each field that holds it the field's letter and its postings. A posting is
the gap from the previous document, then twice the number of terms in that field of the document, plus one if the term's
frequency is not 1; then the frequency follows. No weights: the browser computes BM25 from frequency and length. A line
of positions: the term, a tab, and for each of those postings in order the gaps between its positions, starting from 0.

Words as written correct misspelt words, and find words with a given ending. Two trees hold the same words, one sorted,
one sorted by the reversed words. Two words at most one edit apart share the first half of one of them or its second
half (Navarro, "A guided tour to approximate string matching", ACM Computing Surveys 33(1), 2001, section 5.2): two
short ranges hold all candidates. A line is the word and a character of `ALPHABET`: twice the number of bits of its
count in the texts (at most 15), plus one if the word is a term of the index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import (
    ALPHABET,
    LETTERS,
    Array,
    append_signs,
    encode_rows,
    order_numbers,
    pack_texts,
    pick_texts,
    unpack_arrays,
    unpack_texts,
)
from .blocks import sort_terms
from .document import FIELDS, PARTS
from .trees import Tree, grow_tree

TERMS = 8_000
# Five words of an abstract load the positions of each: at 10,000 papers 72 kB with files of 60,000 bytes, 14 with
# these (medians, gzipped).
POSITIONS = 8_000
WORDS = 9_000
_MOST_BITS = 15
_SIGNS = np.frombuffer(ALPHABET.encode(), np.uint8)
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
    first = 0
    for data in blocks:
        arrays = unpack_arrays(data)
        bounds = arrays["bounds"].reshape(-1, 4)
        low, high = (bounds[0], bounds[-1]) if part < 0 else (bounds[part], bounds[part + 1])
        named.append(unpack_texts(arrays["terms"][low[1] : high[1]]))
        parts["counts"].append(np.diff(arrays["begins"][low[0] : high[0] + 1]))
        for name in ("fields", "lengths", "frequencies"):
            parts[name].append(arrays[name][low[2] : high[2]])
        parts["documents"].append(arrays["documents"][low[2] : high[2]] + first)
        first += len(arrays["titles"])
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


def merge_words(blocks: Sequence[memoryview | bytes], *, nodes: bool) -> tuple[Tree, Tree]:
    """Merges the words of blocks; returns the files of words, and of reversed words."""
    arrays = list(map(unpack_arrays, blocks))
    stems = [np.unique(one["stems"]) for one in arrays]
    empty = np.zeros(0, np.uint8)
    texts = np.concatenate([empty, *(one["words"] for one in arrays), *_pick_terms(arrays, stems)])
    words = np.concatenate([np.zeros(0, np.uint64), *(one["word_hashes"] for one in arrays)])
    terms = [one["hashes"][found] for one, found in zip(arrays, stems, strict=True)]
    _, firsts, numbers = np.unique(np.concatenate([words, *terms]), return_index=True, return_inverse=True)
    counts = np.concatenate([np.zeros(0, np.int64), *(one["counts"] for one in arrays)])
    # The exponent of a whole number as a float is the number of its bits.
    bits = np.frexp(np.bincount(numbers[: len(words)], counts, len(firsts)))[1]
    is_term = np.bincount(numbers[len(words) :], minlength=len(firsts)) > 0
    # In the order of the texts, which are sorted in each block.
    order = np.argsort(firsts)
    levels = (np.minimum(bits, _MOST_BITS) * 2 + is_term)[order]
    keys = unpack_texts(pick_texts(texts, firsts[order]))
    return _grow_words("words", keys, levels, nodes), _grow_words("endings", [key[::-1] for key in keys], levels, nodes)


def _pick_terms(arrays: Sequence[Mapping[str, Array]], stems: Sequence[Array]) -> Iterator[Array]:
    return (pick_texts(one["terms"], found) for one, found in zip(arrays, stems, strict=True))


def _grow_words(kind: str, keys: list[str], levels: Array, nodes: bool) -> Tree:
    places = {key: place for place, key in enumerate(keys)}
    ordered = sort_terms(places)
    signs = _SIGNS[levels[[places[key] for key in ordered]]]
    lines = append_signs(pack_texts(ordered), signs).tobytes()
    return grow_tree(kind, ordered, lines, WORDS if nodes else 0, nodes=nodes)
