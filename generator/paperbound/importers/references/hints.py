"""Values in places of their own: pages, notes, addresses, languages, retractions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from babel import Locale
from babel.core import get_global

from ...text.characters import collapse
from ...text.memo import memoize
from ..dialects import from_html, from_mixed, to_plain
from ..rows import Row

_RANGE = re.compile(r"(?<![\d:])([A-Za-z]{0,3})(\d+)\s*[-‐-―−]+\s*(\d+)(?![\d:])")
_RETRACTED = re.compile(r"\s*(?:\[retracted(?: article| paper)?\]:?|retracted(?: article| paper)?:)\s*", re.IGNORECASE)
_ARXIV = re.compile(
    r"\barxiv\s*:\s*((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:\s*\[([^\]\s]+)\])?", re.IGNORECASE
)
_REGISTRY = re.compile(
    r"https?://(?:(?P<doi>(?:dx\.|www\.)?doi\.org/10\.)|(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)", re.I
)
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
_LATEX = re.compile(r"\\(?:[A-Za-z]+\s*\{|[\"'`^~=.]\{?\\?[A-Za-z])|\{\\")
_ESCAPED_START = re.compile(r"^(\d*)\\(?=[#>+\-=|.)])")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_ISSN = re.compile(r"\b(\d{4})-?(\d{3}[\dXx])\b")
# `PMID: 30000003` of Zotero's field Extra (https://www.zotero.org/support/kb/item_types_and_fields).
_LABEL = re.compile(r"(tex\.)?([\w. -]{1,40}?)[:=]\s*(\S.*)")
_LABELS = {
    "doi": "doi",
    "pmid": "pmid",
    "isbn": "isbn",
    "citation key": "bibkey",
    "citationkey": "bibkey",
    "citation-key": "bibkey",
    "bibtex": "bibkey",
    "ids": "",  # former keys of Better BibTeX
    "eprint": "arxiv",
    "_eprint": "",
    "eprinttype": "",
}


def expand_pages(text: str) -> str:
    """Returns a range of pages with its elided digits: `101-10` becomes `101-110`."""

    def expand(match: re.Match[str]) -> str:
        letters, first, last = match.groups()
        full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        return f"{letters}{first}-{letters}{full}"

    return _RANGE.sub(expand, text)


def join_abstracts(texts: Iterable[str]) -> str:
    """Joins the abstracts of an entry as paragraphs of Markdown, each text once.

    Line breaks within a text become spaces.
    """
    return "\n\n".join(map(read_text, dict.fromkeys(filter(None, map(collapse, texts)))))


def join_date(date: str, year: str) -> str:
    """Returns a date, with the year behind it where it has none of its own."""
    return date if re.search(r"\d{4}", date) else " ".join(filter(None, (date, year)))


def read_abstract(text: str) -> str:
    """Converts an abstract to Markdown; blank lines separate its paragraphs."""
    return join_abstracts(re.split(r"\n\s*\n", text))


def split_people(names: Iterable[str]) -> list[str | dict[str, str]]:
    """Returns the names of people one by one; a value may hold several, with semicolons.

    A comma at the end marks the name of a group, as in EndNote.
    """
    single = (name.strip() for text in names for name in text.split(";"))
    return [
        {"literal": name.rstrip(", ")} if name.strip(", ") and name.endswith(",") else name for name in single if name
    ]


def split_keywords(texts: Iterable[str]) -> list[str]:
    """Returns keywords one by one: lines, semicolons, or two and more commas separate them."""
    pieces = [piece for text in texts for piece in re.split(r"[;\n]", text)]
    words = [word for piece in pieces for word in (piece.split(",") if piece.count(",") > 1 else (piece,))]
    # `/unread` is a mark of Zotero's reader.
    return [word for word in dict.fromkeys(map(collapse, words)) if word and not word.startswith("/")]


def split_serial(texts: Iterable[str]) -> tuple[str, str]:
    """Returns the first ISBN and the first ISSN of texts; empty texts without one."""
    isbn = issn = ""
    for text in texts:
        if found := _ISBN.search(text):
            isbn = isbn or found[0]
        elif number := _ISSN.search(text):
            issn = issn or f"{number[1]}-{number[2]}"
    return isbn, issn


def read_text(text: str) -> str:
    """Converts a text with entities, tags of styles, and evident LaTeX to Markdown."""
    return from_mixed(text) if _LATEX.search(text) else from_html(text, known_only=True)


def read_title(text: str) -> str:
    """Converts a title like `read_text`; signs that begin a block need no escape in it."""
    return _ESCAPED_START.sub(r"\1", read_text(text))


def read_plain(text: str) -> str:
    """Converts a text with entities and tags of styles to plain text in one line."""
    if "<" in text:
        return to_plain(text)
    return collapse(html.unescape(text)) if "&" in text else collapse(text)


def sort_links(addresses: Iterable[str]) -> dict[str, Any]:
    """Returns the fields `doi`, `arxiv` and `links` of a list of addresses."""
    values: dict[str, Any] = {}
    links: dict[str, list[str]] = {}
    for address in filter(None, map(str.strip, addresses)):
        match = _REGISTRY.match(address)
        if match and match["doi"]:
            values.setdefault("doi", address)
        elif match:
            values.setdefault("arxiv", address)
        else:
            links.setdefault("pdf" if _PDF.search(address) else "url", []).append(address)
    return {**values, "links": links}


def read_note(text: str) -> tuple[dict[str, str], str]:
    """Returns the identifiers in a note of a reference manager, and the rest."""
    values: dict[str, str] = {}
    rest: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        label = _LABEL.fullmatch(line)
        name = label[2].strip().lower() if label else ""
        if arxiv := _ARXIV.search(line):
            values.setdefault("arxiv", arxiv[1])
            if arxiv[2]:
                values.setdefault("category", arxiv[2])
        elif label and name in _LABELS:
            if _LABELS[name]:
                values.setdefault(_LABELS[name], label[3].strip())
        else:
            rest.append(line)
    return values, "\n".join(rest)


def read_retraction(title: str) -> tuple[str, str]:
    """Splits a title and the mark of a retraction, which becomes `yes`.

    `RETRACTED: ` by NISO RP-45-2024; `[Retracted]` and `RETRACTED ARTICLE: ` stand in older files.
    """
    match = _RETRACTED.match(title)
    return (title[match.end() :], "yes") if match and title[match.end() :].strip() else (title, "")


def take_rest(row: Row, dull: frozenset[str]) -> dict[str, Any]:
    """Returns the values of a row that were not read, but those that are `dull`."""
    return {name: row.raw(name) for name in list(row.find_unused(dull))}


def read_language(text: str) -> str:
    """Returns the code of a language by its English name or longer code.

    Any other text is returned as it is.
    """
    known: dict[str, str] = memoize("languages", "", _list_languages)
    return known.get(text.strip().lower(), text.strip())


def _list_languages() -> dict[str, str]:
    names = {name.lower(): code for code, name in Locale("en").languages.items() if len(code) <= 3}
    aliases = {code: short for code, short in get_global("language_aliases").items() if len(code) == 3}
    return {**names, **aliases}
