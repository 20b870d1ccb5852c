"""A message out of its templates, short enough for every reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..model.contexts import MailPage
from ..text.phrases import find_phrases
from .rendering import render
from .theme import Theme

# Below 100 kB, since Gmail cuts a message off at 102 kB (measured by many, stated by none); some room is left for a
# link by which a reader unsubscribes.
LARGEST = 99_000
_FEWEST_FULL = 10


@dataclass(frozen=True, slots=True)
class Mail:
    """A message's two texts, and how many papers they show."""

    html: str
    text: str
    shown: int


def render_mail(theme: Theme, page: MailPage) -> Mail:
    """The message as HTML of less than 100 kB and as plain text.

    What is too long shows the texts of the first papers alone; what is still too long ends with a link to the rest.
    """
    count = len(page.entries)
    least = min(_FEWEST_FULL, count)
    shown, full = count, _search(0, count, lambda full: _is_short(theme, _cut(page, count, full)))
    if full < least:
        shown = _search(0, count, lambda shown: _is_short(theme, _cut(page, shown, least)))
        full = min(least, shown)
    cut = _cut(page, shown, full)
    return Mail(_render(theme, cut), render(theme, "mail.txt", cut), shown)


def _render(theme: Theme, page: MailPage) -> str:
    # Lines end differently in mail and in files: in one line the page and what is sent are the same bytes.
    return " ".join(render(theme, "mail.html", page).split("\n")).strip()


def _cut(page: MailPage, shown: int, full: int) -> MailPage:
    left = page.count - shown
    more = find_phrases(page.language).count_more(left) if left else ""
    return replace(page, entries=page.entries[:shown], full=min(full, shown), more=more)


def _is_short(theme: Theme, page: MailPage) -> bool:
    return len(_render(theme, page).encode()) <= LARGEST


def _search(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The largest number from `low` up to `high` that fits, taking for granted that `low` does."""
    if fits(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
