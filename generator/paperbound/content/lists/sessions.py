"""Kinds of collections: editions, reading lists, and sessions of a conference."""

from __future__ import annotations

import re

from ...model.catalogue import Session
from ...model.date import PartialDate
from ...model.errors import FieldError, name_nearest
from ...text.yamltext import Entry
from ..yaml_files import read_text

KINDS = ("edition", "list", "session")
FIELDS = ("kind", "time", "room", "chair", "track")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*[-–—]\s*([01]?\d|2[0-3])[:.]([0-5]\d))?")


def read_kind(entry: Entry, date: PartialDate | None) -> tuple[PartialDate | None, Session | None]:
    """Returns the date of an edition, or the session; neither for a reading list.

    Raises FieldError for a kind that does not fit its fields.
    """
    kind = read_text(entry.values, "kind") or ("edition" if date else "list")
    if kind not in KINDS:
        raise FieldError("kind", f"{kind!r} is no kind of collection", name_nearest(kind, KINDS, "kinds"))
    if kind != "session":
        for name in FIELDS[1:]:
            if read_text(entry.values, name):
                remedy = "Write `kind: session`, or leave the field out."
                raise FieldError(name, f"only a session has the field {name!r}", remedy)
    if kind == "list" and date:
        raise FieldError("date", "a reading list has no date", "Leave it out, or write `kind: edition`.")
    if kind == "edition" and not date:
        raise FieldError("date", "an edition has a date", "Write one: `date: 2026-11-23`.")
    return (None, _read_session(entry, date)) if kind == "session" else (date, None)


def _read_session(entry: Entry, date: PartialDate | None) -> Session:
    if not date or not date.day:
        raise FieldError("date", "a session has a day", "Write it: `date: 2026-07-14`.")
    time = read_text(entry.values, "time")
    found = _TIME.fullmatch(time.strip()) if time else None
    if time and not found:
        raise FieldError("time", f"{time!r} is no time of a day", "Write `time: 09:30`, or `time: 09:30-11:00`.")
    begin = f"{int(found[1]):02}:{found[2]}" if found else ""
    end = f"{int(found[3]):02}:{found[4]}" if found and found[3] else ""
    if end and end <= begin:
        raise FieldError("time", f"{time!r} ends before it begins", "Write `time: 09:30-11:00`.")
    return Session(date, begin, end, *(read_text(entry.values, name) for name in ("room", "chair", "track")))
