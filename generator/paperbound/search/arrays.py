"""Arrays in one run of bytes, so that a file of them can be mapped and read in part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_ALIGN = 16


def pack_arrays(arrays: Mapping[str, Array]) -> bytes:
    """A line of JSON (name: type, offset, count), then the arrays' bytes, little-endian, each aligned to 16."""
    header: dict[str, tuple[str, int, int]] = {}
    parts: list[bytes] = []
    at = 0
    for name, array in arrays.items():
        data = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
        header[name] = (array.dtype.newbyteorder("<").str, at, array.size)
        data += bytes(-len(data) % _ALIGN)
        parts.append(data)
        at += len(data)
    head = json.dumps(header).encode()
    return b"".join([head, b" " * (-(len(head) + 1) % _ALIGN), b"\n", *parts])


def unpack_arrays(data: bytes | memoryview) -> dict[str, Array]:
    """The arrays of packed bytes, which are not copied."""
    view = memoryview(data)
    end = bytes(view[:65536]).index(b"\n") + 1
    header = json.loads(bytes(view[:end]))
    return {name: np.frombuffer(view, kind, count, end + at) for name, (kind, at, count) in header.items()}


def order_numbers(numbers: Array) -> Array:
    """The places of numbers from 0 up to 2^32 in the order of their values, equal ones in the order of their places.

    By 16 bits at a time, which numpy sorts by counting: two fifths of the time that it takes for all at once.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if len(numbers) and int(numbers.max()) >> 16:
        order = order[np.argsort((numbers >> 16)[order].astype(np.uint16), kind="stable")]
    return order


def pack_texts(texts: list[str]) -> Array:
    """Texts without line ends as one array of bytes."""
    return np.frombuffer("\n".join([*texts, ""]).encode(), np.uint8)


def unpack_texts(array: Array) -> list[str]:
    """The texts of an array of bytes."""
    return array.tobytes().decode().split("\n")[:-1]


def append_signs(array: Array, signs: Array) -> Array:
    """The texts of an array of bytes, each with one of the signs (a byte each) behind it, as such an array."""
    _, ends = _find_texts(array)
    places = ends + np.arange(len(ends))
    longer = np.empty(len(array) + len(ends), np.uint8)
    longer[places] = signs
    rest = np.ones(len(longer), bool)
    rest[places] = False
    longer[rest] = array
    return longer


def pick_texts(array: Array, places: Array) -> Array:
    """The texts at these places of an array of bytes, as such an array; none is decoded."""
    starts, ends = _find_texts(array)
    lengths = (ends - starts)[places] + 1
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    picked: Array = array[np.repeat(starts[places], lengths) + within]
    return picked


def begin_texts(array: Array) -> Array:
    """For each text of an array of bytes its first eight bytes as a number: what texts are mostly sorted by."""
    starts, ends = _find_texts(array)
    numbers = np.zeros(len(ends), np.uint64)
    for place in range(8):
        # A text that is shorter goes on with zeros; its end is a place in the array, too.
        at = np.minimum(starts + place, ends)
        numbers = (numbers << np.uint64(8)) | np.where(at < ends, array[at], 0).astype(np.uint64)
    return numbers


def _find_texts(array: Array) -> tuple[Array, Array]:
    """Where each text of an array of bytes begins, and the line end behind it."""
    ends = np.flatnonzero(array == ord("\n"))
    return ends - np.diff(ends, prepend=-1) + 1, ends
