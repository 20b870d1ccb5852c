"""Sections: a way to group papers, such as by tag, as one value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..config import Config
from ..feeds.feed import FeedSpec
from ..formats import ExportSpec
from ..model.catalogue import Catalogue
from ..urls import folder_of, home, listing
from .page_kind import PageKind, Wave, read_nothing
from .pieces import Block, Excerpt, MorePapers, Move, Portrait, Reading, Reference
from .site import Site


class Group(NamedTuple):
    """A named list of papers: one tag, author, year, venue or collection."""

    key: str
    slug: str
    name: str
    papers: tuple[str, ...]
    owner: str
    description: str = ""


class PaperList(NamedTuple):
    """The fields of a group's pages that differ from section to section.

    `title` replaces the group's name as the heading, `order` the words on the order. `moves` and `signals` have one
    item for each paper, or none. `about` is JSON-LD of the group besides that of its list. `excerpt`, `names` and
    `more` stand below a short list.
    """

    deck: str
    blocks: tuple[Block, ...] = ()
    title: str = ""
    kicker_note: str = ""
    note: str = ""
    ranked: bool = False
    has_plot: bool = True
    moves: tuple[Move, ...] = ()
    signals: tuple[str, ...] = ()
    order: str = ""
    reading: Reading | None = None
    previous: Reference | None = None
    next: Reference | None = None
    mail: str = ""
    portrait: Portrait | None = None
    about: tuple[object, ...] = ()
    excerpt: Excerpt | None = None
    names: Block | None = None
    more: tuple[MorePapers, ...] = ()


class Facet(NamedTuple):
    """A filter of search results: name in addresses, place among filters."""

    name: str
    place: int = 1


def require_none(_config: Config, _papers: int) -> int:
    """Returns zero: groups without papers have feeds too."""
    return 0


class GroupFeeds(NamedTuple):
    """The feeds of a section's groups, and their place on the page about feeds.

    `least` returns the least number of papers of a group that has feeds.
    """

    place: int = 1
    least: Callable[[Config, int], int] = require_none
    list_specs: Callable[[Section, Site], Iterable[FeedSpec]] | None = None


def is_always_shown(_catalogue: Catalogue) -> bool:
    """Returns True: the section is in the header of every site."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A way to group papers, with its lists, index, feeds, facet and navigation entry.

    `name` is the folder of the section's pages, and begins the keys of its phrases: `title` (Topics), `label` (Topic)
    and `count` (12 topics), and with feeds `feed` (what a feed says of itself), `feeds` and `feeds_hint` (what stands
    above their list). `find` returns the group of one of the `keys`; `describe` returns the fields of its list, which
    may show what `inputs` yields besides the group and the entries of its papers. `template` renders lists.
    """

    name: str
    keys: Callable[[Catalogue], Iterable[str]]
    find: Callable[[Site, str], Group]
    describe: Callable[[Site, Group], PaperList]
    template: str = "list.html"
    index_template: str = "index.html"
    inputs: Callable[[Site, Group], Iterable[str]] = read_nothing
    records: Callable[[Site, Group], Iterable[str]] = read_nothing
    """The ids of papers whose whole records the list shows."""
    facet: Facet | None = None
    feeds: GroupFeeds | None = None
    is_ranked: bool = True
    """Of many groups those with the most papers are shown first."""
    is_suggested: bool = True
    """The search box suggests groups."""
    is_in_header: Callable[[Catalogue], bool] | None = is_always_shown
    """Whether the navigation has an entry; None for a section that never has one."""
    is_in_footer: bool = False
    is_exported: bool = False
    """Every group has exports, unless the settings have none."""
    sort_key: Callable[[Group], Any] | None = None
    """The order of the index, where it is not that of the keys."""
    letter: Callable[[str], str] | None = None
    """The letter of the index under which a name stands."""
    parent: Callable[[Site, str], str] | None = None
    """The key of the group above a group, or an empty text; the index then shows a tree."""
    index: PageKind | None = None
    """The page kind of an index that is no list of names."""
    size: int = 4
    """The number of groups that one task renders, on average."""
    wave: Wave = Wave.FREE
    renews_workers: bool = False

    def list_groups(self, site: Site) -> Sequence[Group]:
        """Returns all groups, in the order of the keys."""
        groups: Sequence[Group] | None = site.groups.get(self.name)
        if groups is None:
            groups = site.groups[self.name] = tuple(self.find(site, key) for key in site.keys[self.name])
        return groups

    def count_least(self, site: Site) -> int:
        """Returns the least number of papers of a group that has feeds."""
        return self.feeds.least(site.config, len(site.order)) if self.feeds else len(site.order) + 1

    def list_with_feeds(self, site: Site) -> list[Group]:
        """Returns the groups that have feeds."""
        least = self.count_least(site)
        return [group for group in self.list_groups(site) if len(group.papers) >= least]

    def make_feed_spec(self, site: Site, group: Group) -> FeedSpec:
        """Returns the feed of a group."""
        text = group.description or site.t(f"{self.name}.feed", name=group.name)
        path = listing(self.name, group.slug)
        return FeedSpec(path, f"{group.name} · {site.config.title}", text, group.papers, group.owner)


# A file of 5,000 papers is below 40 MB as long as a paper takes 8 kB on average, abstract included. Of all papers each
# part is written anew if one of its papers changes.
_MOST_IN_FILE, _MOST_IN_PART = 5_000, 2_000


def list_exports(site: Site, sections: Sequence[Section]) -> Iterator[ExportSpec]:
    """Yields the files of papers of all lists that have some.

    Of all papers the first file has the oldest: a new paper changes the last one alone.
    """
    least = site.config.count_exported(len(site.order))
    if not least:
        return
    folder, owner = folder_of(listing("papers")), "the list of all papers"
    for number, start in enumerate(range(0, len(site.order), _MOST_IN_PART), 1):
        stop = len(site.order) - start
        yield ExportSpec(folder, number, site.order[max(0, stop - _MOST_IN_PART) : stop], owner)
    for section in sections:
        # On a large site no group of other sections has enough papers.
        for group in section.list_groups(site) if section.is_exported or least <= len(site.order) else ():
            papers, folder = group.papers, folder_of(listing(section.name, group.slug))
            if papers and (section.is_exported or len(papers) >= least):
                for number, start in enumerate(range(0, len(papers), _MOST_IN_FILE), 1):
                    yield ExportSpec(folder, number, papers[start : start + _MOST_IN_FILE], group.owner)


def list_feeds(site: Site, sections: Sequence[Section]) -> Iterator[FeedSpec]:
    """Yields all feeds: the site's, and those of groups."""
    title, recent = site.config.title, site.survey.recent
    if not recent:
        return
    yield FeedSpec(home(), title, site.description, recent, "the site's feed", ordered=True)
    if site.config.feeds == "site":
        return
    for section in sections:
        if section.feeds and section.feeds.list_specs:
            yield from section.feeds.list_specs(section, site)
        elif section.feeds:
            yield from (section.make_feed_spec(site, group) for group in section.list_with_feeds(site))
