"""Zotero's items: answers of its interface for programs, and the JSON of Better BibTeX.

Fields: https://www.zotero.org/support/dev/web_api/v3/types_and_fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...model.errors import Fault
from ...model.job import Source
from ...model.record import Origin, Record
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .hints import read_abstract, read_language, read_note, read_plain, read_retraction, read_text, sort_links
from .jsontext import find_text, list_objects, read_objects

NO_PAPERS = frozenset(("attachment", "note", "annotation"))
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
# Of the library and its owner: keys, copies, days, places in an archive, notes.
_OMITTED = frozenset(
    "key version itemType title creators date extra tags url abstractNote language repository archiveID conferenceName "
    "collections relations dateAdded dateModified accessDate libraryCatalog callNumber archive archiveLocation ISSN "
    "shortTitle journalAbbreviation attachments notes itemID itemKey uri select citekey libraryID parentItem rights "
    "inPublications numPages".split()
).union(_PLACES, *_TEXTS.values())


def read_zotero(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of Zotero's items; attachments and notes are left out."""
    count = 0
    for item, line in read_objects(source, context, "items"):
        data = item.get("data")
        fields = data if isinstance(data, Mapping) else item
        if find_text(fields.get("itemType")) in NO_PAPERS:
            count += 1
            continue
        record = make_foreign(convert_item(fields), Origin(source.file, line, native=False), context)
        if record:
            yield record
    report_others(count, source, context)


def report_others(count: int, source: Source, context: ReadContext) -> None:
    """Reports the number of attachments and notes among the papers of a file."""
    if count:
        message = f"{count} attachments and notes among the papers are left out"
        remedy = "Nothing: they may be private."
        context.report(Fault(source.file, source.line, "", message, remedy, warning=True))


def convert_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields of a record that an item has."""
    kind = _KINDS.get(find_text(item.get("itemType")), "misc")
    title, retracted = read_retraction(find_text(item.get("title")))
    note, rest = read_note(find_text(item.get("extra")))
    place, meeting = read_plain(_find(item, *_PLACES)), read_plain(_find(item, "conferenceName"))
    repository, archived = _find(item, "repository"), _find(item, "archiveID")
    inside = kind in ("chapter", "inproceedings")
    people = list_objects(item.get("creators"))
    known: dict[str, list[Mapping[str, str]]] = {}
    for one in people:
        known.setdefault(find_text(one.get("creatorType")), []).append(_read_name(one))
    values = {
        **{name: read_plain(_find(item, *keys)) for name, keys in _TEXTS.items()},
        "kind": kind,
        "title": read_text(title),
        "retracted": retracted,
        "authors": [name for role, names in known.items() if role in _AUTHORS for name in names],
        "editors": known.get("editor", []),
        "date": find_text(item.get("date")),
        "booktitle": (place or meeting) if inside else "",
        "venue": (meeting if place else "") if inside else place or (repository if repository != "arXiv" else ""),
        "abstract": read_abstract(find_text(item.get("abstractNote"))),
        "tags": _read_tags(item.get("tags")),
        "language": read_language(find_text(item.get("language"))),
        "arxiv": archived if archived.lower().startswith("arxiv") else "",
        "extra": {
            **{key: value for key, value in item.items() if key not in _OMITTED},
            **{role: names for role, names in known.items() if role not in _AUTHORS and role != "editor"},
            "issn": find_text(item.get("ISSN")),
            "note": rest,
        },
    }
    more = (*sort_links([find_text(item.get("url"))]).items(), *note.items())
    return values | {name: value for name, value in more if not values.get(name)}


def _find(item: Mapping[str, Any], *keys: str) -> str:
    return next((text for key in keys if (text := find_text(item.get(key)))), "")


def _read_name(creator: Mapping[str, Any]) -> Mapping[str, str]:
    if name := find_text(creator.get("name")):
        return {"literal": name}
    return {"family": find_text(creator.get("lastName")), "given": find_text(creator.get("firstName"))}


def _read_tags(tags: Any) -> list[str]:
    """Reads the topics; `/unread`, `_todo` and stars are marks of the owner."""
    items = tags if isinstance(tags, list) else []
    texts = (find_text(tag.get("tag") if isinstance(tag, Mapping) else tag) for tag in items)
    return [text for text in map(str.strip, texts) if text[:1].isalnum()]


def _matches(data: bytes) -> bool:
    head = data[:65_536]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") and b'"itemType"' in head


READER = Reader(read_zotero, matches=_matches)
