"""Gaps of series: days without an edition, counted and noted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ..model.catalogue import Collection, Gap
from ..model.date import PartialDate

# Editions from which a series is daily if most of the steps between them are a day; a longer break is the end of one.
_FEW, _LONGEST = 3, 366


def find_gaps(collections: Mapping[str, Collection], noted: Sequence[Gap]) -> list[Gap]:
    """Finds the days that daily series lack, and the noted ones, by day.

    Without notes, only days between two editions count: no clock says that an edition is late.
    """
    days: dict[str, set[datetime.date]] = {}
    for one in collections.values():
        if one.date and one.date.day:
            days.setdefault(one.series, set()).add(one.date.first_day)
    reasons = {(gap.series, gap.date.first_day): gap.reason for gap in noted}
    lacking = {(series, day) for series, day in reasons if day not in days.get(series, ())}
    for series, known in days.items():
        lacking.update((series, day) for day in _list_lacking(sorted(known)))
    ordered = sorted(lacking, key=lambda gap: (gap[1], gap[0]))
    return [
        Gap(series, PartialDate(day.year, day.month, day.day), reasons.get((series, day), ""))
        for series, day in ordered
    ]


def _list_lacking(days: Sequence[datetime.date]) -> Iterable[datetime.date]:
    steps = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(days) < _FEW or 2 * steps.count(1) <= len(steps):
        return
    for day, step in zip(days, steps, strict=False):
        if step <= _LONGEST:
            yield from (day + datetime.timedelta(number) for number in range(1, step))


def join_gaps(gaps: Iterable[Gap]) -> list[tuple[Gap, Gap]]:
    """Joins successive days of one series and reason to their first and last."""
    runs: dict[tuple[str, str], list[tuple[Gap, Gap]]] = {}
    for gap in gaps:
        known = runs.setdefault((gap.series, gap.reason), [])
        if known and (gap.date.first_day - known[-1][1].date.first_day).days == 1:
            known[-1] = known[-1][0], gap
        else:
            known.append((gap, gap))
    return sorted((run for known in runs.values() for run in known), key=lambda run: (run[0].date.iso, run[0].series))
