"""A conference's list of papers as JSON, of scripts, review systems and programmes.

Values may be wrapped, `{"value": …}`, and lists may be texts with semicolons. Rejected papers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.errors import Fault
from ...model.job import Source
from ...model.record import Origin, Record
from ..dialects import from_mixed
from ..foreign import make_foreign
from ..importer import ReadContext, Reader
from ..names import split_names
from ..references.jsontext import find_text, read_objects

_LINKS = {
    "site": "url",
    "url": "url",
    "openreview": "url",
    "forum_url": "url",
    "pdf": "pdf",
    "github": "code",
    "code": "code",
    "project": "project",
    "poster": "poster",
    "slides": "slides",
    "video": "video",
    "proceeding": "proceedings",
    "supplementary_material": "supplement",
}
_TEXTS = {"takeaway": ("tldr", "TL;DR", "TLDR"), "abstract": ("abstract",)}
_AUTHORS = ("authors", "author")
_REFUSED = re.compile(r"\b(?:desk.?)?reject(?:ed)?\b|\bwithdraw[n]?\b", re.IGNORECASE)
_HONOUR = re.compile(r"oral|spotlight|award|highlight|notable|best", re.IGNORECASE)
_BIBTEX = re.compile(r"\b(booktitle|year|journal)\s*=\s*[{\"]+([^{}\"]*)", re.IGNORECASE)
_OMITTED = frozenset(
    "id title track status keywords aff aff_domain position bibtex venue year date doi primary_area authorids _bibtex "
    "paperhash gender homepage dblp google_scholar orcid linkedin or_profile author_site".split()
).union(_LINKS, _AUTHORS, *_TEXTS.values())
_REVIEWS = re.compile(r"rating|confidence|soundness|contribution|presentation|correctness|novelty|replies|^wc_|^corr_")
_MARKS = re.compile(rb'"(?:track|primary_area|tldr|TL;DR|aff|bibtex|_bibtex|venueid|forum)"\s*:')
_TITLE = re.compile(rb'"title"\s*:')
_OTHERS = re.compile(
    rb'"(?:itemType|container-title|externalIds|abstract_inverted_index|titles|notes|content|paper)"\s*:'
)


def read_list(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a conference's list; reports each paper that was rejected."""
    for row, line in read_objects(source, context, "papers", "results", "data"):
        item = {key: _unwrap(value) for key, value in row.items()}
        status = " ".join(filter(None, (find_text(item.get(key)) for key in ("status", "decision", "venue"))))
        if _REFUSED.search(status):
            message = f"{find_text(item.get('title'))[:80]!r} is left out: {status}"
            context.report(Fault(source.file, line, "status", message, "Nothing, if that is right.", warning=True))
            continue
        record = make_foreign(_convert(item), Origin(source.file, line, native=False), context)
        if record:
            yield record


def _unwrap(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _convert(item: Mapping[str, Any]) -> dict[str, Any]:
    cited = {key.lower(): text.strip() for key, text in _BIBTEX.findall(_find(item, "bibtex", "_bibtex"))}
    people: Any = next((item[key] for key in _AUTHORS if item.get(key)), [])
    names = people if isinstance(people, list) else split_names(find_text(people))
    places = _find(item, "aff").split(";")
    authors = [{"name": find_text(name), "affiliation": ""} for name in names]
    if len(places) == len(authors):
        authors = [{**author, "affiliation": place.strip()} for author, place in zip(authors, places, strict=True)]
    status = _find(item, "status", "decision")
    links: dict[str, list[str]] = {}
    for key, kind in _LINKS.items():
        address = _find(item, key)
        links.setdefault(kind, []).append(f"https://openreview.net{address}" if address.startswith("/") else address)
    return {
        "id": _find(item, "id"),
        "title": from_mixed(_find(item, "title")),
        "authors": [{key: text for key, text in author.items() if text} for author in authors],
        **{name: from_mixed(" ".join(_find(item, *keys).split("\n"))) for name, keys in _TEXTS.items()},
        "venue": _find(item, "venue") or cited.get("journal", ""),
        "booktitle": cited.get("booktitle", ""),
        "kind": "inproceedings" if cited.get("booktitle") else "",
        "date": _find(item, "date", "year") or cited.get("year", ""),
        "doi": _find(item, "doi"),
        "tags": item.get("keywords"),
        "awards": [status] if _HONOUR.search(status) else [],
        "links": {kind: [address for address in found if address] for kind, found in links.items()},
        "extra": {
            **{key: value for key, value in item.items() if key not in _OMITTED and not _REVIEWS.search(key)},
            "track": _find(item, "track"),
            "area": _find(item, "primary_area"),
            "status": "" if _HONOUR.search(status) else status,
        },
    }


def _find(item: Mapping[str, Any], *keys: str) -> str:
    return next((text for key in keys if (text := find_text(item.get(key)))), "")


def _matches(data: bytes) -> bool:
    head = data[:65_536]
    is_list = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"["
    return is_list and all(one.search(head) for one in (_TITLE, _MARKS)) and not _OTHERS.search(head)


READER = Reader(read_list, matches=_matches)
