"""A Record in a page's head: Google Scholar's `citation_*` tags, Open Graph, Twitter cards.

Rules: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, https://ogp.me/.
"""

from __future__ import annotations

from ..markup.markdown import strip_inline
from ..model.record import Record
from .citing import find_pages

_DESCRIPTION = 160


def make_citation_tags(record: Record) -> tuple[tuple[str, str], ...]:
    """Returns the `citation_*` tags in order; none without title, author or date."""
    if not record.authors or (not record.date and not record.venue_year):
        return ()
    tags = [("citation_title", strip_inline(record.title))]
    tags += [("citation_author", author.name) for author in record.authors]
    tags.append(("citation_publication_date", _write_date(record)))
    where = record.booktitle or record.venue
    if where:
        is_journal = record.kind == "article" or (not record.kind and bool(record.volume))
        tags.append(("citation_journal_title" if is_journal else "citation_conference_title", where))
    first, last = find_pages(record)
    tags += [
        (name, value)
        for name, value in (
            ("citation_volume", record.volume),
            ("citation_issue", record.issue),
            ("citation_firstpage", first),
            ("citation_lastpage", last),
            ("citation_publisher", record.publisher),
            ("citation_doi", record.doi),
            ("citation_arxiv_id", record.arxiv),
            ("citation_isbn", record.isbn),
            ("citation_language", record.language),
        )
        if value
    ]
    return tuple(tags)


def _write_date(record: Record) -> str:
    date = record.date
    if not date:
        return record.venue_year
    # Scholar takes a whole date or a bare year, nothing between.
    return f"{date.year:04d}/{date.month:02d}/{date.day:02d}" if date.day else f"{date.year:04d}"


def describe(text: str) -> str:
    """Cuts a text to 160 characters between words, for search engines."""
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
