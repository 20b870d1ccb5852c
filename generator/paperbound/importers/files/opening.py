"""Opening of sources: format, encoding, and the offers of files to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ...model.build import Source
from ...model.errors import Fault, Report
from .. import find_importer
from ..fields import UNTITLED
from ..importer import Importer
from .detection import describe, describe_text, find_remedy
from .encodings import convert_to_utf8


def open_source(source: Source, report: Report, name: str = "", encoding: str = "") -> tuple[Importer, Source] | None:
    """Opens a source: returns its format and the source, foreign bytes as UTF-8.

    `name` is the format, by default found by content and suffix. Returns None for an unknown format, with a warning
    that describes the file.
    """
    importer = find_importer(source.file, source.data, name)
    if importer is None:
        looks = describe(source.data) or describe_text(source.data)
        remedy = find_remedy(looks, source.file)
        report(Fault(source.file, 0, "", f"no format reads this file: it is {looks}", remedy, warning=True))
        return None
    if not importer.native or encoding:
        source = convert_to_utf8(source, encoding, report)
        if not source.data.strip():
            report(Fault(source.file, 1, "", "the file is empty", "Save it again, or delete it.", warning=True))
    return importer, source


def find_nothing(file: str, importer: Importer, offers: Mapping[str, Any]) -> list[Fault]:
    """Returns a warning for a foreign file without papers that offers others nothing."""
    if importer.native or any(offers.values()):
        return []
    message = f"no paper is in this file, read as {importer.name}"
    remedy = "If it is of another format, say so with `paperbound import --format NAME`."
    return [Fault(file, 1, "", message, remedy, warning=True)]


def merge_untitled(faults: list[Fault]) -> list[Fault]:
    """Merges the faults of records without a title, in a file without papers."""
    untitled = [fault for fault in faults if fault.message.startswith(UNTITLED)]
    if len(untitled) < 2:
        return faults
    message = f"no paper is in this file: none of its {len(untitled):,} records has a title"
    remedy = "Give each paper a title, or name another file."
    others = [fault for fault in faults if not fault.message.startswith(UNTITLED)]
    return [*others, replace(untitled[0], message=message, remedy=remedy)]


def merge_offers(offers: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Merges the offers of files; the first file wins, also within mappings."""
    merged: dict[str, Any] = {}
    for offer in offers:
        for key, value in offer.items():
            known = merged.setdefault(key, value)
            if known is not value and isinstance(known, Mapping) and isinstance(value, Mapping):
                merged[key] = {**value, **known}
    return merged
