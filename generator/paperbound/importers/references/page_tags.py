"""Web pages of papers, saved: the tags for Google Scholar, which publishers and repositories write.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, and further names that Highwire's pages have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from ...model.build import Source
from ...model.record import Origin, Record
from ...text.characters import decode
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .hints import expand_pages, read_abstract, read_language, read_plain, read_retraction, read_title, split_keywords

_TEXTS = {
    "venue": ("journal_title",),
    "booktitle": ("conference_title", "inbook_title", "book_title"),
    "volume": ("volume",),
    "issue": ("issue", "technical_report_number"),
    "publisher": ("dissertation_institution", "technical_report_institution", "publisher"),
    "doi": ("doi",),
    "arxiv": ("arxiv_id",),
    "pmid": ("pmid",),
    "isbn": ("isbn",),
    "date": ("publication_date", "date", "cover_date", "online_date", "year"),
}
_KINDS = {
    "journal_title": "article",
    "conference_title": "inproceedings",
    "inbook_title": "chapter",
    "dissertation_institution": "thesis",
    "technical_report_institution": "report",
    "arxiv_id": "preprint",
    "isbn": "book",
}
_PEOPLE = ("author", "editor")
_PARTS = {"institution": "affiliation", "orcid": "orcid"}
_ABSTRACTS = ("abstract", "dc.description", "dcterms.abstract")
_ADDRESSES = ("public_url", "abstract_html_url", "fulltext_html_url")
# Characters of a page that are read: the tags are at its head.
_LONGEST = 500_000


class _Tags(HTMLParser):
    """Reader of the meta elements of a page: names in lower case, contents, lines."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps a meta element with a name and a content."""
        values = dict(attrs) if tag == "meta" else {}
        name, content = (values.get("name") or values.get("property") or "").lower(), values.get("content") or ""
        if name and content.strip():
            self.found.append((name, content.strip(), self.getpos()[0]))


def read_page(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the paper of a page."""
    text = decode(source, context.report)
    if text is None:
        return
    tags = _Tags()
    tags.feed(text[:_LONGEST])
    lines = {name.removeprefix("citation_"): line for name, _, line in reversed(tags.found)}
    origin = Origin(source.file, lines.get("title", 1), native=False)
    record = make_foreign(_convert([(name, content) for name, content, _ in tags.found]), origin, context)
    if record:
        yield record


def _convert(tags: Sequence[tuple[str, str]]) -> dict[str, Any]:
    first: dict[str, str] = {}
    people: dict[str, list[dict[str, str]]] = {name: [] for name in _PEOPLE}
    for name, content in tags:
        short = name.removeprefix("citation_") if name.startswith("citation_") else ""
        role, _, part = short.partition("_")
        if short.rstrip("s") in _PEOPLE:
            people[short.rstrip("s")] += [{"name": one.strip()} for one in content.split(";") if one.strip()]
        elif role in _PEOPLE and part in _PARTS and people[role]:
            known = people[role][-1].get(_PARTS[part], "")
            people[role][-1][_PARTS[part]] = f"{known}; {content}" if known and part == "institution" else content
        if short or name in _ABSTRACTS[1:]:
            first.setdefault(short or name, content)
    title, retracted = read_retraction(first.get("title", ""))
    begin, end = first.get("firstpage", ""), first.get("lastpage", "")
    values = {
        ours: read_plain(next((first[name] for name in theirs if name in first), "")) for ours, theirs in _TEXTS.items()
    }
    return values | {
        "kind": next((kind for name, kind in _KINDS.items() if name in first), "misc"),
        "title": read_title(title),
        "retracted": retracted,
        "authors": people["author"],
        "editors": people["editor"],
        "pages": expand_pages(f"{begin}-{end}" if end and end != begin else begin),
        "abstract": read_abstract(next((first[name] for name in _ABSTRACTS if name in first), "")),
        "tags": split_keywords(content.replace(",", ";") for name, content in tags if name == "citation_keywords"),
        "language": read_language(first.get("language", "")),
        "links": {
            "pdf": first.get("pdf_url", ""),
            "url": next((first[name] for name in _ADDRESSES if name in first), ""),
        },
        "extra": {"issn": first.get("issn", "")},
    }


def _is_page(data: bytes) -> bool:
    return b"citation_title" in data and b"<meta" in data.lower()


READER = Reader(read_page, matches=_is_page)
