"""What a process makes once and keeps: parsers and template environments, which do not pickle.

This is the one piece of module-level state in Paperbound. A value is found by what made it and by the
digest of what it was made from, so a cached value can never differ from a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")
_kept: dict[tuple[str, str], object] = {}
_LIMIT = 16


def keep(kind: str, digest: str, make: Callable[[], _Value]) -> _Value:
    """The value that `make` made for this kind and digest, made now if this process has none yet."""
    key = (kind, digest)
    if key not in _kept:
        if len(_kept) >= _LIMIT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = make()
    return _kept[key]  # type: ignore[return-value]
