"""RIS: the tagged lines that publishers, EndNote, Zotero and Mendeley write.

Tags: https://en.wikipedia.org/wiki/RIS_(file_format). Each program uses the tags in its own way, so a value is looked
for under several, and the tag of a title depends on the type.
"""

from __future__ import annotations

import re
from typing import Any

from ..importer import ReadContext
from .hints import (
    expand_pages,
    join_abstracts,
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
    line=re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?:  | |\t)-(?P<value> .*|\s*$)"),
    start="TY",
    end="ER",
    border=re.compile(rb"^(?:\xef\xbb\xbf)?TY(?:  | |\t)- ", re.MULTILINE),
    tags={"date": ("DA", "PY", "Y1"), "doi": ("DO",), "links": ("UR",)},
)
KINDS = {
    **dict.fromkeys(("JOUR", "EJOUR", "ABST", "INPR", "JFULL", "MGZN", "NEWS"), "article"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "DICT", "ENCYC", "SER"), "chapter"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "report"),
    **dict.fromkeys(("UNPB", "UNPD", "MANSCPT", "PREPRINT"), "preprint"),
    **dict.fromkeys(("DATA", "DBASE", "AGGR"), "dataset"),
    "THES": "thesis",
    "COMP": "software",
}
# Of the reference manager and the database, not of the paper: databases, days of access, copies, short titles.
_OMITTED = ("Y2", "DB", "DP", "AV", "CN", "ST", "L3", "H1", "H2")
# Of the paper or of its reader, with no place in a record: addresses of authors, figures, notes that may be private.
_LOST = {"AD": "addresses of authors", "L4": "figures", "N1": "notes", "RN": "notes"}
_TEXTS = {"volume": ("VL",), "issue": ("IS", "CP"), "publisher": ("PB",), "address": ("CY", "PP"), "doi": ("DO",)}
_KEY = re.compile(r"[A-Za-z][\w:.+/-]*")
_DATE = re.compile(r"(\d{4})/(\d*)/(\d*)/?(.*)")
_DOI = re.compile(r"(?:doi:? *|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv: *\S+", re.IGNORECASE)
_PMID, _RETRACTION = re.compile(r"PMID:?\s*(?=\d)"), re.compile(r"Retraction:\s*")
_DIGITS = re.compile(r"\d{5,9}")
_SEVERAL = re.compile(r";\s*(?=\w+:)|\n")
_YEAR = re.compile(r"\d{4}")


def convert_entry(entry: TaggedEntry, context: ReadContext) -> dict[str, Any]:
    """Converts an entry to a paper's fields."""
    kind_tag, is_scopus = entry.take("TY").upper(), entry.peek("DB") == "Scopus"
    kind = KINDS.get(kind_tag, "misc")
    title, retracted = read_retraction(
        entry.take(*(("TI", "T1", "BT", "CT") if kind == "book" else ("TI", "T1", "CT")))
    )
    values: dict[str, Any] = {"kind": kind, "title": read_title(title), "retracted": retracted}
    values["other_titles"] = [read_title(text) for text in entry.take_all("TT")]
    values |= {name: read_plain(entry.take(*tags)) for name, tags in _TEXTS.items()}
    values |= _find_place(entry, kind)
    values["arxiv"] = _take_whole(entry, "M1", _ARXIV)
    if not values["issue"] and kind in ("article", "inproceedings"):
        values["issue"] = entry.take("M1")
    # EndNote's books have series editors in A2, and editors in A3; its edited books have editors alone.
    authors = split_people(entry.take_all("AU", "A1"))
    editors = split_people(entry.take_all("ED", *(["A3"] if kind == "book" else [])) or entry.take_all("A2"))
    values["authors"], values["editors"] = ([], authors) if kind_tag == "EDBOOK" else (authors, editors)
    values["date"], values["venue_year"] = _read_date(entry)
    values["pages"] = _read_pages(entry, kind)
    values["abstract"] = join_abstracts(entry.take_raw("AB") or entry.take_raw("N2"))
    values["tags"] = split_keywords(entry.take_raw("KW"))
    values["language"] = read_language(entry.take("LA"))
    serials = entry.take_raw("SN")
    values["isbn"], issn = split_serial(serials)
    links = sort_links(address for text in entry.take_raw("UR", "L1", "L2") for address in _SEVERAL.split(text))
    values |= {name: value for name, value in links.items() if not values.get(name)}
    key = entry.take("ID") or entry.take("LB")
    values["bibkey"] = key if _KEY.fullmatch(key) else ""
    values["pmid"] = _take_marked(entry, "AN", _PMID) or (_take_whole(entry, "C2", _DIGITS) if is_scopus else "")
    for tag in ("DI", "M3", "L3", "N1"):  # where publishers, Mendeley and RefWorks write it
        found = _take_whole(entry, tag, _DOI)
        values["doi"] = values["doi"] or found
    if kind == "inproceedings":  # where EndNote and Zotero write the place of the meeting
        values["address"] = values["address"] or read_plain(entry.take("C1"))
    values["retracted"] = _take_marked(entry, "N1", _RETRACTION) or retracted
    entry.take_all(*_OMITTED)
    entry.report_lost(_LOST, context)
    values["extra"] = {
        **entry.leave(),
        "issn": issn,
        "SN": "" if values["isbn"] or issn else "; ".join(serials),
        "TY": "" if kind_tag in (*KINDS, "GEN") else kind_tag,
    }
    return values


def _read_pages(entry: TaggedEntry, kind: str) -> str:
    """Reads the pages, or an article's number; a book's single number counts its pages."""
    first, last = entry.take("SP"), entry.take("EP")
    if kind in ("book", "thesis") and (first or last).isdigit() and not (first and last):
        return ""
    number = entry.take("C7") if kind == "article" and not first else ""
    return expand_pages(f"{first}-{last}" if last and last != first else first or number)


def _take_marked(entry: TaggedEntry, tag: str, mark: re.Pattern[str]) -> str:
    """Takes the text behind a mark at the start of a tag's value."""
    place = next((at for at, (name, _, lines) in enumerate(entry.rows) if name == tag and mark.match(lines[0])), None)
    return mark.sub("", " ".join(entry.rows.pop(place)[2])) if place is not None else ""


def _take_whole(entry: TaggedEntry, tag: str, form: re.Pattern[str]) -> str:
    """Takes a tag's value that is of a form as a whole."""
    place = next(
        (at for at, (name, _, lines) in enumerate(entry.rows) if name == tag and form.fullmatch(lines[0])), None
    )
    return entry.rows.pop(place)[2][0] if place is not None else ""


def _find_place(entry: TaggedEntry, kind: str) -> dict[str, str]:
    """Finds venue, book and series by the type of an entry."""
    if kind in ("book", "report"):
        return {"series": read_plain(entry.take("T2", "T3"))}
    if kind in ("chapter", "inproceedings"):
        book = entry.take("C3") if kind == "inproceedings" else ""
        place = entry.take("T2", "BT", "JF", "JO", "J2", "JA")
        meeting = place if book else entry.take("J2") if kind == "inproceedings" else ""
        fields = {"booktitle": book or place, "venue": meeting if meeting != book else "", "series": entry.take("T3")}
        return {name: read_plain(text) for name, text in fields.items()}
    place = entry.take("T2", "JF", "JO", "J2", "JA", "J1", "BT")
    return {"venue": read_plain(place), "series": read_plain(entry.take("T3"))}


def _read_date(entry: TaggedEntry) -> tuple[str, str]:
    """Reads the date, and the year of the venue where that is another year."""
    texts = [entry.take(tag) for tag in ("DA", "PY", "Y1")]
    years = [match[0] if (match := _YEAR.search(text)) else "" for text in texts]
    # The first text that says more than a year, or else the year.
    date = next((text for text in texts if len(text) > 4), "") or next(filter(None, texts), "")
    year = years[1] or years[2]
    if year and not _YEAR.search(date):
        return f"{date} {year}", ""
    if slashes := _DATE.fullmatch(date):
        date = " ".join(filter(None, ("-".join(filter(None, slashes.groups()[:3])), slashes[4])))
    return date, year if year and year not in date else ""


READER = make_reader(FORM, convert_entry)
