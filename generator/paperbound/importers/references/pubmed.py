"""PubMed's format (`.nbib`): tagged lines of the National Library of Medicine.

Tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

from __future__ import annotations

import re
from typing import Any

from ...text.characters import collapse
from ..importer import ReadContext
from .hints import (
    expand_pages,
    join_abstracts,
    read_language,
    read_plain,
    read_retraction,
    read_title,
    split_keywords,
    split_serial,
)
from .tagged import TagForm, TaggedEntry, make_reader

FORM = TagForm(
    line=re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) *-(?P<value> .*|$)"),
    start="PMID",
    end="",
    border=re.compile(rb"^(?:\xef\xbb\xbf)?PMID *- \d", re.MULTILINE),
    tags={"date": ("DP",), "doi": ("LID", "AID"), "authors": ("FAU",)},
)
_KINDS = {
    "preprint": "preprint",
    "book": "book",
    "book chapter": "chapter",
    "dataset": "dataset",
    "congress": "inproceedings",
}
# Of the database: owners, states, days of changes, short forms, headings, grants, references, numbers of other systems.
_OMITTED = frozenset(
    "OWN STAT DCOM LR DEP TA JID SB CI CIN CON COIS EDAT MHDA PMCR CRDT PHST PST SO OTO AID LID MH GR RN RF NM SI "
    "OAB OABL IRAD IR FIR STAT VTI PT PUBM EIN UOF UIN CRI CRF CTDT RIN AU".split()
)
_INITIALS = re.compile(r"(?<![\w.])([^\W\d_a-z])(?![\w.'’-])")
_SUFFIX = r"(?: (?P<suffix>Jr|Sr|2nd|3rd|4th|II|III|IV))?\.?"
_FULL = re.compile(rf"(?P<family>[^,]+), *(?P<given>[^,]+?){_SUFFIX}")
_SHORT = re.compile(rf"(?P<family>[^,]+) (?P<given>[A-Z]{{1,4}}){_SUFFIX}")


def convert_entry(entry: TaggedEntry, _context: ReadContext) -> dict[str, Any]:
    """Converts an entry to a paper's fields."""
    title, retracted = read_retraction(entry.take("TI", "BTI").removesuffix("."))
    kinds = [kind.lower() for kind in entry.take_all("PT")]
    isbn, issn = split_serial(entry.take_raw("ISBN", "IS"))
    major = [heading.lstrip("*").partition("/")[0] for heading in entry.take_all("MH") if "*" in heading]
    people, editors = _read_people(entry)
    return {
        "title": read_title(title.strip("[]")),
        "other_titles": [read_title(text.removesuffix(".")) for text in entry.take_all("TT")],
        "kind": next((_KINDS[kind] for kind in kinds if kind in _KINDS), "article"),
        "retracted": "yes" if retracted or "retracted publication" in kinds else "",
        "authors": people,
        "editors": editors,
        "date": entry.take("DP"),
        "pmid": entry.take("PMID"),
        "doi": next((text.split()[0] for text in entry.take_all("LID", "AID") if text.endswith("[doi]")), ""),
        "venue": read_plain(entry.take("JT", "TA")),
        "booktitle": read_plain(entry.take("BTI", "CTI")),
        "volume": entry.take("VI"),
        "issue": entry.take("IP"),
        "pages": expand_pages(entry.take("PG")),
        "publisher": read_plain(entry.take("PB")),
        "address": read_plain(entry.take("PL")),
        "abstract": join_abstracts(entry.take_raw("AB")),
        "tags": split_keywords(entry.take_raw("OT")) or major,
        "language": read_language(entry.take("LA")),
        "isbn": isbn,
        "extra": {"issn": issn} | {tag: text for tag, text in entry.leave().items() if tag not in _OMITTED},
    }


def _read_people(entry: TaggedEntry) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Reads authors and editors in order, each with ORCID and first affiliation."""
    people: list[dict[str, str]] = []
    editors: list[dict[str, str]] = []
    tags = {tag for tag, _, _ in entry.rows}
    named = {"FAU" if "FAU" in tags else "AU": people, "CN": people, "FED" if "FED" in tags else "ED": editors}
    last: dict[str, str] = {}
    for tag, _, lines in entry.rows:
        text = collapse(" ".join(lines))
        if tag in named and text:
            last = {"literal": text} if tag == "CN" else _read_name(text)
            named[tag].append(last)
        elif tag == "AUID" and text.upper().startswith("ORCID:"):
            last.setdefault("orcid", text[6:].strip())
        elif tag == "AD":
            last.setdefault("affiliation", text.removesuffix("."))
    entry.take_raw("FAU", "AU", "CN", "FED", "ED", "AUID", "AD")
    return people, editors


def _read_name(text: str) -> dict[str, str]:
    """Reads `King, Robert Jr` or `King RB Jr`; initials get their points."""
    match = _FULL.fullmatch(text) or _SHORT.fullmatch(text)
    if not match:
        return {"name": text}
    given = match["given"] if "," in text else " ".join(match["given"])
    suffix = match["suffix"] or ""
    return {
        "family": match["family"],
        "given": _INITIALS.sub(r"\1.", given),
        "suffix": f"{suffix}." if suffix in ("Jr", "Sr") else suffix,
    }


READER = make_reader(FORM, convert_entry)
