"""Planning: Catalogue to Jobs. One file a kind of page; nothing here reads, writes or renders a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from ..config import Config
from ..formats.thumbnails import HEIGHT, WIDTH, fit_picture
from ..languages import Language, find_language, name_language
from ..model.catalogue import Catalogue, Survey
from ..model.digests import digest_texts, hash_integrity
from ..model.links import is_link
from ..shape import MenuItem
from ..urls import (
    OPENSEARCH,
    PAGE_SEARCH,
    TOUCH_ICON,
    WEB_MANIFEST,
    WORKER,
    Addresses,
    free_page,
    home,
    listing,
    search_manifest,
    thumbnail,
)
from .editions import find_editions, find_memberships
from .entries import LazyDict, make_entry, survey_records
from .pieces import Entry, Figure, Reference, SiteContext
from .section import Section, list_exports, list_feeds
from .site import Site, make_feed_links
from .translation import choose_pages

# The pages that scripts fill in the reader's browser.
_READER = ("reading-list", "random")


def make_site(
    catalogue: Catalogue,
    config: Config,
    assets: Mapping[str, tuple[str, bytes]],
    sections: Sequence[Section],
    options: Mapping[str, str] = MappingProxyType({}),
    survey: Survey | None = None,
    digests: Mapping[str, str] | None = None,
    language: Language | None = None,
    published_assets: frozenset[str] = frozenset(),
) -> Site:
    """Returns the site that pages are planned from.

    `assets` are the theme's files as `name_assets` names them, `options` the theme's. The survey and the digests of
    records are computed here where they are not known; the language is by default that of the settings.
    `published_assets` are paths that the site of another language has.
    """
    language = language or find_language(config.language, config.own_languages)
    addresses = Addresses(config.base_url, config.folder)
    catalogue = replace(catalogue, pages=choose_pages(catalogue.pages, config))
    keys = {one.name: tuple(one.keys(catalogue)) for one in sections}
    context = _make_context(catalogue, config, assets, sections, keys, options, language)
    entries = LazyDict(partial(_make_entry, catalogue, addresses, language, config))
    survey = survey or survey_records(catalogue)
    tags, editions = repr(tuple(catalogue.tags.values())), find_editions(catalogue.collections, language)
    choices = config.list_choices(len(catalogue.records))
    site = Site(
        catalogue=catalogue,
        config=config,
        language=language,
        assets=assets,
        addresses=addresses,
        context=context,
        entries=entries,
        recency={ident: place for place, ident in enumerate(survey.recent)},
        order=tuple(catalogue.records),
        keys=keys,
        people=LazyDict(partial(_link_person, catalogue, addresses)),
        feeds=make_feed_links(addresses, home(), config.title) if catalogue.records else (),
        editions=editions,
        memberships=find_memberships(catalogue.collections, editions, addresses, language),
        survey=survey,
        digests=digests or {ident: record.digest for ident, record in catalogue.records.items()},
        languages=tuple(
            (one.language, name_language(one.language), Addresses(one.base_url, one.folder))
            for one in (config.versions if config.languages else ())
        ),
        published_assets=published_assets,
        shared=digest_texts((repr(config), repr(choices), context.digest, language.digest, tags)),
    )
    exports = tuple(list_exports(site, sections))
    exported = {one.folder: one.number for one in exports}
    return replace(site, feed_specs=tuple(list_feeds(site, sections)), export_specs=exports, exported=exported)


def _make_context(
    catalogue: Catalogue,
    config: Config,
    assets: Mapping[str, tuple[str, bytes]],
    sections: Sequence[Section],
    keys: Mapping[str, Sequence[str]],
    options: Mapping[str, str],
    language: Language,
) -> SiteContext:
    addresses = Addresses(config.base_url, config.folder)
    # A section without groups has no index.
    listed = {"papers": catalogue.records, "subscribe": catalogue.records or config.subscribe}
    names = (*(name for name, shows in listed.items() if shows), *(one.name for one in sections if keys[one.name]))
    hrefs = {"home": addresses.href(home())} | {name: addresses.href(listing(name)) for name in names}
    lab = {"people": catalogue.members, "news": catalogue.news}
    hrefs["search"] = addresses.href(listing("search")) if config.has_search else ""
    if any(one.session for one in catalogue.collections.values()):
        hrefs["programme"] = addresses.href(listing("programme"))
    hrefs |= {name: addresses.href(listing(name)) for name in ("people", "news") if lab[name]}
    pages = {page.slug: page for page in catalogue.pages}
    if _has_statistics(catalogue, keys) and "stats" not in pages:
        hrefs["stats"] = addresses.href(listing("stats"))
    hrefs |= {name: addresses.href(listing(name)) for name in _READER if catalogue.records and name not in pages}
    if config.wants_map(len(catalogue.records)) and "map" not in pages:
        hrefs["map"] = addresses.href(listing("map"))
    is_offline = config.offline == "yes" and "worker.js" in assets and "offline" not in pages
    if is_offline:
        hrefs["offline"] = addresses.href(listing("offline"))
    data, script = (search_manifest(config.folder), "search.js") if catalogue.records else (PAGE_SEARCH, "pages.js")

    def link(item: MenuItem) -> Reference:
        if item.pages:
            first = item.pages[0][0]
            return Reference(item.title, addresses.href(free_page(first)), note=first)
        if item.url:
            return Reference(item.title, item.url if is_link(item.url) else addresses.link(item.url))
        if item.name in pages:
            href = addresses.href(free_page(item.name))
            return Reference(item.title or pages[item.name].title, href, note=item.name)
        return Reference(
            item.title or language.t(f"{item.name.replace('-', '_')}.title"), hrefs.get(item.name, ""), note=item.name
        )

    shown = (
        "programme",
        "papers",
        "people",
        "news",
        *(one.name for one in sections if one.is_in_header and one.is_in_header(catalogue)),
    )
    last = ("subscribe", "map", "stats", *_READER, "offline", *(one.name for one in sections if one.is_in_footer))
    inside = {name for item in config.nav for name, _ in item.pages}
    free = (slug for slug in pages if slug and "/" not in slug and slug not in inside)
    navigation, footer = config.nav or map(MenuItem, shown), config.footer or map(MenuItem, (*free, *last))
    return SiteContext(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        language=config.language,
        home=hrefs["home"],
        sections=hrefs,
        navigation=tuple(one for one in map(link, navigation) if one.href),
        footer=tuple(one for one in map(link, footer) if one.href),
        assets={name: addresses.href(path) for name, (path, _) in assets.items()},
        integrity={name: hash_integrity(data) for name, (_, data) in assets.items() if name.endswith((".js", ".css"))},
        opensearch=addresses.href(OPENSEARCH) if config.has_search else "",
        search_data=addresses.href(data) if config.has_search else "",
        search_script=addresses.href(assets[script][0]) if script in assets else "",
        logo=addresses.href(config.logo) if config.logo else "",
        options=options,
        worker=addresses.href_file(WORKER) if is_offline else "",
        web_manifest=addresses.href_file(WEB_MANIFEST) if is_offline else "",
        touch_icon=_link_touch_icon(config, len(catalogue.records), assets, addresses),
    )


def _has_statistics(catalogue: Catalogue, keys: Mapping[str, Sequence[str]]) -> bool:
    """Returns whether papers differ in anything that the page of statistics counts."""
    if len(catalogue.records) < 2:
        return False
    dates = (record.date for record in catalogue.records.values() if record.date and record.date.month)
    counted = any(len(keys.get(name, ())) > 1 for name in ("years", "tags", "venues", "authors"))
    return counted or len({(date.year, date.month) for date in dates}) > 1


def _link_touch_icon(config: Config, papers: int, assets: Mapping[str, tuple[str, bytes]], addresses: Addresses) -> str:
    """Returns the link to the icon of home screens.

    It is the theme's, or one that is drawn where Pillow draws other pictures.
    """
    if TOUCH_ICON in assets:
        return addresses.href(assets[TOUCH_ICON][0])
    has_cards = config.cards == "yes" and config.wants_metadata(papers)
    return addresses.href_file(TOUCH_ICON) if has_cards or config.thumbnails == "yes" else ""


def _make_entry(catalogue: Catalogue, addresses: Addresses, language: Language, config: Config, ident: str) -> Entry:
    slug, figure = catalogue.slugs[ident], None
    if config.thumbnails == "yes" and (picture := catalogue.pictures.get(ident)):
        # A drawing is as small as it should be, and Pillow reads none.
        path = picture.path if picture.path.endswith(".svg") else thumbnail(slug)
        figure = Figure(addresses.href(path), *fit_picture(picture.width, picture.height, WIDTH, HEIGHT))
    record, spoken = catalogue.records[ident], config.content_language
    return make_entry(record, slug, addresses, language, figure, catalogue.tags, spoken)


def _link_person(catalogue: Catalogue, addresses: Addresses, slug: str) -> str:
    return addresses.href(listing("authors", slug)) if slug in catalogue.people else ""
