"""Papers: a job for each, with its related papers and the reasons for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from ..formats.citing import mark_retracted
from ..formats.metadata import describe, make_article, make_breadcrumbs, make_citation_tags
from ..formats.thumbnails import fit_page, list_sizes
from ..library.editions import Memberships, Walk
from ..library.links import list_links
from ..library.page_kind import PageKind, Shard, Wave, list_all_papers
from ..library.pieces import Figure, Head, Neighbour, PaperLink, Reference, RelatedPaper
from ..library.signals import list_signals
from ..library.site import Site
from ..markup.embed import Embedded, embed_inline
from ..markup.structured import show_headings
from ..markup.texts import TEXTS, find_text, text_of
from ..model.build import Job
from ..model.record import Record
from ..model.venues import name_venue
from ..urls import home, link_arxiv, link_doi, link_orcid, listing, paper, paper_markdown
from ..urls import picture as picture_file
from .cite_box import list_citations
from .more_papers import list_more, read_more
from .paper_page import PaperAuthor, PaperPage, PaperText, PaperWork

# Identifiers whose addresses are known, and fields that are shown as they are.
_LINKED = {"arxiv": link_arxiv, "doi": link_doi, "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/".format}
_PLAIN = ("isbn", "bibkey", "category", "pages", "publisher", "language", "license")
# Programs of Paperbound, which phrases describe.
_PROGRAMS = ("first-sentences", "central-sentence", "suggest-tags")
# For each paper's id: ids of others, best first, and the words that they share with most weight.
RelatedPapers = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
# The place of names in a phrase.
_NAMES = "\0"


def plan_papers(site: Site, shard: Shard) -> Iterator[Job]:
    """Plans a job for each paper of a shard, in the catalogue's order."""
    related = dict(shard.related)
    publish = site.config.wants_markdown(len(site.recency))
    for ident, memberships in site.list_memberships(shard.start, shard.stop):
        record = site.catalogue.records[ident]
        near = _list_related(site, record, related)
        yield _plan_paper(site, record, memberships, near, publish)


def _plan_paper(
    site: Site, record: Record, memberships: Memberships, related: tuple[RelatedPaper, ...], publish: bool
) -> Job:
    slug = site.catalogue.slugs[record.id]
    paths = (paper(slug), *((paper_markdown(slug),) if publish else ()))
    links, venue = list_links(record, site.language), _link_venue(site, record)
    lang, direction = site.language.mark(record.language or site.config.content_language)
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
        venue=venue,
        venue_year=record.venue_year,
        booktitle="" if venue and record.booktitle == venue.name else record.booktitle,
        date=site.language.show_date(record.date) if record.date else "",
        iso=record.date.iso if record.date else "",
        # A file of the site itself is there, too, where a preview or another address shows it.
        links=tuple(replace(link, url=site.addresses.shorten(link.url)) for link in links),
        tags=tags,
        identifiers=_list_identifiers(site, record),
        awards=record.awards,
        retracted=record.retracted,
        draft=record.draft,
        picture=_show_picture(site, record),
        note=record.note,
        made_by={name: _explain_program(site, program) for name, program in record.list_programs().items()},
        signals=tuple(list_signals(site, record)),
        citations=list_citations(site, record),
        collections=memberships.collections,
        related=related,
        more=list_more(site, record, related),
        previous=_find_neighbour(site, memberships.walk, -1),
        next=_find_neighbour(site, memberships.walk, 1),
        list_name=memberships.walk[0] or site.t("list.all_papers"),
        markdown=site.addresses.href(paper_markdown(slug)) if publish else "",
        correction=_correct(site, record),
        lang=lang,
        dir=direction,
    )
    text = _make_text(site, record, links, related, publish)
    updated = record.added or record.date
    return Job(
        key=f"paper {record.id}",
        payload=PaperWork(text, page, publish, _list_rendered(record)),
        owner=f"the paper {record.id!r} ({record.origin.file})",
        paths=paths,
        listed=True,
        updated=updated.first_day.isoformat() if updated else "",
    )


def _show_picture(site: Site, record: Record) -> Figure | None:
    picture = site.catalogue.pictures.get(record.id)
    if not picture:
        return None
    has_files = site.config.thumbnails == "yes" and not picture.path.endswith(".svg")
    slug, href = site.catalogue.slugs[record.id], site.addresses.href
    sizes = list_sizes(picture.width, picture.height) if has_files else ()
    files = tuple((href(picture_file(slug, width)), width) for width, _ in sizes)
    alt = record.picture_alt or site.t("paper.picture")
    return Figure(href(picture.path), *fit_page(picture.width, picture.height), alt, files)


def _list_rendered(record: Record) -> tuple[tuple[str, str], ...]:
    """Returns Markdown and HTML of a record's title and texts."""
    title = text_of(record, "title")
    blocks = ((name, text_of(record, name)) for name in TEXTS[1:] if getattr(record, name))
    rows = ((one.markdown, show_headings(one.html) if name == "abstract" else one.html) for name, one in blocks)
    return (embed_inline(record.title), title.inline), *rows


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
        booktitle=record.booktitle,
        tags=record.tags,
        arxiv=record.arxiv,
        doi=record.doi,
        links=links,
        retracted=record.retracted,
        made_by=record.list_programs(),
        takeaway=Embedded(text_of(record, "takeaway").markdown),
        summary=Embedded(text_of(record, "summary").markdown),
        abstract=Embedded(text_of(record, "abstract").markdown),
        notes=Embedded(text_of(record, "notes").markdown),
        related=related,
        related_title=site.t("paper.related"),
        published=publish,
    )


def _explain_program(site: Site, written: str) -> str:
    """Returns the sentence on the program that wrote a field: `NAME` or `NAME: REASON`."""
    name, _, reason = (part.strip() for part in written.partition(":"))
    if name == "suggest-tags" and reason:
        return site.t("made_by.suggest-tags_for", words=reason)
    return site.t(f"made_by.{name}") if name in _PROGRAMS else site.t("made_by.program", program=written)


def _make_head(site: Site, record: Record, keywords: tuple[str, ...], publish: bool) -> Head:
    slug = site.catalogue.slugs[record.id]
    title = site.entries[record.id].title
    url = site.addresses.absolute(paper(slug))
    head = Head(
        title=f"{title} · {site.config.title}",
        description=_describe(site, record, title),
        canonical=site.addresses.canonical(paper(slug)),
        section="papers",
        feeds=site.feeds if site.has_metadata else site.feeds[:1],
        names=make_citation_tags(record, url, site.addresses.base_url),
        markdown=site.addresses.href(paper_markdown(slug)) if publish else "",
        translations=site.list_translations(paper(slug)),
    )
    return _describe_fully(site, head, record, keywords) if site.has_metadata else head


def _describe(site: Site, record: Record, title: str) -> str:
    text = find_text(record, "takeaway", "summary", "abstract").plain
    return describe(text or site.t("paper.description", title=title))


def _describe_fully(site: Site, head: Head, record: Record, keywords: tuple[str, ...]) -> Head:
    title, addresses = site.entries[record.id].title, site.addresses
    url = addresses.absolute(paper(site.catalogue.slugs[record.id]))
    properties = [
        ("og:type", "article"),
        ("og:site_name", site.config.title),
        ("og:title", title),
        ("og:description", head.description),
    ]
    if head.canonical:
        properties.append(("og:url", head.canonical))
    if record.date:
        properties.append(("article:published_time", record.date.iso))
    properties += [("article:tag", keyword) for keyword in keywords]
    steps = (
        (site.config.title, addresses.absolute(home())),
        (site.t("papers.title"), addresses.absolute(listing("papers"))),
        (title, url),
    )
    return replace(
        head,
        names=(*head.names, ("twitter:card", site.card_kind)),
        properties=(*properties, *site.show_card(paper(site.catalogue.slugs[record.id]))),
        json_ld=(make_article(record, url, keywords), make_breadcrumbs(steps)),
    )


def _link_authors(site: Site, record: Record) -> tuple[PaperAuthor, ...]:
    slugs = site.catalogue.people_of[record.id]
    return tuple(
        PaperAuthor(one.name, site.people[slug], one.orcid, link_orcid(one.orcid) if one.orcid else "", one.affiliation)
        for slug, one in zip(slugs, record.authors, strict=True)
    )


def _link_venue(site: Site, record: Record) -> Reference | None:
    venue = name_venue(record)
    if not venue:
        return None
    slug = site.catalogue.venue_of[record.id]
    return Reference(venue, site.addresses.href(listing("venues", slug)))


def _list_identifiers(site: Site, record: Record) -> tuple[Reference, ...]:
    links = {name: link(value) for name, link in _LINKED.items() if (value := getattr(record, name))}
    names = (*links, *(name for name in _PLAIN if getattr(record, name)))
    return tuple(
        Reference(getattr(record, name), links.get(name, ""), note=site.t(f"identifier.{name}")) for name in names
    )


def _find_neighbour(site: Site, walk: Walk, step: int) -> Neighbour | None:
    name, ids, place = walk
    at = place + step
    if not 0 <= at < len(ids):
        return None
    entry = site.entries[ids[at]]
    if name:
        label = site.t("paper.rank_in", rank=at + 1, list=name)
    elif entry.iso and site.entries[ids[place]].iso:
        label = site.t("paper.newer" if step < 0 else "paper.older")
    else:
        label = site.t("pager.previous" if step < 0 else "pager.next")
    return Neighbour(entry.href, entry.full_title_html, label)


def _correct(site: Site, record: Record) -> str:
    repository = site.config.repository
    if not repository:
        return ""
    if record.origin.native:
        return f"{repository}/edit/main/{quote(record.origin.file)}"
    title = quote(site.t("paper.correction_title", paper=record.id), safe="")
    # A repository without the form shows an empty issue of this title.
    return f"{repository}/issues/new?template=correction.yml&title={title}&paper={quote(record.id, safe='')}"


def _list_related(site: Site, record: Record, found: RelatedPapers) -> tuple[RelatedPaper, ...]:
    """Returns the related papers of a record, with reasons.

    The record's own list comes first, then the most similar papers, up to the number of the settings.
    """
    records = site.catalogue.records
    most = site.config.count_related(len(records))
    pinned = [ident for ident in dict.fromkeys(record.related) if ident in records and ident != record.id]
    words = dict(found.get(record.id, ()))
    chosen = [*pinned, *(ident for ident in words if ident not in pinned)][:most]
    return tuple(_relate(site, record, ident, words.get(ident, ()), pinned=ident in pinned) for ident in chosen)


def _relate(site: Site, record: Record, ident: str, words: Sequence[str], *, pinned: bool) -> RelatedPaper:
    entry = site.entries[ident]
    return RelatedPaper(
        href=entry.href,
        url=site.addresses.base_url + entry.href[len(site.addresses.base_path) :],
        name=mark_retracted(site.catalogue.records[ident], entry.title),
        title_html=entry.full_title_html,
        year=entry.year,
        reason=_explain(site, record, site.catalogue.records[ident], words, pinned=pinned),
    )


def _explain(
    site: Site, record: Record, other: Record, words: Sequence[str], *, pinned: bool
) -> tuple[tuple[str, str], ...]:
    """Returns the reason as pieces: text in front of a name, and the name.

    Pieces are `shares ` *Test-time scaling*, `; both on ` *sampling*.
    """
    tags = site.catalogue.tags
    shared = [tags[tag].name for tag in record.tags if tag in other.tags and tag in tags][:2]
    people = site.catalogue.people_of
    names = dict(zip(people[record.id], record.authors, strict=True))
    authors = [names[slug].name for slug in people[record.id] if slug in people[other.id]][:2]
    known = " ".join(shared).lower()
    about = [word for word in words if word not in known][: 2 if shared or authors else 3]
    groups = (
        ("related.pinned", [""] if pinned else []),
        ("related.topics", shared),
        ("related.authors", authors),
        ("related.words", about if not pinned or not shared else []),
    )
    pieces: list[tuple[str, str]] = []
    lead = ""
    for key, items in groups:
        if not items:
            continue
        start, _, end = site.t(key, names=_NAMES).partition(_NAMES)
        lead += (site.t("related.joint") if pieces else "") + start
        for place, item in enumerate(items):
            if place:
                lead = site.t("layout.and" if place == len(items) - 1 else "layout.comma")
            pieces.append((lead, item))
        lead = end
    return (*pieces, (lead, "")) if lead else tuple(pieces)


def read_papers(site: Site, shard: Shard) -> Iterator[str]:
    """Yields the inputs of the pages of a shard besides the papers' own records.

    These are papers chosen by hand, memberships, and the papers beside each one.
    """
    summaries = site.survey.summary_digests
    for ident, memberships in site.list_memberships(shard.start, shard.stop):
        yield from site.list_summaries((ident,))
        yield site.catalogue.keys[ident]
        yield from (summaries.get(other, "") for other in site.survey.pinned.get(ident, ()))
        yield repr(memberships.collections)
        yield from read_more(site, site.catalogue.records[ident])
        name, ids, at = memberships.walk
        yield name
        yield from (summaries[other] for other in ids[max(0, at - 1) : at + 2] if other != ident)


def list_papers(site: Site, shard: Shard) -> Sequence[str]:
    """Returns the ids of the papers of a shard."""
    return site.order[shard.start : shard.stop]


PAPERS = PageKind(
    "papers",
    plan_papers,
    read_papers,
    list_papers,
    {"paper.html": PaperPage, "paper.md": PaperText},
    list_all_papers,
    # Small enough that one change redoes little, large enough that a worker is not sent a thousand tasks.
    size=32,
    wave=Wave.RELATED,
    shows_related=True,
)
