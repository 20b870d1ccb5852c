"""DataCite's JSON: answers of the registry of DOIs for data sets, programs and preprints.

Properties: https://datacite-metadata-schema.readthedocs.io/en/4.6/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..rows import Row
from ..services.answers import make_reader
from .hints import join_abstracts, read_language, read_plain, read_retraction, read_title, sort_links

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
_WRAPPERS = frozenset(("data", "attributes", "hits"))
# Of the registry: its own ids, counts, days and states, and papers that are cited or cite.
_DULL = frozenset(
    "publicationYear prefix suffix identifiers alternateIdentifiers contributors sizes formats geoLocations "
    "fundingReferences xml contentUrl metadataVersion schemaVersion source isActive state reason viewCount "
    "viewsOverTime downloadCount downloadsOverTime referenceCount citationCount citationsOverTime partCount "
    "partOfCount versionCount versionOfCount created registered published updated relatedIdentifiers relatedItems "
    "id type relationships meta links".split()
)


def convert_entry(row: Row) -> dict[str, Any]:
    """Converts the metadata of a DOI to a paper's fields."""
    titles = row.rows("titles")
    main = next((one for one in titles if not one.text("titleType")), titles[0] if titles else row.row("titles"))
    subtitles = [one for one in titles if one.text("titleType") == "Subtitle" and one is not main]
    title, retracted = read_retraction(": ".join(one.text("title") for one in (main, *subtitles)))
    types, container = row.row("types"), row.row("container")
    kind = _KINDS.get(types.text("resourceTypeGeneral").lower(), "misc")
    place = read_plain(container.text("title"))
    inside = kind in ("chapter", "inproceedings")
    first, last = container.text("firstPage"), container.text("lastPage")
    doi = row.text("doi", "id")
    arxiv = _ARXIV.search(doi)
    abstracts = [one for one in row.rows("descriptions") if one.text("descriptionType") in ("", "Abstract")]
    publisher = row.raw("publisher")
    rights = row.row("rightsList")
    return {
        "kind": "preprint" if arxiv else kind,
        "title": read_title(title),
        "other_titles": [read_title(one.text("title")) for one in titles if one is not main and one not in subtitles],
        "retracted": retracted,
        "authors": [_read_person(one) for one in row.rows("creators")],
        "editors": [_read_person(one) for one in row.rows("contributors") if one.text("contributorType") == "Editor"],
        "date": _read_date(row),
        "doi": "" if arxiv else doi,
        "arxiv": arxiv[1] if arxiv else "",
        "booktitle": place if inside else "",
        "venue": "" if inside else place,
        "volume": container.text("volume"),
        "issue": container.text("issue"),
        "pages": f"{first}-{last}" if last and last != first else first,
        "publisher": read_plain(
            row.row("publisher").text("name") if isinstance(publisher, Mapping) else row.text("publisher")
        ),
        "abstract": join_abstracts(one.text("description") for one in abstracts),
        "tags": [one.text("subject") for one in row.rows("subjects")],
        "language": read_language(row.text("language")),
        "license": rights.text("rightsIdentifier", "rights"),
        "links": sort_links([row.text("url")])["links"],
        "extra": {"version": row.text("version")},
    }


def _read_date(row: Row) -> str:
    """Returns the most precise of the dates of publication, or the year."""
    known = {one.text("dateType").lower(): one.text("date") for one in row.rows("dates")}
    dates = [known[name] for name in _DATES if known.get(name)]
    return next((date for date in dates if len(date) > 4), "") or row.text("publicationYear") or "".join(dates[:1])


def _read_person(person: Row) -> dict[str, str]:
    schemes = {
        one.text("nameIdentifierScheme").upper(): one.text("nameIdentifier") for one in person.rows("nameIdentifiers")
    }
    places = person.raw("affiliation")
    names = (
        [str(one.get("name", "") if isinstance(one, Mapping) else one) for one in places]
        if isinstance(places, list)
        else []
    )
    family, given, name = person.name_part("familyName"), person.name_part("givenName"), person.text("name")
    shown = {"family": family, "given": given} if family else {"name": name}
    if person.text("nameType") == "Organizational":
        shown = {"literal": name}
    return {**shown, "orcid": schemes.get("ORCID", ""), "affiliation": "; ".join(filter(None, names))}


def _recognise(item: Mapping[str, Any]) -> bool:
    return "titles" in item and bool({"creators", "publicationYear", "types"} & item.keys())


READER = make_reader(convert_entry, _recognise, _WRAPPERS, _DULL)
