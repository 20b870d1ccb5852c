"""JSON lines: a paper a line, with its own fields or the ACL Anthology's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..model.errors import Fault, Report
from ..model.job import Source
from ..model.record import KNOWN, Origin, Record
from ..text.decoding import decode
from ..text.slugs import make_slug
from .fields import make_record
from .importer import ReadContext, Reader
from .services.acl_anthology import KEYS, convert_row, is_anthology_row, read_date

# Lines of a part.
_PART = 64
# Keys that give a date where there is no `date`.
_DATE = frozenset(("year", "month"))


def split_lines(source: Source) -> Iterator[Source]:
    """Splits a file into parts of 64 lines: unchanged parts are not parsed again."""
    # A carriage return alone ends a line too; such files are rare, and are not split.
    lone = b"\r" in source.data and source.data.count(b"\r") != source.data.count(b"\r\n")
    data, start, line = source.data, 0, 1
    while start <= len(data):
        end = len(data) if lone else _find_end(data, start)
        part = data[start:end]
        yield Source(source.file, part, line)
        start, line = end + 1, line + _PART


def _find_end(data: bytes, start: int) -> int:
    # A list of all 81,417 lines would fragment the heap.
    for _ in range(_PART):
        end = data.find(b"\n", start)
        if end < 0:
            return len(data)
        start = end + 1
    return end


def read_lines(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a file or a part of one, and counts unknown keys."""
    report = context.report
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
            context.count_unknown(key, number)
        record = make_record(fields, Origin(source.file, number, native=False), report)
        if record:
            yield record


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
        return convert_row(row), [key for key in row if key not in KEYS]
    fields = {key: value for key, value in row.items() if key in KNOWN}
    if not fields.get("id"):
        fields["id"] = str(row.get("arxiv") or row.get("doi") or row.get("bibkey") or make_slug(str(row.get("title"))))
    if not fields.get("date"):
        fields["date"] = read_date(row)
    return fields, [key for key in row if key not in KNOWN | _DATE]


READER = Reader(read_lines, split_lines)
