"""YAML files besides records: mappings, keys and texts, with all faults by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from ..model.build import Source
from ..model.date import PartialDate
from ..model.errors import Fault, FieldError, Report, find_nearest, name_nearest
from ..storage.sources import is_there, read_source
from ..text.characters import clean, collapse, decode
from ..text.yamltext import Entry, YamlError, load_entries, require_text

_Value = TypeVar("_Value")
_Arguments = ParamSpec("_Arguments")


def load_yaml(file: Path, folder: Path, report: Report) -> tuple[Source, list[Entry]] | None:
    """Reads the mappings of a YAML file, if there is one; reports an unreadable one."""
    source = read_source(file, folder, report) if is_there(file) else None
    text = decode(source, report) if source else None
    if source is None or text is None:
        return None
    try:
        return source, load_entries(text)[1]
    except YamlError as error:
        report(Fault(source.file, error.line, error.field, error.message, error.remedy))
        return None


def read_text(values: Mapping[str, Any], key: str) -> str:
    """Returns the text of a key in one line; raises FieldError for lists."""
    return collapse(clean(require_text(key, values.get(key)))[0])


def report_field(file: str, entry: Entry, error: FieldError, report: Report) -> None:
    """Reports a faulty field of an entry with file and line."""
    line = entry.lines.get(error.field, entry.line)
    report(Fault(file, line, error.field, error.message, error.remedy))


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an entry: faulty ones are reported, and read as empty.

    A field has one fault; `faulty` are the names of fields with one. A field that is missing because its key is
    misspelt is no second fault.
    """

    file: str
    entry: Entry
    report: Report
    faulty: set[str] = field(default_factory=set)

    def fail(self, error: FieldError) -> None:
        """Reports a fault, unless its field has one already."""
        if error.field not in self.faulty:
            self.faulty.add(error.field)
            report_field(self.file, self.entry, error, self.report)

    def check_keys(self, keys: tuple[str, ...], what: str) -> None:
        """Reports unknown keys; each remedy names the nearest one."""
        for key in self.entry.values:
            if key not in keys:
                self.fail(FieldError(key, f"{key!r} is no key of a {what}", name_nearest(key, keys, "keys")))
                self.faulty.add(find_nearest(key, set(keys) - self.entry.values.keys()) or key)

    def read(
        self,
        default: _Value,
        convert: Callable[_Arguments, _Value],
        *given: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> _Value:
        """Returns the value of a function; reports its FieldError, and returns the default."""
        try:
            return convert(*given, **named)
        except FieldError as error:
            self.fail(error)
            return default

    def text(self, key: str) -> str:
        """Returns the text of a key in one line."""
        return self.read("", read_text, self.entry.values, key)

    def date(self, key: str) -> PartialDate | None:
        """Returns the date of a key; None without one."""
        try:
            text = self.text(key)
            return PartialDate.parse(text) if text else None
        except ValueError as error:
            self.fail(FieldError(key, str(error), "Write YYYY, YYYY-MM or YYYY-MM-DD."))
            return None
