"""A message out of its templates, short enough for every reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..languages.words import find_phrases
from ..themes.rendering import render
from ..themes.theme import Theme
from .contexts import MailPage

# Below 100 kB, since Gmail is reported to cut messages off at 102 kB; some room is left for a
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
    """The message as HTML of less than 100 kB and as plain text, with the same papers."""
    html, cut = render_html(theme, page)
    return Mail(html, render(theme, "mail.txt", cut), len(cut.entries))


def render_html(theme: Theme, page: MailPage) -> tuple[str, MailPage]:
    """The HTML of less than 100 kB, and the page as it was cut for that.

    What is too long shows the texts of the first papers alone; what is still too long ends with a link to the rest.
    """
    made: dict[tuple[int, int], tuple[str, MailPage]] = {}

    def make(shown: int, full: int) -> tuple[str, MailPage]:
        if (shown, full) not in made:
            cut = _cut(page, shown, full)
            # Lines end differently in mail and in files: in one line the page and what is sent are the same bytes.
            made[shown, full] = " ".join(render(theme, "mail.html", cut).split("\n")).strip(), cut
        return made[shown, full]

    def is_short(shown: int, full: int) -> bool:
        return len(make(shown, full)[0].encode()) <= LARGEST

    count = len(page.entries)
    least = min(_FEWEST_FULL, count)
    full = _search(least, count, lambda full: is_short(count, full))
    if full > least or is_short(count, least):
        return make(count, full)
    shown = _search(0, count, lambda shown: is_short(shown, least))
    return make(shown, least)


def _cut(page: MailPage, shown: int, full: int) -> MailPage:
    left = page.count - shown
    more = find_phrases(page.language).count_more(left) if left else ""
    return replace(page, entries=page.entries[:shown], full=min(full, shown), more=more)


def _search(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The largest number from `low` up to `high` that fits, taking for granted that `low` does."""
    if fits(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
