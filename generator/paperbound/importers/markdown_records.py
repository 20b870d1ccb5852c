"""Markdown records: a paper a file, fields in the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.build import Source
from ..model.errors import Fault
from ..model.record import Origin, Record
from ..text.characters import decode
from ..text.yamltext import Entry, YamlError, load_entries
from .fields import name_record
from .files.detection import describe_text, find_remedy, is_list_of_references
from .foreign import make_native
from .importer import ReadContext, Reader
from .json_lines import rename_keys

_BODIES = ("summary", "abstract", "notes")


def read_markdown(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the record of a Markdown file: front matter and body.

    The body is the summary, or the field named by `body`.
    """
    report = context.report
    text = decode(source, report)
    if text is None:
        return
    parts = split_front_matter(text)
    if parts is None:
        remedy = "Begin the file with a line `---`, the fields, and another line `---`."
        if is_list_of_references(text):
            remedy = find_remedy(describe_text(source.data), source.file)
        report(Fault(source.file, 1, "", "the file has no front matter", remedy))
        return
    front, body = parts
    try:
        _, entries = load_entries(front)
    except YamlError as error:
        report(Fault(source.file, error.line + 1, error.field, error.message, error.remedy))
        return
    entry = entries[0] if entries else Entry({}, {}, 1)
    values = {"id": name_record(source.file), **entry.values}
    lines = {key: line + 1 for key, line in entry.lines.items()}
    target, failed = values.pop("body", None) or "summary", False
    if target not in _BODIES:
        remedy = f"Write one of {', '.join(_BODIES)}."
        report(Fault(source.file, lines.get("body", 1), "body", f"{target!r} cannot be the body", remedy))
        body, failed = "", True
    if body.strip() and values.get(str(target)):
        message = f"the {target} stands in the front matter and in the body"
        report(Fault(source.file, lines.get(str(target), 1), str(target), message, "Keep one of them."))
        body, failed = "", True
    if body.strip():
        values[str(target)] = body
    origin = Origin(source.file, 1, lines=lines)
    record = make_native(rename_keys(values, origin, context) if context.lenient else values, origin, context)
    if record and not failed:
        yield record


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Splits a Markdown text into front matter and body; returns None without `---`."""
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---\n", 3)
    if end < 0:
        return (text[4:-4], "") if text.endswith("\n---") else None
    return text[4 : end + 1], text[end + 5 :]


READER = Reader(read_markdown)
