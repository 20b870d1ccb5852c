"""Drafts: records for a preview alone, by a field or by a date to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ..model.build import Options
from ..model.record import Record


class Drafts(NamedTuple):
    """The drafts of a site: ids of those that were left out, and the total.

    The next of them is `due` on a day, an ordinal, or 0 where no date is to come.
    """

    ids: frozenset[str] = frozenset()
    total: int = 0
    due: int = 0


def sort_out_drafts(
    records: Iterable[Record], options: Options, *, publishes_future: bool
) -> tuple[tuple[Record, ...], Drafts]:
    """Returns the records to show, and the drafts.

    A preview shows drafts, and those of a date to come are marked as drafts, too.
    """
    today = 0 if publishes_future else options.today
    shown: list[Record] = []
    left_out: set[str] = set()
    total = due = 0
    for record in records:
        day = record.date.first_day.toordinal() if record.date and today else 0
        is_to_come = day > today
        if not record.draft and not is_to_come:
            shown.append(record)
            continue
        total += 1
        if options.drafts:
            shown.append(record if record.draft else replace(record, draft=record.date.iso if record.date else ""))
        else:
            left_out.add(record.id)
            if is_to_come and not record.draft:
                due = min(due or day, day)
    return tuple(shown), Drafts(frozenset(left_out), total, due)
