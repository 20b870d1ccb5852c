"""Statistics: papers by year, month, topic, venue, author and co-authors, as plots with tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...library.page_kind import PageKind, PageWork, Shard
from ...library.pieces import Head, IndexItem, Reference, SiteContext
from ...library.site import Site
from ...model.build import Job
from ...model.date import PartialDate
from ...urls import home, listing
from ..sections import SECTIONS
from ..sections.index_page import link_insides, read_names
from .coauthors import count_pairs, plot_pairs
from .plots import Plot, Value, plot_groups, plot_times

_MOST, _MONTHS, _YEARS, _TOPICS = 20, 24, 40, 8
# Years of topics; years or months of any plot, so that a young site has no two columns as wide as the page.
_SPAN, _LEAST = 12, 8
# The sections whose largest groups are shown.
_RANKED = ("tags", "venues", "authors")


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """A table: its id, its title, the names of its columns, and its rows.

    Without a `plot` each row has a bar. Rows have their numbers in `cells`, where there are several.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[IndexItem, ...]
    plot: Plot | None = None
    cells: tuple[tuple[Reference, ...], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The context of `stats.html`: tables, each with bars or a plot."""

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
    tables = tuple(table for table in _list_tables(site) if len(table.rows or table.cells) > 1)
    page = StatisticsPage(site.context, head, title, site.t("layout.sentence", text=deck), tables)
    yield Job(path, PageWork("stats.html", page), "the page of statistics", (path,), listed=True)


def _list_tables(site: Site) -> Iterator[StatisticsTable]:
    papers, years = site.t("papers.title"), site.t("years.label")
    by_year = {year: len(ids) for year, ids in site.catalogue.papers_by_year.items()}
    yield _plot_years(site, "years", site.t("plot.papers_by_year"), by_year, papers)
    yield _plot_months(site)
    for name in _RANKED:
        yield _rank_groups(site, name)
        if name == "tags":
            yield from _plot_topics(site)
    yield from _plot_coauthors(site)
    counts, authors = dict(_count_new_authors(site)), site.t("authors.title")
    table = _plot_years(site, "new_authors", site.t("stats.new_authors"), counts, authors)
    yield replace(table, columns=(years, authors))


def _link_year(site: Site, year: int) -> str:
    return site.addresses.href(listing("years", str(year))) if year in site.catalogue.papers_by_year else ""


def _plot_years(site: Site, name: str, title: str, counts: Mapping[int, int], what: str) -> StatisticsTable:
    """Returns the table of all years with a plot of the last forty."""
    rows = tuple(IndexItem(str(year), _link_year(site, year), counts[year]) for year in sorted(counts, reverse=True))
    span = _list_times(counts, _YEARS)
    values = [_make_value(site, str(year), counts.get(year, 0), _link_year(site, year)) for year in span]
    plot = plot_times([str(year) for year in span], values) if counts else None
    return StatisticsTable(name, title, (site.t("years.label"), what), rows, plot)


def _list_times(counts: Mapping[int, int], most: int) -> range:
    """Returns the years or months of a plot.

    They end with the last that has a count, and are `_LEAST` to `most`.
    """
    last = max(counts, default=0)
    first = min(min(counts, default=1), last - _LEAST + 1)
    return range(max(first, last - most + 1), last + 1)


def _make_value(site: Site, name: str, number: int, href: str = "") -> Value:
    return Value(site.t("stats.value", name=name, number=site.language.group(number)), number, href)


def _plot_months(site: Site) -> StatisticsTable:
    """Returns the table of the newest 24 months.

    A paper whose month is unknown is of none.
    """
    dates = [record.date for record in site.catalogue.records.values() if record.date and record.date.month]
    counts = Counter(date.year * 12 + (date.month or 1) - 1 for date in dates)
    span = _list_times(counts, _MONTHS) if counts else range(0)
    names = {month: site.language.show_date(PartialDate(month // 12, month % 12 + 1)) for month in span}
    rows = tuple(IndexItem(names[month], "", counts[month]) for month in reversed(span) if counts[month])
    times = [f"{month % 12 + 1}/{month // 12 % 100:02}" for month in span]
    plot = plot_times(times, [_make_value(site, names[month], counts[month]) for month in span])
    columns = site.t("stats.month"), site.t("papers.title")
    return StatisticsTable("months", site.t("stats.months"), columns, rows, plot)


def _rank_groups(site: Site, name: str) -> StatisticsTable:
    """Returns the largest groups of a section, each row with a bar."""
    section = next(one for one in SECTIONS if one.name == name)
    groups = sorted(section.list_groups(site), key=lambda group: -len(group.papers))[:_MOST]
    rows = tuple(map(link_insides(section, site, groups), groups))
    columns = site.t(f"{name}.label"), site.t("papers.title")
    return StatisticsTable(name, site.t(f"{name}.title"), columns, rows)


def _plot_topics(site: Site) -> Iterator[StatisticsTable]:
    """Yields the largest topics by year."""
    catalogue = site.catalogue
    years = {ident: year for year, ids in catalogue.papers_by_year.items() for ident in ids}
    ranked = sorted(catalogue.tags, key=lambda slug: (-len(catalogue.papers_by_tag[slug]), slug))[:_TOPICS]
    counts = {
        slug: Counter(years[ident] for ident in catalogue.papers_by_tag[slug] if ident in years) for slug in ranked
    }
    known = Counter(year for one in counts.values() for year in one)
    if len(known) < 2:
        return
    span = _list_times(known, _SPAN)
    shown = [year for year in span if year >= min(known)]
    groups: dict[str, tuple[str, Sequence[Value]]] = {}
    cells = []
    for slug in ranked:
        tag = site.link_tag(slug)
        numbers = [counts[slug][year] for year in span]
        texts = [f"{tag.name}, {year}" for year in span]
        values = [_make_value(site, text, number) for text, number in zip(texts, numbers, strict=True)]
        groups[tag.name] = tag.href, values
        cells.append((tag, *(Reference(str(counts[slug][year]), "") for year in shown)))
    columns = site.t("tags.label"), *map(str, shown)
    plot = plot_groups([str(year) for year in span], groups)
    yield StatisticsTable("over_time", site.t("stats.over_time"), columns, (), plot, tuple(cells))


def _plot_coauthors(site: Site) -> Iterator[StatisticsTable]:
    """Yields the pairs of the most active people who wrote papers together."""
    pairs, people = count_pairs(site.catalogue), site.catalogue.people

    def say(one: str, other: str, count: int) -> str:
        return site.t("plot.bar", name=site.language.join_names((one, other), 2), count=count)

    if not pairs:
        return
    names = {slug: people[slug].name for pair in pairs for slug in pair}
    plot = plot_pairs(pairs, names, lambda slug: site.people[slug], say)
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    cells = tuple(
        (*(Reference(names[slug], site.people[slug]) for slug in pair), Reference(str(pairs[pair]), ""))
        for pair in ranked
    )
    label = site.t("authors.label")
    columns, title = (label, label, site.t("papers.title")), site.t("stats.together")
    yield StatisticsTable("together", title, columns, (), plot, cells, site.t("stats.together_hint"))


def _count_new_authors(site: Site) -> Iterator[tuple[int, int]]:
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
        yield year, counts[year]


def _read(site: Site, _shard: Shard) -> Iterator[str]:
    for section in SECTIONS:
        yield from read_names(section, site)
    yield from site.survey.summary_digests.values()


STATISTICS = PageKind("statistics", _plan, _read, templates={"stats.html": StatisticsPage})
