"""Inputs: for each part of the plan the digest of all that it is planned and rendered from, templates aside.

A shard whose digest is that of the last build is neither planned nor rendered. Planning every page to learn that it
stays as it is took 2.2 s at 10,000 papers; these digests take a tenth of that. What a plan reads must be counted
here: `tests/builder/test_edits.py` makes random changes and compares with clean builds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..library.assets import NamedAssets
from ..library.editions import find_newest, list_oldest_first
from ..library.shard import Shard
from ..library.site import Site
from ..text.digests import digest_texts
from .feeds import list_feed_editions, list_feed_papers

# The templates that each kind of shard is rendered with.
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


def digest_inputs(site: Site, assets: NamedAssets, shard: Shard) -> str:
    """The digest of what a part of the plan is made from besides records' long texts and the papers related to them.

    As long as the survey of all records stays the same, so do these digests, but for those of assets and files.
    """
    kind, _, section = shard.kind.partition(" ")
    found: Iterable[str]
    if kind == "papers":
        found = _read_papers(site, shard)
    elif kind == "authors":
        found = _read_authors(site, shard)
    elif kind == "list":
        found = _read_lists(site, section)
    elif kind == "feeds":
        found = _read_feeds(site, shard)
    elif shard.kind == "search block":
        found = _read_records(site, list_records(site, shard))
    elif kind == "search":
        found = (*_read_indexes(site), *site.survey.summary_digests.values(), repr(site.catalogue.collections))
    elif kind == "collections":
        found = _read_collections(site, shard)
    elif kind == "indexes":
        found = _read_indexes(site)
    elif kind == "pages":
        found = _read_pages(site)
    else:
        named = (path for path, _ in assets.values())
        found = (*named, *(f"{one.path}\1{one.location}\1{one.digest}" for one in site.catalogue.static))
    return digest_texts(found)


def digest_related(site: Site, shard: Shard) -> str:
    """The digest of the papers related to those of a shard."""
    summaries = site.survey.summary_digests
    return digest_texts(
        piece
        for ident, others in shard.related
        for piece in (ident, *(text for other, words in others for text in (summaries[other], *words)))
    )


def digest_whole(site: Site, shard: Shard, others: Iterable[str]) -> str:
    """The digest of a shard: of its `others`, of its records, and of what all pages share."""
    digests = site.digests
    records = (digests[ident] for ident in list_records(site, shard))
    return digest_texts((site.shared, shard.kind, str(shard.start), str(shard.stop), *others, *records))


def list_records(site: Site, shard: Shard) -> Iterator[str]:
    """The ids of the papers whose whole records a shard is made from."""
    if shard.kind == "papers":
        yield from site.order[shard.start : shard.stop]
    elif shard.kind == "search block":
        total = len(site.order)
        yield from site.order[total - shard.stop : total - shard.start]
    elif shard.kind == "collections":
        for collection in list_oldest_first(site.catalogue.collections)[shard.start : shard.stop]:
            yield from collection.papers
    elif shard.kind == "feeds":
        for spec in site.feed_specs[shard.start : shard.stop]:
            for collection in list_feed_editions(site, spec):
                yield from collection.papers
            yield from list_feed_papers(site, spec)


def _read_records(site: Site, ids: Iterable[str]) -> Iterator[str]:
    slugs, summaries = site.catalogue.slugs, site.survey.summary_digests
    for ident in ids:
        yield slugs[ident]
        yield summaries[ident]


def _read_papers(site: Site, shard: Shard) -> Iterator[str]:
    catalogue, summaries = site.catalogue, site.survey.summary_digests
    for ident, memberships in site.list_memberships(shard.start, shard.stop):
        yield from _read_records(site, (ident,))
        yield from (site.people[slug] for slug in catalogue.people_of[ident])
        yield from (f"{other}{summaries.get(other, '')}" for other in site.survey.pinned.get(ident, ()))
        yield repr(memberships.collections)
        name, ids, at = memberships.walk
        yield f"{name}\1{at if name else at > 0}"
        yield from (f"{other}{summaries[other]}" for other in ids[max(0, at - 1) : at + 2] if other != ident)


def _read_authors(site: Site, shard: Shard) -> Iterator[str]:
    for slug in site.authors[shard.start : shard.stop]:
        person = site.catalogue.people[slug]
        yield person.slug
        yield person.name
        yield repr(person.variants)
        yield from (site.survey.summary_digests[ident] for ident in person.papers)


def _read_lists(site: Site, section: str) -> Iterator[str]:
    catalogue, summaries = site.catalogue, site.survey.summary_digests
    if section == "papers":
        yield from summaries.values()
    elif section == "tags":
        for tag, papers in catalogue.papers_by_tag.items():
            yield tag
            yield from (summaries[ident] for ident in papers)
    elif section == "years":
        for year, papers in catalogue.papers_by_year.items():
            yield str(year)
            yield from (summaries[ident] for ident in papers)
    elif section == "venues":
        for venue in catalogue.venues.values():
            yield f"{venue.slug}\1{venue.name}"
            yield from (summaries[ident] for ident in venue.papers)
    else:
        for collection in catalogue.collections.values():
            yield repr(collection)
            yield repr(site.editions.get(collection.id))
            yield from (summaries[ident] for ident in collection.papers)


def _read_collections(site: Site, shard: Shard) -> Iterator[str]:
    for collection in list_oldest_first(site.catalogue.collections)[shard.start : shard.stop]:
        yield repr(collection)
        yield repr(site.editions.get(collection.id))
        yield from _read_records(site, collection.papers)


def _read_feeds(site: Site, shard: Shard) -> Iterator[str]:
    for spec in site.feed_specs[shard.start : shard.stop]:
        yield spec.path
        yield spec.title
        yield spec.description
        yield spec.owner
        for collection in list_feed_editions(site, spec):
            yield repr(collection)
            yield from _read_records(site, collection.papers)
        yield from _read_records(site, list_feed_papers(site, spec))


def _read_indexes(site: Site) -> Iterator[str]:
    catalogue = site.catalogue
    yield from (f"{slug}\1{len(papers)}" for slug, papers in catalogue.papers_by_tag.items())
    yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in catalogue.people.values())
    yield from (f"{year}\1{len(papers)}" for year, papers in catalogue.papers_by_year.items())
    yield from (f"{one.slug}\1{one.name}\1{len(one.papers)}" for one in catalogue.venues.values())
    yield from (repr(one) for one in catalogue.collections.values())


def _read_pages(site: Site) -> Iterator[str]:
    catalogue, summaries = site.catalogue, site.survey.summary_digests
    yield from _read_indexes(site)
    yield from (f"{page!r}{page.file}" for page in catalogue.pages)
    yield site.search_module
    yield repr(site.editions)
    yield from (one.path for one in site.feed_specs)
    edition = find_newest(catalogue.collections)
    # More of each than the home page shows.
    yield from (summaries[ident] for ident in (*(edition.papers[:50] if edition else ()), *site.order[:50]))
    for ident, aliases in site.survey.aliases.items():
        yield from (ident, catalogue.slugs[ident], *aliases)
