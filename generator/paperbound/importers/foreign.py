"""Foreign values to records: odd values are mended, or left out with a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..markup.texts import parse_texts
from ..model.date import PartialDate
from ..model.errors import Fault, RecordError
from ..model.record import KINDS, KNOWN, Origin, Record
from ..text.mojibake import repair
from ..text.slugs import make_slug
from .fields import LARGEST, UNTITLED, find_markup_faults, make_record
from .importer import ReadContext
from .mends import MENDS, PLAIN, Mend, mend_extra, mend_id, mend_people
from .paper_addresses import find_identifier
from .values import count_characters, is_missing

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
# Addresses that are those of the paper itself.
_OWN_ADDRESSES = frozenset(("url", "pdf", "arxiv", "doi", "preprint", "paper", "html", "abs", "ads"))
_REGISTRY = re.compile(r"arxiv|ar5iv|pubmed|/papers/\d|nature\.com|10\.\d{4}", re.IGNORECASE)
_PREPRINT = re.compile(r"(?:arxiv|corr)\b|abs/", re.IGNORECASE)
# arXiv is no venue of a preprint, whatever it is called.
_SERVER = re.compile(r"\s*+(?:arxiv(?:\.org)?|corr)(?: (?:preprints?|e-?prints?))?(?: server)?\s*+", re.IGNORECASE)
# Fields whose values many papers share.
_PEOPLE = ("authors", "editors")
_SHARED = frozenset(
    ("venue", "booktitle", "series", "address", "publisher", "license", "date", "venue_year", "kind", "language")
)
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
    typed: dict[str, Any] = {}
    extra: dict[str, Any] = {}

    def warn(name: str, message: str, remedy: str = "") -> None:
        remedy = remedy or _REMEDIES.get(name, "Mend it in the file.")
        context.report(Fault(origin.file, origin.line_of(name), name, message, remedy, warning=True))

    if is_missing(values.get("title")):
        warn("title", f"{UNTITLED}{_name(values)}", "Give it a title.")
        return None
    size = 0
    for name, value in values.items():
        shared = (name, value) if name in _SHARED and type(value) is str and not report_forms else None
        if shared and shared in context.values:
            typed[name] = context.values[shared]
            size += len(value)
            continue
        if is_missing(value):
            continue
        length = len(value) if type(value) is str else count_characters(value)
        if length > LARGEST and type(value) is not str:  # before each item is mended
            warn(name, *_name_length(value))
            continue
        size += length
        if name not in KNOWN:
            extra[name] = value
            continue
        is_preprint = name == "venue" and type(value) is str and _PREPRINT.match(value)
        if type(value) is str and name in PLAIN and not is_preprint and value.isascii() and value.isprintable():
            typed[name] = " ".join(value.split())  # nothing to mend
            if shared:
                context.values[shared] = typed[name]
            continue
        if type(value) is not str or not value.isascii():
            repaired = repair(value)
            if repaired is not value and repaired != value:
                warn(name, f"{str(value)[:100]!r} is UTF-8 that was read as Windows-1252; mended", "Save it as UTF-8.")
            value = repaired
        mend = mend_people(value, context.people) if name in _PEOPLE else MENDS[name](value)
        if mend.value:
            typed[name] = mend.value
            if shared and shared[1] is value and not mend.messages:
                context.values[shared] = mend.value
        for message in mend.messages:
            warn(name, message)
        if report_forms:
            for message in _find_forms(name, value, mend):
                warn(name, message)
        for key, more in mend.extra.items() if mend.extra else ():
            typed.setdefault(key, more) if key in KNOWN else extra.setdefault(key, more)
    _find_identifiers(typed)
    venue = values.get("venue")
    if isinstance(venue, str) and _PREPRINT.match(venue) and typed.get("arxiv") and "booktitle" not in typed:
        typed["kind"] = "preprint" if typed.get("kind", "misc") in ("article", "misc") else typed["kind"]
        if typed["kind"] == "preprint" and _SERVER.fullmatch(venue):
            typed.pop("venue", None)
    if typed.get("kind") == "misc" and typed.get("doi", "").lower().startswith("10.48550/arxiv."):
        typed["kind"] = "preprint"
    if extra:
        typed["extra"] = {**mend_extra(extra).value, **typed.get("extra", {})}
    if not typed.get("title"):
        warn("title", f"{UNTITLED}{_name(values)}", "Give it a title.")
        return None
    # No mend makes a value four times as long, and counting all people of a file takes its time.
    while size > LARGEST // 4 and count_characters(typed) > LARGEST:
        longest = max(typed, key=lambda name: count_characters(typed[name]))
        warn(longest, *_name_length(typed.pop(longest)))
        typed.setdefault("title", "…")
    typed["texts"] = parse_texts(typed)
    for error in find_markup_faults(typed["texts"]):
        warn(error.field, error.message, error.remedy)
    return _build(typed, origin, warn)


def _name_length(value: Any) -> tuple[str, str]:
    return f"a text of {count_characters(value):,} characters; left out", f"At most {LARGEST:,} are taken."


def _find_identifiers(typed: dict[str, Any]) -> None:
    """Finds the DOI and the arXiv id in the addresses of a paper."""
    for link in typed.get("links", ()):
        found = find_identifier(link.url) if link.kind in _OWN_ADDRESSES and _REGISTRY.search(link.url) else None
        if found and (found.kind == "arxiv" or (found.kind in ("doi", "pmid") and link.kind != "preprint")):
            typed.setdefault(found.kind, found.value)
    if not typed.get("arxiv") and (doi := typed.get("doi", "")).lower().startswith("10.48550/arxiv."):
        typed["arxiv"] = doi[len("10.48550/arxiv.") :]


def make_native(values: Mapping[str, Any], origin: Origin, context: ReadContext) -> Record | None:
    """Makes a record of our own formats, to the letter unless it is imported."""
    if context.lenient:
        return make_foreign(values, origin, context, report_forms=True)
    return make_record(values, origin, context.report)


def _build(typed: dict[str, Any], origin: Origin, warn: Callable[[str, str, str], None]) -> Record | None:
    """Builds the record, without fields that are still at fault."""
    while True:
        typed.setdefault("id", _make_id(typed))
        try:
            return Record(**typed, origin=origin)
        except RecordError as errors:
            for error in errors.errors:
                warn(error.field, f"{error.message}; left out", error.remedy)
                typed.pop(error.field, None)
            if "title" not in typed:
                return None


def _find_forms(name: str, value: Any, mend: Mend) -> Iterator[str]:
    """Yields a message for each value that had another form."""
    if name in ("authors", "editors") and isinstance(value, list):
        shown = {person.name for person in mend.value}
        for item in value:
            if isinstance(item, str) and item not in shown and any(map(str.isalnum, item)):
                yield f"{item!r} is written otherwise than a name is shown"
    elif name in _FORMED and mend.value and not mend.messages:
        form = mend.value.iso if isinstance(mend.value, PartialDate) else mend.value
        if str(value) != form:
            yield f"{str(value)[:100]!r} is read as {form}"


def _make_id(mended: Mapping[str, Any]) -> str:
    known = mended.get("bibkey") or mended.get("doi") or mended.get("arxiv")
    if known and len(known) <= 200:
        return str(known)  # none of them has a space
    return str(mend_id(known).value if known else make_slug(mended["title"]) or "paper")


def _name(values: Mapping[str, Any]) -> str:
    known: Iterable[str] = (str(values[name]) for name in ("id", "bibkey", "doi", "date") if values.get(name))
    first = next(iter(known), "")
    return f": {first[:60]!r}" if first else ""
