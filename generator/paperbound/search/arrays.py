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
