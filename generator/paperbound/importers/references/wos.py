"""Web of Science: the plain text that the database exports, tagged lines of two letters.

Tags: https://support.clarivate.com/ScientificandAcademicResearch (Web of Science Core Collection field tags).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...model.build import Source
from ..importer import ReadContext
from ..pages.cells import read_rows
from .hints import join_abstracts, read_language, read_plain, read_retraction, read_title, split_keywords, split_serial
from .tagged import TagForm, TaggedEntry, make_reader, read_entries

FORM = TagForm(
    line=re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?P<value> .*|$)"),
    start="PT",
    end="ER",
    border=re.compile(rb"^(?:\xef\xbb\xbf)?PT [JBSCP]\b", re.MULTILINE),
    tags={"date": ("PY",), "doi": ("DI",), "authors": ("AF", "AU")},
)
_HEADS = re.compile(rb"^(?:\xef\xbb\xbf)?(?:FN |VR 1|PT [JBSCP]\r?\n(?:AU|BA|TI|CA|GP|BE) )")
_TABLE = re.compile(rb"(?:\xef\xbb\xbf)?PT\tAU\t")
_PEOPLE = frozenset("AU AF BA BF CA GP BE ED".split())
_KINDS = {"J": "article", "S": "chapter", "C": "inproceedings", "B": "book"}
# Of the database: addresses, grants, cited papers, counts, subject headings, numbers of other systems.
_OMITTED = frozenset(
    "PT AU BA DT ID C1 C3 RP EM RI OI FU FP FX CR NR TC Z9 U1 U2 PA EI J9 JI EA PG WC WE SC GA OA DA HC HP D2 SP HO "
    "CY SI BS EY MA SU PN".split()
)
# Places of meetings that were none.
_NOWHERE = ("ELECTR NETWORK", "VIRTUAL", "ONLINE")
_TEXTS = {
    "publisher": ("PU",),
    "volume": ("VL",),
    "issue": ("IS",),
    "series": ("SE",),
    "doi": ("DI",),
    "pmid": ("PM",),
    "address": ("CL", "PI"),
}


def _read(source: Source, context: ReadContext) -> Iterator[TaggedEntry]:
    """Reads the entries of an export: lines, or a table with semicolons between people."""
    if not _TABLE.match(source.data):
        yield from read_entries(source, FORM, context)
        return
    for cells, line in read_rows(source, context, lambda names: len({"PT", "AU", "TI"} & set(names))):
        rows = ((tag, cell.split("; ") if tag in _PEOPLE else [cell]) for tag, cell in cells.items() if cell)
        yield TaggedEntry(line, [(tag, line, lines) for tag, lines in rows])


def convert_entry(entry: TaggedEntry, _context: ReadContext) -> dict[str, Any]:
    """Converts an entry to a paper's fields."""
    form, types = entry.take("PT"), entry.take("DT").lower()
    kind = "chapter" if "book chapter" in types else _KINDS.get(form[:1], "article")
    if "proceedings paper" in types and form[:1] != "J":
        kind = "inproceedings"
    title, retracted = read_retraction(entry.take("TI"))
    place, conference = read_plain(entry.take("SO")), read_plain(entry.take("CT"))
    if kind == "chapter" and conference and not types:
        kind = "inproceedings"
    isbn, issn = split_serial([*entry.take_raw("BN"), *entry.take_raw("SN")])
    first, last = entry.take("BP"), entry.take("EP").strip("+")  # `+` are pages to come
    if entry.peek("CL").upper() in _NOWHERE:
        entry.take("CL")
    values = {name: read_plain(entry.take(*tags)) for name, tags in _TEXTS.items()}
    return values | {
        "title": read_title(title),
        "kind": kind,
        "retracted": "yes" if retracted or "retracted publication" in types else "",
        "authors": _read_people(entry),
        "editors": [name for text in entry.take_raw("BE", "ED") for name in re.split(r"[;\n]", text)],
        "date": " ".join(filter(None, (entry.take("PD"), entry.take("PY")))),
        "venue": place if kind == "article" else conference,
        "booktitle": place if kind in ("chapter", "inproceedings") else "",
        "pages": f"{first}-{last}" if last and last != first else first or entry.take("AR"),
        "abstract": join_abstracts(entry.take_raw("AB")),
        "tags": split_keywords([" ".join(text.split()) for text in entry.take_raw("DE")]),
        "language": read_language(entry.take("LA")),
        "isbn": isbn,
        "extra": {"issn": issn} | {tag: text for tag, text in entry.leave().items() if tag not in _OMITTED},
    }


def _read_people(entry: TaggedEntry) -> list[dict[str, str]]:
    """Reads the authors, by their full names where present, and groups."""
    orcids = dict(
        part.strip().rsplit("/", 1) for text in entry.take_all("OI") for part in text.split(";") if "/" in part
    )
    tags = {tag for tag, _, _ in entry.rows}
    tag = next((tag for tag in ("AF", "BF", "AU", "BA") if tag in tags), "AU")
    names = [name for text in entry.take_raw(tag) for name in text.split("\n")]
    # Whom a book's publisher groups, such as IEEE, has no part in its papers.
    houses = [name for text in entry.take_raw("GP") for name in text.split("\n")]
    groups = [name for text in entry.take_raw("CA") for name in text.split("\n")] or ([] if names else houses)
    return [*({"name": name, "orcid": orcids.get(name, "")} for name in names), *({"literal": name} for name in groups)]


def matches_wos(data: bytes) -> bool:
    """Returns whether the first bytes of a file are an export of Web of Science."""
    return bool(_TABLE.match(data) or (_HEADS.match(data) and FORM.border.search(data[:4_096])))


READER = make_reader(FORM, convert_entry, _read, matches_wos)
