"""Co-authors: the most active people on a line, joined by arcs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations

from ...model.catalogue import Catalogue
from ...text.characters import cut_words
from .plots import Arc, Label, Plot

_MOST = 24
_STEP, _LEFT = 24, 200
_THICKEST = 7.0
# Letters of a name that fit beside the arcs in the larger type of telephones.
_LONGEST = 36

Pairs = Mapping[tuple[str, str], int]


def count_pairs(catalogue: Catalogue) -> Counter[tuple[str, str]]:
    """Counts the papers that two people wrote together, among those with most papers."""
    ranked = sorted(catalogue.people.values(), key=lambda one: (-len(one.papers), one.slug))[:_MOST]
    active = {one.slug for one in ranked}
    pairs: Counter[tuple[str, str]] = Counter()
    for ident in dict.fromkeys(ident for one in ranked for ident in one.papers):
        pairs.update(combinations(sorted(active.intersection(catalogue.people_of[ident])), 2))
    return pairs


def plot_pairs(
    pairs: Pairs, names: Mapping[str, str], link: Callable[[str], str], say: Callable[[str, str, int], str]
) -> Plot:
    """Plots people below each other, and an arc for each pair; `say` describes a pair."""
    order = order_people(pairs)
    heights = {slug: place * _STEP + _STEP // 2 for place, slug in enumerate(order)}
    most = max(pairs.values(), default=1)
    arcs = []
    for (one, other), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        top, bottom = sorted((heights[one], heights[other]))
        radius = (bottom - top) / 2
        path = f"M{_LEFT} {top}A{min(radius, _LEFT - 8):g} {radius:g} 0 0 0 {_LEFT} {bottom}"
        width = f"{1 + (_THICKEST - 1) * (count - 1) / max(1, most - 1):.1f}"
        arcs.append(Arc(path, width, say(names[one], names[other], count)))
    labels = tuple(
        Label(str(_LEFT + 14), str(heights[slug] + 4), cut_words(names[slug], _LONGEST), "start", link(slug))
        for slug in order
    )
    return Plot(len(order) * _STEP, labels=labels, arcs=tuple(arcs), axes=f"M{_LEFT}.5 0v{len(order) * _STEP}")


def order_people(pairs: Pairs) -> list[str]:
    """Orders people so that those who write together stand together.

    Each next one has most papers with the one before, or else with those before.
    """
    shared: dict[str, dict[str, int]] = {}
    for (one, other), count in pairs.items():
        shared.setdefault(one, {})[other] = count
        shared.setdefault(other, {})[one] = count
    order: list[str] = []
    while len(order) < len(shared):
        last, known = order[-1:], set(order)

        def rank(slug: str, last: list[str] = last, known: set[str] = known) -> tuple[int, int, int, str]:
            mine = shared[slug]
            near = sum(mine.get(one, 0) for one in last)
            return -near, -sum(mine.get(one, 0) for one in known), -sum(mine.values()), slug

        order.append(min(shared.keys() - known, key=rank))
    return order
