"""JSON files of entries: an array, an object that holds one, a single object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...model.errors import Fault
from ...model.job import Source
from ...text.decoding import decode
from ..importer import ReadContext

_GAP = re.compile(r"[\s,]*")


def read_objects(source: Source, context: ReadContext, *keys: str) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Yields the objects of a JSON file with lines; reports faulty JSON.

    The objects stand in an array, or in an object under the first of the `keys` that it has; such an object has line 1.
    """
    text = decode(source, context.report) or ""
    for value, line in _read_values(text, source, context, keys):
        if isinstance(value, Mapping):
            yield value, line
        else:
            message = f"an object is expected here, not {json.dumps(value, ensure_ascii=False)[:40]}"
            context.report(Fault(source.file, line, "", message, "Write {…} for each paper.", warning=True))


def _read_values(text: str, source: Source, context: ReadContext, keys: tuple[str, ...]) -> Iterator[tuple[Any, int]]:
    decoder, place, line = json.JSONDecoder(), 0, source.line
    is_array = text.lstrip()[:1] == "["
    place = text.find("[") + 1 if is_array else 0
    while True:
        gap = _GAP.match(text, place)
        start = gap.end() if gap else place
        line += text.count("\n", place, start)
        if start >= len(text) or (is_array and text[start] == "]"):
            return
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            at = error.pos if isinstance(error, json.JSONDecodeError) else start
            problem = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep, or too large a number"
            message, remedy = f"the text is no JSON: {problem}", "Save the file again; what stands before is read."
            context.report(Fault(source.file, line + text.count("\n", start, at), "", message, remedy, warning=True))
            return
        found = next((value[key] for key in keys if key in value), None) if isinstance(value, Mapping) else None
        if isinstance(found, list):
            yield from ((one, line) for one in found)
        else:
            yield found if isinstance(found, Mapping) else value, line
        line += text.count("\n", start, end)
        place = end
        if not is_array:
            return


def find_text(value: Any) -> str:
    """Returns the text of a value, a number, or the first item of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or value is None or isinstance(value, Mapping | list):
        return ""
    return str(value)


def list_objects(value: Any) -> list[Mapping[str, Any]]:
    """Returns the objects in a list, or a single object as a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping)]
