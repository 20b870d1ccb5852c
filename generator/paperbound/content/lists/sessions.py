"""Kinds of collections: editions, reading lists, and sessions of a conference."""

from __future__ import annotations

import re

from ...model.catalogue import Session
from ...model.date import PartialDate
from ...model.errors import FieldError, name_nearest
from ..yaml_files import Fields

KINDS = ("edition", "list", "session")
FIELDS = ("kind", "time", "room", "chair", "track")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*[-–—]\s*([01]?\d|2[0-3])[:.]([0-5]\d))?")


def read_kind(fields: Fields, date: PartialDate | None) -> tuple[PartialDate | None, Session | None]:
    """Returns the date of an edition, or the session; neither for a reading list.

    Reports fields that do not fit the kind.
    """
    kind = fields.text("kind") or ("edition" if date else "list")
    if kind not in KINDS:
        fields.fail(FieldError("kind", f"{kind!r} is no kind of collection", name_nearest(kind, KINDS, "kinds")))
    elif kind != "session":
        for name in FIELDS[1:]:
            if fields.text(name):
                remedy = "Write `kind: session`, or leave the field out."
                fields.fail(FieldError(name, f"only a session has the field {name!r}", remedy))
    if kind == "list" and date:
        fields.fail(FieldError("date", "a reading list has no date", "Leave it out, or write `kind: edition`."))
    if kind == "edition" and not date:
        fields.fail(FieldError("date", "an edition has a date", "Write one: `date: 2026-11-23`."))
    return (None, _read_session(fields, date)) if kind == "session" else (date, None)


def _read_session(fields: Fields, date: PartialDate | None) -> Session | None:
    time, room, chair, track = map(fields.text, FIELDS[1:])
    found = _TIME.fullmatch(time.strip()) if time else None
    if time and not found:
        fields.fail(FieldError("time", f"{time!r} is no time of a day", "Write `time: 09:30`, or `time: 09:30-11:00`."))
    begin = f"{int(found[1]):02}:{found[2]}" if found else ""
    end = f"{int(found[3]):02}:{found[4]}" if found and found[3] else ""
    if end and end <= begin:
        fields.fail(FieldError("time", f"{time!r} ends before it begins", "Write `time: 09:30-11:00`."))
    if not date or not date.day:
        fields.fail(FieldError("date", "a session has a day", "Write it: `date: 2026-07-14`."))
        return None
    return Session(date, begin, end, room, chair, track)
