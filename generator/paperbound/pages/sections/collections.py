"""The section of collections: reading lists, and editions, which have a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...config import Config
from ...feeds.feed import FeedSpec
from ...library.editions import Edition, find_newest, list_oldest_first, name_collection
from ...library.feed_list import describe_site, make_feed_spec
from ...library.section import Facet, Group, GroupFeeds, PaperList, Section
from ...library.site import Site
from ...model.catalogue import Catalogue
from ...text.english import show_date
from ...urls import listing, mail
from .blocks import count_tags, count_venues
from .calendar_page import CALENDAR
from .collection_files import link_exports


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return catalogue.collections


def _find(catalogue: Catalogue, key: str) -> Group:
    one = catalogue.collections[key]
    return Group(key, one.slug, name_collection(one), one.papers, f"the collection {key!r}", one.description)


def _read(site: Site, group: Group) -> Iterable[str]:
    edition = site.editions.get(group.key, Edition())
    yield repr((site.catalogue.collections[group.key], edition))
    yield repr((site.link_edition(edition.previous), site.link_edition(edition.next)))


def _describe(site: Site, group: Group) -> PaperList:
    collection = site.catalogue.collections[group.key]
    edition = site.editions.get(group.key, Edition())
    return PaperList(
        deck=group.description,
        blocks=(count_tags(site, group.papers), count_venues(site, group.papers)),
        title=collection.title,
        kicker_note=show_date(collection.date) if collection.date else "",
        ranked=True,
        moves=edition.moves,
        previous=site.link_edition(edition.previous),
        next=site.link_edition(edition.next),
        exports=link_exports(site, collection),
        mail=site.addresses.href(mail(collection.slug)),
    )


def _list_specs(section: Section, catalogue: Catalogue, config: Config) -> Iterator[FeedSpec]:
    if find_newest(catalogue.collections):
        title, path = f"Editions · {config.title}", listing(section.name)
        yield FeedSpec(path, title, describe_site(config), (), "the feed of editions", editions=True)
    for collection in list_oldest_first(catalogue.collections):
        spec = make_feed_spec(section, section.find(catalogue, collection.id), config)
        # A collection keeps its order: it is why the feed exists. In a reading list undated papers come last all the
        # same; an edition is whole, and agrees with its page and its mail.
        papers = collection.papers
        if not collection.date:
            papers = tuple(sorted(papers, key=lambda ident: catalogue.records[ident].day == 0))
        yield spec._replace(papers=papers, ordered=True, whole=collection.date is not None)


COLLECTIONS = Section(
    name="collections",
    title="Collections",
    label="Collection",
    noun="collection",
    template="collection.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    inputs=_read,
    facet=Facet("collection", "Collection"),
    feeds=GroupFeeds(
        "The papers of {name}.",
        "One collection",
        "The papers of one edition or reading list, an entry a paper, in its order. It tells when one is added.",
        place=0,
        list_specs=_list_specs,
    ),
    is_ranked=False,
    is_suggested=False,
    is_in_header=None,
    is_in_footer=True,
    index=CALENDAR,
)
