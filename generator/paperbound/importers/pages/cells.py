"""Cells of CSV and TSV: rows by the names of columns, with their lines."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ...model.build import Source
from ...model.errors import Fault
from ...text.characters import decode
from ..fields import LARGEST
from ..importer import ReadContext

_DELIMITERS = ",;\t|"
# Rows with a faulty quotation mark after which reading ends: each takes as long as the rest of the file.
_MOST_FAULTS = 20
# Excel's note to itself in the first line.
_NOTE = re.compile(r"sep=(.)\Z")


class TableRow(NamedTuple):
    """The cells of a row by the names of their columns, and its line."""

    cells: dict[str, str]
    line: int


def find_header(text: str, count_known: Callable[[Sequence[str]], int]) -> tuple[int, str, list[str]]:
    """Returns line number, delimiter and names of a table's header; no names without one.

    The delimiter is that with the most names for which `count_known` has a use.
    """
    lines = text.split("\n", 20)[:20]
    place = next((at for at, line in enumerate(lines) if line.strip() and not _NOTE.match(line)), 0)
    found: list[tuple[int, str, list[str]]] = []
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([lines[place]], delimiter=delimiter), [])
        except csv.Error:
            continue
        found.append((count_known(names), delimiter, [name.strip().removeprefix("\ufeff") for name in names]))
    most, delimiter, names = max(found, key=lambda one: one[0], default=(0, ",", []))
    return place, delimiter, names if most > 1 else []


def read_rows(source: Source, context: ReadContext, count_known: Callable[[Sequence[str]], int]) -> Iterator[TableRow]:
    """Reads the rows of a table; reports rows that are longer or shorter.

    Rows without any text are passed over.
    """
    text = decode(source, context.report)
    if text is None:
        return
    place, delimiter, names = find_header(text, count_known)
    if not names:
        message, remedy = (
            "the table has no column with titles",
            "Name the columns in the first line: title,authors,year",
        )
        context.report(Fault(source.file, source.line, "", message, remedy, warning=True))
        return
    names = [name or f"column {number}" for number, name in enumerate(names, 1)]
    lines = [f"{line}\n" for line in text.split("\n")]
    for cells, at in _split_lines(lines, place + 1, delimiter, source, context):
        line = source.line + at
        if not any(map(str.strip, cells)):
            continue
        if len(cells) != len(names):
            _report_length(cells, names, Fault(source.file, line, "", "", "", warning=True), context)
        row: dict[str, str] = {}
        for name, cell in zip(names, cells, strict=False):
            row[name] = row.get(name) or cell.strip()
        yield TableRow(row, line)


def _report_length(cells: Sequence[str], names: Sequence[str], place: Fault, context: ReadContext) -> None:
    more = [cell for cell in cells[len(names) :] if cell.strip()]
    if len(cells) > len(names) and not more:
        return
    rest = f"; left out: {', '.join(map(repr, more))[:100]}" if more else ""
    message = f"the row has {len(cells)} values, and the header {len(names)} columns{rest}"
    remedy = "Put values with separators into quotation marks." if more else "The last columns are empty in this row."
    context.report(Fault(place.file, place.line, "", message, remedy, warning=True))


def _split_lines(
    lines: Sequence[str], start: int, delimiter: str, source: Source, context: ReadContext
) -> Iterator[tuple[list[str], int]]:
    """Yields the cells and the place of each row.

    A row with a faulty quotation mark is its first line, and reading goes on with the next.
    """
    # A record may be as large; beyond it, a cell has the rest of a file whose quotation mark is not closed.
    csv.field_size_limit(LARGEST)
    for _ in range(_MOST_FAULTS):
        first = start
        reader = csv.reader(itertools.islice(lines, first, None), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                yield cells, start
                start = first + reader.line_num
            return
        except csv.Error:
            pass
        message, remedy = "a quotation mark is not closed", "Close it, or write it twice where it belongs to the text."
        context.report(Fault(source.file, source.line + start, "", message, remedy, warning=True))
        yield lines[start].rstrip("\n").replace('"', "").split(delimiter), start
        start += 1
    message, remedy = "too many quotation marks are not closed; the rest is not read", "Save the table as CSV again."
    context.report(Fault(source.file, source.line + start, "", message, remedy, warning=True))
