"""Zotero RDF: an export of a library; its items are converted to those of the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from ...model.job import Source
from ...model.record import Origin, Record
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..xmltext import LINE, parse_xml
from .zotero import NO_PAPERS, convert_item, report_others

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
}
_RDF = f"{{{_SPACES['rdf']}}}"
# Roles of people by the element that lists them.
_ROLES = {
    "bib:authors": "author",
    "bib:editors": "editor",
    "z:translators": "translator",
    "z:programmers": "programmer",
}
_TEXTS = {
    "title": "dc:title",
    "date": "dc:date",
    "abstractNote": "dcterms:abstract",
    "pages": "bib:pages",
    "language": "z:language",
    "extra": "dc:description",
    "citationKey": "z:citationKey",
    "repository": "z:repository",
    "archiveID": "z:archiveID",
    "volume": "prism:volume",
    "issue": "prism:number",
}
_PARTS = {"publicationTitle": "dc:title", "volume": "prism:volume", "issue": "prism:number"}


def read_zotero_rdf(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a Zotero RDF file; attachments and notes are left out."""
    root = parse_xml(source, context)
    nodes = list(root) if root is not None else []
    described = {node.get(f"{_RDF}about", ""): node for node in nodes}
    count = 0
    for node in nodes:
        kind = _find(node, "z:itemType")
        if kind in NO_PAPERS or node.tag.endswith("}Memo"):
            count += 1
        elif kind:
            origin = Origin(source.file, int(node.get(LINE, "1")), native=False)
            record = make_foreign(convert_item(_convert(node, kind, described)), origin, context)
            if record:
                yield record
    report_others(count, source, context)


def _convert(node: Element, kind: str, described: Mapping[str, Element]) -> dict[str, Any]:
    """Returns the item of the JSON that a node tells."""
    item: dict[str, Any] = {"itemType": kind, "creators": [], "tags": []}
    parts = [part for link in node.findall("dcterms:isPartOf", _SPACES) for part in _follow(link, described)]
    for path, role in _ROLES.items():
        for person in node.iterfind(f"{path}//foaf:Person", _SPACES):
            names = {"firstName": _find(person, "foaf:givenName"), "lastName": _find(person, "foaf:surname")}
            group = not names["firstName"] and bool(_find(person, "foaf:name") or names["lastName"])
            one = {"name": _find(person, "foaf:name") or names["lastName"]} if group else names
            item["creators"].append({"creatorType": role, **one})
    for part in parts:
        series = part.tag.endswith("}Series")
        texts = {("series" if series and key == "publicationTitle" else key): path for key, path in _PARTS.items()}
        item |= {key: text for key, path in texts.items() if (text := _find(part, path))}
    item |= {key: text for key, path in _TEXTS.items() if (text := _find(node, path))}
    item["publisher"] = _find(node, "dc:publisher/foaf:Organization/foaf:name")
    item["place"] = _find(node, "dc:publisher/foaf:Organization/vcard:adr/vcard:Address/vcard:locality")
    item["conferenceName"] = _find(node, "bib:presentedAt/bib:Conference/dc:title")
    item["url"] = _find(node, "dc:identifier/dcterms:URI/rdf:value")
    for subject in node.iterfind("dc:subject", _SPACES):
        item["tags"].append(_find(subject, ".//rdf:value") or " ".join((subject.text or "").split()))
    for owner in (*parts, node):
        for identifier in owner.iterfind("dc:identifier", _SPACES):
            name, _, value = (identifier.text or "").strip().partition(" ")
            if name in ("DOI", "ISBN", "ISSN"):
                item.setdefault(name, value)
    return item


def _follow(link: Element, described: Mapping[str, Element]) -> list[Element]:
    """Returns the elements in a link, or the one that it names."""
    named = described.get(link.get(f"{_RDF}resource", ""))
    return [*link, *([named] if named is not None else [])]


def _find(node: Element, path: str) -> str:
    found = node.find(path, _SPACES)
    return "\n".join(line.strip() for line in "".join(found.itertext()).splitlines()) if found is not None else ""


def _matches(data: bytes) -> bool:
    return b"http://www.zotero.org/namespaces/export#" in data[:4_096]


READER = Reader(read_zotero_rdf, matches=_matches)
