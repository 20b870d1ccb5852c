"""RefWorks: the tagged lines that the program and many databases export.

Tags: https://knowledge.exlibrisgroup.com/RefWorks (RefWorks Tagged Format).
"""

from __future__ import annotations

import re
from typing import Any

from ..importer import ReadContext
from .hints import (
    expand_pages,
    join_abstracts,
    join_date,
    read_language,
    read_plain,
    read_retraction,
    read_title,
    sort_links,
    split_keywords,
    split_people,
    split_serial,
)
from .tagged import TagForm, TaggedEntry, make_reader

# Lines of an abstract may begin with two capitals, so a tag is one of these.
_TAGS = (
    "RT SR ID A1 A2 A3 A4 A5 A6 T1 T2 T3 JF JO YR FD VO IS SP OP K1 AB NO PB PP AD ED AN LA CL SF OT LK DO CN DB DS IP "
    "RD ST UL SL LL CR WT WV WP OL PM ER U1 U2 U3 U4 U5 SN AV"
)
FORM = TagForm(
    line=re.compile(rf"(?P<tag>{'|'.join(_TAGS.split())})(?P<value> .*|\s*$)"),
    start="RT",
    end="",
    border=re.compile(rb"^(?:\xef\xbb\xbf)?RT [A-Z]", re.MULTILINE),
    tags={"date": ("FD", "YR"), "doi": ("DO",), "links": ("UL", "LK")},
)
_FIELDS = re.compile(rb"^(?:A1|T1|YR) \S", re.MULTILINE)
_KINDS = {
    "journal article": "article",
    "journal": "article",
    "journal, electronic": "article",
    "magazine article": "article",
    "newspaper article": "article",
    "abstract": "article",
    "book, section": "chapter",
    "book, whole": "book",
    "book, edited": "book",
    "book": "book",
    "monograph": "book",
    "conference proceedings": "inproceedings",
    "dissertation": "thesis",
    "dissertation/thesis": "thesis",
    "dissertation/thesis, unpublished": "thesis",
    "thesis": "thesis",
    "report": "report",
    "unpublished material": "preprint",
    "computer program": "software",
}
# Of the program and the database: numbers, kinds of sources, copies, days of access, short titles.
_OMITTED = ("SR", "ID", "ER", "JO", "DB", "DS", "CN", "IP", "RD", "ST", "SL", "LL", "CR")
_LOST = {"AD": "addresses of authors", "NO": "notes"}
_TEXTS = {"volume": "VO", "issue": "IS", "publisher": "PB", "address": "PP", "doi": "DO"}


def convert_entry(entry: TaggedEntry, context: ReadContext) -> dict[str, Any]:
    """Converts an entry to a paper's fields."""
    form = entry.take("RT")
    kind = _KINDS.get(form.lower(), "misc")
    title, retracted = read_retraction(entry.take("T1"))
    isbn, issn = split_serial(entry.take_raw("SN"))
    links = sort_links(entry.take_raw("UL", "LK"))
    inside = kind in ("chapter", "inproceedings")
    place = read_plain(entry.take(*(("T2", "JF", "JO") if inside else ("JF", "JO", "T2"))))
    year, date = entry.take("YR").strip("/"), entry.take("FD")
    values: dict[str, Any] = {name: read_plain(entry.take(tag)) for name, tag in _TEXTS.items()}
    values |= {
        "kind": kind,
        "title": read_title(title),
        "retracted": retracted,
        "authors": split_people(entry.take_all("A1")),
        "editors": split_people(entry.take_all("A2") or entry.take_all("A3")),
        "date": join_date(date, year),
        "series" if kind == "book" else "booktitle" if inside else "venue": place,
        "pages": _read_pages(entry, kind),
        "abstract": join_abstracts(entry.take_raw("AB")),
        "tags": split_keywords(entry.take_raw("K1")),
        "language": read_language(entry.take("LA")),
        "isbn": isbn,
        **{name: value for name, value in links.items() if not values.get(name)},
    }
    values["series"] = values.get("series") or read_plain(entry.take("T3"))
    entry.take_all(*_OMITTED)
    entry.report_lost(_LOST, context)
    return {**values, "extra": {"issn": issn, "RT": "" if form.lower() in _KINDS else form} | entry.leave()}


def _read_pages(entry: TaggedEntry, kind: str) -> str:
    """Reads the pages; a book's single number counts its pages."""
    first, last = entry.take("SP"), entry.take("OP")
    if kind in ("book", "thesis") and not (first and last):
        return ""
    return expand_pages(f"{first}-{last}" if last and last != first else first)


def _matches(start: bytes) -> bool:
    return bool(FORM.border.search(start[:4_096]) and _FIELDS.search(start))


READER = make_reader(FORM, convert_entry, matches=_matches)
