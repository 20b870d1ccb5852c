"""Rule: a sort of fault that `paperbound check` looks for, as a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..model.catalogue import Catalogue, Profile
from ..model.errors import Fault
from .pages import BuiltPage

# What a value may be written with around a text: a word has none of them.
WORD = re.compile(r"[^ \t\r\n\"'{}\[\],:]+")
ERROR, WARNING, NOTE, OFF = "error", "warning", "note", "off"


class Content(NamedTuple):
    """The papers of a content folder, and the people of its authors.yaml."""

    catalogue: Catalogue
    profiles: Sequence[Profile]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site: folder, sizes of files, parsed pages, base path.

    Sizes and pages are by path. `written` are the paths of the last build, or None where they are unknown.
    """

    folder: Path
    files: Mapping[str, int]
    pages: Mapping[str, BuiltPage]
    base_path: str
    written: frozenset[str] | None = None

    def fault(self, path: str, line: int, field: str, message: str, remedy: str) -> Fault:
        """Makes a fault of a file of the site."""
        return Fault(f"{self.folder.name}/{path}", line, field, message, remedy)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the registry: one sort of fault.

    `summary` is one sentence and `text` the Markdown of the rule's page. `find_in_content` and `find_in_site` yield
    faults; a rule without both is found while content is read, by faults that name it. `mend` returns a field's value
    without the fault where that is certain: in `mended_fields`, or in all where there are none. `piece` finds what of a
    line is mended at once, by default words.
    """

    name: str
    severity: str
    summary: str
    text: str
    find_in_content: Callable[[Content], Iterable[Fault]] | None = None
    find_in_site: Callable[[BuiltSite], Iterable[Fault]] | None = None
    mend: Callable[[str], str] | None = None
    mended_fields: tuple[str, ...] = ()
    piece: re.Pattern[str] = WORD


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault with the name of its rule and its severity."""

    fault: Fault
    rule: str
    severity: str
