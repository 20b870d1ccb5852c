"""In-process caches, and values that a build shares with its workers.

The one module with mutable state in Paperbound, besides the bounded caches of words in `search/tokens.py`, of names in
`text/names.py` and `formats/bibtex/entries.py`, and of plain texts in `markup/texts.py`. Each memo is keyed by a digest
of its inputs, so a cached value equals a new one.
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
# Values by name, which workers forked from this process have without pickling.
SHARED: dict[str, object] = {}

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
