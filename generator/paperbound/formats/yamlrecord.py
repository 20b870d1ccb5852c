"""A Record as a native YAML record, which reads back as the same Record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from ..model.date import PartialDate
from ..model.record import AUTHOR_FIELDS, FIELDS, Author, Link, Record


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and everything else as PyYAML does."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and not any(line.endswith(" ") for line in text.split("\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_record(record: Record, stem: str) -> str:
    """Writes the record as YAML, without an id equal to the file's stem."""
    names = [name for name in FIELDS if getattr(record, name) and not (name == "id" and record.id == stem)]
    return write_fields(record, names)


def write_fields(record: Record, names: Iterable[str]) -> str:
    """Writes some fields of the record as YAML, in the given order."""
    return "".join(_write_field(name, _convert(getattr(record, name))) for name in names)


def write_collection(title: str, date: str, description: str, series: str, papers: Iterable[str]) -> str:
    """Writes a collection as YAML, without empty values."""
    values = {"title": title, "date": date, "description": description, "series": series, "papers": list(papers)}
    return "".join(_write_field(name, value) for name, value in values.items() if value or name == "papers")


def _write_field(name: str, value: Any) -> str:
    if name in ("tags", "aliases", "related") and isinstance(value, list):
        flow = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=10_000)
        return f"{name}: {flow}"
    return yaml.dump({name: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def _convert(value: Any) -> Any:
    match value:
        case PartialDate():
            return value.iso
        case Author():
            known = {key: getattr(value, key) for key in AUTHOR_FIELDS if getattr(value, key)}
            return value.name if len(known) == 1 else known
        case (Link(), *_):
            return {link.kind: link.url for link in value}
        case tuple():
            return [_convert(item) for item in value]
        case dict():
            return {key: _convert(inner) for key, inner in value.items()}
    return value
