"""A Record as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ..model.record import Record
from ..text.names import divide_name
from ..urls import link_arxiv
from .citing import find_abstract, find_pages, find_year, guess_kind, mark_retracted, write_title

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "dataset": "dataset",
    "inproceedings": "paper-conference",
    "preprint": "article",
    "report": "report",
    "software": "software",
    "thesis": "thesis",
}
_TAGS = {"em": ("<i>", "</i>"), "strong": ("<b>", "</b>")}
_SCRIPTS = {"_": "sub", "^": "sup"}
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_DASH = re.compile(r"(?:(?<!\s)\s+)?[–—]\s*")


def make_csl(record: Record, url: str, key: str = "", *, abstract: bool = True) -> str:
    """Returns the record as a CSL-JSON item in one line.

    Its key is the given one or its own; `url` is its page's address.
    """
    year = find_year(record)
    date = record.date
    issued = [int(year)] if year else []
    if date and str(date.year) == year:
        issued += [part for part in (date.month, date.day) if part]
    kind = guess_kind(record)
    item: dict[str, object] = {
        "id": record.id,
        "type": _TYPES.get(kind, "document"),
        "title": mark_retracted(record, write_title(record, _TAGS, _write_script)),
        "author": [_write_name(person.name) for person in record.authors],
        "editor": [_write_name(person.name) for person in record.editors],
        "issued": {"date-parts": [issued]} if issued else None,
        "container-title": record.booktitle or record.venue,
        "event-title": record.venue if record.booktitle and kind == "inproceedings" else "",
        "collection-title": record.series,
        "volume": record.volume,
        "issue": record.issue,
        "page": _DASH.sub("-", record.pages),
        "page-first": find_pages(record)[0],
        "publisher": record.publisher or ("arXiv" if kind == "preprint" and record.arxiv else ""),
        "publisher-place": record.address,
        "number": f"arXiv:{record.arxiv}" if record.arxiv and kind == "preprint" else "",
        "DOI": record.doi,
        "ISBN": record.isbn,
        "PMID": record.pmid,
        "language": record.language,
        "abstract": find_abstract(record) if abstract else "",
        "keyword": ", ".join(record.tags),
        "note": "\n".join(_list_notes(record, kind)),
        "citation-key": key or record.bibkey,
        "URL": record.find_link("url") or (link_arxiv(record.arxiv) if record.arxiv else url),
    }
    return _ENCODER.encode({name: value for name, value in item.items() if value})


def _list_notes(record: Record, kind: str) -> Iterator[str]:
    # A number would be shown: for the number of an article in the journal that printed it.
    if record.arxiv and kind != "preprint":
        yield f"arXiv: {record.arxiv}"
    if record.retracted:
        yield f"Retraction: {record.retracted}"


def _write_name(name: str) -> dict[str, str]:
    given, family, suffix, _ = divide_name(name)
    if not given:
        return {"literal": f"{family}, {suffix}" if suffix else family}
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def _write_script(sign: str, inner: str) -> str:
    return f"<{_SCRIPTS[sign]}>{inner}</{_SCRIPTS[sign]}>"
