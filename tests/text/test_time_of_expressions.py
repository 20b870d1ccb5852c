"""Every regular expression: 100,000 signs of what keeps it busy take two seconds of the processor at most."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from types import ModuleType
from typing import Any

import pytest
from slow_texts import END, LENGTH, is_slow, list_attacks, repeat

import paperbound

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="the time of a processor is a signal of POSIX")
# Expressions that see a bounded text, with its signs: the code that calls them cuts it.
BOUNDED = {
    "content.files.assets._VIEW_BOX": 10_000,
    "importers.paper_addresses._FORMS": 500,
    "search.query.identifiers._ADDRESS": 2_000,
    "search.query.identifiers._LABEL": 2_000,
    "search.query.identifiers._VERSION": 2_000,
    "search.stemmer": 60,
    "text.identifiers._ARXIV": 2_000,
    "text.identifiers._DOI": 2_000,
    "text.sentences._WORD": 80,
}
# Expressions whose method is not called by their name.
METHODS = {
    "importers.pages.front_matter._ESCAPED_VALUE": {"fullmatch"},
    "importers.pages.front_matter._PLAIN_VALUE": {"fullmatch"},
    "importers.paper_addresses._FORMS": {"match"},
    "importers.references": {"match"},
    "model.record._FORMS": {"fullmatch"},
}
_CALLED = re.compile(r"\b(_?[A-Z][A-Z_]*)\.(match|fullmatch|search|sub|subn|split|finditer|findall)\b")
_WRITTEN = frozenset(
    f"re.{name}" for name in ("match", "fullmatch", "search", "sub", "subn", "split", "finditer", "findall")
)
_SHARES = 5


@lru_cache(1)
def list_patterns() -> dict[str, tuple[re.Pattern[Any], frozenset[str]]]:
    """All expressions that modules hold, with the methods that they are called by; none where nothing says so."""
    found: dict[str, tuple[re.Pattern[Any], frozenset[str]]] = {}
    known: set[tuple[object, int]] = set()
    for place in pkgutil.walk_packages(paperbound.__path__, "paperbound."):
        if place.name.endswith("__main__"):
            continue
        module = importlib.import_module(place.name)
        called: dict[str, set[str]] = {}
        for name, method in _CALLED.findall(inspect.getsource(module)):
            called.setdefault(name, set()).add(method)
        for name, value in {**vars(module), **_list_written(module)}.items():
            for number, pattern in enumerate(_list_inner(value)):
                if (pattern.pattern, pattern.flags) not in known:
                    known.add((pattern.pattern, pattern.flags))
                    path = f"{place.name.removeprefix('paperbound.')}.{name}"
                    methods = _find(METHODS, path) or called.get(name, {name.partition(" ")[2]} - {""})
                    found[f"{path} {number}" if number else path] = pattern, frozenset(methods)
    return found


def _list_written(module: ModuleType) -> dict[str, re.Pattern[Any]]:
    """The expressions that functions of a module write where they use them, by line and method."""
    found = {}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _WRITTEN and node.args:
            flags = [
                one for one in (*node.args[1:], *(word.value for word in node.keywords)) if "re." in ast.unparse(one)
            ]
            with suppress(Exception):  # what a function makes of its arguments
                text, flag = (
                    eval(ast.unparse(one), vars(module)) for one in (node.args[0], (flags or [ast.Constant(0)])[-1])
                )
                found[f"line-{node.lineno} {ast.unparse(node.func).removeprefix('re.')}"] = re.compile(text, flag)
    return found


def _list_inner(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset) and depth < 3:
        for one in value:
            yield from _list_inner(one, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        for one in value.values():
            yield from _list_inner(one, depth + 1)
    elif type(value).__module__.startswith("paperbound") and not isinstance(value, type) and depth < 2:
        for name in getattr(type(value), "__dataclass_fields__", ()):
            yield from _list_inner(getattr(value, name), depth + 1)


def _find(table: dict[str, Any], path: str) -> Any:
    return next((value for name, value in table.items() if path == name or path.startswith(f"{name}.")), None)


def find_attack(pattern: re.Pattern[Any], methods: frozenset[str], length: int = LENGTH) -> str:
    """What keeps an expression busy too long, or nothing."""
    acts: list[Callable[[Any], object]] = []
    if not methods or methods - {"match", "fullmatch"}:
        acts.append(lambda text: pattern.sub(b"" if isinstance(text, bytes) else "", text))
    acts += [getattr(pattern, name) for name in ("match", "fullmatch") if name in methods or not methods]
    for before, piece in list_attacks(pattern):
        for text in (before + repeat(piece, length) + END, repeat(before + piece, length) + END):
            data = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
            if any(is_slow(act, data) for act in acts):
                return f"{before[:40]!r}, then {piece[:40]!r} again and again"
    return ""


@pytest.mark.parametrize("share", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in range(1, _SHARES))])
def test_every_expression_takes_time_as_its_text_is_long(share: int) -> None:
    patterns = list_patterns()
    assert len(patterns) > 300
    slow = {
        name: attack
        for name in sorted(patterns)[share::_SHARES]
        if (attack := find_attack(*patterns[name], _find(BOUNDED, name.partition(" ")[0]) or LENGTH))
    }
    assert slow == {}


def test_each_exception_is_there() -> None:
    paths = {name.partition(" ")[0] for name in list_patterns()}
    assert [name for name in (*BOUNDED, *METHODS) if not any(_find({name: True}, path) for path in paths)] == []


@pytest.mark.parametrize(
    "slow",
    [
        r"(a+)+b",
        r"(?:<!--.*?-->\s*)*<html",
        r"\s+$",
        r"(a|a)*b",
        r"<!--.*?-->",
        r"\s*,?\s+and",
        r"\[([^]]*)\]",
        r"(\d)\s*\$\s*(?:x\s*)?\s*\$",
        r"(?:[-_.]*w?\d+)+$",
        rb"ab[a-z]*c|[.]+x",
    ],
)
def test_a_slow_expression_is_found(slow: str | bytes) -> None:
    assert find_attack(re.compile(slow, re.DOTALL), frozenset())  # type: ignore[type-var]


@pytest.mark.parametrize("fast", [r"a+", r"(?<!\s)\s+$", r"(?><!--.*?-->\s*)*+<html", r"\[([^][]*)\]"])
def test_a_fast_expression_is_none(fast: str) -> None:
    assert not find_attack(re.compile(fast, re.DOTALL), frozenset({"search"} if "html" not in fast else {"match"}))
