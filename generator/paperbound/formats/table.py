"""Records as rows of CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from ..markup.texts import text_of
from .citing import Rows

COLUMNS = tuple("id title authors date venue venue_year tags takeaway arxiv doi pdf code url".split())
# First signs of a formula to a spreadsheet (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(rows: Rows) -> str:
    """Writes a CSV table: a header, and a line for each record."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record, url in rows:
        cells = (
            record.id,
            text_of(record, "title").plain,
            "; ".join(person.name for person in record.authors),
            record.date.iso if record.date else "",
            record.venue,
            record.venue_year,
            "; ".join(record.tags),
            text_of(record, "takeaway").plain,
            record.arxiv,
            record.doi,
            record.find_link("pdf"),
            record.find_link("code"),
            url,
        )
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return text.getvalue()
