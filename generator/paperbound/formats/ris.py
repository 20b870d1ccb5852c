"""A Record as RIS (https://en.wikipedia.org/wiki/RIS_(file_format), after Research Information Systems' definition)."""

from __future__ import annotations

import re

from ..model.record import Record
from ..text.names import divide_name, is_suffix
from ..urls import link_arxiv
from .citing import find_abstract, find_pages, find_year, guess_kind, mark_retracted, show_title

_TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "inproceedings": "CPAPER",
    "preprint": "UNPB",
    "report": "RPRT",
    "software": "COMP",
    "thesis": "THES",
}


def make_ris(record: Record, url: str, key: str = "", *, abstract: bool = True) -> str:
    """Returns the record as an RIS entry with CR LF.

    Its key is the given one or its own; `url` is its page's address.
    """
    first, last = find_pages(record)
    lines = [("TY", _TYPES.get(guess_kind(record), "GEN"))]
    lines.append(("TI", mark_retracted(record, show_title(record))))
    lines += [("AU", _invert(person.name)) for person in record.authors]
    lines += [("A2", _invert(person.name)) for person in record.editors]
    year = find_year(record)
    lines.append(("PY", year))
    if record.date and record.date.month and str(record.date.year) == year:
        month, day = f"{record.date.month:02}", f"{record.date.day:02}" if record.date.day else ""
        lines.append(("DA", f"{year}/{month}/{day}/"))
    addresses = (record.find_link("url"), link_arxiv(record.arxiv) if record.arxiv else "")
    lines += [
        ("T2", record.booktitle or record.venue),
        ("J2", record.venue if record.booktitle else ""),
        ("T3", record.series),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first),
        ("EP", last),
        ("PB", record.publisher),
        ("CY", record.address),
        ("SN", record.isbn),
        ("DO", record.doi),
        ("AN", f"PMID: {record.pmid}" if record.pmid else ""),
        ("LA", record.language),
        *(("KW", tag) for tag in record.tags),
        ("AB", find_abstract(record) if abstract else ""),
        ("N1", f"Retraction: {record.retracted}" if record.retracted else ""),
        *(("UR", address) for address in (addresses if any(addresses) else (url,))),
        ("L1", record.find_link("pdf")),
        ("ID", key or record.bibkey or record.id),
    ]
    written = [f"{tag}  - {text}" for tag, value in lines if value and (text := " ".join(value.split()))]
    return "".join(f"{line}\r\n" for line in (*written, "ER  - "))


def _invert(name: str) -> str:
    given, family, suffix, _ = divide_name(name)
    if is_suffix(given):  # `Kern, II` would be a family name with a suffix
        return f"{given} {family}"
    # A comma in a name would be read as the one between family and given names.
    parts = [part for part in (family, given, suffix) if part]
    return ", ".join([re.sub(r"(?:(?<!\s)\s+)?,\s*", " ", part) if "," in part else part for part in parts])
