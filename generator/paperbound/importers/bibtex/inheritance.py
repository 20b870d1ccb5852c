"""Fields that an entry inherits from the parents that its cross-references name.

The rules are BibTeX's, and the part of biblatex's (manual, appendix B) that our fields have a place for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .blocks import RawEntry
from .sharing import split_keys

# Fields of the volume that are true of its parts.
_INHERITED = frozenset(
    "address booktitle date day edition editor eventdate eventtitle isbn issn institution journal journaltitle "
    "location month organization publisher series venue volume year".split()
)
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle"}
_WHOLE = frozenset(("book", "proceedings", "collection"))
_NOT_COPIED = frozenset(("ids", "crossref", "xref"))


def inherit_fields(
    entry: RawEntry, offers: Mapping[str, Any], find_text: Callable[[str], str], fault: Callable[[str, str, str], None]
) -> dict[str, str]:
    """Returns the fields of an entry with those of its parents.

    `fault` gets field, message and remedy for a parent that no file has, and for parents in a circle.
    """
    fields = dict(entry.fields)
    _follow(entry.kind, fields, (entry.key.lower(),), offers, find_text, fault)
    return fields


def _follow(
    kind: str,
    fields: dict[str, str],
    way: tuple[str, ...],
    offers: Mapping[str, Any],
    find_text: Callable[[str], str],
    fault: Callable[[str, str, str], None],
) -> None:
    for name in ("xdata", "crossref"):
        for key in split_keys(find_text(fields[name])) if name in fields else ():
            if key in way:
                circle = " → ".join((*way[way.index(key) :], key))
                fault(name, f"the entries {circle} inherit from each other", "Remove one of these cross-references.")
                continue
            parent = offers.get(f"parent {key}")
            if parent is None:
                fault(
                    name, f"the parent {key!r} of this entry is in none of the files", "Give the file that has it, too."
                )
                continue
            parent_kind, parent_fields = parent[0], dict(parent[1])
            _follow(parent_kind, parent_fields, (*way, key), offers, find_text, fault)
            for field, value in _list_inherited(name, kind, parent_fields):
                fields.setdefault(field, value)


def _list_inherited(relation: str, kind: str, parent: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, value in parent.items():
        if relation == "xdata":
            if field not in _NOT_COPIED:
                yield field, value
        elif field in _INHERITED:
            yield field, value
        elif field in _RENAMED and kind not in _WHOLE and "booktitle" not in parent:
            yield ("journaltitle" if kind == "article" and field == "title" else _RENAMED[field]), value
