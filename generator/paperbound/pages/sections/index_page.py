"""Indexes: the groups of a section with the number of their papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Branch, Head, IndexGroup, Pager, Reference, SiteContext
from ...library.section import Group, Section
from ...library.site import Site
from ...model.build import Job
from ...urls import home, listing

_LONG = 60
_NAMES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The context of `index.html` and of the templates that extend it, such as `tags.html`.

    `letters` lead to the groups, on any of the pages. Where groups are below others, they are a `tree`, and there are
    no `groups`.
    """

    site: SiteContext
    head: Head
    title: str
    deck: str
    letters: tuple[Reference, ...]
    groups: tuple[IndexGroup, ...]
    pager: Pager
    tree: tuple[Branch, ...] = ()


def make_index_kind(section: Section) -> PageKind:
    """Returns the page kind of a section's index."""
    plan, read = partial(_plan_index, section), partial(_read_index, section)
    return section.index or PageKind(f"index {section.name}", plan, read, templates={section.index_template: IndexPage})


def read_names(section: Section, site: Site) -> Iterator[str]:
    """Yields the name, the address and the number of papers of each group."""
    for group in section.list_groups(site):
        yield f"{group.slug}\1{group.name}\1{len(group.papers)}"


def _read_index(section: Section, site: Site, _shard: Shard) -> Iterator[str]:
    return read_names(section, site)


def _plan_index(section: Section, site: Site, _shard: Shard) -> Iterator[Job]:
    groups = list(section.list_groups(site))
    if not groups:
        return
    if section.sort_key:
        groups.sort(key=section.sort_key)
    first, title = listing(section.name), site.t(f"{section.name}.title")
    deck = site.t(f"{section.name}.count", count=len(groups))
    tree = _grow_tree(section, site, groups)
    items = []
    for group in () if tree else groups:
        letter = section.letter(group.name) if section.letter and len(groups) > _LONG else ""
        items.append((letter, _link_group(section, site, group)))
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
        )
        work = PageWork(section.index_template, context)
        yield Job(path, work, f"the index of {section.name}", (path,), listed=True)


def _link_group(section: Section, site: Site, group: Group) -> Reference:
    href = site.addresses.href(listing(section.name, group.slug))
    return Reference(group.name, href, len(group.papers), group.description)


def _grow_tree(section: Section, site: Site, groups: Iterable[Group]) -> tuple[Branch, ...]:
    """Returns the groups as a tree; nothing where no group is below another."""
    below: dict[str, list[Group]] = {}
    for group in groups:
        below.setdefault(section.parent(site, group.key) if section.parent else "", []).append(group)

    def grow(key: str) -> tuple[Branch, ...]:
        return tuple(Branch(_link_group(section, site, one), grow(one.key)) for one in below.get(key, ()))

    return grow("") if below.keys() - {""} else ()


def _link_letters(section: Section, site: Site, items: list[tuple[str, Reference]], size: int) -> tuple[Reference, ...]:
    # In the order of the names; those under `#` are the last.
    links: dict[str, Reference] = {}
    for place, (letter, _) in enumerate(items):
        if letter and letter not in links:
            page = site.addresses.href(listing(section.name, number=place // size + 1))
            links[letter] = Reference(letter, f"{page}#letter-{letter.lower() if letter != '#' else 'other'}")
    return tuple(links.values())
