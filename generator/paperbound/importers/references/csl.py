"""CSL-JSON: the items of citation processors, of Zotero, Better BibTeX, Pandoc, Mendeley.

Fields: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables, the form of names and dates:
https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..rows import Row
from ..services.answers import make_reader
from .hints import (
    read_abstract,
    read_language,
    read_note,
    read_plain,
    read_retraction,
    read_title,
    sort_links,
    split_keywords,
    take_rest,
)

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
    "series": "collection-title",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "pmid": "PMID",
    "bibkey": "citation-key",
}
_RETRACTION = "Retraction: "
_WRAPPERS = frozenset(("items", "references"))
# Of the reference manager, or for a citation processor alone.
DULL = frozenset(
    "title-short shortTitle short-title accessed container-title-short journalAbbreviation page-first source "
    "categories system_id citation-label subtitle".split()
)
# Fields of other formats of JSON whose items have a type, too.
_OTHERS = frozenset(("itemType", "resourceTypeGeneral", "abstract_inverted_index", "creators", "DOI-registration"))
_OWN = frozenset(("container-title", "citation-key", "publisher-place", "event-title", "collection-title", "issued"))


def convert_item(row: Row) -> dict[str, Any]:
    """Converts an item to a paper's fields."""
    kind = _KINDS.get(row.text("type"), "misc")
    title, retracted = read_retraction(row.text("title"))
    note, rest = read_note(row.text("note"))
    if rest.startswith(_RETRACTION):
        retracted, rest = rest.removeprefix(_RETRACTION), ""
    place = read_plain(row.text("container-title"))
    event = row.row("event").text("name") if isinstance(row.raw("event"), Mapping) else row.text("event")
    meeting = read_plain(row.text("event-title") or event)
    inside = kind in ("chapter", "inproceedings")
    number = row.text("number")
    eprint = number if number.lower().startswith("arxiv:") else ""
    values = {
        **{name: read_plain(row.text(key)) for name, key in _TEXTS.items()},
        "kind": kind,
        "title": read_title(title),
        "retracted": retracted,
        "address": read_plain(row.text("publisher-place") or (row.text("event-place") if inside else "")),
        "authors": [_read_name(one) for one in row.rows("author")],
        "editors": [_read_name(one) for one in row.rows("editor")],
        "date": _read_date(row),
        "booktitle": (place or meeting) if inside else "",
        "venue": (meeting if place else "") if inside else place,
        "abstract": read_abstract(row.text("abstract")),
        "tags": split_keywords([text.replace(",", ";") for text in row.texts("keyword")]),
        "language": read_language(row.text("language")),
        "arxiv": eprint,
    }
    more = (*sort_links([row.text("URL")]).items(), *note.items())
    values |= {name: value for name, value in more if not values.get(name)}
    ident = row.text("id")
    values["id"] = values["bibkey"] or ("" if ":" in ident and "/" in ident else ident)
    issn, number = row.text("ISSN"), "" if eprint else number
    return {**values, "extra": {**take_rest(row, DULL), "issn": issn, "number": number, "note": rest}}


def _read_name(name: Row) -> dict[str, str]:
    if literal := name.text("literal"):
        return {"literal": literal}
    return {
        "family": name.name_part("family", "name"),
        "given": name.name_part("given"),
        "particle": " ".join(filter(None, map(name.text, ("dropping-particle", "non-dropping-particle")))),
        "suffix": name.text("suffix"),
        "orcid": name.text("ORCID"),
        "affiliation": name.row("affiliation").text("name"),
    }


def _read_date(row: Row) -> Any:
    """Returns the parts of a date, or its text.

    A range gives its first year and month.
    """
    if not isinstance(row.raw("issued"), Mapping):
        return row.text("issued")
    issued = row.row("issued")
    parts = issued.raw("date-parts")
    ends = [end for end in parts if isinstance(end, list) and end] if isinstance(parts, list) else []
    if not ends:
        return issued.text("raw", "literal")
    season = issued.text("season")
    if len(ends[0]) == 1 and season:
        return f"{ends[0][0]}, season {season}"
    return ends[0] if len(ends) == 1 else ends[0][:2]


def recognise_item(item: Mapping[str, Any]) -> bool:
    """Returns whether an object is an item of CSL."""
    names = item.get("author") or item.get("editor")
    person = names[0] if isinstance(names, list) and names and isinstance(names[0], Mapping) else {}
    own = bool(_OWN & item.keys()) or bool({"family", "literal"} & person.keys())
    return own and "type" in item and not _OTHERS & item.keys()


READER = make_reader(convert_item, recognise_item, _WRAPPERS, DULL)
