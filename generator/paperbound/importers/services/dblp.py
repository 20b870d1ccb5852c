"""DBLP's XML: records, pages of persons, answers of its search.

https://dblp.org/xml/docu/dblpxml.pdf
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, tostring

from ...model.build import Source
from ...model.record import Origin, Record
from ..dialects import from_html
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..names import read_homonym
from ..paper_addresses import find_identifier
from .elements import list_texts, read_elements

_KINDS = {
    "article": "article",
    "inproceedings": "inproceedings",
    "proceedings": "book",
    "book": "book",
    "incollection": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "data": "dataset",
}
# The names of kinds in answers of the search.
_TYPES = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "inproceedings",
    "Parts in Books or Collections": "chapter",
    "Books and Theses": "book",
    "Editorship": "book",
    "Informal and Other Publications": "preprint",
    "Data and Artifacts": "dataset",
}
# What papers take from the volume that their cross-reference names, by the fields of a paper.
_INHERITED = ("venue", "booktitle", "date", "publisher", "series", "volume", "isbn", "editors")
_VOLUMES = ("proceedings", "book")
READ = frozenset(
    "author editor title booktitle pages year month journal volume number ee url publisher school series isbn note "
    "crossref cite stream cdrom rel address authors venue type key doi access pid".split()
)


def read_dblp(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of an XML file of DBLP.

    Papers inherit from the volume that their cross-reference names; it is no record of its own.
    """
    volumes, parents = context.shared.get("volumes", {}), context.shared.get("parents", {})
    for element, line, _ in read_elements(source, context, frozenset((*_KINDS, "info"))):
        if element.tag == "info" and element.find("title") is None:
            continue  # an answer that lists persons or venues
        if (element.get("key") or "").startswith("dblpnote/"):
            continue
        for child in element:
            if child.tag not in READ:
                context.count_unknown(child.tag, line)
        if element.tag in _VOLUMES and element.get("key") in parents:
            continue
        fields = convert_entry(element)
        volume = volumes.get(next(iter(list_texts(element, "crossref")), ""), {})
        fields |= {name: volume[name] for name in _INHERITED if volume.get(name) and not fields.get(name)}
        record = make_foreign(fields, Origin(source.file, line, native=False), context)
        if record:
            yield record


def gather_volumes(source: Source) -> Mapping[str, Any]:
    """Returns the volumes of a file by key, and the keys of its cross-references."""
    volumes: dict[str, dict[str, Any]] = {}
    parents: dict[str, bool] = {}
    if any(f"<{name}".encode() in source.data for name in (*_VOLUMES, "crossref")):
        for element, _, _ in read_elements(source, ReadContext(lambda _fault: None), frozenset(_KINDS)):
            parents |= dict.fromkeys(list_texts(element, "crossref"), True)
            if element.tag in _VOLUMES and (key := element.get("key")):
                fields = convert_entry(element)
                volumes[key] = {name: fields[name] for name in _INHERITED} | {"booktitle": fields["title"]}
    return {"volumes": volumes, "parents": parents}


def convert_entry(entry: Element) -> dict[str, Any]:
    """Converts a record, or the information of a hit, to a paper's fields."""
    text = {name: next(iter(list_texts(entry, name)), "") for name in READ}
    key = entry.get("key") or text["key"]
    people = [*entry.iterfind("author"), *entry.iterfind("authors/author")]
    addresses = [url for url in list_texts(entry, "ee") if "wikidata.org/" not in url]
    dois = [text["doi"], *(url for url in addresses if "doi.org/" in url)]
    # CoRR's volume is `abs/2401.00001`.
    places = (*addresses, f"https://arxiv.org/{text['volume']}")
    arxiv = next((one.value for place in places if (one := find_identifier(place)) and one.kind == "arxiv"), "")
    preprint = text["journal"] == "CoRR" or entry.get("publtype") == "informal"
    kind = _KINDS.get(entry.tag) or _TYPES.get(text["type"], "misc")
    return {
        "id": key.replace("/", "-"),
        "title": _read_title(entry),
        "authors": [_read_person(person) for person in people],
        "editors": [_read_person(person) for person in entry.iterfind("editor")],
        "date": f"{text['month']} {text['year']}".strip() if text["month"] else text["year"],
        "kind": "preprint" if preprint else kind,
        "venue": "" if preprint else text["journal"] or text["booktitle"] or text["school"] or text["venue"],
        "volume": "" if arxiv and preprint else text["volume"],
        "booktitle": "",
        "issue": text["number"],
        "publisher": text["publisher"] or text["school"],
        **{name: text[name] for name in ("pages", "series", "isbn", "address")},
        "doi": next((doi for doi in dois if doi), ""),
        "arxiv": arxiv,
        "retracted": "This paper was withdrawn." if entry.get("publtype") == "withdrawn" else "",
        "links": {"url": next((url for url in addresses if "doi.org/" not in url), "")},
        "note": text["note"],
        "extra": {"dblp": key} if key else {},
    }


def _read_person(person: Element) -> dict[str, str]:
    name = " ".join("".join(person.itertext()).split())
    shown, ident = read_homonym(name)
    return {"name": shown, "orcid": person.get("orcid") or "", "id": ident}


def _read_title(entry: Element) -> str:
    title = entry.find("title")
    if title is None:
        return ""
    title.tail = ""
    markup = tostring(title, encoding="unicode").partition(">")[2].rpartition("</")[0]
    return from_html(markup).strip().removesuffix(".") if markup else ""


def _is_dblp(data: bytes) -> bool:
    head = data[:4_000]
    return b"<dblp" in head or (b"<result>" in head and b"dblp" in head)


READER = Reader(read_dblp, matches=_is_dblp, gather=gather_volumes)
