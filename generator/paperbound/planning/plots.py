"""Plots: papers by year as bars, in numbers that a template can put into SVG as they are."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.contexts import Bar
from ..urls import Site, listing

_COLUMNS = 10
_WIDTH = 272.0
_BASE = 88.0
_TALLEST = 72.0


def plot_years(counts: Mapping[int, int], site: Site) -> tuple[Bar, ...]:
    """Bars for nine years up to the last and one for all earlier ones; nothing where there is one year only.

    The axis is continuous: a year without papers keeps its place, without a bar. An `earlier` bar stands
    for several years and leads to the index of years.
    """
    if len(counts) < 2:
        return ()
    last = max(counts)
    first = last - _COLUMNS + 2
    earlier = sum(number for year, number in counts.items() if year < first)
    columns = [(year, counts.get(year, 0)) for year in range(first, last + 1)]
    tallest = max(earlier, *(number for _, number in columns))
    step = _WIDTH / _COLUMNS
    bars = [_make_bar(0, f"≤’{(first - 1) % 100:02d}", f"{first - 1} and earlier", earlier, tallest, step, "", site)]
    for place, (year, number) in enumerate(columns, 1):
        href = site.href(listing("years", str(year))) if number else ""
        bars.append(_make_bar(place, f"’{year % 100:02d}", str(year), number, tallest, step, href, site))
    return tuple(bars)


def _make_bar(place: int, label: str, name: str, number: int, tallest: int, step: float, href: str, site: Site) -> Bar:
    height = max(2.0, _TALLEST * number / tallest) if number else 0.0
    top = _BASE - height
    return Bar(
        label=label,
        name=name,
        count=number,
        href=href or (site.href(listing("years")) if number else ""),
        x=f"{place * step:.1f}",
        y=f"{top:.1f}",
        width=f"{step:.1f}",
        height=f"{height:.1f}",
        middle=f"{(place + 0.5) * step:.1f}",
        above=f"{top - 5:.1f}",
    )
