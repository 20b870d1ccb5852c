"""Zotero RDF: the export of a library, its items converted to those of the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from ...model.build import Source
from ...model.record import Record
from ...text.characters import collapse
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..rows import Row
from ..services.elements import read_elements
from .items import convert_item

# Classes of the elements that the file describes; a journal may stand beside its articles, or in one.
_CLASSES = frozenset(
    "Article Book BookSection Data Description Document Illustration Image Interview Journal Legislation Letter "
    "Manuscript Memo MotionPicture Patent Recording Report Series Thesis UserItem Attachment Collection Conference "
    "Proceedings Website Periodical Newspaper Magazine CourtReporter".split()
)
# Roles of people by the element that lists them.
_ROLES = {"authors": "author", "editors": "editor", "translators": "translator", "programmers": "programmer"}
_TEXTS = {
    "title": "title",
    "date": "date",
    "abstractNote": "abstract",
    "pages": "pages",
    "language": "language",
    "extra": "description",
    "citationKey": "citationKey",
    "repository": "repository",
    "archiveID": "archiveID",
    "volume": "volume",
    "issue": "number",
    "publisher": "publisher/Organization/name",
    "place": "publisher/Organization/adr/Address/locality",
    "conferenceName": "presentedAt/Conference/title",
    "url": "identifier/URI/value",
}
_PARTS = {"publicationTitle": "title", "volume": "volume", "issue": "number"}


def read_zotero_rdf(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a Zotero RDF file; attachments and notes are left out."""
    found = [one for one in read_elements(source, context, _CLASSES) if len(one.above) == 1]
    described = {one.element.get("about", ""): one.element for one in found}
    for node, line, _ in found:
        kind = _find(node, "itemType") or ("note" if node.tag == "Memo" else "")
        fields = convert_item(Row(_convert(node, kind, described), source.file, line, context)) if kind else None
        record = make_foreign(fields, Row({}, source.file, line, context).origin, context) if fields else None
        if record:
            yield record


def _convert(node: Element, kind: str, described: Mapping[str, Element]) -> dict[str, Any]:
    """Converts an element to the item that the JSON would have."""
    parts = [part for link in node.iterfind("isPartOf") for part in _follow(link, described)]
    item: dict[str, Any] = {"itemType": kind, "creators": [], "tags": []}
    for part in parts:
        texts = {
            "series" if part.tag == "Series" and key == "publicationTitle" else key: path
            for key, path in _PARTS.items()
        }
        item |= {key: text for key, path in texts.items() if (text := _find(part, path))}
    item |= {key: text for key, path in _TEXTS.items() if (text := _find(node, path))}
    for path, role in _ROLES.items():
        for person in node.iterfind(f"{path}//Person"):
            given, family = _find(person, "givenName"), _find(person, "surname")
            names = {"firstName": given, "lastName": family} if given else {"name": family or _find(person, "name")}
            item["creators"].append({"creatorType": role, **names})
    item["tags"] = [_find(one, ".//value") or collapse(one.text or "") for one in node.iterfind("subject")]
    for owner in (*parts, node):
        for identifier in owner.iterfind("identifier"):
            name, _, value = (identifier.text or "").strip().partition(" ")
            if name in ("DOI", "ISBN", "ISSN"):
                item.setdefault(name, value)
    return item


def _follow(link: Element, described: Mapping[str, Element]) -> list[Element]:
    """Returns the elements in a link, or the one that it names."""
    named = described.get(link.get("resource", ""))
    return [*link, *([named] if named is not None else [])]


def _find(node: Element, path: str) -> str:
    found = node.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""


READER = Reader(read_zotero_rdf, matches=lambda data: b"http://www.zotero.org/namespaces/export#" in data[:4_096])
