"""A block of documents to postings: the work of one task, in arrays.

Terms are in UTF-16 order. Three quarters of the time of building an index is text: each distinct word of a block is
analyzed once, and the rest is arithmetic on arrays.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from .arrays import Array, pack_arrays, pack_texts, unpack_arrays
from .document import FIELDS, PARTS, Document
from .tokens import analyze_compound, find_compounds, find_term

_ID = next(place for place, field in enumerate(FIELDS) if field.name == "id")
_IS_READ = np.array([field.name in ("title", "tags", "summary", "abstract") for field in FIELDS])
_HIGH = re.compile("[\ud800-\U0010ffff]")


def utf16_key(term: str) -> bytes:
    """Returns the sort key of a term: UTF-16 code units, as JavaScript compares text."""
    return term.encode("utf-16-be")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The distinct words of a block, with compounds as one word.

    `terms` (numbers into `names`) and `places` hold, from `starts[n]` on, the terms of word n and their offsets within
    it; `widths` are the positions that a word takes; `words` are its parts for suggestions.
    """

    names: dict[str, int]
    terms: Array
    places: Array
    starts: Array
    widths: Array
    words: list[tuple[str, ...]]


def _make_lexicon(compounds: Iterable[str]) -> _Lexicon:
    entries = list(map(analyze_compound, compounds))
    names: defaultdict[str, int] = defaultdict()
    names.default_factory = names.__len__
    terms = np.fromiter(map(names.__getitem__, chain.from_iterable(entry[1] for entry in entries)), np.int32)
    places = np.fromiter(chain.from_iterable(entry[2] for entry in entries), np.int32)
    starts = np.zeros(len(entries) + 1, np.int32)
    np.cumsum(np.fromiter((len(entry[1]) for entry in entries), np.int32, len(entries)), out=starts[1:])
    widths = np.fromiter((entry[3] for entry in entries), np.int32, len(entries))
    return _Lexicon(names, terms, places, starts, widths, [entry[0] for entry in entries])


def sort_terms(terms: Iterable[str]) -> list[str]:
    """Sorts terms in UTF-16 order.

    Without characters above the surrogates this is the order of code points.
    """
    listed = list(terms)
    return sorted(listed, key=utf16_key) if _HIGH.search("".join(listed)) else sorted(listed)


def build_block(documents: Sequence[Document]) -> bytes:
    """Returns the postings of a block as packed arrays.

    `terms` (texts) and, by term, `begins`: the first of its postings, which are ordered by field and document; by
    posting `documents` (number within the block), `fields`, `lengths` (number of terms in that field of the document),
    `frequencies`; `positions` of all postings in order; `words` (texts) as written, with the numbers of their terms
    (`stems`), their `counts`, and the counts outside of compounds (`alone`); `hashes` of the terms, `word_hashes` of
    the words; `bounds`: for each of PARTS the first term, its byte, its first posting and position; `totals`: the
    number of terms of each field in all documents; by document `titles` (equal titles share a number), `idents` and
    `orders` (hashes of its address and of its sort key).

    For related papers, by document and term (numbered in the order of the hashes) `read_terms` and `read_counts`; those
    of a document start at its `read_begins`.
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    codes, sizes, owners = array("i"), array("i"), array("i")
    for number, document in enumerate(documents):
        for field, pieces in enumerate(document.texts):
            for piece in pieces:
                start = len(codes)
                codes.extend(map(numbers.__getitem__, find_compounds(piece)))
                sizes.append(len(codes) - start)
                owners.append(number * len(FIELDS) + field)
    lexicon = _make_lexicon(numbers)
    terms, owners_of, positions = _expand(lexicon, _ints(codes), _ints(sizes), _ints(owners))
    names = sort_terms(lexicon.names)
    ranks = np.empty(len(names), np.int64)
    ranks[[lexicon.names[name] for name in names]] = np.arange(len(names))
    lengths = np.bincount(owners_of, minlength=len(documents) * len(FIELDS))
    postings = _group(ranks[terms], owners_of, positions, lengths, len(documents))
    counts, alone = _count_words(lexicon, _ints(codes), _ints(owners)[np.repeat(np.arange(len(sizes)), sizes)])
    spelled = sort_terms(counts)
    hashes = _hash_texts(names)
    return pack_arrays(
        {
            **postings,
            **_sum_read(postings, hashes, len(documents)),
            "bounds": _find_bounds(names, postings),
            "idents": _hash_texts(document.slug for document in documents),
            "orders": _hash_texts(f"{one.iso} {one.texts[_ID]}" for one in documents),
            "titles": np.array([number_title(document.title) for document in documents], np.int64),
            "totals": lengths.reshape(-1, len(FIELDS)).sum(axis=0),
            "terms": pack_texts(names),
            "hashes": hashes,
            "words": pack_texts(spelled),
            "word_hashes": _hash_texts(spelled),
            "counts": np.array([counts[word] for word in spelled], np.int64),
            "alone": np.array([alone.get(word, 0) for word in spelled], np.int64),
            "stems": ranks[[lexicon.names[find_term(word)] for word in spelled]].astype(np.int32),
        }
    )


def count_totals(block: bytes) -> list[int]:
    """Returns the number of terms of each field in all documents of a block."""
    totals: list[int] = unpack_arrays(block)["totals"].tolist()
    return totals


def number_title(title: str) -> int:
    """Returns a number that titles with equal letters and digits share."""
    letters = "".join(filter(str.isalnum, title.casefold()))
    return int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=7).digest(), "big")


def _hash_texts(texts: Iterable[str]) -> Array:
    """Returns a number of 64 bits for each text."""
    digests = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)


def _ints(values: array[int]) -> Array:
    return np.frombuffer(values, np.int32) if values else np.zeros(0, np.int32)


def _expand(lexicon: _Lexicon, codes: Array, sizes: Array, owners: Array) -> tuple[Array, Array, Array]:
    """Lists each term of each text: its number, its owner (document and field), its position."""
    starts, widths = lexicon.starts, lexicon.widths
    pieces = np.repeat(np.arange(len(sizes)), sizes)
    # A gap between two pieces of a field: no phrase spans two authors.
    offsets = np.cumsum(widths[codes]) - widths[codes] + pieces
    token_owners = owners[pieces]
    first = np.searchsorted(token_owners, token_owners)
    offsets -= offsets[first] if len(offsets) else offsets
    counts = starts[codes + 1] - starts[codes]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    flat = np.repeat(starts[codes], counts) + within
    positions = np.repeat(offsets, counts) + lexicon.places[flat]
    return lexicon.terms[flat], np.repeat(token_owners, counts), positions


def _group(ranks: Array, owners: Array, positions: Array, lengths: Array, documents: int) -> dict[str, Array]:
    """Groups occurrences into postings."""
    fields = len(FIELDS)
    keys = (ranks * fields + owners % fields) * max(documents, 1) + owners // fields
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    found = keys[firsts]
    numbers, slots = found % max(documents, 1), found // max(documents, 1)
    terms = slots // fields
    return {
        "begins": np.searchsorted(terms, np.arange((int(terms[-1]) if len(terms) else -1) + 2)).astype(np.int32),
        "documents": numbers.astype(np.int32),
        "fields": (slots % fields).astype(np.uint8),
        "lengths": lengths[numbers * fields + slots % fields].astype(np.int32),
        "frequencies": np.diff(firsts, append=len(keys)).astype(np.int32),
        "positions": positions[order].astype(np.int32),
    }


def _sum_read(postings: dict[str, Array], hashes: Array, documents: int) -> dict[str, Array]:
    """Counts each document's terms in the fields that determine related papers."""
    ranks = np.empty(len(hashes), np.int64)
    ranks[np.argsort(hashes)] = np.arange(len(hashes))
    read = _IS_READ[postings["fields"]]
    terms = ranks[np.repeat(np.arange(len(hashes)), np.diff(postings["begins"]))[read]]
    keys = postings["documents"][read] * np.int64(len(hashes)) + terms
    found, places = np.unique(keys, return_inverse=True)
    counts = np.bincount(places, postings["frequencies"][read], len(found))
    numbers, terms = np.divmod(found, max(len(hashes), 1))
    return {
        "read_terms": terms.astype(np.int32),
        "read_counts": counts.astype(np.int32),
        "read_begins": np.searchsorted(numbers, np.arange(documents + 1)),
    }


def _find_bounds(names: list[str], postings: dict[str, Array]) -> Array:
    first_bytes = np.concatenate([[0], np.cumsum([len(name.encode()) + 1 for name in names])])
    first_positions = np.concatenate([[0], np.cumsum(postings["frequencies"])])
    rows = []
    for term in [*(bisect_left(names, utf16_key(start), key=utf16_key) for start in PARTS), len(names)]:
        posting = int(postings["begins"][term]) if len(names) else 0
        rows.append((term, int(first_bytes[term]), posting, int(first_positions[posting])))
    return np.array(rows, np.int64).ravel()


def _count_words(lexicon: _Lexicon, codes: Array, owners: Array) -> tuple[dict[str, int], dict[str, int]]:
    """Counts each word, and each word outside of compounds; identifiers are left out."""
    codes = codes[owners % len(FIELDS) != _ID]
    counts: dict[str, int] = {}
    alone: dict[str, int] = {}
    found = np.bincount(codes, minlength=len(lexicon.words)).tolist()
    for words, count, width in zip(lexicon.words, found, lexicon.widths.tolist(), strict=True):
        for word in words if count else ():
            counts[word] = counts.get(word, 0) + count
            if width == 1:
                alone[word] = alone.get(word, 0) + count
    return counts, alone
