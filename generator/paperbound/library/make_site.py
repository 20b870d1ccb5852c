"""Planning: Catalogue to Jobs. One file a kind of page; nothing here reads, writes or renders a template."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from ..config import Config
from ..model.catalogue import Catalogue, Survey
from ..text.digests import digest_texts
from ..urls import OPENSEARCH, SEARCH_MANIFEST, Addresses, home, listing, page_path
from .assets import SEARCH_MODULE, NamedAssets, link_assets
from .editions import find_editions, find_memberships
from .entries import make_entry
from .feed_list import list_feeds
from .pieces import Entry, Reference, SiteContext
from .site import SECTIONS, Site, make_feed_links
from .survey import LazyDict, survey_records

# Templates whose contexts take long to make.
LAZY = ("paper.html", "author.html")


def make_site(
    catalogue: Catalogue,
    config: Config,
    assets: NamedAssets,
    survey: Survey | None = None,
    digests: Mapping[str, str] | None = None,
    words: Mapping[str, frozenset[str] | None] = MappingProxyType({}),
    options: Mapping[str, str] = MappingProxyType({}),
) -> Site:
    """What every page is planned from. `assets` are the theme's files as `name_assets` names them; the survey and the
    records' digests are made where they are not at hand. `words` are those of `LAZY` templates, whose contexts hold no
    more than they ask for; those of others hold everything."""
    addresses = Addresses(config.base_url)
    links = link_assets(assets, addresses)
    sections = {
        "home": addresses.href(home()),
        "search": addresses.href(listing("search")) if config.has_search else "",
    }
    sections |= {section: addresses.href(listing(section)) for section, _ in SECTIONS}
    # An index that would be empty is not in the way; without topics the venues take their place.
    absent = {"venues"} if catalogue.tags else {"tags"}
    navigation = tuple(
        Reference(name, sections[section], note=section) for section, name in SECTIONS if section not in absent
    )
    footer = [Reference(page.title, addresses.href(page_path(page.slug))) for page in catalogue.pages]
    footer.append(Reference("Subscribe", addresses.href(listing("subscribe"))))
    footer.append(Reference("Venues", addresses.href(listing("venues"))))
    footer.append(Reference("Collections", addresses.href(listing("collections"))))
    context = SiteContext(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        language=config.language,
        home=addresses.href(home()),
        sections=sections,
        navigation=navigation,
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
        authors=tuple(catalogue.people),
        people=people,
        feeds=make_feed_links(addresses, home(), config.title),
        feed_specs=tuple(list_feeds(catalogue, config, survey.recent)),
        editions=editions,
        memberships=find_memberships(catalogue.collections, editions, addresses),
        survey=survey,
        digests=digests or {ident: record.digest for ident, record in catalogue.records.items()},
        shared=digest_shared(catalogue, config, context),
        words=words,
    )


def _make_entry(catalogue: Catalogue, addresses: Addresses, ident: str) -> Entry:
    return make_entry(catalogue.records[ident], catalogue.slugs[ident], addresses)


def _link_person(catalogue: Catalogue, addresses: Addresses, slug: str) -> str:
    return addresses.href(listing("authors", slug)) if slug in catalogue.people else ""


def digest_shared(catalogue: Catalogue, config: Config, context: SiteContext) -> str:
    """The digest of what any page may be made of: the settings, the site's context, all tags, the number of papers."""
    return digest_texts(
        (repr(config), context.digest, repr(tuple(catalogue.tags.values())), str(len(catalogue.records)))
    )
