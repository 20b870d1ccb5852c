"""Reads rows with bars, the names of fields in the first one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from paperbound.importers.foreign import make_foreign
from paperbound.importers.importer import Importer, ReadContext, Reader
from paperbound.model.build import Source
from paperbound.model.record import Origin, Record
from paperbound.text.characters import decode


def read_rows(source: Source, context: ReadContext) -> Iterator[Record]:
    """Yields the records of a file."""
    rows = csv.DictReader(io.StringIO(decode(source, context.report) or ""), delimiter="|", restkey="more")
    for row in rows:
        record = make_foreign(dict(row), Origin(source.file, rows.line_num, native=False), context)
        if record:
            yield record


READER = Reader(read_rows)
PIPED_ROWS = Importer("piped-rows", (".psv",), "rows", package="paperbound_example")
