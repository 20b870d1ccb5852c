"""Writes papers as a fragment of HTML or as JSON, for pages of other sites."""

from __future__ import annotations

import json
from html import escape

from ..markup.texts import text_of
from ..model.record import Record
from ..model.venues import describe_venue
from .citing import Rows, mark_retracted


def write_html(rows: Rows) -> str:
    """Returns a list of papers as HTML without script, style or id; titles keep formulas."""
    items = "".join(f"<li>{_write_item(record, url)}</li>\n" for record, url in rows)
    return f'<ul class="paperbound">\n{items}</ul>\n'


def write_json(rows: Rows) -> str:
    """Returns a JSON list of papers, each with address and fields."""
    papers = [
        {
            "id": record.id,
            "url": url,
            "title": mark_retracted(record, text_of(record, "title").plain),
            "title_html": mark_retracted(record, text_of(record, "title").inline),
            "authors": [author.name for author in record.authors],
            "venue": describe_venue(record),
            "date": record.date.iso if record.date else "",
            "doi": record.doi,
            "arxiv": record.arxiv,
            "links": {link.kind: link.url for link in record.links},
        }
        for record, url in rows
    ]
    return f"{json.dumps(papers, ensure_ascii=False, indent=1)}\n"


FRAGMENTS = {"html": write_html, "json": write_json}


def _write_item(record: Record, url: str) -> str:
    venue = describe_venue(record)
    date = record.date
    parts = (
        escape(", ".join(author.name for author in record.authors).removesuffix(".")),
        f"<cite>{escape(venue)}</cite>" if venue else "",
        f'<time datetime="{date.iso}">{date.year}</time>' if date else "",
    )
    title = f'<a href="{escape(url)}">{mark_retracted(record, text_of(record, "title").inline)}</a>'
    return "<br>".join(filter(None, (title, ". ".join(filter(None, parts)))))
