"""Blocks beside lists: frequent topics, authors and venues of the papers."""

from __future__ import annotations

from collections import Counter

from ...library.pieces import Block, Reference
from ...library.site import Site
from ...urls import listing

_SIDE = 24
_MOST = 12


def count_tags(site: Site, papers: tuple[str, ...]) -> Block:
    """Returns the block of the most frequent tags of these papers."""
    counts = Counter([tag for ident in papers for tag in site.catalogue.records[ident].tags])
    references = []
    for tag, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SIDE]:
        if tag in site.catalogue.tags:
            link = site.link_tag(tag)
            references.append(Reference(link.name, link.href, count))
    return Block("topics", "Topics", tuple(references))


def count_authors(site: Site, papers: tuple[str, ...]) -> Block:
    """Returns the block of the authors of most of these papers, of two at least."""
    catalogue = site.catalogue
    counts = Counter(slug for ident in papers for slug in dict.fromkeys(catalogue.people_of[ident]))
    known = [(slug, count) for slug, count in counts.items() if slug in catalogue.people]
    known.sort(key=lambda item: (-item[1], catalogue.people[item[0]].name, item[0]))
    top = [(slug, count) for slug, count in known if count > 1][:_MOST]
    items = tuple(site.link_author(slug, catalogue.people[slug].name, count) for slug, count in top)
    return Block("authors", "Authors", items)


def count_venues(site: Site, papers: tuple[str, ...]) -> Block:
    """Returns the block of the most frequent venues of these papers."""
    venues = site.catalogue.venues
    counts = Counter(site.catalogue.venue_of[ident] for ident in papers if ident in site.catalogue.venue_of)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    items = tuple(
        Reference(venues[slug].name, site.addresses.href(listing("venues", slug)), count) for slug, count in top
    )
    return Block("venues", "Venues", items)
