"""Importers: files to Records. One file a format, in an explicit registry.

Each importer takes a Source and a Report and yields Records; it raises nothing for bad input, it reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..model.errors import Report
from ..model.job import Source
from ..model.record import Record
from .json_lines import read_jsonlines
from .trending_listing import looks_like_listing, read_listing
from .yaml_records import read_markdown, read_yaml


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: its name, its suffixes, how its first bytes are known, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Source, Report], Iterator[Record]]
    matches: Callable[[bytes], bool] = lambda _data: True


IMPORTERS: tuple[Importer, ...] = (
    Importer("yaml", (".yaml", ".yml"), read_yaml),
    Importer("markdown", (".md", ".markdown"), read_markdown),
    Importer("jsonl", (".jsonl", ".ndjson"), read_jsonlines),
    Importer("listing", (".txt",), read_listing, looks_like_listing),
)


def find_importer(file: str, data: bytes, name: str = "") -> Importer | None:
    """The importer of that name, or the one that a file's suffix and first bytes ask for."""
    if name:
        return next((importer for importer in IMPORTERS if importer.name == name), None)
    suffix = PurePosixPath(file).suffix.lower()
    return next((one for one in IMPORTERS if suffix in one.suffixes and one.matches(data)), None)
