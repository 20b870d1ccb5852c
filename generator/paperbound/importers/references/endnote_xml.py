"""EndNote's XML, which Zotero and Mendeley write, too.

Elements: the file RSXML.dtd of EndNote (https://support.clarivate.com/Endnote/s/article/EndNote-XML-Document-Type-Definition).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from ...model.build import Source
from ...model.record import Origin, Record
from ...text.characters import collapse
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..services.elements import read_elements
from .endnote import KINDS
from .hints import (
    expand_pages,
    join_date,
    read_abstract,
    read_language,
    read_plain,
    read_retraction,
    read_title,
    sort_links,
    split_keywords,
    split_people,
    split_serial,
)

_STYLES = {"italic": "i", "bold": "b", "subscript": "sub", "superscript": "sup"}
_TEXTS = {"volume": "volume", "issue": "number", "publisher": "publisher", "address": "pub-location"}
_LOST = ("auth-address", "notes", "research-notes")


def read_library(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a library."""
    for record, line, _ in read_elements(source, context, frozenset(("record",))):
        for name in _LOST:
            if _read(record, name):
                context.count_unknown(name, line)
        paper = make_foreign(_convert(record), Origin(source.file, line, native=False), context)
        if paper:
            yield paper


def _convert(record: Element) -> dict[str, Any]:
    form = record.find("ref-type")
    kind = KINDS.get((form.get("name") or "").lower() if form is not None else "", "misc")
    inside = kind in ("chapter", "inproceedings")
    title, retracted = read_retraction(_read_styled(record.find("titles/title")))
    place = read_plain(_read(record, "periodical/full-title") if not inside else "") or read_plain(
        _read(record, "titles/secondary-title")
    )
    links = sort_links(_list(record, "urls/related-urls/url"))
    isbn, issn = split_serial([_read(record, "isbn")])
    number = _read(record, "accession-num")
    base = " ".join(_read(record, f"remote-database-{name}") for name in ("provider", "name")).lower()
    year, date = _read(record, "dates/year"), _read(record, "dates/pub-dates/date")
    is_pubmed = number.isdigit() and any(name in base for name in ("nlm", "medline", "pubmed"))
    texts = {ours: read_plain(_read(record, theirs)) for ours, theirs in _TEXTS.items()}
    # The volume of a thesis is its degree.
    degree = texts.pop("volume") if kind == "thesis" else ""
    return {
        **texts,
        "kind": kind,
        "title": read_title(title),
        "retracted": retracted,
        "authors": split_people(_list(record, "contributors/authors/author")),
        "editors": split_people(_list(record, "contributors/secondary-authors/author")) if inside else [],
        "date": join_date(date, year),
        "booktitle" if inside else "venue": place if kind != "thesis" else "",
        "series": read_plain(_read(record, "titles/tertiary-title")),
        "pages": expand_pages(_read(record, "pages")),
        "abstract": read_abstract("\n\n".join(re.split(r"[\r\n]+", _join(record.find("abstract"))))),
        "tags": split_keywords(re.sub(r"[\r\n]+", ";", text) for text in _list(record, "keywords/keyword")),
        "language": read_language(_read(record, "language")),
        **links,
        "doi": _read(record, "electronic-resource-num") or links.get("doi", ""),
        "pmid": number if is_pubmed else "",
        "isbn": isbn,
        "extra": {
            "issn": issn,
            "accession-num": "" if is_pubmed else number,
            "edition": _read(record, "edition"),
            "degree": degree,
            "department": place if kind == "thesis" else "",
        },
    }


def _join(element: Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _read(record: Element, path: str) -> str:
    return collapse(_join(record.find(path)))


def _list(record: Element, path: str) -> list[str]:
    return [text for element in record.iterfind(path) if (text := _join(element).strip())]


def _read_styled(element: Element | None) -> str:
    """Returns a text with its styles as HTML."""
    if element is None:
        return ""
    pieces = [html.escape(element.text or "", quote=False)]
    for style in element:
        text = html.escape(_join(style), quote=False)
        for name in (style.get("face") or "").split():
            text = f"<{_STYLES[name]}>{text}</{_STYLES[name]}>" if name in _STYLES and text.strip() else text
        pieces += [text, html.escape(style.tail or "", quote=False)]
    return "".join(pieces)


def _is_library(data: bytes) -> bool:
    return b"<ref-type" in data and b"<record>" in data


READER = Reader(read_library, matches=_is_library)
