"""Lists of papers: all papers, and each group of each section, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ...formats.metadata import make_collection
from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import (
    Bar,
    Block,
    Entry,
    Excerpt,
    FeedLink,
    Head,
    MorePapers,
    Move,
    Pager,
    Portrait,
    Reading,
    Reference,
    SiteContext,
)
from ...library.plots import plot_years
from ...library.section import Group, PaperList, Section
from ...library.site import Site
from ...model.build import Job
from ...urls import home, listing

# Of the tags beside a list, and of its authors and venues.
_MOST_TAGS, _MOST = 24, 12


@dataclass(frozen=True, slots=True)
class ListPage:
    """The context of `list.html` and of the templates that extend it, such as `tag.html`.

    `scope` is the facet (name, value) that the list is, or empty. `moves` has one item for each entry of an edition,
    unless the edition is the first of its series; `signals` has the count that ranks each entry, and its reasons.
    `reading` says where the papers of an edition come from; `previous` and `next` are the editions beside it.
    `portrait` has facts about the person whose papers these are. `feeds` are those of the list; the head has the
    site's where there are none. Below a short list stand the `excerpt` of its paper, a block of `names` and `more`
    papers.
    """

    site: SiteContext
    head: Head
    kicker: Reference | None
    kicker_note: str
    title: str
    deck: str
    count: int
    order: str
    ranked: bool
    first_rank: int
    entries: tuple[Entry, ...]
    pager: Pager
    blocks: tuple[Block, ...]
    bars: tuple[Bar, ...]
    note: str = ""
    scope: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    signals: tuple[str, ...] = ()
    reading: Reading | None = None
    previous: Reference | None = None
    next: Reference | None = None
    exports: tuple[Reference, ...] = ()
    mail: str = ""
    portrait: Portrait | None = None
    feeds: tuple[FeedLink, ...] = ()
    excerpt: Excerpt | None = None
    names: Block | None = None
    more: tuple[MorePapers, ...] = ()


def make_list_kind(section: Section) -> PageKind:
    """Returns the page kind of a section's lists."""
    return PageKind(
        f"list {section.name}",
        partial(_plan_lists, section),
        partial(_read_lists, section),
        partial(_list_records, section),
        templates={section.template: ListPage},
        items=partial(_list_keys, section),
        size=section.size,
        wave=section.wave,
        renews_workers=section.renews_workers,
    )


def _list_groups(section: Section, site: Site, shard: Shard) -> Iterator[Group]:
    return (section.find(site, key) for key in site.keys[section.name][shard.start : shard.stop])


def _list_keys(section: Section, site: Site) -> Sequence[str]:
    return site.keys[section.name]


def _read_lists(section: Section, site: Site, shard: Shard) -> Iterator[str]:
    for group in _list_groups(section, site, shard):
        yield f"{group.slug}\1{group.name}\1{group.description}"
        yield from section.inputs(site, group)
        yield from (site.survey.summary_digests[ident] for ident in group.papers)


def _list_records(section: Section, site: Site, shard: Shard) -> Iterator[str]:
    for group in _list_groups(section, site, shard):
        yield from section.records(site, group)


def _plan_lists(section: Section, site: Site, shard: Shard) -> Iterator[Job]:
    least, title = section.count_least(site), site.t(f"{section.name}.title")
    place = Place(section.name, section.template, title, section.facet.name if section.facet else "")
    for group in _list_groups(section, site, shard):
        has_feeds = section.feeds and len(group.papers) >= least
        feeds = site.link_feeds(listing(section.name, group.slug), group.name) if has_feeds else ()
        yield from plan_list(site, place, group, section.describe(site, group), feeds)


def _plan_papers(site: Site, shard: Shard) -> Iterator[Job]:
    group = Group("", "", site.t("list.all_papers"), site.order, "the list of all papers")
    numbers = range(shard.start + 1, shard.stop + 1)
    yield from plan_list(site, Place("papers", "papers.html"), group, PaperList(""), site.feeds, numbers)


def _read_papers(site: Site, shard: Shard) -> Iterator[str]:
    size = site.config.page_size
    yield repr([(year, len(ids)) for year, ids in site.catalogue.papers_by_year.items()])
    yield str(len(site.order))
    yield from (site.survey.summary_digests[ident] for ident in site.order[shard.start * size : shard.stop * size])


def _list_pages(site: Site) -> Sequence[str]:
    return tuple(map(str, range(_count_pages(site, site.order)))) if site.order else ()


def _count_pages(site: Site, papers: Sequence[str]) -> int:
    return max(1, -(-len(papers) // site.config.page_size))


ALL_PAPERS = PageKind(
    "list papers",
    _plan_papers,
    _read_papers,
    templates={"papers.html": ListPage},
    items=_list_pages,
    size=8,
    is_numbered=True,
    renews_workers=True,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a list: folder, template, title of the section, facet.

    `index` is the path of the page above the list, by default the index of the folder.
    """

    folder: str
    template: str
    kicker: str = ""
    facet: str = ""
    index: str = ""


def _name_order(site: Site, content: PaperList, shown: Sequence[str]) -> str:
    """Returns the words for the order of a list: none without dates."""
    if content.ranked:
        return site.t("list.in_order")
    return site.t("list.newest_first") if any(site.entries[ident].iso for ident in shown) else ""


def plan_list(
    site: Site, place: Place, group: Group, content: PaperList, feeds: tuple[FeedLink, ...], numbers: Iterable[int] = ()
) -> Iterator[Job]:
    """Plans the pages of a list: those of these numbers, or all."""
    first, index = listing(place.folder, group.slug), place.index or listing(place.folder)
    heading = content.title or group.name
    size = site.config.page_size
    pages = _count_pages(site, group.papers)
    bars = plot_years(site, _count_years(site, group.papers)) if content.has_plot else ()
    steps = [(site.config.title, home()), (place.kicker or heading, index)]
    exports = site.link_exports(first)
    if group.slug:
        steps.append((heading, first))
    for number in numbers or range(1, pages + 1):
        path, start = listing(place.folder, group.slug, number), (number - 1) * size
        shown = group.papers[start : start + size]
        context = ListPage(
            site=site.context,
            head=site.make_head(
                path,
                site.number_title(group.name, number),
                content.deck,
                section=place.folder,
                feeds=feeds or site.feeds,
                steps=steps if number == 1 else (),
                card_of=first if group.slug else home(),
                about=_describe_list(site, group, content, first) if number == 1 else (),
            ),
            kicker=Reference(place.kicker, site.addresses.href(index)) if place.kicker else None,
            kicker_note=content.kicker_note,
            title=heading,
            deck=content.deck,
            count=len(group.papers),
            order=content.order or _name_order(site, content, shown),
            ranked=content.ranked,
            first_rank=start + 1,
            entries=site.pick_entries(shown),
            pager=site.make_pager(first, number, pages),
            blocks=tuple(block for block in content.blocks if block.items),
            bars=bars,
            note=content.note,
            scope=(place.facet, group.slug) if place.facet else (),
            moves=content.moves[start : start + size],
            signals=content.signals[start : start + size],
            reading=content.reading if number == 1 else None,
            previous=content.previous,
            next=content.next,
            exports=exports,
            mail=content.mail,
            portrait=content.portrait,
            feeds=feeds if feeds is not site.feeds or not group.slug else (),
            excerpt=content.excerpt,
            names=content.names,
            more=content.more,
        )
        yield Job(
            path,
            PageWork(place.template, context),
            group.owner,
            (path,),
            listed=True,
            updated=_find_newest(site, shown),
        )


def _find_newest(site: Site, papers: Sequence[str]) -> str:
    """Returns the day of the newest of these papers, ISO 8601, or an empty text."""
    newest = max((site.catalogue.records[ident].day for ident in papers), default=0)
    return date.fromordinal(newest).isoformat() if newest else ""


def _describe_list(site: Site, group: Group, content: PaperList, path: str) -> tuple[object, ...]:
    if not site.has_metadata:
        return ()
    url, start = site.addresses.absolute(path), site.addresses.absolute(home())
    text = group.description or content.deck or site.description
    return (make_collection(group.name, url, text, len(group.papers), start), *content.about)


def _count_years(site: Site, papers: tuple[str, ...]) -> Counter[int]:
    if papers is site.order:
        return Counter({year: len(ids) for year, ids in site.catalogue.papers_by_year.items()})
    records = site.catalogue.records
    return Counter(year for ident in papers if (year := records[ident].year) is not None)


def count_tags(site: Site, papers: tuple[str, ...]) -> Block:
    """Returns the block of the most frequent tags of these papers."""
    counts = Counter([tag for ident in papers for tag in site.catalogue.records[ident].tags])
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TAGS]
    items = tuple(replace(site.link_tag(tag), count=count, note="") for tag, count in top if tag in site.catalogue.tags)
    return Block("topics", site.t("tags.title"), items)


def count_authors(site: Site, papers: tuple[str, ...]) -> Block:
    """Returns the block of the authors of most of these papers, of two at least."""
    people = site.catalogue.people
    counts = Counter(slug for ident in papers for slug in dict.fromkeys(site.catalogue.people_of[ident]))
    known = [(-count, people[slug].name, slug) for slug, count in counts.items() if slug in people and count > 1]
    items = tuple(site.link_author(slug, name, -count) for count, name, slug in sorted(known)[:_MOST])
    return Block("authors", site.t("authors.title"), items)


def count_venues(site: Site, papers: tuple[str, ...]) -> Block:
    """Returns the block of the most frequent venues of these papers."""
    venues, venue_of = site.catalogue.venues, site.catalogue.venue_of
    counts = Counter(venue_of[ident] for ident in papers if ident in venue_of)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    items = (Reference(venues[slug].name, site.addresses.href(listing("venues", slug)), count) for slug, count in top)
    return Block("venues", site.t("venues.title"), tuple(items))
