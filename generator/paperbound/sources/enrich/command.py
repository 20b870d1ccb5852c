"""A program that gets a record as JSON and prints fields as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...formats.yamlrecord import list_plain_values
from ...model.record import FILLABLE, Record
from ...text.report import count_of
from ..programs import ProgramError, run_program
from .filling import EnrichContext, Filling, Step

# Bytes of an answer, and failures in a row after which a program is not run again.
_MOST, _PATIENCE = 100_000, 3
_REMEDY = "The record goes on without; say what the program prints with: paperbound collect --dry-run"


def fill(records: Sequence[Record], step: Step, context: EnrichContext) -> Iterator[Filling]:
    """Yields the fields that the program prints for each record, one after another.

    A failure is a warning. After three failures in a row the program is not run again.
    """
    failures = 0
    for number, record in enumerate(records):
        if failures == _PATIENCE:
            left = count_of(len(records) - number, "record")
            context.warn(f"{step.program} failed {_PATIENCE} times in a row; {left} go on without it", _REMEDY)
            return
        data = json.dumps(list_plain_values(record), ensure_ascii=False).encode("utf-8", "replace")
        try:
            printed = run_program(
                step.command, data, context.folder, step.number("seconds"), _MOST, context.environment
            )
            values = _read_fields(printed)
        except ProgramError as error:
            failures += 1
            context.warn(f"{step.program} {error}, for {record.id!r}", "The record goes on without.")
            continue
        failures = 0
        if values:
            yield Filling(record.id, values, step.program)


def _read_fields(printed: bytes) -> Mapping[str, Any]:
    """Returns the fields in an answer; raises ProgramError for any other answer."""
    if not printed.strip():
        return {}
    try:
        values = json.loads(printed)
    except (ValueError, RecursionError) as error:
        raise ProgramError(f"printed no JSON ({error})") from error
    if not isinstance(values, dict):
        raise ProgramError("printed no JSON object")
    unknown = next((name for name in values if name not in FILLABLE), None)
    if unknown is not None:
        raise ProgramError(f"printed {unknown[:60]!r}, which is not one of {', '.join(FILLABLE)}")
    return values
