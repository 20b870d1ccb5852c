"""DataCite's JSON: what the registry of DOIs for data sets, programs and preprints answers.

Properties: https://datacite-metadata-schema.readthedocs.io/en/4.6/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.job import Source
from ...model.record import Origin, Record
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from .hints import join_abstracts, read_language, read_plain, read_retraction, read_text, sort_links
from .jsontext import find_text, list_objects, read_objects

_KINDS = {
    "journalarticle": "article",
    "datapaper": "article",
    "conferencepaper": "inproceedings",
    "conferenceproceeding": "book",
    "book": "book",
    "bookchapter": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "standard": "report",
    "preprint": "preprint",
    "dataset": "dataset",
    "collection": "dataset",
    "software": "software",
    "computationalnotebook": "software",
}
_DATES = ("issued", "available", "submitted", "created")
_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_MATCH = re.compile(rb'"(?:resourceTypeGeneral|publicationYear)"\s*:')


def read_datacite(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of DataCite: an answer of the service, or metadata alone."""
    for item, line in read_objects(source, context, "data"):
        attributes = item.get("attributes")
        values = attributes if isinstance(attributes, Mapping) else item
        record = make_foreign(_convert(values), Origin(source.file, line, native=False), context)
        if record:
            yield record


def _convert(item: Mapping[str, Any]) -> dict[str, Any]:
    titles = list_objects(item.get("titles"))
    main = next((one for one in titles if not one.get("titleType")), titles[0] if titles else {})
    title, retracted = read_retraction(find_text(main.get("title")))
    types, container = (_as_object(item.get(key)) for key in ("types", "container"))
    kind = _KINDS.get(find_text(types.get("resourceTypeGeneral")).lower(), "misc")
    place = read_plain(find_text(container.get("title")))
    inside = kind in ("chapter", "inproceedings")
    first, last = find_text(container.get("firstPage")), find_text(container.get("lastPage"))
    doi = find_text(item.get("doi")) or find_text(item.get("id"))
    arxiv = _ARXIV.search(doi)
    abstracts = [
        one for one in list_objects(item.get("descriptions")) if one.get("descriptionType") in (None, "Abstract")
    ]
    editors = [one for one in list_objects(item.get("contributors")) if one.get("contributorType") == "Editor"]
    publisher = item.get("publisher")
    rights = list_objects(item.get("rightsList"))
    return {
        "kind": "preprint" if arxiv else kind,
        "title": read_text(title),
        "other_titles": [read_text(find_text(one.get("title"))) for one in titles if one is not main],
        "retracted": retracted,
        "authors": [_read_person(one) for one in list_objects(item.get("creators"))],
        "editors": [_read_person(one) for one in editors],
        "date": _read_date(item),
        "doi": "" if arxiv else doi,
        "arxiv": arxiv[1] if arxiv else "",
        "booktitle": place if inside else "",
        "venue": "" if inside else place,
        "volume": find_text(container.get("volume")),
        "issue": find_text(container.get("issue")),
        "pages": f"{first}-{last}" if last and last != first else first,
        "publisher": read_plain(find_text(publisher.get("name") if isinstance(publisher, Mapping) else publisher)),
        "abstract": join_abstracts(find_text(one.get("description")) for one in abstracts),
        "tags": [find_text(one.get("subject")) for one in list_objects(item.get("subjects"))],
        "language": read_language(find_text(item.get("language"))),
        "license": next((find_text(one.get("rightsIdentifier")) or find_text(one.get("rights")) for one in rights), ""),
        "links": sort_links([find_text(item.get("url"))])["links"],
        "extra": {"version": find_text(item.get("version"))},
    }


def _as_object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _read_date(item: Mapping[str, Any]) -> str:
    """Returns the most precise of the dates of publication, or the year."""
    known = {
        find_text(one.get("dateType")).lower(): find_text(one.get("date")) for one in list_objects(item.get("dates"))
    }
    dates = [known[name] for name in _DATES if known.get(name)]
    return next((date for date in dates if len(date) > 4), find_text(item.get("publicationYear")) or "".join(dates[:1]))


def _read_person(person: Mapping[str, Any]) -> dict[str, Any]:
    schemes = {
        find_text(one.get("nameIdentifierScheme")).upper(): find_text(one.get("nameIdentifier"))
        for one in list_objects(person.get("nameIdentifiers"))
    }
    places = person.get("affiliation")
    names = (
        [find_text(one.get("name") if isinstance(one, Mapping) else one) for one in places]
        if isinstance(places, list)
        else []
    )
    parts = {"family": find_text(person.get("familyName")), "given": find_text(person.get("givenName"))}
    literal = person.get("nameType") == "Organizational" or not parts["family"]
    name = find_text(person.get("name"))
    shown = {"literal" if person.get("nameType") == "Organizational" else "name": name} if literal else parts
    return {**shown, "orcid": schemes.get("ORCID", ""), "affiliation": "; ".join(filter(None, names))}


def _matches(data: bytes) -> bool:
    head = data[:65_536]
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")
    return is_json and b'"titles"' in head and bool(_MATCH.search(head))


READER = Reader(read_datacite, matches=_matches)
