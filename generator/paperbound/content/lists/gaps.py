"""Gaps: days without an edition, in gaps.yaml of the content folder, with their reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ...model.catalogue import Gap
from ...model.date import PartialDate
from ...model.errors import FieldError, Report
from ..yaml_files import check_keys, load_yaml, read_text, report_field

GAPS = "gaps.yaml"
_KEYS = ("series", "date", "reason")


def read_gaps(folder: Path, report: Report) -> tuple[Gap, ...]:
    """Reads the gaps of a content folder by series and day; reports faulty ones."""
    loaded = load_yaml(folder / GAPS, folder, report) if (folder / GAPS).is_file() else None
    if not loaded:
        return ()
    source, entries = loaded
    gaps: set[Gap] = set()
    for entry in entries:
        try:
            check_keys(entry.values, _KEYS, "gap")
            date = PartialDate.parse(read_text(entry.values, "date"))
            if not date.day:
                raise ValueError(f"{date.iso!r} is no day")
            gaps.add(Gap(read_text(entry.values, "series"), date, read_text(entry.values, "reason")))
        except FieldError as error:
            report_field(source, entry, error, report)
        except ValueError as error:
            report_field(source, entry, FieldError("date", str(error), "Write YYYY-MM-DD."), report)
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
