"""Ahead: templates are compiled by a second process, while this one reads records.

Compiling takes 0.09 s for all of the default theme, which every worker took for itself before. What comes back is
code, so it is never written to a file: the private folder holds none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from types import CodeType

from ..storage.background import Forked
from ..themes.rendering import compile_templates, find_codes
from ..themes.theme import Theme


@dataclass(slots=True)
class Ahead:
    """The second process, once it was started."""

    _theme: Theme | None = None
    _forked: Forked | None = None

    def start(self, theme: Theme, templates: Iterable[str]) -> None:
        """Begins to compile these templates, unless this process has compiled the theme's
        templates before."""
        if not any(find_codes(theme).values()):
            self._theme, self._forked = theme, Forked(lambda: _compile(theme, templates))

    def finish(self) -> None:
        """Waits for what was compiled, and keeps it for this process and those that are forked from it."""
        if self._theme and self._forked:
            # Nothing comes where a template is faulty: whoever renders it says so.
            for plain, codes in (self._forked.take() or {}).items():
                find_codes(self._theme)[plain].update(codes)

    def close(self) -> None:
        """Stops the process where nobody waited for it."""
        if self._forked:
            self._forked.close()


def _compile(theme: Theme, templates: Iterable[str]) -> dict[bool, dict[str, CodeType]]:
    # The site is being looked at as well: of two cores the main process has one for itself.
    os.nice(10)
    compile_templates(theme, templates)
    return find_codes(theme)
