"""Records as rows of CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from ..markup.texts import text_of
from ..model.record import Author, Record
from .citing import show_title

COLUMNS = (
    "id title authors editors date venue venue_year booktitle series kind volume issue pages publisher address tags "
    "takeaway arxiv doi pmid isbn bibkey language license retracted pdf code url page_url"
).split()
# A cell that begins so is a formula to a spreadsheet, some of which read signs of full width and pass over spaces
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"[\t\r\n]|[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# Signs and words that part names, where no semicolon does.
_TORN = re.compile(r"[,|&、\n]|\band\b", re.IGNORECASE)


def make_header() -> str:
    """Returns the line of the columns' names."""
    return _write(COLUMNS)


def make_row(record: Record, url: str) -> str:
    """Returns the record as a line of CSV; `url` is its page's address.

    Several authors or tags are separated by semicolons.
    """
    return _write([f"'{cell}" if _FORMULA.match(cell) else cell for cell in _list_cells(record, url)])


def _write(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _list_cells(record: Record, url: str) -> list[str]:
    texts = {
        "title": show_title(record),
        "authors": _join_names(record.authors),
        "editors": _join_names(record.editors),
        "date": record.date.iso if record.date else "",
        "tags": "; ".join(record.tags),
        "takeaway": text_of(record, "takeaway").plain,
        **{kind: record.find_link(kind) for kind in ("pdf", "code", "url")},
        "page_url": url,
    }
    return [texts[name] if name in texts else str(getattr(record, name)) for name in COLUMNS]


def _join_names(people: Sequence[Author]) -> str:
    """Joins names with semicolons; a single name that readers would split ends with one."""
    names = "; ".join(person.name.replace(";", ",") for person in people)
    return f"{names};" if len(people) == 1 and _TORN.search(names) else names
