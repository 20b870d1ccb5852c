"""The matrix of related papers: a row a paper, weights of TF-IDF, in rows and in columns.

A term's weight in a paper is (1 + ln tf) · ln(N / df) (Manning, Raghavan, Schütze, "Introduction to Information
Retrieval", 2008, table 6.15, "ltc"), tf over title, tags, summary and abstract together; a row's length is 1,
so that the cosine of two papers is the sum of the products of their weights. N and df are taken in steps of a fifth:
one paper more changes few weights of others, and so what is related to few of them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np

from ..model.document import BLOCK, FIELDS
from .arrays import Array, pack_arrays, pack_texts, unpack_arrays, unpack_texts
from .blocks import sort_terms
from .words import count_words, find_stems

_MIX = np.uint64(0x9E3779B97F4A7C15)
_READ = tuple(place for place, field in enumerate(FIELDS) if field.name in ("title", "tags", "summary", "abstract"))


def merge_matrix(blocks: Sequence[memoryview | bytes]) -> bytes:
    """The matrix as packed arrays.

    By row `row_begins`, `row_terms`, `row_weights`; by term `term_begins`, `term_rows`, `term_weights`;
    `spellings`: each term as it is written most often, empty where no word is written so (`texttosql` for
    `text-to-sql`). By row `titles`, a number that papers of one title share, `idents`, a number of the paper's
    address, and `marks`: as long as it is the same, so is all that the row holds, and its order among other rows.
    """
    arrays = [unpack_arrays(data) for data in blocks]
    names = sort_terms({name for one in arrays for name in unpack_texts(one["terms"])})
    numbers = {name: number for number, name in enumerate(names)}
    terms, rows, counts = [], [], []
    for number, one in enumerate(arrays):
        known = np.array([numbers[name] for name in unpack_texts(one["terms"])], np.int32)
        read = np.isin(one["fields"], _READ)
        terms.append(np.repeat(known, np.diff(one["begins"]))[read])
        rows.append(one["documents"][read] + np.int32(number * BLOCK))
        counts.append(one["frequencies"][read])
    documents = sum(len(one["titles"]) for one in arrays)
    packed = _weigh(_join(terms), _join(rows), _join(counts), documents, len(names))
    packed["titles"] = _join([one["titles"] for one in arrays])
    spellings = _spell(blocks, names)
    packed["spellings"] = pack_texts(spellings)
    packed["idents"] = _join([one["idents"] for one in arrays]).astype(np.uint64)
    packed["marks"] = _mark(packed, names, spellings, _join([one["orders"] for one in arrays]).astype(np.uint64))
    return pack_arrays(packed)


def step(count: int) -> float:
    """The number rounded to a power of the fourth root of 2."""
    return float(2 ** (round(4 * math.log2(count)) / 4)) if count else 0.0


def _mark(packed: dict[str, Array], names: list[str], spellings: list[str], orders: Array) -> Array:
    """By row a number made of its terms as they are written, their weights, its title and its order."""
    hashes = (
        hashlib.blake2b(f"{name} {spelling}".encode(), digest_size=8).digest()
        for name, spelling in zip(names, spellings, strict=True)
    )
    terms = np.frombuffer(b"".join(hashes), "<u8").astype(np.uint64)
    mixed = terms[packed["row_terms"]] ^ (packed["row_weights"].view(np.uint32).astype(np.uint64) * _MIX)
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    # Sums modulo 2 to the 64: that of a row is the difference of two running ones.
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    begins = packed["row_begins"]
    marks: Array = sums[begins[1:]] - sums[begins[:-1]]
    marks ^= packed["titles"].astype(np.uint64) * _MIX
    marks ^= orders
    return marks


def _join(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _weigh(terms: Array, rows: Array, counts: Array, documents: int, size: int) -> dict[str, Array]:
    keys = terms.astype(np.int64) * max(documents, 1) + rows
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    frequencies = np.add.reduceat(counts, firsts) if len(firsts) else counts
    found = keys[firsts]
    terms, rows = (found // max(documents, 1)).astype(np.int32), (found % max(documents, 1)).astype(np.int32)
    papers = np.bincount(terms, minlength=size)
    weights = (
        _log(frequencies, lambda value: 1 + math.log(value))
        * _log(papers, lambda value: max(0.0, math.log(step(documents) / step(value))) if value else 0.0)[terms]
    )
    norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=documents))
    weights = (weights / np.where(norms, norms, 1)[rows]).astype(np.float32)
    by_row = np.argsort(rows, kind="stable")
    return {
        "term_begins": np.concatenate([[0], np.cumsum(papers)]).astype(np.int64),
        "term_rows": rows,
        "term_weights": weights,
        "row_begins": np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=documents))]).astype(np.int64),
        "row_terms": terms[by_row],
        "row_weights": weights[by_row],
    }


def _log(values: Array, take: object) -> Array:
    """A function of whole numbers, computed once for each of them by the standard library.

    numpy's own logarithm differs in its last bit from machine to machine.
    """
    distinct, places = np.unique(values, return_inverse=True)
    return np.array([take(value) for value in distinct.tolist()], np.float64)[places]  # type: ignore[operator]


def _spell(blocks: Sequence[memoryview | bytes], names: list[str]) -> list[str]:
    best: dict[str, tuple[int, str]] = {}
    stems = find_stems(blocks)
    for word, count in count_words(blocks, "alone").items():
        term = stems[word]
        if count and (term not in best or (-count, word) < best[term]):
            best[term] = (-count, word)
    return [best[name][1] if name in best else "" for name in names]
