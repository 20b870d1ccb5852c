"""Writes a line of plain text a paper."""

from __future__ import annotations

from paperbound.formats import Export
from paperbound.model.record import Record


def write_line(record: Record, url: str) -> str:
    """Returns the title and the address."""
    return f"{record.title} {url}\n"


LINES = Export("Plain text", write_line)
