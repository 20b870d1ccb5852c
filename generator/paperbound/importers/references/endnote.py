"""EndNote's lines of a percent sign and a letter (`.enw`); Google Scholar exports them.

Tags: EndNote's filter "Refer/BibIX" (https://en.wikipedia.org/wiki/Refer_(software)).
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

FORM = TagForm(
    line=re.compile(r"%(?P<tag>[0-9A-Z@!#$&()*+?<>=~^\[\]])(?P<value> .*|\s*$)"),
    start="0",
    end="",
    border=re.compile(rb"^(?:\xef\xbb\xbf)?%0 ", re.MULTILINE),
    tags={"date": ("8", "D"), "doi": ("R",), "links": ("U",)},
)
KINDS = {
    "journal article": "article",
    "electronic article": "article",
    "magazine article": "article",
    "newspaper article": "article",
    "conference paper": "inproceedings",
    "conference proceedings": "inproceedings",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "book section": "chapter",
    "electronic book section": "chapter",
    "encyclopedia": "chapter",
    "thesis": "thesis",
    "report": "report",
    "government document": "report",
    "standard": "report",
    "unpublished work": "preprint",
    "manuscript": "preprint",
    "dataset": "dataset",
    "computer program": "software",
}
_OMITTED = ("!", "[", "~", "W", "L", "=", "9")
_LOST = {"+": "addresses of authors", "Z": "notes", "<": "notes"}


def convert_entry(entry: TaggedEntry, context: ReadContext) -> dict[str, Any]:
    """Converts an entry to a paper's fields."""
    kind = KINDS.get(entry.take("0").lower(), "misc")
    title, retracted = read_retraction(entry.take("T"))
    isbn, issn = split_serial(entry.take_raw("@"))
    links = sort_links(entry.take_raw("U", ">"))
    year, date = entry.take("D"), entry.take("8")
    inside = kind in ("chapter", "inproceedings")
    place = read_plain(entry.take("B", "J") if inside else entry.take("J", "B"))
    values = {
        "kind": kind,
        "title": read_title(title),
        "retracted": retracted,
        "authors": split_people(entry.take_all("A")),
        "editors": split_people(entry.take_all("E")),
        "date": join_date(date, year),
        "booktitle" if inside else "venue": place,
        "series": read_plain(entry.take("S")),
        "volume": read_plain(entry.take("V")),
        "issue": read_plain(entry.take("N")),
        "pages": expand_pages(entry.take("P")),
        "publisher": read_plain(entry.take("I")),
        "address": read_plain(entry.take("C")),
        "doi": entry.take("R") or links.pop("doi", ""),
        "isbn": isbn,
        "bibkey": entry.take("F"),
        "abstract": join_abstracts(entry.take_raw("X")),
        "tags": split_keywords(entry.take_raw("K")),
        "language": read_language(entry.take("G")),
        **links,
    }
    entry.take_all(*_OMITTED)
    entry.report_lost(_LOST, context, "%")
    return {**values, "extra": {"issn": issn} | {f"%{tag}": text for tag, text in entry.leave().items()}}


READER = make_reader(FORM, convert_entry)
