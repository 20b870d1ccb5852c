"""Ahead: templates are compiled by a second process, while this one reads records.

Compiling takes 0.09 s for all of the default theme, which every worker took for itself before. What comes back through
the pipe is code, so it is never written to a file: the private folder holds none.
"""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass

from ..planning.inputs import TEMPLATES
from ..themes.rendering import compile_templates, find_codes
from ..themes.theme import Theme


@dataclass(slots=True)
class Ahead:
    """The second process, which is forked: where there is no forking, nothing is compiled ahead."""

    _theme: Theme | None = None
    _process: int = 0
    _pipe: int = -1

    def start(self, theme: Theme, kinds: Iterable[str]) -> None:
        """Begins to compile what parts of these kinds are made with, unless this process has compiled the theme's
        templates before."""
        if any(find_codes(theme).values()) or not hasattr(os, "fork"):
            return
        self._theme = theme
        self._pipe, pipe = os.pipe()
        self._process = os.fork()
        if not self._process:
            try:
                # Whoever waits to write must learn that nobody reads any more.
                os.close(self._pipe)
                # The site is being looked at as well: of two cores the main process has one for itself.
                os.nice(10)
                with os.fdopen(pipe, "wb") as file:
                    file.write(_compile(theme, kinds))
            finally:
                os._exit(0)
        os.close(pipe)

    def finish(self) -> None:
        """Waits for what was compiled, and keeps it for this process and those that are forked from it."""
        if not self._process or not self._theme:
            return
        with os.fdopen(self._pipe, "rb") as file:
            data = file.read()
        self._pipe = -1
        self.close()
        # Nothing comes where a template is faulty: whoever renders it says so.
        for plain, codes in (marshal.loads(data) if data else {}).items():
            find_codes(self._theme)[plain].update(codes)

    def close(self) -> None:
        """Lets the process go; it is stopped where nobody waited for it."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1
            os.kill(self._process, signal.SIGKILL)
        if self._process:
            os.waitpid(self._process, 0)
            self._process = 0


def _compile(theme: Theme, kinds: Iterable[str]) -> bytes:
    compile_templates(theme, (name for kind in kinds for name in TEMPLATES[kind]))
    return marshal.dumps(find_codes(theme))
