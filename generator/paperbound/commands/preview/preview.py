"""The builds of a preview: changed files, present faults, an end at any step."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ...builder.executors import make_executor
from ...builder.pipeline import build_site
from ...config import DEFAULT_BASE_URL
from ...content.folder import read_settings, require_folder
from ...languages import __file__ as languages
from ...model.build import Options, Result
from ...model.errors import InputError
from ...storage.cache_files import find_private
from ...storage.sources import find_builtin_themes
from ...text.report import list_faults, summarize
from ...urls import Addresses
from ..console.progress import Progress
from ..console.terminal import describe_result, say, say_faults, show_json

_Stats = dict[str, tuple[int, int]]


class StoppedError(Exception):
    """Raised in a build that is to end: the site stays as it was."""


class Preview:
    """The state of a preview: its options, and the present faults.

    `workers` is the number of processes of a build; `base_path` is that of --base-url or site.yaml, `/` without a
    readable one. `version` counts the builds that changed the site. With `as_json` each build is reported as a JSON
    object.
    """

    def __init__(self, options: Options, workers: int, *, as_json: bool = False) -> None:
        self.options, self.workers, self.as_json = options, workers, as_json
        self.fault = ""
        self.version = 0
        self._stops = False
        self._seen: _Stats = {}
        self._code: _Stats = {}
        require_folder(options.content)
        config = read_settings(options.content, lambda _fault: None)
        self.base_path = Addresses(options.base_url or (config.base_url if config else DEFAULT_BASE_URL)).base_path

    def build(self) -> bool:
        """Builds the site; returns whether it changed. After a fault, the site stays."""
        start = time.perf_counter()
        had_fault = bool(self.fault)
        progress = Progress(self.as_json)

        def go_on(what: str, count: int = 0, total: int = 0) -> None:
            if self._stops:
                raise StoppedError
            progress(what, count, total)

        # Values are trees: a search for cycles among them takes a quarter of a large build.
        gc.disable()
        try:
            with make_executor(self.workers) as executor:
                result = build_site(self.options, executor, go_on)
        except StoppedError:
            return False
        except (InputError, OSError) as error:
            progress.clear()
            self._report_fault(error)
            return False
        finally:
            progress.clear()
            gc.enable()
        self.fault = ""
        changed = bool(result.written or result.removed or had_fault)
        self.version += changed
        self._report(result, time.perf_counter() - start)
        return changed

    def stop(self) -> None:
        """Ends a running build at its next step."""
        self._stops = True

    def scan(self) -> bool:
        """Returns whether a file of content or themes changed since the last scan."""
        output = os.path.abspath(self.options.output)  # noqa: PTH100 - resolve() would follow a link
        left_out = output, str(find_private(self.options.output).folder.parent)
        folders = (self.options.content, *self.options.themes, find_builtin_themes())
        now = {path: stat for folder in folders for path, stat in _walk(os.path.abspath(folder), left_out)}  # noqa: PTH100
        changed = now != self._seen
        self._seen = now
        return changed

    def has_new_phrases(self) -> bool:
        """Returns whether a translation changed since the last call: only a new process reads it."""
        now = dict(_walk(str(Path(languages).parent), ()))
        changed = bool(self._code) and now != self._code
        self._code = now
        return changed

    def _report(self, result: Result, seconds: float) -> None:
        if self.as_json:
            show_json("serve", describe_result(result, seconds), warnings=result.warnings)
            return
        say_faults(self.options.content, result.warnings, "warning")
        say(summarize(result, seconds, "marked"))

    def _report_fault(self, error: InputError | OSError) -> None:
        faults = list_faults(error.faults, "error") if isinstance(error, InputError) else [f"error: {error}"]
        self.fault = "\n".join(faults)
        if not isinstance(error, InputError):
            say(self.fault)
        elif self.as_json:
            show_json("serve", {}, ok=False, errors=error.faults)
        else:
            say_faults(self.options.content, error.faults, "error")


def _walk(folder: str, left_out: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yields files below a folder with their stats, except hidden ones and copies."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith(("~", ".swp", ".bak")) or entry.path in left_out:
                continue
            with contextlib.suppress(OSError):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        yield from _walk(entry.path, left_out)
                else:
                    stat = entry.stat()
                    yield entry.path, (stat.st_mtime_ns, stat.st_size)
