"""The section of collections: reading lists, and editions, which have a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...feeds.feed import FeedSpec
from ...library.editions import Edition, find_newest, list_oldest_first, list_sessions, name_collection
from ...library.pieces import Reading
from ...library.section import Facet, Group, GroupFeeds, PaperList, Section
from ...library.signals import show_count, show_name
from ...library.site import Site
from ...model.catalogue import Catalogue, Collection
from ...urls import listing, mail
from .calendar_page import CALENDAR
from .list_page import count_tags, count_venues
from .programme_page import list_facts, show_hours


def _list_keys(catalogue: Catalogue) -> Iterable[str]:
    return catalogue.collections


def _find(site: Site, key: str) -> Group:
    one = site.catalogue.collections[key]
    return Group(
        key, one.slug, name_collection(one, site.language), one.papers, f"the collection {key!r}", one.description
    )


def _read(site: Site, group: Group) -> Iterable[str]:
    edition = site.editions.get(group.key) or _find_neighbours(site, group.key)
    yield repr((site.catalogue.collections[group.key], edition))
    yield repr((site.link_edition(edition.previous), site.link_edition(edition.next)))


def _find_neighbours(site: Site, ident: str) -> Edition:
    """Finds the sessions before and after one; nothing for a reading list."""
    if not site.catalogue.collections[ident].session:
        return Edition()
    ids = ["", *(one.id for one in list_sessions(site.catalogue.collections)), ""]
    place = ids.index(ident)
    return Edition(ids[place - 1], ids[place + 1])


def _show_order(site: Site, collection: Collection) -> str:
    name = collection.rank_by
    return site.t("list.by_signal", name=show_name(name)) if name else site.t("list.in_order")


def _show_time(site: Site, collection: Collection) -> str:
    if not collection.session:
        return site.language.show_date(collection.date) if collection.date else ""
    session = collection.session
    return " · ".join(
        filter(None, (site.language.show_date(session.day), show_hours(site, session), *list_facts(site, session)))
    )


def _describe(site: Site, group: Group) -> PaperList:
    collection = site.catalogue.collections[group.key]
    edition = site.editions.get(group.key) or _find_neighbours(site, group.key)
    return PaperList(
        deck=group.description,
        blocks=(count_tags(site, group.papers), count_venues(site, group.papers)),
        title=collection.title,
        kicker_note=_show_time(site, collection),
        ranked=not collection.session,
        moves=edition.moves,
        signals=_show_notes(site, collection) if collection.rank_by or collection.reasons else (),
        order=_show_order(site, collection),
        reading=_show_reading(site, collection) if collection.source or collection.read_at else None,
        previous=site.link_edition(edition.previous),
        next=site.link_edition(edition.next),
        mail=site.addresses.href(mail(collection.slug)),
    )


def _show_notes(site: Site, collection: Collection) -> tuple[str, ...]:
    """Returns a note on each paper: the count that ranks it, and its reasons."""
    reasons = dict(collection.reasons)
    notes = []
    for ident in collection.papers:
        count = site.catalogue.records[ident].count_signal(collection.rank_by)
        shown = [show_count(site, collection.rank_by, count)] if count >= 0 else []
        if ident in reasons:
            shown.append(site.t("collections.reason", queries=", ".join(reasons[ident])))
        notes.append(" · ".join(shown))
    return tuple(notes)


def _show_reading(site: Site, collection: Collection) -> Reading:
    moment = collection.read_at
    if not moment:
        return Reading(collection.source, "", "")
    zone = "UTC" if moment.offset == "Z" else f"UTC{moment.offset}"
    day = site.language.show_date(moment.date)
    return Reading(collection.source, site.t("collections.hour", day=day, time=moment.time, zone=zone), moment.iso)


def _list_specs(section: Section, site: Site) -> Iterator[FeedSpec]:
    collections = site.catalogue.collections
    if find_newest(collections):
        title, path = f"{site.t('list.editions')} · {site.config.title}", listing(section.name)
        yield FeedSpec(path, title, site.description, (), "the feed of editions", editions=True)
    for collection in list_oldest_first(collections):
        spec = section.make_feed_spec(site, section.find(site, collection.id))
        # A collection keeps its order: it is why the feed exists. In a reading list undated papers come last all the
        # same; an edition is whole, and agrees with its page and its mail.
        papers = collection.papers
        if not collection.date:
            papers = tuple(sorted(papers, key=lambda ident: site.catalogue.records[ident].day == 0))
        yield spec._replace(papers=papers, ordered=True, whole=collection.date is not None)


COLLECTIONS = Section(
    name="collections",
    template="collection.html",
    keys=_list_keys,
    find=_find,
    describe=_describe,
    inputs=_read,
    facet=Facet("collection"),
    feeds=GroupFeeds(place=0, list_specs=_list_specs),
    is_ranked=False,
    is_suggested=False,
    is_exported=True,
    index=CALENDAR,
)
