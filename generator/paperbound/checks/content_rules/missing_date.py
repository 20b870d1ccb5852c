"""Papers without a date."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.errors import Fault
from ..rule import NOTE, Content, Rule


def _find(content: Content) -> Iterator[Fault]:
    for record in content.catalogue.records.values():
        if not record.date and not record.venue_year:
            origin = record.origin
            message = f"{record.id!r} has no date"
            yield Fault(
                origin.file, origin.line, "date", message, "Write `date: 2026`, or a month or a day.", warning=True
            )


MISSING_DATE = Rule(
    "missing-date",
    NOTE,
    "A paper has no date.",
    """\
It stands at the end of each list, under no year, in no feed's front, and Google Scholar does not index its page. A
year is enough: `date: 2026`.""",
    find_in_content=_find,
)
