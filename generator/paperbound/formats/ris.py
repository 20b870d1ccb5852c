"""A Record as RIS (https://en.wikipedia.org/wiki/RIS_(file_format), after Research Information Systems' definition)."""

from __future__ import annotations

import re

from ..markup.texts import text_of
from ..model.record import Record
from ..text.names import divide_name
from ..urls import link_arxiv
from .citing import Rows, find_pages, find_year, guess_kind, mark_retracted, show_title

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


def write_ris(rows: Rows) -> str:
    """Writes records as RIS entries with an empty line between them."""
    return "\r\n".join(make_ris(record, url) for record, url in rows)


def make_ris(record: Record, url: str) -> str:
    """Returns the record as an RIS entry with CR LF; `url` is its page's address."""
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
        ("AB", text_of(record, "abstract").plain),
        ("N1", f"Retraction: {record.retracted}" if record.retracted else ""),
        *(("UR", address) for address in (addresses if any(addresses) else (url,))),
        ("L1", record.find_link("pdf")),
        ("ID", record.bibkey or record.id),
    ]
    written = [f"{tag}  - {text}" for tag, value in lines if (text := " ".join(value.split()))]
    return "".join(f"{line}\r\n" for line in (*written, "ER  - "))


def _invert(name: str) -> str:
    given, family, suffix, _ = divide_name(name)
    # A comma in a name would be read as the one between family and given names.
    parts = (re.sub(r"\s*,\s*", " ", part) for part in (family, given, suffix) if part)
    return ", ".join(parts)
