"""Fields that an entry inherits from the parents that its cross-references name.

The rules are BibTeX's, and the part of biblatex's (manual, appendix B) that our fields have a place for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from .sharing import split_keys
from .values import DEEPEST

# Fields of the volume that are true of its parts.
_INHERITED = frozenset(
    "address booktitle date day edition editor eventdate eventtitle isbn issn institution journal journaltitle "
    "location month organization publisher series venue volume year".split()
)
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle"}
_WHOLE = frozenset(("book", "proceedings", "collection"))
_NOT_COPIED = frozenset(("ids", "crossref", "xref"))


class Ancestry(NamedTuple):
    """The parents of entries by key, and how to read and to report.

    A parent has a type and fields. `read` returns the text of a field, `report` gets a field, a message and a remedy.
    """

    parents: Mapping[str, tuple[str, Mapping[str, str]]]
    read: Callable[[str, str], str]
    report: Callable[[str, str, str], None]

    def inherit(self, kind: str, own: Mapping[str, str], way: tuple[str, ...]) -> dict[str, str]:
        """Returns the fields of an entry with those of its parents; reports missing parents.

        `way` has the keys from the first entry to this one, none of which can be its parent.
        """
        fields = dict(own)
        for name in ("xdata", "crossref"):
            for key in split_keys(self.read(name, own[name])) if name in own else ():
                if key in way:
                    circle = " → ".join((*way[way.index(key) :], key))
                    message = f"the entries {circle} inherit from each other"
                    self.report(name, message, "Remove one of these cross-references.")
                elif key not in self.parents:
                    message = f"the parent {key!r} of this entry is in none of the files"
                    self.report(name, message, "Give the file that has it, too.")
                elif len(way) < DEEPEST:
                    parent, theirs = self.parents[key]
                    for field, value in _list_inherited(name, kind, self.inherit(parent, theirs, (*way, key))):
                        fields.setdefault(field, value)
        return fields


def _list_inherited(relation: str, kind: str, parent: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, value in parent.items():
        if relation == "xdata":
            if field not in _NOT_COPIED:
                yield field, value
        elif field in _INHERITED:
            yield field, value
        elif field in _RENAMED and kind not in _WHOLE and "booktitle" not in parent:
            yield ("journaltitle" if kind == "article" and field == "title" else _RENAMED[field]), value
