"""Signals of papers in words: `42 upvotes`, with the day and the source."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.record import Record
from .pieces import SignalCount
from .site import Site

# Signals that have a phrase.
_NAMED = frozenset(("upvotes", "stars", "citations", "downloads"))


def show_count(site: Site, name: str, count: int) -> str:
    """Returns a count in words."""
    if name in _NAMED:
        return site.t(f"signal.{name}", count=count)
    return site.t("signal.other", name=show_name(name).capitalize(), number=count)


def show_name(name: str) -> str:
    """Returns the name of a signal as words."""
    return name.replace("-", " ")


def list_signals(site: Site, record: Record) -> Iterator[SignalCount]:
    """Yields the signals of a paper, in the order of its record."""
    for one in record.signals:
        day = site.language.show_date(one.date) if one.date else ""
        yield SignalCount(show_count(site, one.name, one.value), one.source, day, one.date.iso if one.date else "")
