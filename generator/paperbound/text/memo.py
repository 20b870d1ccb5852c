"""What a process makes once and keeps: parsers and template environments, which do not pickle.

This is the one piece of module-level state in Paperbound. A value is found by what made it and by the
digest of what it was made from, so a cached value can never differ from a fresh one. Beside them lies what a build
lends to its workers: forked from a process that has it, they have it without its being pickled.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

_Value = TypeVar("_Value")
_Source = TypeVar("_Source")
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


_texts: dict[tuple[str, str], str] = {}
_MOST_TEXTS = 8_000


def keep_text(kind: str, digest: str, write: Callable[[_Source], str], source: _Source) -> str:
    """The text that `write` makes of a source with this digest, kept while there is room for it."""
    key = (kind, digest)
    text = _texts.get(key)
    if text is None:
        if len(_texts) >= _MOST_TEXTS:
            _texts.clear()
        text = _texts[key] = write(source)
    return text


_lent: dict[str, object] = {}


def lend(name: str, value: object) -> None:
    """Lends a value to workers that are forked from now on, and to this process; None takes it back."""
    if value is None:
        _lent.pop(name, None)
    else:
        _lent[name] = value


def borrow(name: str) -> object:
    """The value that was lent; KeyError where none was."""
    return _lent[name]


def list_lent() -> dict[str, object]:
    """All that is lent, by name."""
    return dict(_lent)


def lend_all(values: dict[str, object]) -> None:
    """Lends these values, in a worker that was not forked."""
    _lent.update(values)


_lock = threading.RLock()


def work_alone() -> threading.RLock:
    """A lock for whoever works with what is kept and lent, where a process has several threads."""
    return _lock
