"""Functions that the package's frozen dataclasses have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, TypeVar

_Value = TypeVar("_Value")


def restore(kind: type[_Value], values: Iterable[Any]) -> _Value:
    """Creates a dataclass with slots from all its fields, without `__post_init__`.

    `values` are in the order of the fields, and were checked when the first object was created.
    """
    value = object.__new__(kind)
    for name, item in zip(kind.__slots__, values, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(value, name, item)
    return value


class Digested:
    """A frozen dataclass with a field `digest` of its other fields, as `repr`.

    Fingerprints use `repr`: with a list's entries and the site's context written out each time, they took half as long
    again at 10,000 papers.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        names: tuple[str, ...] = self.__slots__
        values = tuple([getattr(self, name) for name in names if name != "digest"])
        digest = hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()
        object.__setattr__(self, "digest", digest)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({getattr(self, 'digest', '')})"
