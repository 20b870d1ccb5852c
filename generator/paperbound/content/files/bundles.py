"""Bundles of Hugo Blox: files in a page's folder that the page does not name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...model.links import is_file, is_picture
from ...model.record import Link, Record


def add_bundled(record: Record, folder: Path) -> Record:
    """Adds the picture `featured.…`, and the PDF named like the folder.

    A picture and a PDF that the page names stay. https://docs.hugoblox.com/reference/page-features/
    """
    names = sorted(file.name for file in folder.iterdir() if file.is_file() and is_file(file.name))
    picture = next((name for name in names if "featured" in name.lower() and is_picture(name)), "")
    pdf = next((name for name in names if name == f"{folder.name}.pdf"), "")
    if picture and not record.picture:
        record = replace(record, picture=picture)
    if pdf and not record.find_link("pdf"):
        record = replace(record, links=(*record.links, Link("pdf", pdf)))
    return record
