"""Duplicates: when two records are one paper, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..markup.markdown import strip_inline
from ..markup.texts import text_of
from ..model.date import PartialDate
from ..model.errors import Fault, Report
from ..model.record import FIELDS, Author, Link, Record, Signal
from ..text.characters import match_form
from ..text.names import sort_key
from ..text.slugs import add_suffix, make_slug
from ..urls import link_doi

# The file beside a page of Hugo Blox that has the page's paper as BibTeX.
CITATION = "cite.bib"
# What makes a paper's address and identity is the site's own, and never filled in.
_OWN = frozenset(("id", "title", "other_titles", "slug", "aliases", "related", "added"))


def merge_records(records: Iterable[Record], report: Report) -> list[Record]:
    """Merges records of one paper: imported ones fill gaps, native duplicates are faults.

    Records that are two papers, though they share an id or another identifier, stay two (decision 3).
    """
    ordered = sorted(records, key=lambda one: (not one.origin.native, one.origin.file.endswith(f"/{CITATION}")))
    # Titles are compared only if a record has no other identifier.
    titles = any(record.origin.by_title for record in ordered)
    merged: list[Record] = []
    places: dict[tuple[str, str], int] = {}
    for record in ordered:
        place = find_place(record, places)
        if place is not None and are_distinct(record, merged[place]):
            report(replace(_name_both(record, merged[place]), warning=True, rule="duplicate"))
            if ("id", record.id.lower()) in places:
                record = replace(record, id=make_distinct_id(record, places))
            place = None
        if place is None:
            place = len(merged)
            merged.append(record)
        elif record.origin.native:
            report(_name_both(record, merged[place]))
        else:
            report_same(record, merged[place], report)
            merged[place] = fill_gaps(merged[place], drop_shared(record, place, places, merged, report), report)
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


def are_distinct(record: Record, other: Record) -> bool:
    """Returns whether two records are two papers though they share an identifier.

    Rows of one file are, whose ids and titles differ; so are records with one id and other titles, other identifiers
    or other authors. Two native records never are, because their sharing is a fault.
    """
    if (record.origin.native and other.origin.native) or record.origin.by_title or other.origin.by_title:
        return False
    same_file = record.origin.file == other.origin.file
    same_title = compare_title(record.title) == compare_title(other.title)
    if record.id.lower() != other.id.lower():
        return same_file and not same_title
    if set(keys_of(record, titles=False)) & set(keys_of(other, titles=False)) - {("id", record.id.lower())}:
        return False
    differ = any(_differ(record, other, name) for name in ("doi", "arxiv"))
    strangers = bool(record.authors and other.authors and not _list_families(record) & _list_families(other))
    if not same_title:
        return differ or strangers
    # A title as id is that of every editorial.
    titled = record.id == make_slug(text_of(record, "title").plain)
    return titled and (strangers or (same_file and (differ or _differ(record, other, "year"))))


def _differ(record: Record, other: Record, name: str) -> bool:
    mine, theirs = getattr(record, name), getattr(other, name)
    return bool(mine and theirs and compare_value(name, mine) != compare_value(name, theirs))


def compare_title(title: str) -> str:
    """Returns the form of a title that is compared: letters and digits alone."""
    return "".join(filter(str.isalnum, match_form(strip_inline(title))))


def _list_families(record: Record) -> set[str]:
    return {sort_key(author.name)[0] for author in record.authors}


def make_distinct_id(record: Record, places: Mapping[tuple[str, str], int]) -> str:
    """Makes another id for a record whose id another paper has, from its other values."""
    what = (record.year, record.doi, record.arxiv, record.title, *(author.name for author in record.authors))
    ident = add_suffix(record.id, repr(what))
    while ("id", ident.lower()) in places:
        ident = add_suffix(record.id, ident)
    return ident


def drop_shared(
    record: Record, place: int, places: Mapping[tuple[str, str], int], others: Sequence[Record], report: Report
) -> Record:
    """Drops the DOI and the arXiv id of a record that another record has.

    `places` are those of `others`, by identifier.
    """
    for name, key in list(keys_of(record, titles=False)):
        if name in ("doi", "arxiv") and places.get((name, key), place) != place:
            other = others[places[name, key]]
            where = f"{other.id!r} ({other.origin.file}:{other.origin.line})"
            message = f"another paper, {where}, has the {name} {getattr(record, name)!r}; left out"
            origin = record.origin
            remedy = "Give it to the paper that it belongs to."
            report(Fault(origin.file, origin.line_of(name), name, message, remedy, warning=True, rule="duplicate"))
            record = replace(record, doi="") if name == "doi" else replace(record, arxiv="")
    return record


def report_same(record: Record, other: Record, report: Report) -> None:
    """Reports that imported records of one file, or of two ids, are one paper."""
    if (
        other.origin.native
        or record.origin.file.endswith(f"/{CITATION}")
        or (record.origin.file != other.origin.file and record.id.lower() == other.id.lower())
    ):
        return
    message = (
        f"the same paper as {other.id!r} ({other.origin.file}:{other.origin.line}) by {_name_shared(record, other)}"
    )
    remedy = "The first is kept, and the second fills its gaps."
    report(Fault(record.origin.file, record.origin.line, "", message, remedy, warning=True, rule="duplicate"))


def find_place(record: Record, places: Mapping[tuple[str, str], int]) -> int | None:
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
    if name in (CITATION, "index.md"):
        yield "folder", f"{folder}/{make_slug(text_of(record, 'title').plain)}"
    if titles:
        for title in (record.title, *record.other_titles):
            yield "title", match_form(strip_inline(title))


def strip_version(arxiv: str) -> str:
    """Strips the version of an arXiv id: `2401.10020v2` is `2401.10020`."""
    stem, mark, version = arxiv.rpartition("v")
    return stem if mark and stem and version.isdigit() else arxiv


def _name_shared(record: Record, other: Record) -> str:
    mine, theirs = dict(keys_of(record, titles=True)), dict(keys_of(other, titles=True))
    names = ("id", "doi", "arxiv", "title")
    return next((name for name in names if name in mine and mine[name] == theirs.get(name)), "title")


def _name_both(record: Record, other: Record) -> Fault:
    shared = _name_shared(record, other)
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
        if name == "signals":
            gaps[name] = (*mine, *(one for one in theirs if one.name not in {own.name for own in mine}))
            continue
        if name == "made_by":
            gaps[name] = {**mine, **{key: program for key, program in theirs.items() if key in gaps}}
            continue
        if name == "extra":
            gaps[name] = {**theirs, **mine}
            continue
        if name == "links":
            links = {link.kind: link for link in mine}
            gaps[name] = (*mine, *(link for link in theirs if link.kind not in links))
            differ = [link for link in theirs if links.get(link.kind, link) != link]
            mine, theirs = tuple(links[link.kind] for link in differ), tuple(differ)
        elif not mine:
            gaps[name] = theirs
            continue
        if mine and compare_value(name, mine) != compare_value(name, theirs):
            origin = other.origin
            message = f"{record.id!r} ({record.origin.file}) has {show_value(mine)}, here stands {show_value(theirs)}"
            remedy = "The first is kept; mend the one that is wrong."
            report(Fault(origin.file, origin.line_of(name), name, message, remedy, warning=True, rule="duplicate"))
    return replace(record, **gaps) if gaps else record


def compare_value(name: str, value: Any) -> Any:
    """Returns the form of a field's value that is compared: without case or version."""
    if name == "doi":
        return value.lower()
    return strip_version(value) if name == "arxiv" else value


def is_later(name: str, old: str, new: str) -> bool:
    """Returns whether a value is an arXiv id of a later version."""
    versions = [int(one.rpartition("v")[2]) if strip_version(one) != one else 0 for one in (old, new)]
    return name == "arxiv" and 0 < versions[0] < versions[1]


def show_value(value: object) -> str:
    """Returns a field's value for a message, shortened."""
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, tuple):
        value = ", ".join(map(_show_item, value))
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}…")


def _show_item(item: object) -> str:
    if isinstance(item, Signal):
        return f"{item.name} {item.value}"
    return item.name if isinstance(item, Author) else item.url if isinstance(item, Link) else str(item)
