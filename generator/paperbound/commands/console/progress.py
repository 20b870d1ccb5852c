"""The progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from .colors import has_colors, paint

_BAR = 24
# Seconds between two lines, on a terminal and elsewhere.
_OFTEN, _SELDOM = 0.1, 5.0
# Seconds of a step before its rate says anything.
_FIRST = 0.5


class Progress:
    """Shows progress: a line that changes on a terminal, plain lines elsewhere."""

    def __init__(self, quiet: bool, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._quiet, self._clock = quiet, clock
        self._terminal = self._stream.isatty()
        self._colors = has_colors(self._stream)
        self._what = ""
        self._last = self._start = clock()
        self._first = 0

    def __call__(self, what: str, count: int = 0, total: int = 0) -> None:
        """Shows a step and its count of `total` (0: unknown).

        A terminal gets ten lines a second at most, another stream a line every five seconds.
        """
        if self._quiet:
            return
        now = self._clock()
        begins = what != self._what
        if begins:
            self._what, self._start, self._first = what, now, count
        if now - self._last < (_OFTEN if self._terminal else _SELDOM) and not (begins and self._terminal):
            return
        self._last = now
        parts = list(self._describe(count, total, now - self._start))
        line = f"{what} {', '.join(parts)}".rstrip()
        if not self._terminal:
            self._stream.write(f"{line}\n")
        else:
            room = shutil.get_terminal_size().columns - 1
            bar = self._draw(count, total) if total and len(line) + _BAR < room else ""
            self._stream.write(f"\r\x1b[K{bar}{line[:room]}")
        self._stream.flush()

    def clear(self) -> None:
        """Removes the line that changes."""
        if self._terminal and not self._quiet:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _describe(self, count: int, total: int, seconds: float) -> list[str]:
        if not count and not total:
            return []
        parts = [f"{count:,} of {total:,}" if total else f"{count:,}"]
        done = count - self._first
        if seconds >= _FIRST and done > 0:
            rate = done / seconds
            parts.append(f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
            if total > count:
                parts.append(f"{_show_time((total - count) / rate)} left")
        return parts

    def _draw(self, count: int, total: int) -> str:
        full = min(_BAR, _BAR * count // total)
        done, rest = "━" * full, "─" * (_BAR - full)
        return f"{paint(done, 'green') if self._colors and done else done}{rest} "


def _show_time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
