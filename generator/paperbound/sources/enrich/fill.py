"""Enrichment: empty fields of new records are filled, and say by what."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ...importers.foreign import make_foreign
from ...importers.importer import ReadContext
from ...model.errors import Fault, FieldError, name_nearest
from ...model.record import FILLABLE, Origin, Record
from ...text.characters import read_number
from . import ENRICHERS, Enricher
from .filling import EnrichContext, Fill, Filling, Step

_NAMES = tuple(one.name for one in ENRICHERS if one.name != "command")
_REMEDY = f"Write `enrich: {{takeaway: central-sentence, tags: suggest-tags}}`; there are {', '.join(_NAMES)}, command."
_KEYS = ("use", "command", "name")


def read_enrich(value: object) -> tuple[Step, ...]:
    """Reads the setting `enrich` of a source; raises FieldError.

    It is a mapping from fields to the name of an enricher, or to a mapping: `{use: first-sentences, sentences: 2}`, or
    `{command: [python3, summarize.py], seconds: 30, name: A model}`.
    """
    if not isinstance(value, Mapping):
        raise FieldError("enrich", "a mapping is expected here", _REMEDY)
    return tuple(_read_step(str(name), item) for name, item in value.items())


def enrich(records: Sequence[Record], steps: Sequence[Step], context: EnrichContext) -> list[Record]:
    """Fills empty fields of new records; returns the records in their order.

    A field that has a value keeps it, whoever wrote it. Each value is held to the rules of records; `made_by` names
    the enricher. One enricher with the same settings runs once for all its fields.
    """
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(record.id, record)
    filled = dict(first)
    merged: dict[tuple[Any, ...], list[Step]] = {}
    for step in steps:
        # What a program prints may fill several fields; sentences are chosen for one.
        merged.setdefault(step[1:] if step.command else step, []).append(step)
    for same in merged.values():
        fields = [step.field for step in same]
        lacking = [one for one in filled.values() if any(context.is_empty(one, name) for name in fields)]
        fill: Fill = importlib.import_module(f".{_find(same[0].enricher).module}", __package__).fill
        for filling in fill(lacking, same[0], context) if lacking else ():
            record = filled[filling.id]
            filled[filling.id] = _apply(
                record, filling, [name for name in fields if context.is_empty(record, name)], context
            )
    # Another record of the same id is another paper, or becomes one with the first.
    return [filled[record.id] if first[record.id] is record else record for record in records]


def _read_step(name: str, item: object) -> Step:
    if name not in FILLABLE:
        raise FieldError("enrich", f"{name!r} is no field that is filled", name_nearest(name, FILLABLE, "fields"))
    values = {"use": item} if isinstance(item, str) else item
    if not isinstance(values, Mapping):
        raise FieldError("enrich", f"what fills {name!r} is a name or a mapping", _REMEDY)
    use = "command" if "command" in values else str(values.get("use", ""))
    if use not in _NAMES and "command" not in values:
        raise FieldError("enrich", f"{use!r} fills nothing", name_nearest(use, _NAMES, "names"))
    row = _find(use)
    if name not in row.fields:
        raise FieldError("enrich", f"{use} does not fill {name!r}", f"It fills {' and '.join(row.fields)}.")
    known = (*_KEYS, *(number for number, *_ in row.numbers))
    for key in values:
        if key not in known:
            raise FieldError("enrich", f"{key!r} is no setting of {use}", name_nearest(str(key), known, "settings"))
    numbers = tuple((key, _read_number(key, values.get(key, default), *ends)) for key, default, *ends in row.numbers)
    command = values.get("command", ())
    if "command" in values and (
        not isinstance(command, list) or not command or not all(isinstance(word, str) and word for word in command)
    ):
        remedy = "Write the program and its arguments as a list: `command: [python3, summarize.py]`."
        raise FieldError("enrich", "a command is a list of words, and no line of a shell", remedy)
    program = values.get("name") or (PurePath(command[-1] if len(command) > 1 else command[0]).name if command else use)
    if not isinstance(program, str) or len(program) > 100:
        raise FieldError("enrich", "the name of a command is a text of 100 characters at most", "Write a shorter one.")
    return Step(name, use, numbers, tuple(command), program)


def _find(name: str) -> Enricher:
    return next(one for one in ENRICHERS if one.name == name)


def _read_number(name: str, value: object, least: int, most: int) -> int:
    if isinstance(value, int):
        return value
    number = read_number(value, least, most) if isinstance(value, str) else None
    if number is not None:
        return number
    raise FieldError("enrich", f"{name} is {value!r}", f"Write a whole number from {least} to {most:,}.")


def _apply(record: Record, filling: Filling, names: Sequence[str], context: EnrichContext) -> Record:
    """Returns the record with these fields of a filling, as far as they are valid."""
    given = {name: value for name, value in filling.values.items() if name in names}
    faults: list[Fault] = []
    origin = Origin(record.origin.file, native=False)
    valid = make_foreign({"id": record.id, "title": "x", **given}, origin, ReadContext(faults.append))
    for fault in faults:
        context.warn(f"{filling.program}, for {record.id!r}: {fault.message}", fault.remedy)
    values = {name: value for name in given if valid and (value := getattr(valid, name))}
    if not valid or not values:
        return record
    if "tags" in values:
        values["tags"] = tuple(dict.fromkeys((*values["tags"], *record.tags)))
    texts = {**record.texts, **{name: text for name, text in valid.texts.items() if name in values}}
    programs = {**record.made_by, **dict.fromkeys(values, filling.program)}
    return replace(record, **values, texts=texts, made_by=programs)
