"""Zotero's CSV: a table of a library, its rows converted to items of the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...model.build import Source
from ...model.record import Record
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..pages.cells import find_header, read_rows
from ..rows import Row
from .items import convert_item

_ROLES = {"Author": "author", "Editor": "editor", "Translator": "translator", "Programmer": "programmer"}
_TAGS = ("Manual Tags", "Automatic Tags")
# Columns with files and notes of the owner, or that repeat another one.
_DULL = frozenset(("File Attachments", "Link Attachments", "Notes", "Publication Year", *_TAGS, *_ROLES))


def read_zotero_table(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of Zotero's CSV; attachments and notes are left out."""
    for cells, line in read_rows(source, context, _count_known):
        row = Row(_convert(cells), source.file, line, context)
        if cells.get("Notes"):
            row.warn(
                "Notes", "notes of the library's owner are left out", "There is nothing to do: they may be private."
            )
        fields = convert_item(row)
        record = make_foreign(fields, row.origin, context) if fields else None
        if record:
            yield record


def _convert(cells: Mapping[str, str]) -> dict[str, Any]:
    """Converts a row to the item that the JSON would have."""
    item: dict[str, Any] = {_name(column): cell for column, cell in cells.items() if column not in _DULL}
    item["creators"] = [
        {"creatorType": role, **_split(name)}
        for column, role in _ROLES.items()
        for name in cells.get(column, "").split(";")
        if name.strip()
    ]
    item["tags"] = [tag for column in _TAGS for tag in cells.get(column, "").split(";")]
    item["date"] = item.get("date") or cells.get("Publication Year", "")
    return item


def _split(name: str) -> dict[str, str]:
    family, comma, given = name.strip().partition(",")
    return {"lastName": family, "firstName": given.strip()} if comma else {"name": family}


def _name(column: str) -> str:
    """Returns the name of a column in the JSON: `Abstract Note` is `abstractNote`."""
    first, *others = column.split() or [column]
    return "".join((first if first.isupper() else first.lower(), *others))


def _count_known(names: Sequence[str]) -> int:
    return len({"Key", "Item Type", "Title", "Publication Title"} & set(names)) if "Item Type" in names else 0


def _matches(start: bytes) -> bool:
    return bool(find_header(start.decode("utf-8", "ignore").replace("\r", "\n"), _count_known)[2])


READER = Reader(read_zotero_table, matches=_matches)
