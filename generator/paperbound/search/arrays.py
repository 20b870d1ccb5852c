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


def pack_texts(texts: list[str]) -> Array:
    """Texts without line ends as one array of bytes."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode(), np.uint8)


def unpack_texts(array: Array) -> list[str]:
    """The texts of an array of bytes."""
    return array.tobytes().decode().split("\n")[:-1]


def pick_texts(array: Array, places: Array) -> Array:
    """The texts at these places of an array of bytes, as such an array; none is decoded."""
    ends = np.flatnonzero(array == ord("\n")) + 1
    starts = ends - np.diff(ends, prepend=0)
    lengths = (ends - starts)[places]
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    picked: Array = array[np.repeat(starts[places], lengths) + within]
    return picked


def begin_texts(array: Array) -> Array:
    """For each text of an array of bytes its first eight bytes as a number: what texts are mostly sorted by."""
    ends = np.flatnonzero(array == ord("\n"))
    starts = np.concatenate([np.zeros(min(1, len(ends)), int), ends[:-1] + 1])
    numbers = np.zeros(len(ends), np.uint64)
    for place in range(8):
        at = starts + place
        byte = np.where(at < ends, array[np.minimum(at, len(array) - 1)] if len(array) else 0, 0)
        numbers = (numbers << np.uint64(8)) | byte.astype(np.uint64)
    return numbers
