"""Plots of the page of statistics: columns by time, in numbers for SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...text.characters import cut_words

WIDTH = 640
_TALL, _LABELS = 132, 10
_ROW, _NAME = 40, 18
_AXIS = 24
# Letters of a name that fit above its columns.
_LONGEST = 56


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a plot: its box, its text (`Topic, 2024: 3`), and its link."""

    name: str
    href: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a plot, at a point.

    The point is at the `start` or in the `middle` of the text, by `place`.
    """

    x: str
    y: str
    text: str
    place: str = "middle"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Arc:
    """A line between two people: its path, its width, and its text."""

    path: str
    width: str
    name: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot as SVG, 640 wide: columns, labels, arcs, the path of its axes."""

    height: int
    columns: tuple[Column, ...] = ()
    labels: tuple[Label, ...] = ()
    arcs: tuple[Arc, ...] = ()
    axes: str = ""


class Value(NamedTuple):
    """A value at a time: the text of its column, its number, its link."""

    name: str
    number: int
    href: str = ""


def plot_times(times: Sequence[str], values: Sequence[Value]) -> Plot:
    """Plots a value for each time, the earliest first."""
    columns = _stand(values, _TALL, _TALL - 22)
    step = WIDTH / max(1, len(times))
    numbers: list[Label] = []
    if len(times) <= 2 * _LABELS:
        most = max((value.number for value in values), default=1) or 1
        numbers = [
            Label(
                f"{(at + 0.5) * step:.1f}", f"{_TALL - (_TALL - 22) * value.number / most - 6:.1f}", f"{value.number}"
            )
            for at, value in enumerate(values)
            if value.number
        ]
    return Plot(_TALL + _AXIS, columns, (*numbers, *_name_times(times, _TALL + 19)), axes=f"M0 {_TALL}.5h{WIDTH}")


def plot_groups(times: Sequence[str], groups: Mapping[str, tuple[str, Sequence[Value]]]) -> Plot:
    """Plots groups of values by time, one below the other, in one scale.

    `groups` have a link and their values by name.
    """
    most = max((value.number for _, values in groups.values() for value in values), default=1) or 1
    columns: list[Column] = []
    labels: list[Label] = []
    axes = []
    for place, (name, (href, values)) in enumerate(groups.items(), 1):
        base = place * (_ROW + _NAME)
        columns += _stand(values, base, _ROW - 4, most)
        labels.append(Label("0", str(base - _ROW - 2), cut_words(name, _LONGEST), "start", href))
        axes.append(f"M0 {base}.5h{WIDTH}")
    height = len(groups) * (_ROW + _NAME)
    return Plot(height + _AXIS, tuple(columns), (*labels, *_name_times(times, height + 19)), axes="".join(axes))


def _stand(values: Sequence[Value], base: int, tallest: int, most: int = 0) -> tuple[Column, ...]:
    """Returns the columns of values above zero.

    The largest value, or `most`, is as high as `tallest`.
    """
    most = most or max((value.number for value in values), default=1) or 1
    step = WIDTH / max(1, len(values))
    gap = min(6.0, step / 4)
    return tuple(
        Column(
            value.name,
            value.href,
            f"{at * step + gap / 2:.1f}",
            f"{base - max(1.5, tallest * value.number / most):.1f}",
            f"{step - gap:.1f}",
            f"{max(1.5, tallest * value.number / most):.1f}",
        )
        for at, value in enumerate(values)
        if value.number
    )


def _name_times(times: Sequence[str], y: int) -> list[Label]:
    """Returns labels for evenly chosen times, the latest one among them."""
    step, every = WIDTH / max(1, len(times)), -(-len(times) // _LABELS)
    return [
        Label(f"{(at + 0.5) * step:.1f}", str(y), time)
        for at, time in enumerate(times)
        if (len(times) - 1 - at) % every == 0
    ]
