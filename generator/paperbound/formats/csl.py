"""A Record as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

from __future__ import annotations

import json

from ..markup.texts import text_of
from ..model.record import Record
from ..text.names import split_name
from .citing import Rows, find_pages, find_year, guess_kind

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


def write_csl(rows: Rows) -> str:
    """Writes records as a CSL-JSON list, an item a line."""
    return "[\n" + ",\n".join(make_csl(record, url) for record, url in rows) + "\n]\n"


def make_csl(record: Record, url: str) -> str:
    """Returns the record as a CSL-JSON item in one line; `url` is its page's address."""
    year = find_year(record)
    date = record.date
    issued = [int(year)] if year else []
    if date and str(date.year) == year:
        issued += [part for part in (date.month, date.day) if part]
    item: dict[str, object] = {
        "id": record.id,
        "type": _TYPES.get(guess_kind(record), "document"),
        "title": text_of(record, "title").plain,
        "author": [_name(person.name) for person in record.authors],
        "editor": [_name(person.name) for person in record.editors],
        "issued": {"date-parts": [issued]} if issued else None,
        "container-title": record.booktitle or record.venue,
        "collection-title": record.series,
        "volume": record.volume,
        "issue": record.issue,
        "page": "-".join(part for part in find_pages(record) if part),
        "publisher": record.publisher or ("arXiv" if guess_kind(record) == "preprint" and record.arxiv else ""),
        "publisher-place": record.address,
        "number": f"arXiv:{record.arxiv}" if record.arxiv else "",
        "DOI": record.doi,
        "ISBN": record.isbn,
        "PMID": record.pmid,
        "language": record.language,
        "citation-key": record.bibkey,
        "URL": record.find_link("url") or url,
    }
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


def _name(name: str) -> dict[str, str]:
    given, family = split_name(name)
    return {"family": family, "given": given} if given else {"literal": family}
