"""Fillings: the values that enrichers give, and the site that they know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ...content.tags import collect_tags
from ...model.catalogue import Tag
from ...model.errors import Fault, Report
from ...model.record import Record


class Step(NamedTuple):
    """An entry of `enrich`: the field, the enricher and its settings.

    `numbers` has all numbers of the enricher; `command` are program and arguments, `program` is their name.
    """

    field: str
    enricher: str
    numbers: tuple[tuple[str, int], ...] = ()
    command: tuple[str, ...] = ()
    program: str = ""

    def number(self, name: str) -> int:
        """Returns a number of the settings."""
        return dict(self.numbers)[name]


class Filling(NamedTuple):
    """Values of fields for the record of an id, and what `made_by` says."""

    id: str
    values: Mapping[str, Any]
    program: str


@dataclass(frozen=True, slots=True)
class EnrichContext:
    """The site around new records: its records and topics, and where faults go.

    `listed` are the slugs of tags.yaml, None without one. `place` names file and source in faults; a command runs in
    `folder` with `environment`.
    """

    known: Sequence[Record]
    tags: Mapping[str, Tag]
    listed: frozenset[str] | None
    report: Report
    place: str
    folder: Path
    environment: Mapping[str, str]

    @classmethod
    def of(
        cls,
        known: Sequence[Record],
        listed: tuple[Tag, ...] | None,
        report: Report,
        place: str,
        folder: Path,
        environment: Mapping[str, str],
    ) -> EnrichContext:
        """Makes the context of the site's records and of the topics of tags.yaml, or None."""
        tags = collect_tags(known, listed, lambda _fault: None)
        slugs = None if listed is None else frozenset(tag.slug for tag in listed)
        return cls(known, tags, slugs, report, place, folder, environment)

    def is_empty(self, record: Record, name: str) -> bool:
        """Returns whether a field has no value; topics that tags.yaml lacks are none."""
        if name == "tags" and self.listed is not None:
            return not self.listed.intersection(record.tags)
        return not getattr(record, name)

    def warn(self, message: str, remedy: str) -> None:
        """Reports that something is left out."""
        self.report(Fault(self.place, 0, "enrich", message, remedy, warning=True))


Fill = Callable[[Sequence[Record], Step, EnrichContext], Iterator[Filling]]
"""Yields fillings for records; the values may have more fields than the step's."""
