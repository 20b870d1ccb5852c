"""In-process caches, and values that a build shares with its workers.

The one module with mutable state in Paperbound, besides the bounded caches of words in `search/tokens.py`. Each memo
is keyed by a digest of its inputs, so a cached value equals a new one. Workers forked from a process have its shared
values without pickling.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")
_Source = TypeVar("_Source")
_MOST_VALUES = 32
_MOST_TEXTS = 8_000
_values: dict[tuple[str, str], object] = {}
_texts: dict[tuple[str, str], str] = {}
_shared: dict[str, object] = {}

# Guards memos and shared values in a process with several threads.
LOCK = threading.RLock()


def memoize(kind: str, digest: str, make: Callable[[], _Value]) -> _Value:
    """Returns the cached value of this kind and digest; calls `make` for a missing one."""
    key = (kind, digest)
    if key not in _values:
        if len(_values) >= _MOST_VALUES:
            _values.pop(next(iter(_values)))
        _values[key] = make()
    return _values[key]  # type: ignore[return-value]


def memoize_text(kind: str, digest: str, write: Callable[[_Source], str], source: _Source) -> str:
    """Returns the cached text of this kind and digest; calls `write(source)` for a missing one."""
    key = (kind, digest)
    text = _texts.get(key)
    if text is None:
        if len(_texts) >= _MOST_TEXTS:
            _texts.clear()
        text = _texts[key] = write(source)
    return text


def share(name: str, value: object) -> None:
    """Shares a value with this process and workers forked later; None removes the name."""
    if value is None:
        _shared.pop(name, None)
    else:
        _shared[name] = value


def shared(name: str) -> object:
    """Returns the shared value of this name; raises KeyError for an unknown one."""
    return _shared[name]


def list_shared() -> dict[str, object]:
    """Returns all shared values by name."""
    return dict(_shared)


def share_all(values: dict[str, object]) -> None:
    """Shares values by name, in a worker that was not forked."""
    _shared.update(values)
