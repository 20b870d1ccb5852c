"""Lists of papers: everything, each tag, author, year, venue and collection, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from ...library.editions import name_collection
from ...library.page_kind import PageKind, Wave
from ...library.payloads import PageWork
from ...library.pieces import Bar, Block, Entry, FeedLink, Head, Move, Pager, Reference, SiteContext
from ...library.plots import plot_years
from ...library.shard import Shard
from ...library.site import Site
from ...model.catalogue import Collection, Person
from ...model.job import Job
from ...text.dates import show_date
from ...text.names import index_letter, join_names
from ...text.numbers import count_of
from ...urls import home, listing, mail
from .collections import link_exports

_SIDE = 24
_COAUTHORS = 12
# Two thousand authors of one paper would otherwise be four million lines on two thousand pages.
_MOST_COAUTHORS = 120

# The facets that lists are.
_FACETS = {"tags": "tag", "authors": "author", "venues": "venue", "collections": "collection", "years": "year"}


@dataclass(frozen=True, slots=True)
class ListPage:
    """`list.html`, and `papers.html`, `tag.html`, `author.html`, `year.html`, `venue.html`,
    `collection.html`, which extend it: a list of papers. `scope` is the facet (name, value)
    that is this list, or empty. An edition has `moves`, one for each entry, unless it is the first of its
    series, and the editions before and after; a collection has exports, and an edition its mail as a page."""

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
    before: Reference | None = None
    after: Reference | None = None
    exports: tuple[Reference, ...] = ()
    mail: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    section: str
    slug: str
    template: str
    title: str
    deck: str
    papers: tuple[str, ...]
    owner: str
    kicker: str = ""
    kicker_note: str = ""
    blocks: tuple[Block, ...] = ()
    ranked: bool = False
    feeds: bool = True
    plots: bool = True
    note: str = ""
    collection: Collection | None = None


def plan_lists(section: str, site: Site, _shard: Shard) -> Iterator[Job]:
    """The jobs of the lists of a section, one of `LISTS`."""
    if section == "papers":
        everything = site.order
        title, owner = "All papers", "the list of all papers"
        yield from _plan(site, _List("papers", "", "papers.html", title, "", everything, owner, feeds=False))
    else:
        plans = {"tags": _list_tags, "years": _list_years, "venues": _list_venues, "collections": _list_collections}
        for wanted in plans[section](site):
            yield from _plan(site, wanted)


def _list_tags(site: Site) -> Iterator[_List]:
    for tag in site.catalogue.tags.values():
        papers = site.catalogue.papers_by_tag[tag.slug]
        blocks = (_relate_tags(site, tag.slug, papers), _count_authors(site, papers))
        yield _List(
            "tags",
            tag.slug,
            "tag.html",
            tag.name,
            tag.description,
            papers,
            f"the tag {tag.slug!r}",
            "Topics",
            blocks=blocks,
        )


def _list_years(site: Site) -> Iterator[_List]:
    for year, papers in site.catalogue.papers_by_year.items():
        blocks = (_count_tags(site, papers), _count_venues(site, papers))
        deck = count_of(len(papers), "paper") + f" that first appeared in {year}."
        yield _List(
            "years",
            str(year),
            "year.html",
            str(year),
            deck,
            papers,
            f"the year {year}",
            "Years",
            blocks=blocks,
            feeds=False,
            plots=False,
        )


def _list_venues(site: Site) -> Iterator[_List]:
    for venue in site.catalogue.venues.values():
        blocks = (_count_tags(site, venue.papers), _count_authors(site, venue.papers))
        deck = f"{count_of(len(venue.papers), 'paper')} at or in {venue.name}."
        yield _List(
            "venues",
            venue.slug,
            "venue.html",
            venue.name,
            deck,
            venue.papers,
            f"the venue {venue.name!r}",
            "Venues",
            blocks=blocks,
        )


def _list_collections(site: Site) -> Iterator[_List]:
    for collection in site.catalogue.collections.values():
        blocks = (_count_tags(site, collection.papers), _count_venues(site, collection.papers))
        yield _List(
            "collections",
            collection.slug,
            "collection.html",
            collection.title,
            collection.description,
            collection.papers,
            f"the collection {collection.id!r}",
            "Collections",
            show_date(collection.date) if collection.date else "",
            blocks,
            ranked=True,
            collection=collection,
        )


def plan_authors(site: Site, shard: Shard) -> Iterator[Job]:
    """The jobs of the lists of a shard of the authors."""
    catalogue = site.catalogue
    least = site.config.count_author_feeds(len(catalogue.records))
    describes = site.has_metadata or site.wants("author.html", "deck", "description")
    lists = site.wants("author.html", "blocks")
    sorts = site.wants("author.html", "kicker_note")
    for slug in site.authors[shard.start : shard.stop]:
        person = catalogue.people[slug]
        coauthors = _rank_coauthors(site, person) if describes or lists else []
        other = tuple(name for name in person.variants if name != person.name)
        note = f"Also written {join_names(other, 6)}." if other else ""
        yield from _plan(
            site,
            _List(
                "authors",
                person.slug,
                "author.html",
                person.name,
                _describe_author(site, person.papers, coauthors) if describes else "",
                person.papers,
                f"the author {person.name!r}",
                "Authors",
                index_letter(person.name) if sorts else "",
                (_list_coauthors(site, coauthors), _count_tags(site, person.papers)) if lists else (),
                feeds=len(person.papers) >= least,
                plots=len(person.papers) >= 5,
                note=note,
            ),
        )


def _rank_coauthors(site: Site, person: Person) -> list[tuple[int, str, str]]:
    """The co-authors that have pages, those of the most papers first: the number negative, the name, the slug."""
    catalogue = site.catalogue
    counts: dict[str, int] = {}
    for ident in person.papers:
        for slug in dict.fromkeys(catalogue.people_of[ident]):
            counts[slug] = counts.get(slug, 0) + 1
    del counts[person.slug]
    people = catalogue.people
    return sorted([(-count, people[slug].name, slug) for slug, count in counts.items() if slug in people])


def _list_coauthors(site: Site, coauthors: list[tuple[int, str, str]]) -> Block:
    references = tuple(site.link_author(slug, name, -count) for count, name, slug in coauthors[:_MOST_COAUTHORS])
    # A page for two papers with two hundred co-authors beside it: the first show, the rest unfold.
    hidden = max(0, len(references) - _COAUTHORS)
    more = len(coauthors) - len(references)
    return Block(
        "coauthors", "Co-authors", references, hidden=hidden, foot=Reference(f"and {more:,} more") if more else None
    )


def _describe_author(site: Site, papers: tuple[str, ...], coauthors: list[tuple[int, str, str]]) -> str:
    years = sorted({year for ident in papers if (year := site.catalogue.records[ident].year) is not None})
    span = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    deck = f"{count_of(len(papers), 'paper')}{span}"
    if coauthors:
        deck += f", with {count_of(len(coauthors), 'co-author')}"
    if len(papers) > 1 and coauthors:
        return f"{deck}. Most often with {', '.join(name for _, name, _ in coauthors[:3])}."
    return f"{deck}."


def _plan(site: Site, wanted: _List) -> Iterator[Job]:
    first = listing(wanted.section, wanted.slug)
    full_title = name_collection(wanted.collection) if wanted.collection else wanted.title
    size = site.config.page_size
    pages = max(1, -(-len(wanted.papers) // size))
    feeds: tuple[FeedLink, ...] = site.link_feeds(
        first if wanted.feeds else home(), full_title if wanted.feeds else site.config.title
    )
    bars = plot_years(_count_years(site, wanted.papers), site.addresses) if wanted.plots else ()
    index = listing(wanted.section)
    steps = [(site.config.title, home()), (wanted.kicker or wanted.title, index)]
    if wanted.slug:
        steps.append((wanted.title, first))
    for number in range(1, pages + 1):
        path = listing(wanted.section, wanted.slug, number)
        title = full_title if number == 1 else f"{full_title}, page {number}"
        ids = wanted.papers[(number - 1) * size : number * size]
        context = ListPage(
            site=site.context,
            head=site.make_head(
                path,
                title,
                wanted.deck,
                section=wanted.section,
                feeds=feeds,
                steps=steps if number == 1 else (),
            ),
            kicker=Reference(wanted.kicker, site.addresses.href(index)) if wanted.kicker else None,
            kicker_note=wanted.kicker_note,
            title=wanted.title,
            deck=wanted.deck,
            count=len(wanted.papers),
            order="in the order of the list" if wanted.ranked else "newest first",
            ranked=wanted.ranked,
            first_rank=(number - 1) * size + 1,
            entries=site.pick_entries(ids),
            pager=site.make_pager(first, number, pages),
            blocks=tuple(block for block in wanted.blocks if block.items),
            bars=bars,
            note=wanted.note,
            scope=(_FACETS[wanted.section], wanted.slug) if wanted.section in _FACETS and wanted.slug else (),
        )
        if wanted.collection:
            context = _add_edition(site, context, wanted.collection)
        work = PageWork(wanted.template, context)
        yield Job(path, work, wanted.owner, (path,), listed=True)


def _add_edition(site: Site, page: ListPage, collection: Collection) -> ListPage:
    """The page of a collection with its exports and its mail, and as an edition with its neighbours and moves."""
    page = replace(page, exports=link_exports(site, collection), mail=site.addresses.href(mail(collection.slug)))
    edition = site.editions.get(collection.id)
    if edition is None:
        return page
    start = page.first_rank - 1
    return replace(
        page,
        moves=edition.moves[start : start + len(page.entries)],
        before=site.link_edition(edition.before),
        after=site.link_edition(edition.after),
    )


def _count_years(site: Site, papers: tuple[str, ...]) -> Counter[int]:
    records = site.catalogue.records
    return Counter(year for ident in papers if (year := records[ident].year) is not None)


def _count_tags(site: Site, papers: tuple[str, ...]) -> Block:
    counts = Counter([tag for ident in papers for tag in site.catalogue.records[ident].tags])
    references = []
    for tag, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SIDE]:
        if tag in site.catalogue.tags:
            link = site.link_tag(tag)
            references.append(Reference(link.name, link.href, count))
    return Block("topics", "Topics", tuple(references))


def _relate_tags(site: Site, slug: str, papers: tuple[str, ...]) -> Block:
    block = _count_tags(site, papers)
    own = site.link_tag(slug).href
    return Block("related-topics", "Often with", tuple(item for item in block.items if item.href != own)[:12])


def _count_authors(site: Site, papers: tuple[str, ...]) -> Block:
    catalogue = site.catalogue
    counts = Counter(slug for ident in papers for slug in dict.fromkeys(catalogue.people_of[ident]))
    known = [(slug, count) for slug, count in counts.items() if slug in catalogue.people]
    known.sort(key=lambda item: (-item[1], catalogue.people[item[0]].name, item[0]))
    top = [(slug, count) for slug, count in known if count > 1][:12]
    items = tuple(site.link_author(slug, catalogue.people[slug].name, count) for slug, count in top)
    return Block("authors", "Authors", items)


def _count_venues(site: Site, papers: tuple[str, ...]) -> Block:
    venues = site.catalogue.venues
    counts = Counter(site.catalogue.venue_of[ident] for ident in papers if ident in site.catalogue.venue_of)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
    items = tuple(
        Reference(venues[slug].name, site.addresses.href(listing("venues", slug)), count) for slug, count in top
    )
    return Block("venues", "Venues", items)


def read_lists(section: str, site: Site, _shard: Shard) -> Iterator[str]:
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


def read_authors(site: Site, shard: Shard) -> Iterator[str]:
    for slug in site.authors[shard.start : shard.stop]:
        person = site.catalogue.people[slug]
        yield person.slug
        yield person.name
        yield repr(person.variants)
        yield from (site.survey.summary_digests[ident] for ident in person.papers)


def _count_people(site: Site) -> int:
    return len(site.authors)


def _make_kind(section: str, template: str, *, renews_workers: bool = False) -> PageKind:
    plan, read = partial(plan_lists, section), partial(read_lists, section)
    return PageKind(f"list {section}", plan, read, templates={template: ListPage}, renews_workers=renews_workers)


LISTS = (
    _make_kind("papers", "papers.html", renews_workers=True),
    _make_kind("tags", "tag.html"),
    _make_kind("years", "year.html", renews_workers=True),
    _make_kind("venues", "venue.html"),
    _make_kind("collections", "collection.html"),
)
AUTHORS = PageKind(
    "authors",
    plan_authors,
    read_authors,
    templates={"author.html": ListPage},
    count=_count_people,
    size=128,
    wave=Wave.RELATED,
)
