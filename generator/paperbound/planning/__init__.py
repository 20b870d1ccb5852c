"""Planning: Catalogue to Jobs. One file a kind of page; nothing here reads, writes or renders a template."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Config
from ..model.catalogue import Catalogue
from ..model.job import Job
from ..model.pieces import Reference, SiteContext
from ..urls import OPENSEARCH, SEARCH_MANIFEST, Site, home, listing, page_path
from .assets import SEARCH_MODULE, NamedAssets, link_assets
from .editions import find_editions
from .entries import make_entry
from .inputs import digest_faces, digest_shared
from .outline import SECTIONS, Outline, make_feed_links
from .parts import list_parts, plan_part
from .related import RelatedPapers
from .standings import find_standings
from .wanted import list_feeds


def plan_site(outline: Outline, assets: NamedAssets, related: RelatedPapers) -> Iterator[Job]:
    """All jobs of the site's pages, feeds and files, in one process; the search index is planned before."""
    for part in list_parts(outline, related):
        yield from plan_part(outline, assets, part)


def make_outline(catalogue: Catalogue, config: Config, assets: NamedAssets) -> Outline:
    """What every page is planned from. `assets` are the theme's files as `name_assets` names them."""
    site = Site(config.base_url)
    links = link_assets(assets, site)
    sections = {"home": site.href(home()), "search": site.href(listing("search")) if config.has_search else ""}
    sections |= {section: site.href(listing(section)) for section, _ in SECTIONS}
    # An index that would be empty is not in the way; without topics the venues take their place.
    absent = {"venues"} if catalogue.tags else {"tags"}
    navigation = tuple(
        Reference(name, sections[section], note=section) for section, name in SECTIONS if section not in absent
    )
    footer = [Reference(page.title, site.href(page_path(page.slug))) for page in catalogue.pages]
    footer.append(Reference("Subscribe", site.href(listing("subscribe"))))
    footer.append(Reference("Venues", site.href(listing("venues"))))
    footer.append(Reference("Collections", site.href(listing("collections"))))
    context = SiteContext(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        language=config.language,
        home=site.href(home()),
        base_url=config.base_url,
        sections=sections,
        navigation=navigation,
        footer=tuple(footer),
        assets=links,
        repository=config.repository,
        opensearch=site.href(OPENSEARCH) if config.has_search else "",
        search_data=site.href(SEARCH_MANIFEST) if config.has_search else "",
    )
    entries = {ident: make_entry(record, catalogue.slugs[ident], site) for ident, record in catalogue.records.items()}
    recent = sorted(catalogue.records, key=lambda ident: (-catalogue.records[ident].day, ident))
    recency = {ident: place for place, ident in enumerate(recent)}
    editions = find_editions(catalogue.collections)
    people = {slug: site.href(listing("authors", slug)) for slug in catalogue.people}
    return Outline(
        catalogue,
        config,
        site,
        context,
        entries,
        links.get(SEARCH_MODULE, ""),
        recency,
        order=tuple(catalogue.records),
        authors=tuple(catalogue.people),
        people=people,
        feeds=make_feed_links(site, home(), config.title),
        wanted=tuple(list_feeds(catalogue, config, tuple(recent))),
        editions=editions,
        standings=find_standings(catalogue.collections, editions, site),
        faces=digest_faces(catalogue, entries),
        shared=digest_shared(catalogue, config, context),
    )
