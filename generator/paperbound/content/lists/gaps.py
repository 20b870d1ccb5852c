"""Gaps: days without an edition, in gaps.yaml of the content folder, with their reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ...model.catalogue import Gap
from ...model.errors import FieldError, Report
from ..yaml_files import Fields, load_yaml

GAPS = "gaps.yaml"
_KEYS = ("series", "date", "reason")


def read_gaps(folder: Path, report: Report) -> tuple[Gap, ...]:
    """Reads the gaps of a content folder by series and day; reports faulty ones."""
    loaded = load_yaml(folder / GAPS, folder, report)
    if not loaded:
        return ()
    source, entries = loaded
    gaps: set[Gap] = set()
    for entry in entries:
        fields = Fields(source.file, entry, report)
        fields.check_keys(_KEYS, "gap")
        date, series, reason = fields.date("date"), fields.text("series"), fields.text("reason")
        if not date or not date.day:
            message = f"{date.iso!r} is no day" if date else "a gap has a day"
            fields.fail(FieldError("date", message, "Write YYYY-MM-DD."))
        elif not fields.faulty:
            gaps.add(Gap(series, date, reason))
    return tuple(sorted(gaps, key=_order))


def write_gaps(gaps: Iterable[Gap]) -> str:
    """Writes gaps as YAML, a line each, by series and day.

    Of one day the last reason is kept."""
    last = {(gap.series, gap.date): gap for gap in gaps}
    return "".join(
        f"- {{series: {json.dumps(gap.series, ensure_ascii=False)}, date: {gap.date.iso}, "
        f"reason: {json.dumps(gap.reason, ensure_ascii=False)}}}\n"
        for gap in sorted(last.values(), key=_order)
    )


def _order(gap: Gap) -> tuple[str, str, str]:
    return gap.series, gap.date.iso, gap.reason
