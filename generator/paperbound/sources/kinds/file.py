"""A file in any input format, at a web address or a path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...importers import IMPORTERS
from ...model.record import Record
from ..answers import Answer
from ..reading import Reading, check_xml, load_json
from ..source import Batch, Source, SourceKind, Window
from .values import read_line


def read_whole(source: Source, _window: Window, reading: Reading) -> Iterator[Batch]:
    """Yields the papers of the file."""
    if source.url:
        records = reading.get(source, source.url, lambda answer: parse_file(source, answer, reading), accept="*/*")
    else:
        path = source.text("path")
        answer = Answer(200, {}, reading.read_file(source, path), path, "")
        records = reading.make_checked(source, answer, lambda one: parse_file(source, one, reading))
    yield Batch(None, records)


def parse_file(source: Source, answer: Answer, reading: Reading) -> tuple[Record, ...]:
    """Returns the records of a file; raises ValueError."""
    start = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        check_xml(answer)
    elif start in (b"[", b"{") and not source.text("format") and b"\n" not in answer.body.strip():
        load_json(answer)
    return reading.make_records(answer, source.text("format"))


def _read_format(value: Any) -> str:
    names = [importer.name for importer in IMPORTERS if not importer.native]
    if value not in names:
        raise ValueError(f"{value!r} is no format; the formats are {', '.join(names)}")
    return str(value)


FILE = SourceKind("file", read_whole, {"path": read_line, "format": _read_format}, needs=("path", "url"))
