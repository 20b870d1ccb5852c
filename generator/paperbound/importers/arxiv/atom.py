"""arXiv's feeds: answers of its API, and daily feeds in Atom and RSS.

https://info.arxiv.org/help/api/user-manual.html#atom-results, https://info.arxiv.org/help/rss_specifications.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ...text.characters import collapse
from ..dialects import from_mixed, to_plain
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..services.elements import list_texts, read_elements
from .rss import date_announced, make_entry, split_creators

_IDENT = re.compile(r"(?:arxiv\.org/abs/|oai:arXiv\.org:)([a-zA-Z.-]*/?\d[\d.]*(?:v\d+)?)$")
_WITHDRAWN = re.compile(
    r"(?:(?:this|the) )?(?:(?:paper|article|submission|manuscript) )?(?:(?:has been|is|was) )?withdrawn\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"\barXiv:[^\s:]+\s+Announce Type: \S+\s+Abstract:\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\],;]+")
_HOSTS = ("github.com/", "gitlab.com/", "codeberg.org/", "bitbucket.org/")
_WORDS = (
    ("code", re.compile(r"\b(?:code|software|implementation)\b", re.IGNORECASE)),
    ("project", re.compile(r"\b(?:project|page|website|site)\b", re.IGNORECASE)),
)
# Elements of an entry that are read, or hold nothing about the paper.
_READ = frozenset(
    "id title summary published updated author comment journal_ref doi link primary_category category rights "
    "creator announce_type DOI".split()
)


def read_atom(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the entries of a feed; an entry with an error is reported."""
    for found, line, _ in read_elements(source, context, frozenset(("entry", "item"))):
        entry = make_entry(found) if found.tag == "item" else found
        values = convert_entry(entry, source.file, line, context)
        record = make_foreign(values, Origin(source.file, line, native=False), context) if values else None
        if record:
            yield record


def convert_entry(entry: Element, file: str, line: int, context: ReadContext) -> dict[str, Any] | None:
    """Converts an entry to a paper's fields; returns None for an error of the service."""
    ident, title = (collapse(entry.findtext(tag) or "") for tag in ("id", "title"))
    written = entry.findtext("summary") or ""
    # Lines of the daily feeds are whole paragraphs, and all but the first are indented.
    summary = _join_lines(text := _ANNOUNCED.sub("", written), 0 if text != written else None)
    match = _IDENT.search(ident)
    if not match:
        what = f"the service tells an error: {summary}" if "/errors" in ident else f"{ident!r} is no entry of arXiv"
        context.report(Fault(file, line, "", what, "The entry is left out.", warning=True))
        return None
    for child in entry:
        if child.tag not in _READ:
            context.count_unknown(child.tag, line)
    comments, journals = list_texts(entry, "comment"), list_texts(entry, "journal_ref")
    withdrawn = next((one for one in (*comments, title, summary) if _WITHDRAWN.match(one)), "")
    categories = [one.get("term") or "" for one in (*entry.iter("primary_category"), *entry.iter("category"))]
    return {
        "id": re.sub(r"v\d+$", "", match[1]),
        "arxiv": match[1],
        "title": from_mixed(title),
        "abstract": from_mixed(summary),
        "authors": _list_authors(entry),
        "date": date_announced(match[1], entry.findtext("announce_type") or "")
        or (entry.findtext("published") or "")[:10],
        "doi": next(iter((*list_texts(entry, "doi"), *list_texts(entry, "DOI"))), ""),
        "kind": "preprint",
        "category": categories[0] if categories else "",
        "license": next((text for text in list_texts(entry, "rights") if text.startswith("http")), ""),
        "note": "; ".join(to_plain(text).rstrip(".") for text in (*comments, *journals)),
        "retracted": _write_withdrawal(withdrawn) if withdrawn else "",
        "links": _list_links(entry, comments),
    }


def _join_lines(text: str, usual: int | None = None) -> str:
    """Joins the lines of an abstract to paragraphs.

    A paragraph begins behind an empty line or with an indented line (https://info.arxiv.org/help/prep.html#abstracts).
    Indentation that all lines but the first have is that of the file, unless the `usual` one is known.
    """
    lines = text.expandtabs().strip().split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines]
    if usual is None:
        usual = min((indent for line, indent in zip(lines[1:], indents[1:], strict=True) if line.strip()), default=0)
    begins = (not line.strip() or indent >= usual + 2 for line, indent in zip(lines, indents, strict=True))
    marked = "\n".join(f"\n{line}" if begin else line for line, begin in zip(lines, begins, strict=True))
    return "\n\n".join(filter(None, map(collapse, re.split(r"\n\s*\n", marked))))


def _write_withdrawal(text: str) -> str:
    sentence = _WITHDRAWN.sub("This paper was withdrawn", to_plain(text))
    return sentence if sentence.endswith(".") else f"{sentence}."


def _list_authors(entry: Element) -> list[dict[str, str]]:
    authors = [
        {"name": to_plain(author.findtext("name") or ""), "affiliation": to_plain(author.findtext("affiliation") or "")}
        for author in entry.iter("author")
    ]
    # The daily feeds have all names in one element.
    return authors or [person for text in list_texts(entry, "creator") for person in split_creators(text)]


def _list_links(entry: Element, comments: list[str]) -> dict[str, str]:
    links = {}
    for link in entry.iter("link"):
        if link.get("title") == "pdf" or link.get("type") == "application/pdf":
            links["pdf"] = re.sub(r"^http://(?=arxiv\.org/)", "https://", link.get("href") or "")
    for comment in comments:
        start = 0
        for address in _ADDRESS.finditer(comment):
            url, words = address[0].rstrip("."), comment[start : address.start()]
            start = address.end()
            kind = next((name for name, word in _WORDS if word.search(words)), "")
            if any(host in url for host in _HOSTS):
                kind = "code"
            if kind:
                links.setdefault(kind, url)
    return links


def _is_atom(data: bytes) -> bool:
    head = data[:20_000]
    is_daily = b"<item" in head and (b"oai:arXiv.org:" in head or b"arxiv.org/abs/" in head)
    return (b"http://www.w3.org/2005/Atom" in head and b"arxiv.org" in head.lower()) or (
        is_daily and (b"<rss" in head or b"http://purl.org/rss/1.0/" in head)
    )


READER = Reader(read_atom, matches=_is_atom)
