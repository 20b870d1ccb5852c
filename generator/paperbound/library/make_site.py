"""Planning: Catalogue to Jobs. One file a kind of page; nothing here reads, writes or renders a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from ..config import Config
from ..model.catalogue import Catalogue, Survey
from ..model.digests import digest_texts
from ..urls import OPENSEARCH, SEARCH_MANIFEST, Addresses, home, listing, page_path
from .assets import SEARCH_MODULE, NamedAssets, link_assets
from .editions import find_editions, find_memberships
from .entries import make_entry
from .feed_list import list_feeds
from .pieces import Entry, Reference, SiteContext
from .section import Section
from .site import Site, make_feed_links
from .survey import LazyDict, survey_records


def make_site(
    catalogue: Catalogue,
    config: Config,
    assets: NamedAssets,
    sections: Sequence[Section],
    options: Mapping[str, str] = MappingProxyType({}),
    survey: Survey | None = None,
    digests: Mapping[str, str] | None = None,
) -> Site:
    """Returns the site that pages are planned from.

    `assets` are the theme's files as `name_assets` names them, `options` the theme's. The survey and the digests of
    records are computed here where they are not known.
    """
    addresses = Addresses(config.base_url)
    links = link_assets(assets, addresses)
    pages = {"home": home(), "papers": listing("papers"), **{one.name: listing(one.name) for one in sections}}
    hrefs = {name: addresses.href(path) for name, path in pages.items()}
    hrefs["search"] = addresses.href(listing("search")) if config.has_search else ""
    shown = (one for one in sections if one.is_in_header and one.is_in_header(catalogue))
    navigation = [Reference("Papers", hrefs["papers"], note="papers")]
    navigation += (Reference(one.title, hrefs[one.name], note=one.name) for one in shown)
    footer = [Reference(page.title, addresses.href(page_path(page.slug))) for page in catalogue.pages]
    footer.append(Reference("Subscribe", addresses.href(listing("subscribe"))))
    footer += (Reference(one.title, hrefs[one.name]) for one in sections if one.is_in_footer)
    context = SiteContext(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        language=config.language,
        home=addresses.href(home()),
        sections=hrefs,
        navigation=tuple(navigation),
        footer=tuple(footer),
        assets=links,
        opensearch=addresses.href(OPENSEARCH) if config.has_search else "",
        search_data=addresses.href(SEARCH_MANIFEST) if config.has_search else "",
        options=options,
    )
    entries = LazyDict(partial(_make_entry, catalogue, addresses))
    survey = survey or survey_records(catalogue, entries)
    editions = find_editions(catalogue.collections)
    people = LazyDict(partial(_link_person, catalogue, addresses))
    return Site(
        catalogue,
        config,
        assets,
        addresses,
        context,
        entries,
        links.get(SEARCH_MODULE, ""),
        {ident: place for place, ident in enumerate(survey.recent)},
        order=tuple(catalogue.records),
        keys={one.name: tuple(one.keys(catalogue)) for one in sections},
        people=people,
        feeds=make_feed_links(addresses, home(), config.title),
        feed_specs=tuple(list_feeds(catalogue, config, survey.recent, sections)),
        editions=editions,
        memberships=find_memberships(catalogue.collections, editions, addresses),
        survey=survey,
        digests=digests or {ident: record.digest for ident, record in catalogue.records.items()},
        shared=digest_shared(catalogue, config, context),
    )


def _make_entry(catalogue: Catalogue, addresses: Addresses, ident: str) -> Entry:
    return make_entry(catalogue.records[ident], catalogue.slugs[ident], addresses)


def _link_person(catalogue: Catalogue, addresses: Addresses, slug: str) -> str:
    return addresses.href(listing("authors", slug)) if slug in catalogue.people else ""


def digest_shared(catalogue: Catalogue, config: Config, context: SiteContext) -> str:
    """Computes the digest of the inputs of every page.

    These are the settings, the site's context, all tags, and the number of papers.
    """
    return digest_texts(
        (repr(config), context.digest, repr(tuple(catalogue.tags.values())), str(len(catalogue.records)))
    )
