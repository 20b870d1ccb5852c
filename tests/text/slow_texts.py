"""Texts that keep expressions and functions busy, and a limit of time that counts the processor's seconds.

An expression is attacked by texts of its own: what leads to one of its repetitions, then what the repetition takes,
again and again, then a sign that fits nowhere.
"""

from __future__ import annotations

import contextlib
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from re import _constants as kinds  # type: ignore[attr-defined]  # the parser of expressions has no public name
from re import _parser as expressions  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

LENGTH = 100_000
LIMIT = 2.0
END = "\x01"
# What no class of characters is without.
_SIGNS = "a1 A-_.,:;/\\\"'<>()[]{}$&#%*+=?!@|~^`\n\té李\u0301\x02"
_CATEGORIES = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
_MANY = 100


class TooLongError(BaseException):
    """Raised in a function whose time is over; no `except Exception` of the function catches it."""


@contextlib.contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raises TooLongError in what takes more time of the processor; other processes of the machine count for nothing."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def is_slow(act: Callable[[Any], object], text: str | bytes) -> bool:
    """Whether a function takes longer for a text than any may; its result is used up."""
    try:
        with limit_time(LIMIT), contextlib.suppress(Exception):
            found = act(text)
            if isinstance(found, Iterator):
                for _ in found:
                    pass
    except TooLongError:
        return True
    return False


def repeat(piece: str, length: int = LENGTH) -> str:
    """A text of a length that is one piece again and again."""
    return (piece * (length // max(1, len(piece)) + 1))[:length]


def list_attacks(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[tuple[str, str]]:
    """The attacks on an expression: a beginning, and a piece that is repeated."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = expressions.parse(text, pattern.flags & ~re.DEBUG & ~(0 if isinstance(pattern.pattern, str) else re.UNICODE))
    return list(dict.fromkeys(_list_attacks(list(tree), "", {})))


def _list_attacks(tree: Sequence[Any], before: str, groups: dict[int, str]) -> Iterator[tuple[str, str]]:
    for operation, value in tree:
        if operation in _REPEATS:
            _, most, body = value
            if most == kinds.MAXREPEAT or most >= _MANY:
                for piece in _list_samples(list(body), groups):
                    yield before, piece
            yield from _list_attacks(list(body), before, groups)
        elif operation is kinds.BRANCH:
            for body in value[1]:
                yield from _list_attacks(list(body), before, groups)
        elif operation is kinds.SUBPATTERN:
            yield from _list_attacks(list(value[3]), before, groups)
        elif operation is kinds.ATOMIC_GROUP:
            yield from _list_attacks(list(value), before, groups)
        before += next(iter(_list_samples([(operation, value)], groups)), "")


def _list_samples(tree: Sequence[Any], groups: dict[int, str]) -> list[str]:
    """A few texts that a part of an expression takes."""
    found = [""]
    for operation, value in tree:
        found = [one + more for one in found for more in _sample(operation, value, groups)][:6]
    return list(dict.fromkeys(one for one in found if one))


def _sample(operation: Any, value: Any, groups: dict[int, str]) -> list[str]:
    if operation is kinds.LITERAL:
        return [chr(value)]
    if operation is kinds.NOT_LITERAL:
        return [next(one for one in _SIGNS if ord(one) != value)]
    if operation is kinds.ANY:
        return ["a"]
    if operation is kinds.IN:
        return _sample_class(value)
    if operation is kinds.BRANCH:
        return [one for body in value[1] for one in _list_samples(list(body), groups)[:1] or [""]][:4]
    if operation is kinds.SUBPATTERN:
        found = _list_samples(list(value[3]), groups) or [""]
        groups[value[0]] = found[0]
        return found
    if operation is kinds.ATOMIC_GROUP:
        return _list_samples(list(value), groups) or [""]
    if operation in _REPEATS:
        least, _, body = value
        # What may be left out is there and not there.
        found = [one * max(1, min(least, _MANY)) for one in _list_samples(list(body), groups)[:2]]
        return [*found, ""] if not least else found or [""]
    return [groups.get(value, "")] if operation is kinds.GROUPREF else [""]


def _sample_class(items: Sequence[Any]) -> list[str]:
    parts, negated = [], False
    for operation, value in items:
        if operation is kinds.NEGATE:
            negated = True
        elif operation is kinds.LITERAL:
            parts.append(re.escape(chr(value)))
        elif operation is kinds.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(_CATEGORIES[value])
    fits = re.compile(f"[{'^' * negated}{''.join(parts)}]").fullmatch
    firsts = [
        chr(value if operation is kinds.LITERAL else value[0])
        for operation, value in items
        if operation in (kinds.LITERAL, kinds.RANGE)
    ]
    found = [one for one in (*_SIGNS, *firsts) if fits(one)]
    return list(dict.fromkeys([*found[:2], *found[-1:]]))
