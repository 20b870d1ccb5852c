"""Papers: a job for each, and redirect pages for its former addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from ..formats.bibtex.entries import make_bibtex
from ..formats.jsonld import make_article, make_breadcrumbs
from ..formats.metadata import describe, make_citation_tags
from ..library.editions import Memberships, Walk
from ..library.page_kind import PageKind, Wave
from ..library.pieces import Head, Neighbour, PaperLink, Reference, RelatedPaper
from ..library.shard import Shard
from ..library.site import Site
from ..markup.markdown import strip_markup
from ..model.job import Job
from ..model.record import Record
from ..text.dates import show_date
from ..text.identifiers import link_arxiv, link_doi
from ..urls import home, listing, paper, paper_markdown
from .paper_page import PaperPage, PaperText, PaperWork
from .related_papers import list_related

_LABELS = {
    "pdf": "PDF",
    "code": "Code",
    "project": "Project",
    "data": "Data",
    "demo": "Demo",
    "slides": "Slides",
    "video": "Video",
    "poster": "Poster",
    "url": "Publisher’s page",
}
_PLACES = {kind: place for place, kind in enumerate(_LABELS)}


def plan_papers(site: Site, shard: Shard) -> Iterator[Job]:
    """Plans a job for each paper of a shard, in the catalogue's order."""
    related = dict(shard.related)
    publish = site.config.wants_markdown(len(site.recency))
    for ident, memberships in site.list_memberships(shard.start, shard.stop):
        record = site.catalogue.records[ident]
        near = list_related(site, record, related)
        yield _plan_paper(site, record, memberships, near, publish)


def _plan_paper(
    site: Site,
    record: Record,
    memberships: Memberships,
    related: tuple[RelatedPaper, ...],
    publish: bool,
) -> Job:
    slug = site.catalogue.slugs[record.id]
    paths = (paper(slug), *((paper_markdown(slug),) if publish else ()))
    links = list_links(record)
    # Without their counts: a paper's page does not change when another paper gets a tag.
    known = tuple(tag for tag in dict.fromkeys(record.tags) if tag in site.catalogue.tags)
    tags = tuple(replace(site.link_tag(tag), count=0) for tag in known)
    page = PaperPage(
        site=site.context,
        head=_make_head(site, record, tuple(tag.name for tag in tags), publish),
        title_html="",
        intro_html="",
        parts=(),
        authors=_link_authors(site, record),
        venue=_link_venue(site, record),
        venue_year=record.venue_year,
        booktitle=record.booktitle if record.booktitle != record.venue else "",
        date=show_date(record.date) if record.date else "",
        iso=record.date.iso if record.date else "",
        links=links,
        tags=tags,
        identifiers=_list_identifiers(record),
        awards=record.awards,
        retracted=record.retracted,
        note=record.note,
        bibtex=make_bibtex(record, site.catalogue.keys[record.id]),
        collections=memberships.collections,
        related=related,
        previous=_find_neighbour(site, memberships.walk, -1),
        next=_find_neighbour(site, memberships.walk, 1),
        list_name=memberships.walk[0] or "All papers",
        markdown=site.addresses.href(paper_markdown(slug)) if publish else "",
        correction=_correct(site, record),
    )
    text = _make_text(site, record, links, related, publish)
    updated = record.added or record.date
    return Job(
        key=f"paper {record.id}",
        payload=PaperWork(text, page, publish),
        owner=f"the paper {record.id!r} ({record.origin.file})",
        paths=paths,
        listed=True,
        updated=updated.first_day.isoformat() if updated else "",
    )


def _make_text(
    site: Site, record: Record, links: tuple[PaperLink, ...], related: tuple[RelatedPaper, ...], publish: bool
) -> PaperText:
    return PaperText(
        id=record.id,
        url=site.addresses.absolute(paper(site.catalogue.slugs[record.id])),
        title=record.title,
        authors=tuple(author.name for author in record.authors),
        date=record.date.iso if record.date else "",
        venue=record.venue,
        venue_year=record.venue_year,
        tags=record.tags,
        arxiv=record.arxiv,
        doi=record.doi,
        links=links,
        retracted=record.retracted,
        takeaway=record.takeaway,
        summary=record.summary,
        abstract=record.abstract,
        notes=record.notes,
        related=related,
        published=publish,
    )


def _make_head(site: Site, record: Record, keywords: tuple[str, ...], publish: bool) -> Head:
    slug = site.catalogue.slugs[record.id]
    title = site.entries[record.id].title
    url = site.addresses.absolute(paper(slug))
    head = Head(
        title=f"{title} · {site.config.title}",
        description=_describe(record, title),
        canonical=url,
        section="papers",
        feeds=site.feeds if site.has_metadata else site.feeds[:1],
        names=make_citation_tags(record),
        markdown=site.addresses.href(paper_markdown(slug)) if publish else "",
    )
    return _describe_fully(site, head, record, keywords) if site.has_metadata else head


def _describe(record: Record, title: str) -> str:
    return describe(strip_markup(record.takeaway or record.summary or record.abstract) or f"{title}: a research paper.")


def _describe_fully(site: Site, head: Head, record: Record, keywords: tuple[str, ...]) -> Head:
    title, url, addresses = site.entries[record.id].title, head.canonical, site.addresses
    properties = [
        ("og:type", "article"),
        ("og:site_name", site.config.title),
        ("og:title", title),
        ("og:description", head.description),
        ("og:url", url),
    ]
    if record.date:
        properties.append(("article:published_time", record.date.iso))
    properties += [("article:tag", keyword) for keyword in keywords]
    steps = (
        (site.config.title, addresses.absolute(home())),
        ("Papers", addresses.absolute(listing("papers"))),
        (title, url),
    )
    return replace(
        head,
        names=(*head.names, ("twitter:card", "summary")),
        properties=tuple(properties),
        json_ld=(make_article(record, url, keywords), make_breadcrumbs(steps)),
    )


def list_links(record: Record) -> tuple[PaperLink, ...]:
    """Returns the links of a paper, PDF first.

    A paper on arXiv without another PDF has that of arXiv.
    """
    links = [PaperLink(link.kind, _LABELS.get(link.kind, link.kind.capitalize()), link.url) for link in record.links]
    if record.arxiv and not record.find_link("pdf"):
        links.append(PaperLink("pdf", "PDF", f"https://arxiv.org/pdf/{record.arxiv}"))
    return tuple(sorted(links, key=lambda link: _PLACES.get(link.kind, len(_PLACES))))


def _link_authors(site: Site, record: Record) -> tuple[Reference, ...]:
    slugs = site.catalogue.people_of[record.id]
    return tuple(site.link_author(slug, author.name) for slug, author in zip(slugs, record.authors, strict=True))


def _link_venue(site: Site, record: Record) -> Reference | None:
    if not record.venue:
        return None
    slug = site.catalogue.venue_of[record.id]
    return Reference(record.venue, site.addresses.href(listing("venues", slug)))


def _list_identifiers(record: Record) -> tuple[Reference, ...]:
    found = []
    if record.arxiv:
        found.append(Reference(record.arxiv, link_arxiv(record.arxiv), note="arXiv"))
    if record.doi:
        found.append(Reference(record.doi, link_doi(record.doi), note="DOI"))
    if record.pmid:
        found.append(Reference(record.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/", note="PubMed"))
    found += [
        Reference(value, note=name)
        for name, value in (
            ("ISBN", record.isbn),
            ("BibTeX key", record.bibkey),
            ("Category", record.category),
            ("Pages", record.pages),
            ("Publisher", record.publisher),
            ("Language", record.language),
            ("License", record.license),
        )
        if value
    ]
    return tuple(found)


def _find_neighbour(site: Site, walk: Walk, step: int) -> Neighbour | None:
    name, ids, place = walk
    at = place + step
    if not 0 <= at < len(ids):
        return None
    entry = site.entries[ids[at]]
    label = f"{at + 1} in {name}" if name else ("Newer" if step < 0 else "Older")
    return Neighbour(entry.href, entry.title_html, label)


def _correct(site: Site, record: Record) -> str:
    repository = site.config.repository
    if not repository:
        return ""
    if record.origin.native:
        return f"{repository}/edit/main/{quote(record.origin.file)}"
    return f"{repository}/issues/new?title={quote(f'Correction: {record.id}')}"


def read_papers(site: Site, shard: Shard) -> Iterator[str]:
    """Yields the inputs of the pages of a shard besides the papers' own records.

    These are papers chosen by hand, memberships, and the papers beside each one.
    """
    summaries = site.survey.summary_digests
    for ident, memberships in site.list_memberships(shard.start, shard.stop):
        yield from site.list_summaries((ident,))
        yield from (summaries.get(other, "") for other in site.survey.pinned.get(ident, ()))
        yield repr(memberships.collections)
        name, ids, at = memberships.walk
        yield name
        yield from (summaries[other] for other in ids[max(0, at - 1) : at + 2] if other != ident)


def list_papers(site: Site, shard: Shard) -> Sequence[str]:
    """Returns the ids of the papers of a shard."""
    return site.order[shard.start : shard.stop]


def _count(site: Site) -> int:
    return len(site.order)


PAPERS = PageKind(
    "papers",
    plan_papers,
    read_papers,
    list_papers,
    {"paper.html": PaperPage, "paper.md": PaperText},
    _count,
    # Small enough that one change redoes little, large enough that a worker is not sent a thousand tasks.
    size=32,
    wave=Wave.RELATED,
    shows_related=True,
)
