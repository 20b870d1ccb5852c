"""The ACL Anthology's XML: volumes with their papers.

https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from ...markup.markdown import escape_line_starts
from ...model.build import Source
from ...model.record import Origin, Record
from ...text.characters import collapse
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .acl_anthology import read_date, read_marked
from .elements import list_texts, read_elements

_SITE = "https://aclanthology.org"
_ATTACHMENTS = {
    "software": "code",
    "dataset": "data",
    "presentation": "slides",
    "optionalsupplementarymaterial": "supplement",
    "supplementarymaterial": "supplement",
}
# Elements of a paper that are read, or that name only the file's own history.
_READ = frozenset(
    "title abstract author editor url doi pages bibkey award language video attachment pwccode pwcdataset retracted "
    "removed revision erratum note issue journal mrf ingest-date isbn month year venue".split()
)


def read_volumes(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the papers of a collection's volumes, with the fields of their volume."""
    metas: dict[str, Element] = {}
    for element, line, above in read_elements(source, context, frozenset(("meta", "paper"))):
        volume = next((one for one in reversed(above) if one.tag == "volume"), None)
        if volume is None:
            continue
        name = _name_volume(volume, above)
        if element.tag == "meta":
            metas[name] = element
            continue
        meta = metas.get(name)
        values = convert_paper(element, meta if meta is not None else Element("meta"), volume, name)
        for child in element:
            if child.tag not in _READ:
                context.count_unknown(child.tag, line)
        record = make_foreign(values, Origin(source.file, line, native=False), context)
        if record:
            yield record


def convert_paper(paper: Element, meta: Element, volume: Element, name: str) -> dict[str, Any]:
    """Converts a paper to our fields.

    `name` is that of the volume, such as `2020.sdp-1` or `W19-01`.
    """
    ident = _name_paper(name, paper.get("id") or "")
    text = {tag: _find(paper, tag) or _find(meta, tag) for tag in ("month", "year", "isbn", "publisher", "address")}
    venues = list_texts(meta, "venue")
    journal = _find(meta, "journal-title")
    title, abstract = paper.find("title"), paper.find("abstract")
    language = _find(paper, "language")
    return {
        "id": ident,
        "title": read_marked(title) if title is not None else "",
        "abstract": escape_line_starts(read_marked(abstract)) if abstract is not None else "",
        "authors": [_read_person(person) for person in paper.iterfind("author")],
        "editors": [_read_person(person) for person in (*paper.iterfind("editor"), *meta.iterfind("editor"))],
        "date": read_date(text),
        "added": volume.get("ingest-date") or "",
        "venue": venues[0] if venues else "",
        "venue_year": text["year"],
        "booktitle": journal or _find(meta, "booktitle"),
        "kind": "article" if journal or volume.get("type") == "journal" else "inproceedings",
        "volume": _find(meta, "journal-volume") or _find(meta, "volume"),
        "issue": _find(paper, "issue") or _find(meta, "journal-issue"),
        **{tag: text[tag] for tag in ("isbn", "publisher", "address")},
        **{tag: _find(paper, tag) for tag in ("pages", "doi", "bibkey")},
        "language": language,
        "awards": list_texts(paper, "award"),
        "retracted": _read_retraction(paper),
        "note": _read_revisions(paper),
        "links": _list_links(paper, ident),
        "extra": {"datasets": list_texts(paper, "pwcdataset")},
    }


def _name_volume(volume: Element, above: tuple[Element, ...]) -> str:
    collection = above[0].get("id") or ""
    number = volume.get("id") or ""
    if "." in collection:
        return f"{collection}-{number}"
    # Ids before 2020 have four digits after the hyphen: one for the volume, or two where there are many.
    long = collection.startswith("W") or collection == "C69" or (collection == "D19" and number.zfill(2) >= "05")
    return f"{collection}-{number.zfill(2) if long else number}"


def _name_paper(volume: str, number: str) -> str:
    collection, _, rest = volume.partition("-")
    return f"{volume}.{number}" if "." in collection else f"{volume}{number.zfill(4 - len(rest))}"


def _find(element: Element, name: str) -> str:
    return next(iter(list_texts(element, name)), "")


def _read_person(person: Element) -> dict[str, str]:
    given, family = _find(person, "first"), _find(person, "last")
    values = {"name": collapse(f"{given} {family}"), "id": person.get("id") or "", "orcid": person.get("orcid") or ""}
    return {**values, "affiliation": "; ".join(list_texts(person, "affiliation"))}


def _read_retraction(paper: Element) -> str:
    element = next((one for one in paper if one.tag in ("retracted", "removed")), None)
    if element is None:
        return ""
    return collapse("".join(element.itertext())) or ("yes" if element.tag == "retracted" else "This paper was removed.")


def _read_revisions(paper: Element) -> str:
    texts = []
    for element in (*paper.iterfind("revision"), *paper.iterfind("erratum")):
        what = "Revision" if element.tag == "revision" else "Erratum"
        date = f" ({element.get('date')})" if element.get("date") else ""
        text = collapse("".join(element.itertext()))
        if element.get("id") != "1" or what == "Erratum" or text:  # the first revision is the paper itself
            texts.append(f"{what} {element.get('id') or ''}".rstrip() + date + (f": {text}" if text else ""))
    return " ".join(text if text.endswith(".") else f"{text}." for text in texts)


def _list_links(paper: Element, ident: str) -> dict[str, str]:
    links = {"url": f"{_SITE}/{ident}/"}
    if url := _find(paper, "url"):
        links["pdf"] = url if "//" in url else f"{_SITE}/{url}.pdf"
    for kind, name, attribute in (
        ("code", "pwccode", "url"),
        ("video", "video", "href"),
        ("data", "pwcdataset", "url"),
    ):
        for element in paper.iterfind(name):
            address = element.get(attribute) or ""
            if address:
                links.setdefault(kind, address if "//" in address else f"{_SITE}/{address}")
    for element in paper.iterfind("attachment"):
        kind = (element.get("type") or "attachment").lower()
        address = collapse(element.text or "")
        if address:
            links.setdefault(
                _ATTACHMENTS.get(kind, kind), address if "//" in address else f"{_SITE}/attachments/{address}"
            )
    return links


def _is_collection(data: bytes) -> bool:
    head = data[:4_000]
    return b"<collection" in head and b"<volume" in head


READER = Reader(read_volumes, matches=_is_collection)
