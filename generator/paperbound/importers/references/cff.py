"""CITATION.cff: a program or data set, and the paper that its authors want cited.

Keys: https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.build import Source
from ...model.errors import Fault
from ...model.record import Origin, Record
from ...text.characters import decode
from ...text.yamltext import YamlError, load_entries
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..rows import Row
from .hints import read_abstract, read_language, read_plain, read_retraction, read_title, take_rest

_KINDS = {
    "article": "article",
    "magazine-article": "article",
    "newspaper-article": "article",
    "conference-paper": "inproceedings",
    "conference": "inproceedings",
    "proceedings": "book",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "standard": "report",
    "unpublished": "preprint",
    "manuscript": "preprint",
    "data": "dataset",
    "dataset": "dataset",
    "database": "dataset",
    "software": "software",
    "software-code": "software",
}
_LINKS = {"repository-code": "code", "url": "url", "repository": "repository", "repository-artifact": "download"}
# Of the repository, or for people who want to cite.
_DULL = frozenset("cff-version message contact commit collection-type license-url pages".split())
_START = re.compile(rb"^[\"']?cff-version[\"']?\s*:", re.MULTILINE)


def read_cff(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a CITATION.cff: the preferred citation, then the software."""
    text = decode(source, context.report)
    if text is None:
        return
    try:
        _, entries = load_entries(text)
    except YamlError as error:
        context.report(Fault(source.file, error.line, error.field, error.message, error.remedy, warning=True))
        return
    for entry in entries:
        row = Row(entry.values, source.file, entry.line, context, lines=entry.lines)
        row.used.add("preferred-citation")
        for one in (*row.rows("preferred-citation"), row):
            origin = Origin(
                source.file, row.lines.get("preferred-citation", 1) if one is not row else row.line, native=False
            )
            record = make_foreign(_convert(one, "software" if one is row else "misc"), origin, context)
            if record:
                yield record


def _convert(row: Row, kind: str) -> dict[str, Any]:
    title, retracted = read_retraction(row.text("title"))
    kind = _KINDS.get(row.text("type"), kind)
    identifiers = {one.text("type"): one.text("value") for one in row.rows("identifiers")}
    place, conference, book = row.text("journal"), _find_name(row, "conference"), row.text("collection-title")
    inside = kind in ("chapter", "inproceedings")
    first, last = row.text("start"), row.text("end")
    values = {
        "kind": kind,
        "title": read_title(title),
        "retracted": retracted,
        "authors": [_read_person(one) for one in row.rows("authors")],
        "editors": [_read_person(one) for one in row.rows("editors")],
        "date": row.text("date-published", "date-released") or [row.text("year"), row.text("month")],
        "booktitle": read_plain(book or place or conference) if inside else "",
        "venue": read_plain(conference if inside and (book or place) else "" if inside else place),
        "series": "" if inside else read_plain(book),
        "pages": f"{first}-{last}" if last and last != first else first,
        "publisher": read_plain(_find_name(row, "publisher") or _find_name(row, "institution")),
        "abstract": read_abstract(row.text("abstract")),
        "tags": row.texts("keywords"),
        "language": read_language(row.text("languages")),
        "volume": row.text("volume"),
        "issue": row.text("issue"),
        "doi": row.text("doi") or identifiers.get("doi", ""),
        "isbn": row.text("isbn"),
        "license": " OR ".join(row.texts("license")),  # as the format's guide has it
        "note": read_plain(row.text("notes")),
        "links": {name: row.text(key) for key, name in _LINKS.items()},
    }
    if row.raw("references"):
        row.context.count_unknown("references", row.line)
    return {**values, "extra": take_rest(row, _DULL)}


def _find_name(row: Row, key: str) -> str:
    return row.row(key).text("name") if isinstance(row.raw(key), Mapping) else row.text(key)


def _read_person(person: Row) -> dict[str, str]:
    more = {
        key: person.text(name) for key, name in (("orcid", "orcid"), ("affiliation", "affiliation"), ("url", "website"))
    }
    if name := person.text("name"):
        return {"literal": name, **more}
    return {
        "given": person.name_part("given-names"),
        "particle": person.text("name-particle"),
        "family": person.name_part("family-names", "alias"),
        "suffix": person.text("name-suffix"),
        **more,
    }


READER = Reader(read_cff, matches=lambda data: bool(_START.search(data[:65_536])))
