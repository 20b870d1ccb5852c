"""Zotero's items: answers of its interface for programs, and the JSON of Better BibTeX.

Fields: https://www.zotero.org/support/dev/web_api/v3/types_and_fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..references.hints import (
    read_abstract,
    read_language,
    read_note,
    read_plain,
    read_retraction,
    read_title,
    sort_links,
    take_rest,
)
from ..rows import Row
from ..services.answers import make_reader

_NO_PAPERS = frozenset(("attachment", "note", "annotation"))
_KINDS = {
    "journalArticle": "article",
    "magazineArticle": "article",
    "newspaperArticle": "article",
    "conferencePaper": "inproceedings",
    "book": "book",
    "bookSection": "chapter",
    "encyclopediaArticle": "chapter",
    "dictionaryEntry": "chapter",
    "thesis": "thesis",
    "report": "report",
    "standard": "report",
    "preprint": "preprint",
    "manuscript": "preprint",
    "dataset": "dataset",
    "computerProgram": "software",
}
_PLACES = ("proceedingsTitle", "bookTitle", "publicationTitle", "encyclopediaTitle", "dictionaryTitle", "websiteTitle")
_TEXTS = {
    "volume": ("volume",),
    "issue": ("issue",),
    "series": ("series", "seriesTitle"),
    "publisher": ("publisher", "university", "institution", "company", "studio", "distributor"),
    "address": ("place",),
    "pages": ("pages",),
    "doi": ("DOI",),
    "isbn": ("ISBN",),
    "bibkey": ("citationKey",),
}
_AUTHORS = frozenset(
    ("author", "programmer", "presenter", "artist", "inventor", "podcaster", "cartographer", "director")
)
# Of the library and its owner: keys, copies, days, places in an archive, attachments and notes, which may be private.
_DULL = frozenset(
    "key version itemID itemKey uri select citekey libraryID parentItem inPublications collections relations "
    "dateAdded dateModified accessDate libraryCatalog callNumber archive archiveLocation shortTitle "
    "journalAbbreviation attachments notes numPages rights".split()
)


def convert_item(row: Row) -> dict[str, Any] | None:
    """Converts an item to a paper's fields; returns None for attachments and notes."""
    item_type = row.text("itemType")
    if item_type in _NO_PAPERS:
        row.used.update(row.values)
        row.warn(
            "itemType",
            f"an item of the type {item_type} is no paper; left out",
            "There is nothing to do: it may be private.",
        )
        return None
    kind = _KINDS.get(item_type, "misc")
    title, retracted = read_retraction(row.text("title"))
    note, rest = read_note("\n".join(row.texts("extra")))
    place, meeting = read_plain(row.text(*_PLACES)), read_plain(row.text("conferenceName"))
    repository, archived = row.text("repository"), row.text("archiveID")
    inside = kind in ("chapter", "inproceedings")
    people: dict[str, list[dict[str, str]]] = {}
    for one in row.rows("creators"):
        people.setdefault(one.text("creatorType"), []).append(_read_name(one))
    values = {
        **{name: read_plain(row.text(*keys)) for name, keys in _TEXTS.items()},
        "kind": kind,
        "title": read_title(title),
        "retracted": retracted,
        "authors": [name for role, names in people.items() if role in _AUTHORS for name in names],
        "editors": people.get("editor", []),
        "date": row.text("date"),
        "booktitle": (place or meeting) if inside else "",
        "venue": (meeting if place else "") if inside else place or (repository if repository != "arXiv" else ""),
        "abstract": read_abstract(row.text("abstractNote")),
        "tags": _read_tags(row),
        "language": read_language(row.text("language")),
        "arxiv": archived if archived.lower().startswith("arxiv") else "",
    }
    more = (*sort_links(row.texts("url")).items(), *note.items())
    values |= {name: value for name, value in more if not values.get(name)}
    others = {role: names for role, names in people.items() if role not in _AUTHORS and role != "editor"}
    issn = row.text("ISSN")
    return {**values, "extra": {**take_rest(row, _DULL), **others, "issn": issn, "note": rest}}


def _read_name(creator: Row) -> dict[str, str]:
    if name := creator.text("name"):
        return {"literal": name}
    return {"family": creator.name_part("lastName"), "given": creator.name_part("firstName")}


def _read_tags(row: Row) -> list[str]:
    """Reads the topics; `/unread`, `_todo` and stars are marks of the owner."""
    tags = row.raw("tags")
    items = tags if isinstance(tags, list) else []
    texts = (str(tag.get("tag", "") if isinstance(tag, Mapping) else tag) for tag in items)
    return [text for text in map(str.strip, texts) if text[:1].isalnum()]


READER = make_reader(convert_item, lambda item: "itemType" in item, frozenset(("items", "data")), _DULL)
