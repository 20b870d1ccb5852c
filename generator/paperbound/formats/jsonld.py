"""A Record as JSON-LD: schema.org's ScholarlyArticle (https://schema.org/ScholarlyArticle)."""

from __future__ import annotations

from ..markup.markdown import strip_inline
from ..model.record import Author, Record
from ..text.identifiers import link_arxiv, link_doi


def make_article(record: Record, url: str, keywords: tuple[str, ...]) -> dict[str, object]:
    """Returns the paper as a ScholarlyArticle at `url`, without the abstract."""
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": url,
        "headline": strip_inline(record.title),
    }
    if record.authors:
        article["author"] = [_make_person(author) for author in record.authors]
    if record.date:
        article["datePublished"] = record.date.iso
    if record.venue:
        article["isPartOf"] = {"@type": "PublicationVolume", "name": record.booktitle or record.venue}
    if keywords:
        article["keywords"] = list(keywords)
    if record.language:
        article["inLanguage"] = record.language
    same = []
    if record.doi:
        same.append(link_doi(record.doi))
    if record.arxiv:
        same.append(link_arxiv(record.arxiv))
    if same:
        article["sameAs"] = same
    return article


def _make_person(author: Author) -> dict[str, object]:
    person: dict[str, object] = {"@type": "Person", "name": author.name}
    if author.orcid:
        person["@id"] = f"https://orcid.org/{author.orcid}"
    if author.url:
        person["url"] = author.url
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    return person


def make_breadcrumbs(steps: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """Returns the way from the home page as a BreadcrumbList.

    `steps` are (name, absolute address) in order.
    """
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
