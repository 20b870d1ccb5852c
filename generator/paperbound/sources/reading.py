"""Reading of sources: answers are requested, checked, and read by the importers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from xml.parsers import expat

from ..importers.files.encodings import convert_to_utf8
from ..importers.files.opening import open_source
from ..importers.importer import ReadContext
from ..model import build
from ..model.errors import Fault, Report
from ..model.record import Record
from ..storage.sources import read_bytes
from .answers import Answer, AnswerStore
from .client import JSON, Client
from .faults import SourceError, hide_keys
from .programs import ProgramError, run_program
from .source import Source

_Parsed = TypeVar("_Parsed")
# Of a program, and bytes that it prints.
_SECONDS = 300


@dataclass(slots=True)
class Reading:
    """The means of reading sources, with the faults and the last answer of a source.

    `environment` is that of programs, and has the keys; `folder` is that of relative paths and programs.
    """

    client: Client
    folder: Path
    report: Report
    environment: Mapping[str, str] = field(default_factory=dict)
    answers: Path | None = None
    writes: bool = True
    faults: list[SourceError] = field(default_factory=list)
    last: Answer | None = None

    def begin(self, source: Source) -> None:
        """Begins the reading of a source, with the answers of its last run."""
        self.faults, self.last = [], None
        self.client.begin(AnswerStore(self.answers / source.id, self.writes) if self.answers else None)

    def finish(self) -> None:
        """Deletes the answers that the source did not need any more."""
        if self.client.store:
            self.client.store.prune()

    def get(
        self,
        source: Source,
        url: str,
        parse: Callable[[Answer], _Parsed],
        *,
        accept: str = JSON,
        keys: Mapping[str, str] | None = None,
    ) -> _Parsed:
        """Returns the parsed answer of an address; raises SourceError.

        `parse` raises ValueError for a body that cannot be read: then the request is sent again, and in the end the
        answer of the last run is parsed, with a fault.
        """
        parsed: list[_Parsed] = []
        check = lambda answer: parsed.append(parse(answer))  # noqa: E731
        answer = self.client.get(url, accept, source=source.id, pace=source.pace, check=check, keys=keys)
        self.last = answer
        if answer.fault:
            self.faults.append(answer.fault)
        try:
            return parse(answer) if answer.from_cache else parsed[-1]
        except ValueError as error:  # one page of the last run, after another of this one
            message = f"its answer of the last run does not fit: {error}"
            raise SourceError(source.id, answer.address, message, "the next run asks again") from error

    def make_records(self, answer: Answer, form: str) -> tuple[Record, ...]:
        """Returns the records of an answer in an input format.

        Without a name the format is that of the content. Raises ValueError where no format reads it.
        """
        faults: list[Fault] = []
        parts = urlsplit(answer.address)
        name = f"{parts.netloc}{parts.path}" if parts.scheme in ("http", "https") else answer.address
        opened = open_source(build.Source(name, answer.body), faults.append, form)
        if not opened:
            raise ValueError(faults[0].message if faults else "no format reads it")
        importer, source = opened
        context = ReadContext(faults.append, lenient=True)
        records = [record for part in importer.reader.split(source) for record in importer.reader.read(part, context)]
        for fault in faults:
            self.report(replace(fault, warning=True))
        return tuple(replace(record, origin=replace(record.origin, native=False)) for record in records)

    def make_lines(self, answer: Answer) -> tuple[Record, ...]:
        """Returns the records of JSON lines; raises ValueError for output without any."""
        records = self.make_records(answer, "jsonl") if answer.body.strip() else ()
        if not records and answer.body.strip():
            raise ValueError("no line is a paper as JSON")
        return records

    def make_checked(self, source: Source, answer: Answer, parse: Callable[[Answer], _Parsed]) -> _Parsed:
        """Returns what `parse` makes of an answer that no service gave; raises SourceError."""
        try:
            return parse(answer)
        except ValueError as error:
            raise SourceError(source.id, answer.address, str(error), "the next run reads it again") from error

    def run(self, source: Source, words: Sequence[str], day: datetime.date) -> bytes:
        """Runs a program without a shell; returns its output. Raises SourceError."""
        environment = {**self.environment, "PAPERBOUND_DATE": day.isoformat()}
        try:
            return run_program(words, b"", self.folder, _SECONDS, self.client.transport.size, environment)
        except ProgramError as error:
            message = hide_keys(f"the program {error}")
            raise SourceError(source.id, hide_keys(" ".join(words)), message, "the next run starts it again") from error

    def read_file(self, source: Source, path: str) -> bytes:
        """Returns the bytes of a file; raises SourceError."""
        try:
            return read_bytes(str(self.folder / path))
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            raise SourceError(source.id, path, message, "the next run reads it again") from error


def load_json(answer: Answer) -> Any:
    """Returns the value of JSON; raises ValueError for text that is cut short or malformed."""
    try:
        return json.loads(answer.body.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        return _load_text(convert_to_utf8(build.Source("", answer.body), "", lambda _: None).data, error)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"the JSON is cut short or malformed: {error}") from error


def _load_text(data: bytes, error: Exception) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError(f"the JSON is cut short or malformed: {error}") from error


def check_xml(answer: Answer) -> None:
    """Raises ValueError for XML that is cut short or malformed, or that declares entities."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(convert_to_utf8(build.Source("", answer.body), "", lambda _: None).data, True)
    except expat.ExpatError as error:
        what = expat.errors.messages[error.code]
        raise ValueError(f"the XML is cut short or malformed: {what} in line {error.lineno}") from error


def _refuse_entity(*_: object) -> None:
    raise ValueError("the XML declares entities, which are not taken")


def join_records(pages: Iterable[tuple[Record, ...]]) -> tuple[Record, ...]:
    """Joins the records of pages."""
    return tuple(record for page in pages for record in page)
