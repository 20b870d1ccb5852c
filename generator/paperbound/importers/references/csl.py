"""CSL-JSON: the items of citation processors, of Zotero, Better BibTeX, Pandoc, Mendeley.

Fields: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables, the form of names and dates:
https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.job import Source
from ...model.record import Origin, Record
from ..dialects import from_html
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .hints import read_language, read_note, read_plain, read_retraction, sort_links, split_keywords
from .jsontext import find_text, list_objects, read_objects

_KINDS = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "journal-article": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "monograph": "book",
    "chapter": "chapter",
    "book-chapter": "chapter",
    "entry": "chapter",
    "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter",
    "paper-conference": "inproceedings",
    "proceedings-article": "inproceedings",
    "posted-content": "preprint",
    "manuscript": "preprint",
    "report": "report",
    "standard": "report",
    "thesis": "thesis",
    "dissertation": "thesis",
    "dataset": "dataset",
    "software": "software",
}
_TEXTS = {
    "volume": "volume",
    "issue": "issue",
    "publisher": "publisher",
    "address": "publisher-place",
    "series": "collection-title",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "pmid": "PMID",
    "bibkey": "citation-key",
}
_PARTICLES = ("dropping-particle", "non-dropping-particle")
# Of other fields, of the reference manager, or for a citation processor alone.
_OMITTED = frozenset(
    "id type title title-short shortTitle author editor issued accessed container-title container-title-short "
    "journalAbbreviation event event-title page-first number note abstract keyword language URL source categories "
    "system_id citation-label original-title subtitle short-title".split()
) | frozenset(_TEXTS.values())
_MATCH = re.compile(
    rb'"(?:date-parts|family|literal|container-title|citation-key|publisher-place|non-dropping-particle)"\s*:'
)
_TYPE = re.compile(rb'"type"\s*:\s*"[a-z][a-z_-]+"')
_OTHERS = re.compile(rb'"(?:message-type|itemType|resourceTypeGeneral|titles|abstract_inverted_index|creators)"\s*:')


def read_csl(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a CSL-JSON file: an array of items, or one item."""
    for item, line in read_objects(source, context, "items", "references"):
        record = make_foreign(convert_item(item), Origin(source.file, line, native=False), context)
        if record:
            yield record


def convert_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields of a record that an item has."""
    kind = _KINDS.get(find_text(item.get("type")), "misc")
    title, retracted = read_retraction(find_text(item.get("title")))
    note, rest = read_note(find_text(item.get("note")))
    values = {name: read_plain(find_text(item.get(key))) for name, key in _TEXTS.items()}
    place = read_plain(find_text(item.get("container-title")))
    event = item.get("event-title") or item.get("event")
    meeting = read_plain(find_text(event.get("name") if isinstance(event, Mapping) else event))
    inside = kind in ("chapter", "inproceedings")
    number = find_text(item.get("number"))
    extra = {key: value for key, value in item.items() if key not in _OMITTED and key != "ISSN"}
    links = sort_links([find_text(item.get("URL"))])
    found = {
        "kind": kind,
        "title": from_html(title),
        "retracted": retracted,
        "authors": [read_name(name) for name in _list_names(item.get("author"))],
        "editors": [read_name(name) for name in _list_names(item.get("editor"))],
        "date": _read_date(item.get("issued")),
        "booktitle": (place or meeting) if inside else "",
        "venue": meeting if inside and place else "" if inside else place,
        "abstract": from_html(find_text(item.get("abstract"))),
        "tags": split_keywords([find_text(item.get("keyword")).replace(",", ";")]),
        "language": read_language(find_text(item.get("language"))),
        "arxiv": number if number.lower().startswith("arxiv:") else "",
        "extra": {
            **extra,
            "issn": find_text(item.get("ISSN")),
            "number": "" if number.lower().startswith("arxiv:") else number,
            "note": rest,
            "original_title": find_text(item.get("original-title")),
        },
    }
    merged = {**values, **found}
    merged |= {name: value for name, value in (*links.items(), *note.items()) if not merged.get(name)}
    ident = find_text(item.get("id"))
    return {**merged, "id": merged["bibkey"] or ("" if "/" in ident and ":" in ident else ident)}


def _list_names(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def read_name(name: Any) -> Any:
    """Returns the parts of a name of CSL."""
    if not isinstance(name, Mapping):
        return name
    if literal := find_text(name.get("literal")):
        return {"literal": literal}
    affiliation = list_objects(name.get("affiliation"))
    return {
        "family": find_text(name.get("family")) or find_text(name.get("name")),
        "given": find_text(name.get("given")),
        "particle": " ".join(filter(None, (find_text(name.get(key)) for key in _PARTICLES))),
        "suffix": find_text(name.get("suffix")),
        "orcid": find_text(name.get("ORCID")),
        "affiliation": find_text(affiliation[0].get("name")) if affiliation else "",
    }


def _read_date(issued: Any) -> Any:
    """Returns the parts of a date, or its text.

    A range gives its first year and month.
    """
    if not isinstance(issued, Mapping):
        return issued
    parts = issued.get("date-parts")
    ends = [end for end in parts if isinstance(end, list) and end] if isinstance(parts, list) else []
    if not ends:
        return find_text(issued.get("raw")) or find_text(issued.get("literal"))
    first = [find_text(part) for part in ends[0] if find_text(part)]
    if len(first) == 1 and find_text(issued.get("season")):
        return f"{first[0]}, season {find_text(issued['season'])}"
    return first if len(ends) == 1 else first[:2]


def matches_csl(data: bytes) -> bool:
    """Returns whether the first bytes of a file are items of CSL-JSON."""
    head = data[:65_536]
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")
    return is_json and bool(_TYPE.search(head)) and bool(_MATCH.search(head)) and not _OTHERS.search(head)


READER = Reader(read_csl, matches=matches_csl)
