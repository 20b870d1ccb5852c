"""Foreign values to records: odd values are mended, or left out with a warning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..markup.markdown import is_hostile
from ..model.date import PartialDate
from ..model.errors import Fault
from ..model.record import FIELDS, KINDS, KNOWN, Author, Link, Origin, Record
from ..text.slugs import make_slug
from . import mends
from .fields import freeze, make_record
from .importer import ReadContext
from .mends import Mend, is_missing

_PLAIN = frozenset(
    ("venue", "booktitle", "series", "address", "volume", "issue", "publisher", "category", "license", "note")
)
_BLOCKS = ("abstract", "summary", "takeaway", "notes")
_MENDS: Mapping[str, Callable[[Any], Mend]] = {
    **dict.fromkeys(_PLAIN, mends.mend_text),
    **dict.fromkeys(_BLOCKS, mends.mend_block),
    "title": mends.mend_text,
    "other_titles": mends.mend_texts,
    "awards": mends.mend_texts,
    "aliases": mends.mend_texts,
    "related": mends.mend_texts,
    "authors": mends.mend_people,
    "editors": mends.mend_people,
    "date": mends.mend_date,
    "added": mends.mend_date,
    "venue_year": mends.mend_year,
    "pages": mends.mend_pages,
    "kind": mends.mend_kind,
    "tags": mends.mend_tags,
    "arxiv": mends.mend_arxiv,
    "doi": mends.mend_doi,
    "pmid": mends.mend_pmid,
    "isbn": mends.mend_isbn,
    "bibkey": mends.mend_bibkey,
    "links": mends.mend_links,
    "language": mends.mend_language,
    "retracted": mends.mend_retraction,
    "slug": mends.mend_slug,
    "id": mends.mend_id,
    "extra": mends.mend_extra,
}


_REMEDIES = {
    **dict.fromkeys(("date", "added"), "Write YYYY, YYYY-MM or YYYY-MM-DD."),
    "authors": "Write a list of names; an ORCID is 0000-0000-0000-000X.",
    "doi": "Write it as 10.1109/5.771073.",
    "arxiv": "Write it as 2401.10020.",
    "isbn": "Write it as 978-0-306-40615-7.",
    "pmid": "Write its digits alone.",
    "venue_year": "Write four digits.",
    "kind": f"Write one of {', '.join(KINDS)}.",
    "tags": "Write words with letters or digits.",
    "language": "Write a code such as en or pt-BR.",
    "links": "Links begin with https:// or http://; a space in one is %20.",
}
# Fields whose values have one form in our own rows.
_FORMED = frozenset(("id", "slug", "date", "added", "doi", "arxiv", "pmid", "isbn", "kind", "language", "pages"))


def make_foreign(
    values: Mapping[str, Any], origin: Origin, context: ReadContext, *, report_forms: bool = False
) -> Record | None:
    """Makes a record of a foreign file's values; returns None only without a title.

    `values` are by names of fields; values of other names go to `extra`. Each odd value is mended, or left out with a
    warning of file, line, field and value. With `report_forms`, for files of our own forms, other forms are warnings,
    too.
    """
    mended: dict[str, Any] = {}
    extra: dict[str, Any] = {}

    def warn(name: str, message: str, remedy: str = "") -> None:
        remedy = remedy or _REMEDIES.get(name, "Mend it in the file.")
        context.report(Fault(origin.file, origin.line_of(name), name, message, remedy, warning=True))

    for name, value in values.items():
        if value == "" or is_missing(value):
            continue
        if name not in KNOWN:
            extra[name] = value
            continue
        if type(value) is str and name in _PLAIN and value.isascii() and value.isprintable():
            mended[name] = " ".join(value.split())  # nothing to mend
            continue
        mend = _MENDS[name](value)
        if not is_missing(mend.value):
            mended[name] = mend.value
        for message in mend.messages:
            warn(name, message)
        for message in _find_forms(name, value, mend) if report_forms else ():
            warn(name, message)
        for key, more in mend.extra.items():
            mended.setdefault(key, more) if key in KNOWN else extra.setdefault(key, more)
    if extra:
        mended["extra"] = {**mends.mend_extra(extra).value, **mended.get("extra", {})}
    if not mended.get("title"):
        warn("title", f"a record without a title is left out{_name(values)}", "Give it a title.")
        return None
    if not mended.get("id"):
        mended["id"] = _make_id(mended)
    return _make_at_once(mended, origin) or _make(mended, origin, context)


def _make_at_once(mended: Mapping[str, Any], origin: Origin) -> Record | None:
    """Makes the record of mended values with nothing left to check; None for others.

    Most are such, and the checks of a record's own forms take twice as long as making it.
    """
    texts = [mended[name] for name in ("title", *_BLOCKS) if name in mended]
    if not _UNCHECKED.isdisjoint(mended) or any("$" in text or len(text) > _LONG or is_hostile(text) for text in texts):
        return None
    typed = dict(mended)
    try:
        for name in typed.keys() & _TYPES.keys():
            typed[name] = _TYPES[name](typed[name])
        return Record(**typed, origin=origin)
    except ValueError:
        return None


def _make_people(people: Iterable[Any]) -> tuple[Author, ...]:
    return tuple([Author(one) if isinstance(one, str) else Author(**one) for one in people])


def _make_links(links: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple([Link(kind, address) for kind, address in links.items()])


_UNCHECKED = frozenset(("retracted", "other_titles", "added"))
_LONG = 100_000
_TYPES: Mapping[str, Callable[[Any], Any]] = {
    "authors": _make_people,
    "editors": _make_people,
    "date": PartialDate.parse,
    "links": _make_links,
    "extra": freeze,
    **dict.fromkeys(("tags", "awards", "aliases", "related"), tuple),
}


def _make(mended: dict[str, Any], origin: Origin, context: ReadContext) -> Record | None:
    """Makes the record, without the fields that are still at fault."""
    for _ in FIELDS:
        faults: list[Fault] = []
        record = make_record(mended, origin, faults.append)
        if record:
            for fault in faults:
                context.report(fault)
            return record
        spoilt = {fault.field for fault in faults if not fault.warning} & mended.keys() - {"title"}
        for fault in faults:
            if fault.field in spoilt:
                message = f"{fault.message}; left out"
                context.report(Fault(fault.file, fault.line, fault.field, message, fault.remedy, warning=True))
        if not spoilt:
            break
        mended = {name: value for name, value in mended.items() if name not in spoilt}
        mended.setdefault("id", _make_id(mended))
    for fault in faults:
        context.report(Fault(fault.file, fault.line, fault.field, fault.message, fault.remedy, warning=True))
    return None


def _find_forms(name: str, value: Any, mend: Mend) -> Iterator[str]:
    """Yields a message for each value that had another form."""
    if name in ("authors", "editors") and isinstance(value, list):
        shown = [person["name"] if isinstance(person, dict) else person for person in mend.value or ()]
        for item in value:
            if isinstance(item, str) and item not in shown and any(map(str.isalnum, item)):
                yield f"{item!r} is written otherwise than a name is shown"
    elif name in _FORMED and mend.value and not mend.messages and str(value) != mend.value:
        yield f"{str(value)[:100]!r} is read as {mend.value}"


def _make_id(mended: Mapping[str, Any]) -> str:
    known = mended.get("bibkey") or mended.get("doi") or mended.get("arxiv")
    return str(known or make_slug(mended["title"]) or "paper")


def _name(values: Mapping[str, Any]) -> str:
    known: Iterable[str] = (str(values[name]) for name in ("id", "bibkey", "doi", "date") if values.get(name))
    first = next(iter(known), "")
    return f": {first[:60]!r}" if first else ""
