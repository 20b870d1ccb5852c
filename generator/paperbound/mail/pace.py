"""Pace: how fast and how patiently messages are sent, and by which clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """What tells time, in seconds, and what lets it pass: the command line's."""

    read: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how patiently: messages a minute; the first pause before an address is tried again, in seconds,
    which doubles each time; how many tries there are."""

    rate: int
    pause: float
    tries: int

    @property
    def reconnect(self) -> float:
        """The first pause before another connection: networks recover sooner than servers change their minds."""
        return min(1.0, self.pause)
