"""Inputs: for each part of the plan the digest of all that it is planned and rendered from, templates aside.

A part whose digest is that of the last build is neither planned nor rendered. Planning every page to learn that it
stays as it is took 2.2 s at 10,000 papers; these digests take a tenth of that. What a plan reads must be counted
here: `tests/builder/test_edits.py` makes random changes and compares with clean builds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..library.assets import NamedAssets
from ..library.editions import find_newest, list_oldest_first
from ..library.site import Outline
from ..text.digests import digest_texts
from .feeds import list_feed_editions, list_feed_papers
from .kinds import Part

# The templates that each kind of part is rendered with.
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "papers": ("paper.html", "paper.md"),
    "authors": ("author.html",),
    "list papers": ("papers.html",),
    "list tags": ("tag.html",),
    "list years": ("year.html",),
    "list venues": ("venue.html",),
    "list collections": ("collection.html",),
    "collections": ("mail.html",),
    "indexes": ("tags.html", "authors.html", "years.html", "venues.html", "collections.html"),
    "pages": ("home.html", "search.html", "subscribe.html", "404.html", "page.html", "redirect.html"),
}


def digest_face(outline: Outline, assets: NamedAssets, part: Part) -> str:
    """The digest of what a part of the plan is made from besides records' long texts and the papers related to them.

    As long as the survey of all records stays the same, so do these digests, but for those of assets and files.
    """
    kind, _, section = part.kind.partition(" ")
    found: Iterable[str]
    if kind == "papers":
        found = _read_papers(outline, part)
    elif kind == "authors":
        found = _read_authors(outline, part)
    elif kind == "list":
        found = _read_lists(outline, section)
    elif kind == "feeds":
        found = _read_feeds(outline, part)
    elif part.kind == "search block":
        found = _read_records(outline, list_records(outline, part))
    elif kind == "search":
        found = (*_read_indexes(outline), *outline.survey.faces.values(), repr(outline.catalogue.collections))
    elif kind == "collections":
        found = _read_collections(outline, part)
    elif kind == "indexes":
        found = _read_indexes(outline)
    elif kind == "pages":
        found = _read_pages(outline)
    else:
        named = (path for path, _ in assets.values())
        found = (*named, *(f"{one.path}\1{one.location}\1{one.digest}" for one in outline.catalogue.static))
    return digest_texts(found)


def digest_related(outline: Outline, part: Part) -> str:
    """The digest of the papers related to those of a part."""
    faces = outline.survey.faces
    return digest_texts(
        piece
        for ident, others in part.related
        for piece in (ident, *(text for other, words in others for text in (faces[other], *words)))
    )


def digest_whole(outline: Outline, part: Part, others: Iterable[str]) -> str:
    """The digest of a part: of its `others`, of its records, and of what all pages share."""
    digests = outline.digests
    records = (digests[ident] for ident in list_records(outline, part))
    return digest_texts((outline.shared, part.kind, str(part.start), str(part.stop), *others, *records))


def list_records(outline: Outline, part: Part) -> Iterator[str]:
    """The ids of the papers whose whole records a part is made from."""
    if part.kind == "papers":
        yield from outline.order[part.start : part.stop]
    elif part.kind == "search block":
        total = len(outline.order)
        yield from outline.order[total - part.stop : total - part.start]
    elif part.kind == "collections":
        for collection in list_oldest_first(outline.catalogue.collections)[part.start : part.stop]:
            yield from collection.papers
    elif part.kind == "feeds":
        for wanted in outline.wanted[part.start : part.stop]:
            for collection in list_feed_editions(outline, wanted):
                yield from collection.papers
            yield from list_feed_papers(outline, wanted)


def _read_records(outline: Outline, ids: Iterable[str]) -> Iterator[str]:
    slugs, faces = outline.catalogue.slugs, outline.survey.faces
    for ident in ids:
        yield slugs[ident]
        yield faces[ident]


def _read_papers(outline: Outline, part: Part) -> Iterator[str]:
    catalogue, faces = outline.catalogue, outline.survey.faces
    for ident, standing in outline.list_standings(part.start, part.stop):
        yield from _read_records(outline, (ident,))
        yield from (outline.people[slug] for slug in catalogue.people_of[ident])
        yield from (f"{other}{faces.get(other, '')}" for other in outline.survey.pinned.get(ident, ()))
        yield repr(standing.memberships)
        name, ids, at = standing.walk
        yield f"{name}\1{at if name else at > 0}"
        yield from (f"{other}{faces[other]}" for other in ids[max(0, at - 1) : at + 2] if other != ident)


def _read_authors(outline: Outline, part: Part) -> Iterator[str]:
    for slug in outline.authors[part.start : part.stop]:
        person = outline.catalogue.people[slug]
        yield person.slug
        yield person.name
        yield repr(person.variants)
        yield from (outline.survey.faces[ident] for ident in person.papers)


def _read_lists(outline: Outline, section: str) -> Iterator[str]:
    catalogue, faces = outline.catalogue, outline.survey.faces
    if section == "papers":
        yield from faces.values()
    elif section == "tags":
        for tag, papers in catalogue.papers_by_tag.items():
            yield tag
            yield from (faces[ident] for ident in papers)
    elif section == "years":
        for year, papers in catalogue.papers_by_year.items():
            yield str(year)
            yield from (faces[ident] for ident in papers)
    elif section == "venues":
        for venue in catalogue.venues.values():
            yield f"{venue.slug}\1{venue.name}"
            yield from (faces[ident] for ident in venue.papers)
    else:
        for collection in catalogue.collections.values():
            yield repr(collection)
            yield repr(outline.editions.get(collection.id))
            yield from (faces[ident] for ident in collection.papers)


def _read_collections(outline: Outline, part: Part) -> Iterator[str]:
    for collection in list_oldest_first(outline.catalogue.collections)[part.start : part.stop]:
        yield repr(collection)
        yield repr(outline.editions.get(collection.id))
        yield from _read_records(outline, collection.papers)


def _read_feeds(outline: Outline, part: Part) -> Iterator[str]:
    for wanted in outline.wanted[part.start : part.stop]:
        yield wanted.path
        yield wanted.title
        yield wanted.description
        yield wanted.owner
        for collection in list_feed_editions(outline, wanted):
            yield repr(collection)
            yield from _read_records(outline, collection.papers)
        yield from _read_records(outline, list_feed_papers(outline, wanted))


def _read_indexes(outline: Outline) -> Iterator[str]:
    catalogue = outline.catalogue
    yield from (f"{slug}\1{len(papers)}" for slug, papers in catalogue.papers_by_tag.items())
    yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in catalogue.people.values())
    yield from (f"{year}\1{len(papers)}" for year, papers in catalogue.papers_by_year.items())
    yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in catalogue.venues.values())
    yield from (repr(one) for one in catalogue.collections.values())


def _read_pages(outline: Outline) -> Iterator[str]:
    catalogue, faces = outline.catalogue, outline.survey.faces
    yield from _read_indexes(outline)
    yield from (f"{page!r}{page.file}" for page in catalogue.pages)
    yield outline.search_module
    yield repr(outline.editions)
    yield from (one.path for one in outline.wanted)
    edition = find_newest(catalogue.collections)
    # More of each than the home page shows.
    yield from (faces[ident] for ident in (*(edition.papers[:50] if edition else ()), *outline.order[:50]))
    for ident, aliases in outline.survey.aliases.items():
        yield from (ident, catalogue.slugs[ident], *aliases)
