"""The texts below the fields of a dataclass, and Markdown tables: for references of settings and records."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable


def read_field_texts(kind: type) -> dict[str, str]:
    """The text below each field of a class, by the field's name; a field without one is missing."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    texts = {}
    for one, below in zip(tree.body, tree.body[1:], strict=False):
        is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and is_text:
            texts[one.target.id] = " ".join(str(below.value.value).split())  # type: ignore[attr-defined]
    return texts


def write_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table; bars in cells are escaped."""
    head = tuple(head)
    lines = [head, ("---",) * len(head), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |" for cells in lines]
