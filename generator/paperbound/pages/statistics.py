"""Statistics: papers by year, month, topic, venue and author, each a table with bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..library.page_kind import PageKind, PageWork, Shard
from ..library.pieces import Head, IndexItem, SiteContext
from ..library.site import Site
from ..model.build import Job
from ..model.date import PartialDate
from ..urls import home, listing
from .sections import SECTIONS
from .sections.index_page import link_insides, read_names

_MOST, _MONTHS = 20, 24
# The sections whose largest groups are shown.
_RANKED = ("tags", "venues", "authors")


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """A table: its id, its title, and the name of its first column."""

    id: str
    title: str
    column: str
    rows: tuple[IndexItem, ...]


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The context of `stats.html`: tables, each with bars."""

    site: SiteContext
    head: Head
    title: str
    deck: str
    tables: tuple[StatisticsTable, ...]


def _plan(site: Site, _shard: Shard) -> Iterator[Job]:
    # A site's own page of that name stays.
    if "stats" not in site.context.sections:
        return
    path, title = listing("stats"), site.t("stats.title")
    deck = site.t("list.papers", count=len(site.order))
    head = site.make_head(
        path, title, site.t("stats.description", title=site.config.title), section="stats",
        steps=((site.config.title, home()), (title, path)),
    )  # fmt: skip
    tables = tuple(table for table in _list_tables(site) if len(table.rows) > 1)
    page = StatisticsPage(site.context, head, title, site.t("layout.sentence", text=deck), tables)
    yield Job(path, PageWork("stats.html", page), "the page of statistics", (path,), listed=True)


def _list_tables(site: Site) -> Iterator[StatisticsTable]:
    years = {str(year): len(ids) for year, ids in site.catalogue.papers_by_year.items()}
    link = {year: site.addresses.href(listing("years", year)) for year in years}
    yield _make_table("years", site.t("plot.papers_by_year"), site.t("years.label"), years, link)
    yield _make_table("months", site.t("stats.months"), site.t("stats.month"), dict(_count_months(site)))
    for section in SECTIONS:
        if section.name in _RANKED:
            groups = sorted(section.list_groups(site), key=lambda group: -len(group.papers))[:_MOST]
            rows = tuple(map(link_insides(section, site, groups), groups))
            title, column = site.t(f"{section.name}.title"), site.t(f"{section.name}.label")
            yield StatisticsTable(section.name, title, column, rows)
    yield _make_table(
        "new_authors", site.t("stats.new_authors"), site.t("years.label"), dict(_count_new_authors(site)), link
    )


def _make_table(
    name: str, title: str, column: str, counts: Mapping[str, int], links: Mapping[str, str] | None = None
) -> StatisticsTable:
    most = max(counts.values(), default=1)
    rows = tuple(
        IndexItem(key, (links or {}).get(key, ""), count, share=f"{100 * count / most:.1f}")
        for key, count in counts.items()
    )
    return StatisticsTable(name, title, column, rows)


def _count_months(site: Site) -> Iterator[tuple[str, int]]:
    """Yields the newest months that have papers, with their numbers.

    A paper whose month is unknown is of none.
    """
    dates = [record.date for record in site.catalogue.records.values() if record.date and record.date.month]
    counts = Counter((date.year, date.month or 0) for date in dates)
    for year, month in sorted(counts, reverse=True)[:_MONTHS]:
        yield site.language.show_date(PartialDate(year, month)), counts[year, month]


def _count_new_authors(site: Site) -> Iterator[tuple[str, int]]:
    """Yields the years, newest first, with the number of their new authors.

    An author is new in the year of the first paper here.
    """
    first: dict[str, int] = {}
    for year in sorted(site.catalogue.papers_by_year):
        for ident in site.catalogue.papers_by_year[year]:
            for slug in site.catalogue.people_of[ident]:
                first.setdefault(slug, year)
    counts = Counter(first.values())
    for year in sorted(counts, reverse=True):
        yield str(year), counts[year]


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    for section in SECTIONS:
        yield from read_names(section, site)
    yield from site.survey.summary_digests.values()


STATISTICS = PageKind("statistics", _plan, _read, templates={"stats.html": StatisticsPage})
