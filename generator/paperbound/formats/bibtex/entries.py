"""A Record as an entry for BibTeX or for biblatex, Unicode kept.

Types and fields after "BibTeXing" (Patashnik 1988) and the manual of biblatex, `eprint` fields as arXiv recommends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...markup.texts import text_of
from ...model.record import Record
from ...text.memo import memoize_text
from ...text.names import divide_name, is_suffix
from ..citing import find_year, guess_kind
from .keys import make_key
from .tex import escape_tex, write_title

_TYPES = {
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "inproceedings": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_BIBLATEX_TYPES = {**_TYPES, "report": "report", "thesis": "thesis", "dataset": "dataset", "software": "software"}
_PLACES = {"article": "journal", "inproceedings": "booktitle", "chapter": "booktitle"}
_PUBLISHERS = {"thesis": "school", "report": "institution"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASH = re.compile(r"(?<!\s)\s*[-–—]+\s*")


def make_bibtex(record: Record, key: str = "") -> str:
    """Returns the record's BibTeX entry, under its own key or the given one.

    One field a line, no line break at the end.
    """
    kind = guess_kind(record)
    entry = _TYPES.get(kind, "misc")
    if kind == "thesis" and "master" in str(record.extra.get("type", "")).lower():
        entry = "mastersthesis"
    year = find_year(record)
    fields = [*_list_head(record, _PLACES.get(kind, "howpublished")), ("year", f"{{{year}}}" if year else "")]
    if record.date and record.date.month and str(record.date.year) == year:
        fields.append(("month", _MONTHS[record.date.month - 1]))
    fields += _list_middle(record, _PUBLISHERS.get(kind, "publisher"), "address")
    if record.arxiv:
        fields += [("eprint", f"{{{record.arxiv}}}"), ("archiveprefix", "{arXiv}")]
        fields.append(("primaryclass", _brace(record.category)))
    return _write(entry, key or make_key(record), fields + _list_tail(record, "language", record.language))


def make_biblatex(record: Record, key: str = "") -> str:
    """Returns the record's entry for biblatex, under its own key or the given one."""
    kind = guess_kind(record)
    entry = _BIBLATEX_TYPES.get(kind, "online" if record.arxiv or _find_address(record) else "misc")
    year, date = find_year(record), record.date
    written = date.iso if date and str(date.year) == year else year
    place = {"article": "journaltitle"}.get(kind, _PLACES.get(kind, "howpublished"))
    fields = [*_list_head(record, place), ("date", f"{{{written}}}" if written else "")]
    fields += _list_middle(record, "institution" if kind in _PUBLISHERS else "publisher", "location")
    if kind in _PUBLISHERS:
        fields.append(("type", _brace(str(record.extra.get("type", "")) or _TYPES[kind])))
    if record.arxiv:
        fields += [("eprint", f"{{{record.arxiv}}}"), ("eprinttype", "{arxiv}")]
        fields.append(("eprintclass", _brace(record.category)))
    return _write(
        entry, key or make_key(record), fields + _list_tail(record, "langid", _name_language(record.language))
    )


def _list_head(record: Record, place: str) -> Iterator[tuple[str, str]]:
    title = memoize_text("tex", record.digest, lambda one: write_title(text_of(one, "title").spans), record)
    yield "title", f"{{{title}}}"
    for name, people in (("author", record.authors), ("editor", record.editors)):
        names = [write_name(person.name) for person in people]
        if names and name == "author" and record.extra.get("et_al"):
            names.append("others")
        yield name, f"{{{' and '.join(names)}}}" if names else ""
    yield place, _brace(record.booktitle or record.venue)


def _list_middle(record: Record, publisher: str, address: str) -> Iterator[tuple[str, str]]:
    yield "series", _brace(record.series)
    yield "volume", _brace(record.volume)
    yield "number", _brace(record.issue)
    yield "pages", _brace(_DASH.sub("–", record.pages)).replace("–", "--")
    yield publisher, _brace(record.publisher)
    yield address, _brace(record.address)
    yield "isbn", _brace(record.isbn)
    # Identifiers and addresses are read verbatim; record.py has let no brace into them.
    yield "doi", f"{{{record.doi}}}" if record.doi else ""


def _list_tail(record: Record, name: str, language: str) -> list[tuple[str, str]]:
    address = _find_address(record)
    if not address and not record.doi and not record.arxiv:
        address = record.find_link("pdf")
    address = address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    retraction = f"Retracted: {record.retracted}" if record.retracted else ""
    return [
        ("pmid", _brace(record.pmid)),
        ("url", f"{{{address}}}" if address else ""),
        (name, _brace(language)),
        ("keywords", _brace(", ".join(record.tags))),
        ("note", _brace("; ".join(note for note in (record.note, retraction) if note))),
    ]


def _name_language(code: str) -> str:
    """Returns the English name of a language, as biblatex has it."""
    if not code:
        return ""
    from babel import Locale  # few entries have a language

    return str(Locale("en").languages.get(code.partition("-")[0], "")).lower()


def _find_address(record: Record) -> str:
    return record.find_link("url")


def _write(entry: str, key: str, fields: list[tuple[str, str]]) -> str:
    body = ",\n".join(f"  {name} = {value}" for name, value in fields if value)
    return f"@{entry}{{{key},\n{body}\n}}"


def _brace(text: str) -> str:
    tex = escape_tex(text)
    body = tex.rstrip(",;")
    if body != tex:
        tex = f"{body}{{{tex[len(body) :]}}}"  # importers drop a bare comma at the end
    return f"{{{tex}}}" if text else ""


@lru_cache(maxsize=16_384)
def write_name(name: str) -> str:
    """Returns a name as BibTeX reads it: `King, Jr., Robert`, `{A Group}`."""
    parts = divide_name(name)
    if parts.is_group or not parts.given:
        return f"{{{escape_tex(', '.join(filter(None, (parts.family, parts.suffix))))}}}"
    # `Kern, II` would be a family name with a suffix.
    given = f"{{{parts.given}}}" if is_suffix(parts.given) else escape_tex(parts.given)
    return ", ".join(part for part in (escape_tex(parts.family), escape_tex(parts.suffix), given) if part)
