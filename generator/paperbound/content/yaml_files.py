"""YAML files besides records: mappings, keys and texts, with faults by line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..model.build import Source
from ..model.errors import Fault, FieldError, Report, name_nearest
from ..storage.sources import read_source
from ..text.characters import clean, collapse, decode
from ..text.yamltext import Entry, YamlError, load_entries, require_text


def load_yaml(file: Path, folder: Path, report: Report) -> tuple[Source, list[Entry]] | None:
    """Reads the mappings of a YAML file; reports an unreadable one."""
    source = read_source(file, folder, report)
    text = decode(source, report) if source else None
    if source is None or text is None:
        return None
    try:
        return source, load_entries(text)[1]
    except YamlError as error:
        report(Fault(source.file, error.line, error.field, error.message, error.remedy))
        return None


def check_keys(values: Mapping[str, Any], keys: tuple[str, ...], what: str) -> None:
    """Raises FieldError for an unknown key; the remedy names the nearest one."""
    for key in values:
        if key not in keys:
            raise FieldError(key, f"{key!r} is no key of a {what}", name_nearest(key, keys, "keys"))


def read_text(values: Mapping[str, Any], key: str) -> str:
    """Returns the text of a key in one line; raises FieldError for lists."""
    return collapse(clean(require_text(key, values.get(key)))[0])


def report_field(source: Source, entry: Entry, error: FieldError, report: Report) -> None:
    """Reports a faulty field of an entry with file and line."""
    line = entry.lines.get(error.field, entry.line)
    report(Fault(source.file, line, error.field, error.message, error.remedy))
