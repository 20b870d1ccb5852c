"""JSON lines: a paper a line, with the fields of a paper or those of the ACL Anthology."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..model.errors import Fault, Report, find_nearest
from ..model.job import Source
from ..model.record import FIELDS, KNOWN, Origin, Record
from ..text.decoding import decode
from ..text.slugs import make_slug
from .acl_anthology import TAKEN, convert_row, is_anthology_row
from .fields import make_record

# By key: in how many records it was left behind, and the line of the first.
Left = dict[str, tuple[int, int]]
_PART = 64


def read_jsonlines(source: Source, report: Report) -> Iterator[Record]:
    """The records of a file of JSON lines. Keys that no field takes are left behind, with one warning a key."""
    left: Left = {}
    for part in split_lines(source):
        yield from read_lines(part, report, left)
    report_left(source.file, left, report)


def split_lines(source: Source) -> Iterator[Source]:
    """Parts of a file, 64 lines each: a part that did not change need not be read again."""
    # A carriage return alone ends a line too, and is too rare to be looked for twice.
    lone = b"\r" in source.data and source.data.count(b"\r") != source.data.count(b"\r\n")
    data, start, line = source.data, 0, 1
    while start <= len(data):
        end = len(data) if lone else _find_end(data, start)
        part = data[start:end]
        yield Source(source.file, part, line)
        start, line = end + 1, line + _PART


def _find_end(data: bytes, start: int) -> int:
    # Not by a list of all lines: 81,417 of them left holes all over the memory of what was read.
    for _ in range(_PART):
        end = data.find(b"\n", start)
        if end < 0:
            return len(data)
        start = end + 1
    return end


def read_lines(source: Source, report: Report, left: Left) -> Iterator[Record]:
    """The records of a part of a file; keys that no field takes are counted in `left`."""
    text = decode(source, report)
    if text is None:
        return
    # Not splitlines(): JSON text may hold U+2028 and its kin inside a line.
    for number, line in enumerate(text.split("\n"), source.line):
        if not line.strip():
            continue
        row = _parse(line, source.file, number, report)
        if row is None:
            continue
        fields, unknown = _convert(row)
        for key in unknown:
            count, first = left.get(key, (0, number))
            left[key] = (count + 1, first)
        record = make_record(fields, Origin(source.file, number, native=False), report)
        if record:
            yield record


def report_left(file: str, left: Left, report: Report) -> None:
    """Reports the keys that were left behind in a file."""
    for key, (count, first) in left.items():
        message = f"{key!r} is no field of a paper; left behind in {count} record{'s' if count > 1 else ''}"
        near = find_nearest(key, FIELDS)
        remedy = f"Did you mean {near!r}?" if near else "Put it into `extra` to hand it to your theme."
        report(Fault(file, first, key, message, remedy, warning=True))


def _parse(line: str, file: str, number: int, report: Report) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        report(Fault(file, number, "", f"the line is not JSON: {error}", "Write one JSON object a line."))
        return None
    if not isinstance(row, dict):
        report(Fault(file, number, "", "the line is not a JSON object", "Write one JSON object a line."))
        return None
    return row


def _convert(row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    if is_anthology_row(row):
        return convert_row(row), [key for key in row if key not in TAKEN]
    fields = {key: value for key, value in row.items() if key in KNOWN}
    if not fields.get("id"):
        fields["id"] = str(row.get("arxiv") or row.get("doi") or row.get("bibkey") or make_slug(str(row.get("title"))))
    return fields, [key for key in row if key not in KNOWN]
