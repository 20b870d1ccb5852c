"""Describes the fields of a record as docs/fields.md."""

from __future__ import annotations

from field_texts import read_field_texts, write_table
from paperbound.model.record import Author, Record

_INTRODUCTION = """\
# Fields

What a record may say of its paper. [records.md](records.md) shows a record, and what else is in a content folder. Only a
title is required. A field that is not here is an error, with the nearest known one. This page is made from the code, and a
test compares the two: `make reference` writes it anew.
"""
GROUPS = {
    "The paper": (
        "id",
        "title",
        "other_titles",
        "authors",
        "date",
        "kind",
        "language",
        "license",
        "awards",
        "retracted",
        "note",
    ),
    "Where it was published": (
        *("venue", "venue_year", "booktitle", "series", "editors", "publisher", "address"),
        *("volume", "issue", "pages"),
    ),
    "Identifiers and links": ("arxiv", "category", "doi", "pmid", "isbn", "bibkey", "links", "picture", "picture_alt"),
    "Texts and topics": ("tags", "takeaway", "summary", "abstract", "notes", "made_by"),
    "On this site": ("added", "draft", "slug", "aliases", "related", "signals", "extra"),
}


def describe_fields() -> str:
    """The reference as Markdown; every field of a record, and of an author."""
    texts = read_field_texts(Record)
    lines = [_INTRODUCTION.rstrip()]
    for title, names in GROUPS.items():
        rows = ((f"`{name}`", texts[name]) for name in names)
        lines += ["", f"## {title}", "", *write_table(("field", "value"), rows)]
    people = ((f"`{name}`", text) for name, text in read_field_texts(Author).items())
    lines += ["", "## An author or editor", "", *write_table(("key", "value"), people)]
    return "\n".join(lines) + "\n"
