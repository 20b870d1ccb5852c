"""Plots: papers by year as bars, in numbers for SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..urls import Addresses, listing
from .pieces import Bar

_COLUMNS = 10
_WIDTH = 272.0
_BASE = 88.0
_TALLEST = 72.0
_GAP = 4.0


def plot_years(counts: Mapping[int, int], addresses: Addresses) -> tuple[Bar, ...]:
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
        return _plot(counts, 1, addresses)
    decades: Counter[int] = Counter()
    for year, number in counts.items():
        decades[year // 10 * 10] += number
    return _plot(decades, 10, addresses)


def _plot(counts: Mapping[int, int], width: int, addresses: Addresses) -> tuple[Bar, ...]:
    last, first = max(counts), min(counts)
    columns = [last - width * back for back in reversed(range(_COLUMNS - 1))]
    if width > 1:
        columns = [column for column in columns if column >= first]
    rows = [(f"’{year % 100:02d}{'s' if width > 1 else ''}", year, counts.get(year, 0)) for year in columns]
    earlier = sum(number for year, number in counts.items() if year < columns[0])
    if earlier or width == 1:
        rows.insert(0, (f"≤’{(columns[0] - 1) % 100:02d}", 0, earlier))
    tallest = max(number for _, _, number in rows)
    bars = []
    for place, (label, year, number) in enumerate(rows):
        name = f"{columns[0] - 1} and earlier" if not year else str(year) if width == 1 else f"{year} to {year + 9}"
        href = addresses.href(listing("years", str(year))) if number and year and width == 1 else ""
        bars.append(_make_bar(place, label, name, number, tallest, _WIDTH / len(rows), href, addresses))
    return tuple(bars)


def _make_bar(
    place: int, label: str, name: str, number: int, tallest: int, step: float, href: str, addresses: Addresses
) -> Bar:
    height = max(2.0, _TALLEST * number / tallest) if number else 0.0
    top = _BASE - height
    return Bar(
        label=label,
        name=name,
        count=number,
        href=href or (addresses.href(listing("years")) if number else ""),
        left=f"{place * step:.1f}",
        room=f"{step:.1f}",
        x=f"{place * step + _GAP / 2:.1f}",
        y=f"{top:.1f}",
        width=f"{step - _GAP:.1f}",
        height=f"{height:.1f}",
        middle=f"{(place + 0.5) * step:.1f}",
        above=f"{top - 5:.1f}",
    )
