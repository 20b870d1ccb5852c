"""Numbers as printable ASCII that any static host compresses.

A number is written in digits of five bits, lowest first, each a character of `ALPHABET`; the upper half of
the alphabet says that another digit follows.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"
# What stands before the postings of a field: the field's place in this text.
LETTERS = "!#$%&()*,/:;<=>?@[]^_{|}~"
_SIGNS = np.frombuffer(ALPHABET.encode(), np.uint8)
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}


def encode_number(number: int) -> str:
    """A number from 0 up."""
    digits = []
    while number >= 32:
        digits.append(ALPHABET[32 + (number & 31)])
        number >>= 5
    digits.append(ALPHABET[number])
    return "".join(digits)


def encode_rows(cells: Array, present: Array) -> tuple[bytes, Array]:
    """The present cells of a table of numbers (each below 2^30), row by row, and where each row ends.

    A negative cell stands for the character of that code, written as it is.
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
    # Of the numbers that are not written out: the place of the next digit, what is left, how many digits follow it.
    places, rest, follow = ends - digits, numbers, digits - np.uint8(1)
    signs = np.flatnonzero(numbers < 0)
    negative = places[signs]
    while len(rest):
        out[places] = _SIGNS[(rest & 31) + (follow > 0) * np.uint8(32)]
        more = np.flatnonzero(follow)
        places, rest, follow = places[more] + 1, rest[more] >> 5, follow[more] - np.uint8(1)
    out[negative] = -numbers[signs]
    # Column by column: a sixth of the time that rows of four take numpy.
    last = np.cumsum(sum(present.T, np.zeros(len(cells), np.int64))) - 1
    rows = np.where(last >= 0, ends[np.maximum(last, 0)], 0) if len(ends) else np.zeros(len(cells), np.int64)
    return out.tobytes(), rows


def decode_numbers(text: str) -> list[int]:
    """The numbers of a text of digits."""
    numbers, value, shift = [], 0, 0
    for sign in text:
        digit = _VALUES[sign]
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(value)
            value = shift = 0
    return numbers
