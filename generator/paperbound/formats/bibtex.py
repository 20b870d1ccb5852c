"""A Record as a BibTeX entry, for BibTeX and biblatex alike, Unicode kept.

Escaping after "BibTeXing" (Patashnik 1988); `eprint` fields as arXiv recommends them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..markup.texts import text_of
from ..model.record import Record
from ..text.names import fold, split_name
from .citing import Rows, find_year, guess_kind

_SPECIAL = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_KEY = re.compile(r"[^a-z0-9]+")
_TYPES = {
    "article": "article",
    "book": "book",
    "chapter": "incollection",
    "inproceedings": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_SKIPPED = frozenset("a an the on of in for to and with from by is are do does how what why".split())


def write_bibtex(rows: Rows) -> str:
    """Writes records as BibTeX with distinct keys: `doe2024graph`, `doe2024grapha`."""
    entries = []
    keys: set[str] = {record.bibkey.lower() for record, _ in rows if record.bibkey}
    counts: Counter[str] = Counter()
    for record, _ in rows:
        key = record.bibkey
        if not record.bibkey:
            key = first = make_key(record)
            while key.lower() in keys:
                counts[first] += 1
                key = first + _letters(counts[first])
            keys.add(key.lower())
        entries.append(make_bibtex(record, key))
    return "".join(f"{entry}\n\n" for entry in entries)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(97 + letter) + text
    return text


def make_bibtex(record: Record, key: str = "") -> str:
    """Returns the record's BibTeX entry, under its own key or the given one."""
    kind = _TYPES.get(guess_kind(record), "misc")
    place = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}.get(kind, "howpublished")
    texts = {
        place: record.booktitle or record.venue,
        "year": find_year(record),
        "series": record.series,
        "volume": record.volume,
        "number": record.issue,
        "pages": re.sub(r"\s*[-–—]+\s*", "--", record.pages),
        "publisher": record.publisher,
        "address": record.address,
        "isbn": record.isbn,
    }
    fields = {
        "title": protect_title(text_of(record, "title").spans),
        "author": " and ".join(_write_name(person.name) for person in record.authors),
        "editor": " and ".join(_write_name(person.name) for person in record.editors),
        **{name: escape_bibtex(value) for name, value in texts.items()},
        # Identifiers and addresses are read verbatim; record.py has let no brace into them.
        "doi": record.doi,
        "eprint": record.arxiv,
        "archiveprefix": record.arxiv and "arXiv",
        "primaryclass": record.arxiv and record.category,
        "url": "" if record.doi or record.arxiv else _address(record),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{key or make_key(record)},\n{body}\n}}"


def _address(record: Record) -> str:
    link = record.find_link("url") or record.find_link("pdf")
    return link.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def make_key(record: Record) -> str:
    """Returns the record's own key, or first author, year and a title word."""
    if record.bibkey:
        return record.bibkey
    first = record.authors[0].name if record.authors else "anonymous"
    words = [
        word for word in _KEY.split(fold(text_of(record, "title").plain)) if len(word) > 2 and word not in _SKIPPED
    ]
    family = _KEY.sub("", fold(split_name(first)[1])) or "anonymous"
    return f"{family}{find_year(record)}{words[0] if words else ''}"


def escape_bibtex(text: str) -> str:
    """Escapes TeX commands in plain text; Unicode stays."""
    return text.translate(_SPECIAL)


def protect_title(spans: Iterable[tuple[str, str]]) -> str:
    """Converts the spans of a title for BibTeX: formulas kept, words with capitals in braces."""
    parts: list[str] = []
    for style, part in spans:
        if style == "math":
            parts.append(f"{{${part}$}}")
            continue
        lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
        text = escape_bibtex(part.strip())
        words = (_protect(word) for word in text.split(" "))
        parts.append(f"{lead and ' '}{' '.join(words)}{tail and ' '}")
    return "".join(parts)


def _protect(word: str) -> str:
    core = word.rstrip(".,:;!?")
    letters = [character for character in word if character.isalpha()]
    has_capital = word != word.lower() and any(map(str.isupper, letters[1:]))
    return f"{{{core}}}{word[len(core) :]}" if has_capital else word


def _write_name(name: str) -> str:
    given, family = split_name(name)
    if not given:
        return f"{{{escape_bibtex(family)}}}"
    first, _, last = family.rpartition(" ")
    is_suffix = first and last.lower().rstrip(".") in ("jr", "sr", "ii", "iii", "iv")
    return ", ".join(map(escape_bibtex, (first, last, given) if is_suffix else (family, given)))
