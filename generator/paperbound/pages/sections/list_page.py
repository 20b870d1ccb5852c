"""Lists of papers: everything, each tag, author, year, venue and collection, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...library.editions import name_collection
from ...library.payloads import PageWork
from ...library.pieces import Block, FeedLink, Reference
from ...library.plots import plot_years
from ...library.site import Outline
from ...model.catalogue import Collection, Person
from ...model.job import Job
from ...model.values import quick
from ...text.dates import show_date
from ...text.names import index_letter, join_names
from ...text.numbers import count_of
from ...urls import home, listing, mail
from ..contexts import ListPage
from .collections import link_exports

_SIDE = 24
_COAUTHORS = 12
# Two thousand authors of one paper would otherwise be four million lines on two thousand pages.
_MOST_COAUTHORS = 120

LISTS = ("papers", "tags", "years", "venues", "collections")
# The facets that lists are.
_FACETS = {"tags": "tag", "authors": "author", "venues": "venue", "collections": "collection", "years": "year"}


@quick
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


def plan_lists(outline: Outline, section: str) -> Iterator[Job]:
    """The jobs of the lists of a section, one of `LISTS`."""
    if section == "papers":
        everything = outline.order
        title, owner = "All papers", "the list of all papers"
        yield from _plan(outline, _List("papers", "", "papers.html", title, "", everything, owner, feeds=False))
    else:
        plans = {"tags": _list_tags, "years": _list_years, "venues": _list_venues, "collections": _list_collections}
        for wanted in plans[section](outline):
            yield from _plan(outline, wanted)


def _list_tags(outline: Outline) -> Iterator[_List]:
    for tag in outline.catalogue.tags.values():
        papers = outline.catalogue.papers_by_tag[tag.slug]
        blocks = (_relate_tags(outline, tag.slug, papers), _count_authors(outline, papers))
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


def _list_years(outline: Outline) -> Iterator[_List]:
    for year, papers in outline.catalogue.papers_by_year.items():
        blocks = (_count_tags(outline, papers), _count_venues(outline, papers))
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


def _list_venues(outline: Outline) -> Iterator[_List]:
    for venue in outline.catalogue.venues.values():
        blocks = (_count_tags(outline, venue.papers), _count_authors(outline, venue.papers))
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


def _list_collections(outline: Outline) -> Iterator[_List]:
    for collection in outline.catalogue.collections.values():
        blocks = (_count_tags(outline, collection.papers), _count_venues(outline, collection.papers))
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


def plan_authors(outline: Outline, start: int, stop: int) -> Iterator[Job]:
    """The jobs of the lists of the authors from `start` up to `stop`."""
    catalogue = outline.catalogue
    least = outline.config.count_author_feeds(len(catalogue.records))
    describes = outline.has_metadata or outline.wants("author.html", "deck", "description")
    lists = outline.wants("author.html", "blocks")
    sorts = outline.wants("author.html", "kicker_note")
    for slug in outline.authors[start:stop]:
        person = catalogue.people[slug]
        coauthors = _rank_coauthors(outline, person) if describes or lists else []
        other = tuple(name for name in person.variants if name != person.name)
        note = f"Also written {join_names(other, 6)}." if other else ""
        yield from _plan(
            outline,
            _List(
                "authors",
                person.slug,
                "author.html",
                person.name,
                _describe_author(outline, person.papers, coauthors) if describes else "",
                person.papers,
                f"the author {person.name!r}",
                "Authors",
                index_letter(person.name) if sorts else "",
                (_list_coauthors(outline, coauthors), _count_tags(outline, person.papers)) if lists else (),
                feeds=len(person.papers) >= least,
                plots=len(person.papers) >= 5,
                note=note,
            ),
        )


def _rank_coauthors(outline: Outline, person: Person) -> list[tuple[int, str, str]]:
    """The co-authors that have pages, those of the most papers first: the number negative, the name, the slug."""
    catalogue = outline.catalogue
    counts: dict[str, int] = {}
    for ident in person.papers:
        for slug in dict.fromkeys(catalogue.people_of[ident]):
            counts[slug] = counts.get(slug, 0) + 1
    del counts[person.slug]
    people = catalogue.people
    return sorted([(-count, people[slug].name, slug) for slug, count in counts.items() if slug in people])


def _list_coauthors(outline: Outline, coauthors: list[tuple[int, str, str]]) -> Block:
    references = tuple(outline.link_author(slug, name, -count) for count, name, slug in coauthors[:_MOST_COAUTHORS])
    # A page for two papers with two hundred co-authors beside it: the first show, the rest unfold.
    hidden = max(0, len(references) - _COAUTHORS)
    more = len(coauthors) - len(references)
    return Block(
        "coauthors", "Co-authors", references, hidden=hidden, foot=Reference(f"and {more:,} more") if more else None
    )


def _describe_author(outline: Outline, papers: tuple[str, ...], coauthors: list[tuple[int, str, str]]) -> str:
    years = sorted({year for ident in papers if (year := outline.catalogue.records[ident].year) is not None})
    span = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    deck = f"{count_of(len(papers), 'paper')}{span}"
    if coauthors:
        deck += f", with {count_of(len(coauthors), 'co-author')}"
    if len(papers) > 1 and coauthors:
        return f"{deck}. Most often with {', '.join(name for _, name, _ in coauthors[:3])}."
    return f"{deck}."


def _plan(outline: Outline, wanted: _List) -> Iterator[Job]:
    first = listing(wanted.section, wanted.slug)
    full_title = name_collection(wanted.collection) if wanted.collection else wanted.title
    size = outline.config.page_size
    pages = max(1, -(-len(wanted.papers) // size))
    feeds: tuple[FeedLink, ...] = outline.link_feeds(
        first if wanted.feeds else home(), full_title if wanted.feeds else outline.config.title
    )
    bars = plot_years(_count_years(outline, wanted.papers), outline.site) if wanted.plots else ()
    index = listing(wanted.section)
    steps = [(outline.config.title, home()), (wanted.kicker or wanted.title, index)]
    if wanted.slug:
        steps.append((wanted.title, first))
    for number in range(1, pages + 1):
        path = listing(wanted.section, wanted.slug, number)
        title = full_title if number == 1 else f"{full_title}, page {number}"
        ids = wanted.papers[(number - 1) * size : number * size]
        context = ListPage(
            site=outline.context,
            head=outline.make_head(
                path,
                title,
                wanted.deck,
                section=wanted.section,
                feeds=feeds,
                steps=steps if number == 1 else (),
            ),
            kicker=Reference(wanted.kicker, outline.site.href(index)) if wanted.kicker else None,
            kicker_note=wanted.kicker_note,
            title=wanted.title,
            deck=wanted.deck,
            count=len(wanted.papers),
            order="in the order of the list" if wanted.ranked else "newest first",
            ranked=wanted.ranked,
            first_rank=(number - 1) * size + 1,
            entries=outline.pick_entries(ids),
            pager=outline.make_pager(first, number, pages),
            blocks=tuple(block for block in wanted.blocks if block.items),
            bars=bars,
            note=wanted.note,
            scope=(_FACETS[wanted.section], wanted.slug) if wanted.section in _FACETS and wanted.slug else (),
        )
        if wanted.collection:
            context = _add_edition(outline, context, wanted.collection)
        work = PageWork(wanted.template, context)
        yield Job(path, "page", work, wanted.owner, (path,), wanted.template, listed=True)


def _add_edition(outline: Outline, page: ListPage, collection: Collection) -> ListPage:
    """The page of a collection with its exports and its mail, and as an edition with its neighbours and moves."""
    page = replace(page, exports=link_exports(outline, collection), mail=outline.site.href(mail(collection.slug)))
    edition = outline.editions.get(collection.id)
    if edition is None:
        return page
    start = page.first_rank - 1
    return replace(
        page,
        moves=edition.moves[start : start + len(page.entries)],
        before=outline.link_edition(edition.before),
        after=outline.link_edition(edition.after),
    )


def _count_years(outline: Outline, papers: tuple[str, ...]) -> Counter[int]:
    records = outline.catalogue.records
    return Counter(year for ident in papers if (year := records[ident].year) is not None)


def _count_tags(outline: Outline, papers: tuple[str, ...]) -> Block:
    counts = Counter([tag for ident in papers for tag in outline.catalogue.records[ident].tags])
    references = []
    for tag, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SIDE]:
        if tag in outline.catalogue.tags:
            link = outline.link_tag(tag)
            references.append(Reference(link.name, link.href, count))
    return Block("topics", "Topics", tuple(references))


def _relate_tags(outline: Outline, slug: str, papers: tuple[str, ...]) -> Block:
    block = _count_tags(outline, papers)
    own = outline.link_tag(slug).href
    return Block("related-topics", "Often with", tuple(item for item in block.items if item.href != own)[:12])


def _count_authors(outline: Outline, papers: tuple[str, ...]) -> Block:
    catalogue = outline.catalogue
    counts = Counter(slug for ident in papers for slug in dict.fromkeys(catalogue.people_of[ident]))
    known = [(slug, count) for slug, count in counts.items() if slug in catalogue.people]
    known.sort(key=lambda item: (-item[1], catalogue.people[item[0]].name, item[0]))
    top = [(slug, count) for slug, count in known if count > 1][:12]
    items = tuple(outline.link_author(slug, catalogue.people[slug].name, count) for slug, count in top)
    return Block("authors", "Authors", items)


def _count_venues(outline: Outline, papers: tuple[str, ...]) -> Block:
    venues = outline.catalogue.venues
    counts = Counter(outline.catalogue.venue_of[ident] for ident in papers if ident in outline.catalogue.venue_of)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
    items = tuple(
        Reference(venues[slug].name, outline.site.href(listing("venues", slug)), count) for slug, count in top
    )
    return Block("venues", "Venues", items)
