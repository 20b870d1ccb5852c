"""Metadata in a page's head: `citation_*` tags, JSON-LD, and the search that a browser offers.

Rules: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, https://schema.org/ScholarlyArticle,
https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md.
"""

from __future__ import annotations

from html import escape

from ..markup.texts import text_of
from ..model.catalogue import Person
from ..model.record import Author, Record
from ..urls import link_arxiv, link_doi, link_orcid
from .citing import find_pages, mark_retracted, show_title

_DESCRIPTION = 160
_SHORT_NAME = 16
# OpenSearch allows no longer description.
_LONGEST = 1024
# The tag of what a paper is in, by its kind.
_CONTAINERS = {
    "article": "journal_title",
    "chapter": "inbook_title",
    "report": "technical_report_institution",
    "thesis": "dissertation_institution",
}


def make_citation_tags(record: Record, url: str = "", base_url: str = "\0") -> tuple[tuple[str, str], ...]:
    """Returns the `citation_*` tags in order; none without title, author or date.

    `url` is the address of the page. The address of a PDF is among the tags if the site itself has the PDF.
    """
    if not record.authors or (not record.date and not record.venue_year):
        return ()
    tags = [("citation_title", mark_retracted(record, show_title(record)))]
    for author in record.authors:
        tags.append(("citation_author", author.name))
        tags += [("citation_author_institution", author.affiliation)] if author.affiliation else []
        tags += [("citation_author_orcid", link_orcid(author.orcid))] if author.orcid else []
    container = _CONTAINERS.get(record.kind) or (
        "journal_title" if not record.kind and record.volume else "conference_title"
    )
    first, last = find_pages(record)
    pdf = record.find_link("pdf")
    tags += [
        (name, value)
        for name, value in (
            ("citation_publication_date", _write_date(record)),
            (f"citation_{container}", _name_container(record)),
            ("citation_volume", record.volume),
            ("citation_issue", record.issue),
            ("citation_firstpage", first),
            ("citation_lastpage", last),
            ("citation_publisher", record.publisher),
            ("citation_doi", record.doi),
            ("citation_arxiv_id", record.arxiv),
            ("citation_isbn", record.isbn),
            ("citation_language", record.language),
            ("citation_abstract_html_url", url),
            ("citation_pdf_url", pdf if pdf.startswith(base_url) else ""),
        )
        if value
    ]
    return tuple(tags)


def _name_container(record: Record) -> str:
    if record.kind in ("thesis", "report"):
        return record.publisher or record.venue
    return record.booktitle or record.venue


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
    volume = {"@type": "PublicationVolume", "name": record.booktitle or record.venue, "volumeNumber": record.volume}
    same = (record.doi and link_doi(record.doi), record.arxiv and link_arxiv(record.arxiv))
    first, last = find_pages(record)
    pdf = record.find_link("pdf")
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": url,
        "headline": mark_retracted(record, text_of(record, "title").plain),
        "author": [_make_person(author) for author in record.authors],
        "datePublished": record.date and record.date.iso,
        "isPartOf": (record.booktitle or record.venue) and {name: value for name, value in volume.items() if value},
        "pageStart": first,
        "pageEnd": last,
        "publisher": record.publisher and {"@type": "Organization", "name": record.publisher},
        "keywords": list(keywords),
        "inLanguage": record.language,
        "sameAs": [link for link in same if link],
        "encoding": pdf and {"@type": "MediaObject", "contentUrl": pdf, "encodingFormat": "application/pdf"},
        "url": url,
    }
    return {name: value for name, value in article.items() if value}


def _make_person(author: Author | Person) -> dict[str, object]:
    person: dict[str, object] = {"@type": "Person", "name": author.name}
    if author.orcid:
        person["@id"] = link_orcid(author.orcid)
    if author.url:
        person["url"] = author.url
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    return person


def make_person(person: Person, page: str, picture: str = "") -> dict[str, object]:
    """Returns an author as a Person, the same as that of ORCID and homepage."""
    found = {"@context": "https://schema.org", **_make_person(person), "url": page}
    others = [name for name in person.variants if name != person.name]
    same = [*([link_orcid(person.orcid)] if person.orcid else []), *([person.url] if person.url else [])]
    more = {"mainEntityOfPage": page, "alternateName": others, "sameAs": same, "image": picture}
    return found | {name: value for name, value in more.items() if value}


def make_collection(name: str, url: str, description: str, papers: int, site: str) -> dict[str, object]:
    """Returns a list as a CollectionPage of the `site`, an address."""
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "isPartOf": {"@type": "WebSite", "@id": site},
        "mainEntity": {"@type": "ItemList", "numberOfItems": papers},
    }


def make_website(name: str, url: str, description: str, language: str, search: str = "") -> dict[str, object]:
    """Returns the site as a WebSite, with a SearchAction where there is a search page."""
    site: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": language,
    }
    if search:
        target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"}
        query = "required name=search_term_string"
        site["potentialAction"] = {"@type": "SearchAction", "target": target, "query-input": query}
    return site


def make_breadcrumbs(steps: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """Returns the steps from the home page, (name, absolute address), as a BreadcrumbList."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def write_opensearch(title: str, description: str, search: str, icon: str, own: str) -> bytes:
    """Writes the OpenSearch document: addresses of the search, a picture, and its own."""
    name = escape(title[:_SHORT_NAME].strip())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{name}</ShortName>\n"
        f"<Description>{escape(description[:_LONGEST])}</Description>\n"
        f'<Image width="16" height="16" type="image/svg+xml">{escape(icon)}</Image>\n'
        f'<Url type="text/html" template="{escape(search)}?q={{searchTerms}}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{escape(own)}"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    ).encode()
