"""Indexes: the groups of a section with the number of their papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from ...formats.citing import mark_retracted
from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Branch, Head, IndexGroup, IndexItem, Pager, Reference, SiteContext
from ...library.plots import plot_spark
from ...library.section import Group, Section
from ...library.site import Site
from ...model.build import Job
from ...urls import home, listing

_LONG = 60
_NAMES_A_PAGE = 10
_NEWEST = 3
_MOST = 12
_Link = Callable[[Group], IndexItem]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The context of `index.html` and of the templates that extend it, such as `tags.html`.

    `letters` lead to the groups, on any of the pages. Where groups are below others, they are a `tree`, and there are
    no `groups`. Beside many names, `largest` are the groups of two papers and more that have most.
    """

    site: SiteContext
    head: Head
    title: str
    deck: str
    letters: tuple[Reference, ...]
    groups: tuple[IndexGroup, ...]
    pager: Pager
    tree: tuple[Branch, ...] = ()
    largest: tuple[Reference, ...] = ()


def make_index_kind(section: Section) -> PageKind:
    """Returns the page kind of a section's index."""
    plan, read = partial(_plan_index, section), partial(_read_index, section)
    return section.index or PageKind(f"index {section.name}", plan, read, templates={section.index_template: IndexPage})


def read_names(section: Section, site: Site) -> Iterator[str]:
    """Yields the name, the address and the number of papers of each group."""
    for group in section.list_groups(site):
        yield f"{group.slug}\1{group.name}\1{len(group.papers)}"


def _read_index(section: Section, site: Site, _shard: Shard) -> Iterator[str]:
    yield from read_names(section, site)
    groups = section.list_groups(site)
    if _has_letters(section, groups):
        return
    years = _date_papers(site)
    yield repr((max(years.values(), default=0), min(years.values(), default=0)))
    for group in groups:
        yield repr(_count_years(years, group))
        yield from site.list_summaries(group.papers[:_NEWEST])


def _has_letters(section: Section, groups: Sequence[Group]) -> bool:
    """Returns whether an index lists many names below letters."""
    return section.letter is not None and len(groups) > _LONG


def _date_papers(site: Site) -> dict[str, int]:
    """Returns the years of papers by their ids."""
    return {ident: year for year, ids in site.catalogue.papers_by_year.items() for ident in ids}


def _count_years(years: Mapping[str, int], group: Group) -> Counter[int]:
    return Counter(years[ident] for ident in group.papers if ident in years)


def _plan_index(section: Section, site: Site, _shard: Shard) -> Iterator[Job]:
    groups = list(section.list_groups(site))
    if not groups:
        return
    if section.sort_key:
        groups.sort(key=section.sort_key)
    first, title = listing(section.name), site.t(f"{section.name}.title")
    deck = site.t(f"{section.name}.count", count=len(groups))
    has_letters = _has_letters(section, groups)
    link = _link_names(section, site) if has_letters else link_insides(section, site, groups)
    tree = _grow_tree(section, site, groups, link)
    items = []
    for group in () if tree else groups:
        letter = section.letter(group.name) if section.letter and has_letters else ""
        items.append((letter, link(group)))
    ranked = sorted((group for group in groups if len(group.papers) > 1), key=lambda one: -len(one.papers))
    largest = tuple(
        Reference(one.name, site.addresses.href(listing(section.name, one.slug)), len(one.papers))
        for one in ranked[:_MOST]
    )
    size = site.config.page_size * _NAMES_A_PAGE
    pages = max(1, -(-len(tree or items) // size))
    letters = _link_letters(section, site, items, size)
    for number in range(1, pages + 1):
        path = listing(section.name, number=number)
        part = items[(number - 1) * size : number * size]
        head = site.make_head(
            path,
            site.number_title(title, number),
            site.t("index.description", deck=deck, title=site.config.title),
            section=section.name,
            feeds=site.feeds,
            steps=((site.config.title, home()), (title, first)) if number == 1 else (),
        )
        context = IndexPage(
            site=site.context,
            head=head,
            title=title,
            deck=site.t("layout.sentence", text=deck),
            letters=letters,
            groups=tuple(
                IndexGroup(letter, tuple(item for _, item in same))
                for letter, same in groupby(part, lambda one: one[0])
            ),
            pager=site.make_pager(first, number, pages),
            tree=tree[(number - 1) * size : number * size],
            largest=largest if has_letters and number == 1 else (),
        )
        work = PageWork(section.index_template, context)
        yield Job(path, work, f"the index of {section.name}", (path,), listed=True)


def _link_names(section: Section, site: Site) -> _Link:
    """Returns the function that links a group by its name and number alone."""

    def link(group: Group) -> IndexItem:
        href = site.addresses.href(listing(section.name, group.slug))
        return IndexItem(group.name, href, len(group.papers), group.description)

    return link


def link_insides(section: Section, site: Site, groups: Sequence[Group]) -> _Link:
    """Returns the function that links a group, with papers by year and newest papers."""
    years, names = _date_papers(site), _link_names(section, site)
    first, last = min(years.values(), default=0), max(years.values(), default=0)
    most = max((len(group.papers) for group in groups), default=1) or 1

    def link(group: Group) -> IndexItem:
        counts = _count_years(years, group)
        return replace(
            names(group),
            spark=plot_spark(counts, last, last - first + 1) if last > first and counts else "",
            first=str(min(counts, default="")),
            last=str(max(counts, default="")),
            share=f"{100 * len(group.papers) / most:.1f}",
            newest=tuple(
                Reference(mark_retracted(site.catalogue.records[one.id], one.title), one.href)
                for one in site.pick_entries(group.papers[:_NEWEST])
            ),
        )

    return link


def _grow_tree(section: Section, site: Site, groups: Iterable[Group], link: _Link) -> tuple[Branch, ...]:
    """Returns the groups as a tree; nothing where no group is below another."""
    below: dict[str, list[Group]] = {}
    for group in groups:
        below.setdefault(section.parent(site, group.key) if section.parent else "", []).append(group)

    def grow(key: str) -> tuple[Branch, ...]:
        return tuple(Branch(link(one), grow(one.key)) for one in below.get(key, ()))

    return grow("") if below.keys() - {""} else ()


def _link_letters(section: Section, site: Site, items: list[tuple[str, IndexItem]], size: int) -> tuple[Reference, ...]:
    # In the order of the names; those under `#` are the last.
    links: dict[str, Reference] = {}
    for place, (letter, _) in enumerate(items):
        if letter and letter not in links:
            page = site.addresses.href(listing(section.name, number=place // size + 1))
            links[letter] = Reference(letter, f"{page}#letter-{letter.lower() if letter != '#' else 'other'}")
    return tuple(links.values())
