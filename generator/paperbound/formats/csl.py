"""A Record as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import zip_longest

from markdown_it.token import Token

from ..markup.latex import decode_formula
from ..markup.markdown import is_hostile, may_be_markup, parser
from ..markup.texts import text_of
from ..model.record import Record
from ..text.names import divide_name
from .citing import Rows, find_pages, find_year, guess_kind, mark_retracted

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
_TAGS = {
    "em_open": "<i>",
    "em_close": "</i>",
    "strong_open": "<b>",
    "strong_close": "</b>",
    "softbreak": " ",
    "hardbreak": " ",
}
_SCRIPT = re.compile(r"([_^])(\{[^{}\\]*\}|[A-Za-z0-9])")
_SCRIPTS = {"_": "sub", "^": "sup"}
_DASH = re.compile(r"\s*[–—]\s*")


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
    kind = guess_kind(record)
    item: dict[str, object] = {
        "id": record.id,
        "type": _TYPES.get(kind, "document"),
        "title": mark_retracted(record, write_rich(record.title)),
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
        "number": f"arXiv:{record.arxiv}" if record.arxiv else "",
        "DOI": record.doi,
        "ISBN": record.isbn,
        "PMID": record.pmid,
        "language": record.language,
        "abstract": text_of(record, "abstract").plain,
        "keyword": ", ".join(record.tags),
        "note": f"Retraction: {record.retracted}" if record.retracted else "",
        "citation-key": record.bibkey,
        "URL": record.find_link("url") or url,
    }
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


def _write_name(name: str) -> dict[str, str]:
    given, family, suffix, _ = divide_name(name)
    if not given:
        return {"literal": family}
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def write_rich(text: str) -> str:
    """Converts one line of Markdown to the rich text of CSL: `<i>`, `<b>`, `<sub>`, `<sup>`."""
    if not may_be_markup(text) or is_hostile(text):
        return " ".join(text.split())
    inline = parser().parseInline(" ".join(text.split()))
    return "".join(map(_write_token, inline[0].children or [])) if inline else ""


def _write_token(token: Token) -> str:
    if token.type.startswith("math_inline"):
        return _write_formula(token.content)
    return _TAGS.get(token.type, token.content)


def _write_formula(tex: str) -> str:
    """Writes a formula with simple scripts as tags, and any other as plain text."""
    pieces = _SCRIPT.split(tex)
    if any(sign in piece for piece in pieces[::3] for sign in "^_{}"):
        return decode_formula(tex)
    words = [decode_formula(piece) if piece.strip() else piece for piece in pieces[::3]]
    scripts = [
        f"<{_SCRIPTS[sign]}>{decode_formula(inner.strip('{}'))}</{_SCRIPTS[sign]}>" for sign, inner in _pairs(pieces)
    ]
    return "".join(word + script for word, script in zip_longest(words, scripts, fillvalue=""))


def _pairs(pieces: list[str]) -> Iterator[tuple[str, str]]:
    return zip(pieces[1::3], pieces[2::3], strict=True)
