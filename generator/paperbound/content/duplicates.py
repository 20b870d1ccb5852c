"""Duplicates: when two records are one paper, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..markup.markdown import strip_inline
from ..markup.texts import text_of
from ..model.date import PartialDate
from ..model.errors import Fault, Report
from ..model.record import FIELDS, Author, Link, Record
from ..text.characters import match_form
from ..text.slugs import make_slug
from ..urls import link_doi

# The file beside a page of Hugo Blox that has the page's paper as BibTeX.
_CITATION = "cite.bib"
# What makes a paper's address and identity is the site's own, and never filled in.
_OWN = frozenset(("id", "title", "other_titles", "slug", "aliases", "related", "added"))


def merge_records(records: Iterable[Record], report: Report) -> list[Record]:
    """Merges records of one paper: imported ones fill gaps, native duplicates are faults.

    Two rows of one imported file with different ids are two papers, whatever identifier they share by mistake: the
    anthology has such pairs (decision 3).
    """
    ordered = sorted(records, key=lambda one: (not one.origin.native, one.origin.file.endswith(f"/{_CITATION}")))
    # Titles are compared only if a record has no other identifier.
    titles = any(record.origin.by_title for record in ordered)
    merged: list[Record] = []
    places: dict[tuple[str, str], int] = {}
    for record in ordered:
        place = find_place(record, places)
        if place is not None and are_distinct_rows(record, merged[place]):
            report(replace(_name_both(record, merged[place]), warning=True))
            place = None
        if place is None:
            place = len(merged)
            merged.append(record)
        elif record.origin.native:
            report(_name_both(record, merged[place]))
        else:
            merged[place] = fill_gaps(merged[place], record, report)
        for key in keys_of(merged[place], titles=titles):
            places.setdefault(key, place)
    return _mark_retracted(merged)


def _mark_retracted(records: list[Record]) -> list[Record]:
    """Marks the papers that notices among the records retract."""
    notices: dict[str, str] = {}
    for notice in records:
        dois = notice.extra.get("retracts") if notice.extra else None
        for doi in dois if isinstance(dois, tuple) else ():
            notices.setdefault(str(doi).lower(), notice.doi)
    if not notices:
        return records
    return [
        record
        if record.retracted or record.doi.lower() not in notices
        else replace(record, retracted=f"This paper was retracted: {link_doi(notices[record.doi.lower()])}.")
        for record in records
    ]


def are_distinct_rows(record: Record, other: Record) -> bool:
    """Returns whether two records are rows of one imported file with different ids."""
    same_file = not record.origin.native and record.origin.file == other.origin.file
    return same_file and record.id.lower() != other.id.lower()


def find_place(record: Record, places: dict[tuple[str, str], int]) -> int | None:
    """Returns the place of the record of the same paper; None without one.

    `places` are by the keys of `keys_of`.
    """
    keys = keys_of(record, titles=record.origin.by_title)
    return next((places[key] for key in keys if key in places), None)


def keys_of(record: Record, *, titles: bool) -> Iterator[tuple[str, str]]:
    """Yields the keys that records of one paper share: id, DOI, arXiv id, and titles.

    The arXiv id is without its version. A page and the `cite.bib` beside it share their folder, with equal titles.
    """
    yield "id", record.id.lower()
    if record.doi:
        yield "doi", record.doi.lower()
    if record.arxiv:
        yield "arxiv", strip_version(record.arxiv)
    folder, _, name = record.origin.file.replace("\\", "/").rpartition("/")
    if name in (_CITATION, "index.md"):
        yield "folder", f"{folder}/{make_slug(text_of(record, 'title').plain)}"
    if titles:
        for title in (text_of(record, "title").plain, *map(strip_inline, record.other_titles)):
            yield "title", match_form(title)


def strip_version(arxiv: str) -> str:
    """Strips the version of an arXiv id: `2401.10020v2` is `2401.10020`."""
    stem, mark, version = arxiv.rpartition("v")
    return stem if mark and stem and version.isdigit() else arxiv


def _name_both(record: Record, other: Record) -> Fault:
    mine, theirs = dict(keys_of(record, titles=True)), dict(keys_of(other, titles=True))
    shared = next(name for name in ("id", "doi", "arxiv", "title") if name in mine and mine[name] == theirs.get(name))
    place = f"{other.origin.file}:{other.origin.line}"
    message = f"the {shared} {getattr(record, shared)!r} is also that of {other.id!r} ({place})"
    origin = record.origin
    return Fault(origin.file, origin.line_of(shared), shared, message, "Keep one of the two records.")


def fill_gaps(record: Record, other: Record, report: Report) -> Record:
    """Fills a record's gaps from another record; reports different values, which stay."""
    gaps: dict[str, Any] = {}
    for name in FIELDS:
        mine, theirs = getattr(record, name), getattr(other, name)
        if name in _OWN or not theirs or mine == theirs:
            continue
        if name == "links":
            links = {link.kind: link for link in mine}
            gaps[name] = (*mine, *(link for link in theirs if link.kind not in links))
            differ = [link for link in theirs if links.get(link.kind, link) != link]
            mine, theirs = tuple(links[link.kind] for link in differ), tuple(differ)
        elif not mine:
            gaps[name] = theirs
            continue
        if mine and _compare(name, mine) != _compare(name, theirs):
            origin = other.origin
            message = f"{record.id!r} ({record.origin.file}) has {show_value(mine)}, here stands {show_value(theirs)}"
            remedy = "The first is kept; mend the one that is wrong."
            report(Fault(origin.file, origin.line_of(name), name, message, remedy, warning=True))
    return replace(record, texts={**other.texts, **record.texts}, **gaps) if gaps else record


def _compare(name: str, value: Any) -> Any:
    if name == "doi":
        return value.lower()
    return strip_version(value) if name == "arxiv" else value


def show_value(value: object) -> str:
    """Returns a field's value for a message, shortened."""
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, tuple):
        parts = (
            item.name if isinstance(item, Author) else item.url if isinstance(item, Link) else item for item in value
        )
        value = ", ".join(str(part) for part in parts)
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}…")
