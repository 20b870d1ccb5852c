"""Metadata in a page's head: `citation_*` tags, JSON-LD, and the search that a browser offers.

Rules: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, https://schema.org/ScholarlyArticle,
https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md.
"""

from __future__ import annotations

from html import escape

from ..markup.texts import text_of
from ..model.record import Author, Record
from ..urls import link_arxiv, link_doi, link_orcid
from .citing import find_pages, show_title

_DESCRIPTION = 160
_SHORT_NAME = 16


def make_citation_tags(record: Record) -> tuple[tuple[str, str], ...]:
    """Returns the `citation_*` tags in order; none without title, author or date."""
    if not record.authors or (not record.date and not record.venue_year):
        return ()
    tags = [("citation_title", show_title(record))]
    tags += [("citation_author", author.name) for author in record.authors]
    is_journal = record.kind == "article" or (not record.kind and record.volume)
    first, last = find_pages(record)
    tags += [
        (name, value)
        for name, value in (
            ("citation_publication_date", _write_date(record)),
            ("citation_journal_title" if is_journal else "citation_conference_title", record.booktitle or record.venue),
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
    if not (date := record.date):
        return record.venue_year
    # Scholar takes a whole date or a bare year, nothing between.
    return f"{date.year:04d}/{date.month:02d}/{date.day:02d}" if date.day else f"{date.year:04d}"


def describe(text: str) -> str:
    """Cuts a text to 160 characters between words, for search engines."""
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def make_article(record: Record, url: str, keywords: tuple[str, ...]) -> dict[str, object]:
    """Returns the paper as a ScholarlyArticle at `url`, without the abstract."""
    volume = {"@type": "PublicationVolume", "name": record.booktitle or record.venue}
    same = (record.doi and link_doi(record.doi), record.arxiv and link_arxiv(record.arxiv))
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": url,
        "headline": text_of(record, "title").plain,
        "author": [_make_person(author) for author in record.authors],
        "datePublished": record.date and record.date.iso,
        "isPartOf": record.venue and volume,
        "keywords": list(keywords),
        "inLanguage": record.language,
        "sameAs": [link for link in same if link],
    }
    return {name: value for name, value in article.items() if value}


def _make_person(author: Author) -> dict[str, object]:
    person: dict[str, object] = {"@type": "Person", "name": author.name}
    if author.orcid:
        person["@id"] = link_orcid(author.orcid)
    if author.url:
        person["url"] = author.url
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    return person


def make_breadcrumbs(steps: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """Returns the steps from the home page, (name, absolute address), as a BreadcrumbList."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def write_opensearch(title: str, description: str, search: str, icon: str) -> bytes:
    """Writes the OpenSearch document: the addresses of the search page and of a picture."""
    name = escape(title[:_SHORT_NAME].strip())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{name}</ShortName>\n"
        f"<Description>{escape(description)}</Description>\n"
        f'<Image width="16" height="16" type="image/svg+xml">{escape(icon)}</Image>\n'
        f'<Url type="text/html" template="{escape(search)}?q={{searchTerms}}"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    ).encode()
