"""YAML records: a paper a file, or a list of papers."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.build import Source
from ..model.errors import Fault
from ..model.record import Origin, Record
from ..text.characters import decode
from ..text.yamltext import YamlError, load_entries
from .fields import name_record
from .foreign import make_native
from .importer import ReadContext, Reader
from .json_lines import rename_keys


def read_yaml(source: Source, context: ReadContext) -> Iterator[Record]:
    """Reads the records of a YAML file: one mapping, or a list of mappings.

    The id of a single record is by default the file's name.
    """
    report = context.report
    text = decode(source, report)
    if text is None:
        return
    try:
        is_list, entries = load_entries(text)
    except YamlError as error:
        report(Fault(source.file, error.line, error.field, error.message, error.remedy))
        return
    if not entries and not is_list:
        report(Fault(source.file, 0, "", "the file is empty", "Write a title, or delete the file."))
    for entry in entries:
        values = dict(entry.values)
        if not is_list:
            values = {"id": name_record(source.file), **values}
        origin = Origin(source.file, entry.line, lines=entry.lines)
        if context.lenient:  # `publications.yml` of a personal site has other names for our fields
            values = rename_keys(values, origin, context)
        record = make_native(values, origin, context)
        if record:
            yield record


READER = Reader(read_yaml)
