"""A conference's list of papers as JSON, of scripts, review systems and programmes.

Values may be wrapped, `{"value": …}`, and lists may be texts with semicolons. Rejected papers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..dialects import from_mixed
from ..names import split_names
from ..references.hints import take_rest
from ..rows import Row
from ..services.answers import make_reader

_LINKS = {
    "site": "url",
    "url": "url",
    "openreview": "url",
    "forum_url": "url",
    "paper_url": "url",
    "paper_pdf_url": "pdf",
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
_DULL = frozenset(
    "aff_domain aff_campus aff_campus_unique aff_unique_index aff_unique_norm aff_unique_dep aff_unique_url "
    "aff_unique_abbr aff_country_unique_index aff_country_unique position email authorids paperhash gender homepage "
    "dblp google_scholar orcid linkedin or_profile author_site author_num session uid eventtype event_type room_name "
    "virtualsite_url sourceid sourceurl starttime endtime diversity_event latitude longitude eventmedia modified "
    "schedule_html show_in_schedule_overview visible parent1 parent2 parent1_id parent2_id related_events "
    "related_events_ids poster_position stage".split()
)
_REVIEWS = re.compile(r"rating|confidence|soundness|contribution|presentation|correctness|novelty|replies|^wc_|^corr_")
_MARKS = frozenset("track primary_area tldr TL;DR aff bibtex _bibtex venueid forum status decision".split())
_EVENT = frozenset("authors decision eventtype event_type virtualsite_url paper_pdf_url".split())
_OTHERS = frozenset("itemType container-title externalIds abstract_inverted_index titles content paper notes".split())


def convert_row(row: Row) -> dict[str, Any] | None:
    """Converts a row to a paper's fields; returns None for a paper that was rejected."""
    item = Row({key: _unwrap(value) for key, value in row.values.items()}, row.file, row.line, row.context)
    row.used.update(row.values)
    title, venue, status = item.text("title", "name"), item.text("venue"), item.text("status", "decision")
    if _REFUSED.search(f"{status} {venue}"):
        row.warn(
            "status", f"{title[:80]!r} is left out: {status or venue}", "If it was accepted, say so in its status."
        )
        return None
    cited = {key.lower(): text.strip() for key, text in _BIBTEX.findall(item.text("bibtex", "_bibtex"))}
    links: dict[str, list[str]] = {}
    for key, kind in _LINKS.items():
        addresses = (f"https://openreview.net{one}" if one.startswith("/") else one for one in item.texts(key))
        links.setdefault(kind, []).extend(addresses)
    honour = bool(_HONOUR.search(status))
    values = {
        "id": item.text("uid") or item.text("id"),
        "title": from_mixed(title),
        "authors": _read_people(item),
        **{name: from_mixed(" ".join(item.text(*keys).split())) for name, keys in _TEXTS.items()},
        "venue": venue or cited.get("journal", ""),
        "booktitle": cited.get("booktitle", ""),
        "kind": "inproceedings" if cited.get("booktitle") else "",
        "date": item.text("date", "year") or cited.get("year", "") or item.text("starttime")[:4],
        "doi": item.text("doi"),
        "tags": item.raw("keywords") or item.text("topic").split("->"),
        "awards": [status] if honour else [],
        "links": links,
    }
    area, status = item.text("primary_area"), "" if honour else status
    rest = {key: value for key, value in take_rest(item, _DULL).items() if not _REVIEWS.search(key)}
    return {**values, "extra": {**rest, "primary_area": area, "status": status}}


def _unwrap(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _read_people(item: Row) -> list[dict[str, str]]:
    """Reads the authors, with an affiliation each where there are as many."""
    if isinstance(item.values.get("authors"), list) and any(isinstance(one, Mapping) for one in item.values["authors"]):
        people = (
            (one.text("fullname", "name"), one.text("institution", "affiliation")) for one in item.rows("authors")
        )
        return [{"name": name, "affiliation": place} for name, place in people]
    texts = item.texts("authors") or item.texts("author")
    names = split_names(texts[0]) if len(texts) == 1 else texts
    places = item.text("aff").split(";")
    if len(places) != len(names):
        places = [""] * len(names)
    return [{"name": name, "affiliation": place.strip()} for name, place in zip(names, places, strict=True)]


def _recognise(item: Mapping[str, Any]) -> bool:
    known = "title" in item and bool(_MARKS & item.keys())
    # The lists of virtual conferences, of which a paper is one event.
    return (known or ("name" in item and len(_EVENT & item.keys()) > 1)) and not _OTHERS & item.keys()


READER = make_reader(convert_row, _recognise, frozenset(("papers", "results", "data")))
