"""Plots: papers by year as bars, in numbers for SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..urls import listing
from .pieces import Bar
from .site import Site

_COLUMNS = 10
_WIDTH = 272.0
_BASE = 88.0
_TALLEST = 72.0
_GAP = 4.0


def plot_years(site: Site, counts: Mapping[int, int]) -> tuple[Bar, ...]:
    """Returns bars for nine years up to the last, and one for all earlier ones.

    Returns nothing for one year only. The axis is continuous: a year without papers keeps its place, without a bar.
    Where more than half of the papers would stand under `earlier`, the bars are decades instead, as far back as there
    is room.
    """
    if len(counts) < 2:
        return ()
    last = max(counts)
    earlier = sum(number for year, number in counts.items() if year <= last - _COLUMNS + 1)
    if earlier * 2 <= sum(counts.values()):
        return _plot(site, counts, 1)
    decades: Counter[int] = Counter()
    for year, number in counts.items():
        decades[year // 10 * 10] += number
    return _plot(site, decades, 10)


def _plot(site: Site, counts: Mapping[int, int], width: int) -> tuple[Bar, ...]:
    """Returns a bar for each year or decade, and one for all earlier ones."""
    columns = [max(counts) - width * back for back in reversed(range(_COLUMNS - 1))]
    if width > 1:
        columns = [column for column in columns if column >= min(counts)]
    rows = [(year, counts.get(year, 0)) for year in columns]
    earlier = sum(number for year, number in counts.items() if year < columns[0])
    if earlier or width == 1:
        rows.insert(0, (0, earlier))
    step, tallest = _WIDTH / len(rows), max(number for _, number in rows)
    bars = []
    for place, (year, number) in enumerate(rows):
        label, name = _name_column(site, year or columns[0] - 1, width if year else 0)
        height = max(2.0, _TALLEST * number / tallest) if number else 0.0
        href = listing("years", str(year)) if year and width == 1 else listing("years")
        bars.append(
            Bar(
                label=label,
                name=name,
                count=number,
                href=site.addresses.href(href) if number else "",
                left=f"{place * step:.1f}",
                room=f"{step:.1f}",
                x=f"{place * step + _GAP / 2:.1f}",
                y=f"{_BASE - height:.1f}",
                width=f"{step - _GAP:.1f}",
                height=f"{height:.1f}",
                middle=f"{(place + 0.5) * step:.1f}",
                above=f"{_BASE - height - 5:.1f}",
            )
        )
    return tuple(bars)


def _name_column(site: Site, year: int, width: int) -> tuple[str, str]:
    """Returns the short and the full name of a column. Without `width` the column has all years up to this one."""
    short = f"{year % 100:02d}"
    if not width:
        return site.t("plot.short_earlier", year=short), site.t("plot.earlier", year=str(year))
    if width == 1:
        return site.t("plot.short_year", year=short), str(year)
    return site.t("plot.short_decade", year=short), site.t("plot.decade", first=str(year), last=str(year + 9))


_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_YEARS = 120.0, 24.0, 20


def plot_spark(counts: Mapping[int, int], last: int, years: int) -> str:
    """Returns the path of a small plot of papers by year.

    It is 24 high and 120 wide. Each year with papers is a line up from the bottom. The axis ends with the year
    `last`, and has at most twenty `years`.
    """
    years = min(years, _SPARK_YEARS)
    step, tallest = _SPARK_WIDTH / years, max(counts.values(), default=1)
    lines = []
    for back in reversed(range(years)):
        if number := counts.get(last - back, 0):
            height = max(1.5, _SPARK_HEIGHT * number / tallest)
            lines.append(f"M{(years - back - 0.5) * step:.1f} {_SPARK_HEIGHT:g}v-{height:.1f}")
    return "".join(lines)
