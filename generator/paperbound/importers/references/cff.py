"""CITATION.cff: a program or data set, and the paper that its authors want cited.

Keys: https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.errors import Fault
from ...model.job import Source
from ...model.record import Origin, Record
from ...text.decoding import decode
from ...text.yamltext import YamlError, load_entries
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .hints import read_abstract, read_language, read_plain, read_retraction, read_text
from .jsontext import find_text, list_objects

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
_OMITTED = frozenset(
    "cff-version message title type authors editors abstract keywords languages identifiers doi isbn journal start end "
    "collection-title collection-type conference publisher institution year month date-published date-released volume "
    "preferred-citation references contact commit license license-url issue status notes".split()
).union(_LINKS)
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
        preferred = entry.values.get("preferred-citation")
        line = entry.lines.get("preferred-citation", entry.line)
        for values, at in ((preferred, line), (entry.values, entry.line)):
            if isinstance(values, Mapping):
                fields = _convert(values, "software" if values is entry.values else "misc")
                record = make_foreign(fields, Origin(source.file, at, native=False), context)
                if record:
                    yield record
        if entry.values.get("references"):
            context.count_unknown("references", entry.lines["references"])


def _convert(item: Mapping[str, Any], kind: str) -> dict[str, Any]:
    title, retracted = read_retraction(find_text(item.get("title")))
    kind = _KINDS.get(find_text(item.get("type")), kind)
    identifiers = {
        find_text(one.get("type")): find_text(one.get("value")) for one in list_objects(item.get("identifiers"))
    }
    place, conference = find_text(item.get("journal")), _find_name(item.get("conference"))
    book = find_text(item.get("collection-title"))
    inside = kind in ("chapter", "inproceedings")
    first, last = find_text(item.get("start")), find_text(item.get("end"))
    dates = (find_text(item.get(key)) for key in ("date-published", "date-released"))
    parts = [text for key in ("year", "month") if (text := find_text(item.get(key)))]
    return {
        "kind": kind,
        "title": read_text(title),
        "retracted": retracted,
        "authors": [_read_person(one) for one in list_objects(item.get("authors"))],
        "editors": [_read_person(one) for one in list_objects(item.get("editors"))],
        "date": next(filter(None, dates), parts),
        "booktitle": read_plain(book or place or conference) if inside else "",
        "venue": read_plain(conference if inside and (book or place) else "" if inside else place),
        "series": "" if inside else read_plain(book),
        "pages": f"{first}-{last}" if last and last != first else first,
        "publisher": read_plain(_find_name(item.get("publisher")) or _find_name(item.get("institution"))),
        "abstract": read_abstract(find_text(item.get("abstract"))),
        "tags": item.get("keywords"),
        "language": read_language(find_text(item.get("languages"))),
        "volume": find_text(item.get("volume")),
        "issue": find_text(item.get("issue")),
        "doi": find_text(item.get("doi")) or identifiers.get("doi", ""),
        "isbn": find_text(item.get("isbn")),
        "license": find_text(item.get("license")),
        "note": read_plain(find_text(item.get("notes"))),
        "links": {name: find_text(item.get(key)) for key, name in _LINKS.items()},
        "extra": {key: value for key, value in item.items() if key not in _OMITTED},
    }


def _find_name(value: Any) -> str:
    return find_text(value.get("name")) if isinstance(value, Mapping) else find_text(value)


def _read_person(person: Mapping[str, Any]) -> Mapping[str, str]:
    more = {"orcid": find_text(person.get("orcid")), "affiliation": find_text(person.get("affiliation"))}
    if name := find_text(person.get("name")):
        return {"literal": name, **more}
    return {
        "given": find_text(person.get("given-names")),
        "particle": find_text(person.get("name-particle")),
        "family": find_text(person.get("family-names")) or find_text(person.get("alias")),
        "suffix": find_text(person.get("name-suffix")),
        "url": find_text(person.get("website")),
        **more,
    }


READER = Reader(read_cff, matches=lambda data: bool(_START.search(data[:65_536])))
