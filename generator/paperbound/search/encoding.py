"""Numbers as printable ASCII, which any static host compresses.

A number is written in digits of five bits, lowest first, each a character of `ALPHABET`; the upper half of the alphabet
marks that another digit follows.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"
# A field's letter, before its postings: the character at the field's place.
LETTERS = "!#$%&()*,/:;<=>?@[]^_{|}~"
_SIGNS = np.frombuffer(ALPHABET.encode(), np.uint8)
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


def encode_rows(cells: Array, present: Array) -> tuple[bytes, Array]:
    """Encodes the present cells of a table, row by row; returns each row's end, too.

    Numbers are below 2^30. A negative cell is the code of a character, written unchanged.
    """
    numbers = cells[present].astype(np.int32)
    digits = np.ones(len(numbers), np.uint8)
    for shift in (5, 10, 15, 20, 25):
        longer = numbers >= 1 << shift
        if not longer.any():
            break
        digits += longer
    ends = np.cumsum(digits, dtype=np.int64)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    # Of the unfinished numbers: the place of the next digit, the rest, and how many digits follow.
    places, rest, follow = ends - digits, numbers, digits - np.uint8(1)
    signs = np.flatnonzero(numbers < 0)
    negative = places[signs]
    while len(rest):
        out[places] = _SIGNS[(rest & 31) + (follow > 0) * np.uint8(32)]
        more = np.flatnonzero(follow)
        places, rest, follow = places[more] + 1, rest[more] >> 5, follow[more] - np.uint8(1)
    out[negative] = -numbers[signs]
    # By column: a sixth of numpy's time for rows of four.
    last = np.cumsum(sum(present.T, np.zeros(len(cells), np.int64))) - 1
    rows = np.where(last >= 0, ends[np.maximum(last, 0)], 0) if len(ends) else np.zeros(len(cells), np.int64)
    return out.tobytes(), rows


def decode_numbers(text: str) -> list[int]:
    """Decodes all numbers of a text."""
    numbers, value, shift = [], 0, 0
    for sign in text:
        digit = _VALUES[sign]
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(value)
            value = shift = 0
    return numbers
