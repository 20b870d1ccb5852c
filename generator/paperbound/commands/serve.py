"""`paperbound serve`: a preview on this machine, rebuilt on every save.

The site is served under its base path. livereload provides the protocol and its websocket; application, handlers and
the page's script are Paperbound's, because livereload accepts any Host and any Origin, knows no base path, and injects
an inline script that the pages' content security policy forbids.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import gc
import html
import time
import urllib.parse
from pathlib import Path
from typing import Any

import tornado.web
from livereload.handlers import LiveReloadHandler

from ..builder.executors import make_executor
from ..builder.pipeline import build_site
from ..config import DEFAULT_BASE_URL
from ..content.folder import read_settings, require_folder
from ..model.build import Options
from ..model.errors import Fault, InputError
from ..storage.sources import walk_files
from ..text.report import list_faults, summarize
from ..urls import NO_PAGE, Addresses
from .arguments import add_site, count_workers, make_number, make_options
from .console.parser import Example
from .terminal import say

DESCRIPTION = """\
Builds the site and serves it on this machine alone, under the base path of the published site. A saved file
shows without a reload by hand; a fault in it shows in the page and here, and the last good site stays."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound serve --open", "shows the site in the browser"),
    ("paperbound serve --port 9000 --content mine", "shows another site at another port"),
)
_OWN = "__paperbound__"
_POLL = 0.15
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
}
_EMPTY = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Not built yet</title></head>
<body><h1>The site could not be built yet</h1></body></html>
"""
_SCRIPT = Path(__file__).parent / "reload.js"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound serve`."""
    add_site(parser)
    parser.add_argument("--open", action="store_true", help="show the site in the browser")
    parser.add_argument(
        "--port",
        type=make_number(0, 65535),
        default=8000,
        metavar="N",
        help="the port (default: 8000; 0 takes a free one)",
    )


def run(chosen: argparse.Namespace) -> int:
    """Builds and serves the site until interrupted; returns the exit code."""
    preview = Preview(make_options(chosen), count_workers(chosen.content))
    try:
        asyncio.run(_run(preview, chosen.port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        remedy = "Choose another one with --port N, or 0 for a free one."
        raise InputError([Fault(f"port {chosen.port}", 0, "", "the port is in use", remedy)]) from error
    except KeyboardInterrupt:
        say("stopped")
    return 0


class Preview:
    """The state of a preview: its options, and the present faults.

    `workers` is the number of processes of a build; `base_path` is that of --base-url or site.yaml, `/` without a
    readable one.
    """

    def __init__(self, options: Options, workers: int) -> None:
        self.options, self.workers = options, workers
        self.fault = ""
        self._seen: dict[str, tuple[int, int]] = {}
        require_folder(options.content)
        config = read_settings(options.content, lambda _fault: None)
        self.base_path = Addresses(options.base_url or (config.base_url if config else DEFAULT_BASE_URL)).base_path

    def build(self) -> bool:
        """Builds the site; returns whether it changed. After a fault, the site stays."""
        start = time.perf_counter()
        had_fault = bool(self.fault)
        # Values are trees: a search for cycles among them takes a quarter of a large build.
        gc.disable()
        try:
            with make_executor(self.workers) as executor:
                result = build_site(self.options, executor)
        except (InputError, OSError) as error:
            faults = list_faults(error.faults, "error") if isinstance(error, InputError) else [f"error: {error}"]
            self.fault = "\n".join(faults)
            say(self.fault)
            return False
        finally:
            gc.enable()
        self.fault = ""
        for line in list_faults(result.warnings, "warning"):
            say(line)
        say(summarize(result, time.perf_counter() - start))
        return bool(result.written or result.removed or had_fault)

    def scan(self) -> bool:
        """Returns whether a file of content or themes changed since the last scan."""
        now: dict[str, tuple[int, int]] = {}
        for folder in (self.options.content, *self.options.themes):
            for file in walk_files(folder):
                with contextlib.suppress(OSError):
                    stat = file.stat()
                    now[str(file)] = (stat.st_mtime_ns, stat.st_size)
        changed = now != self._seen
        self._seen = now
        return changed


class _Guarded(tornado.web.RequestHandler):
    """A handler that refuses requests for other hosts: a foreign name may resolve here."""

    preview: Preview

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        name = urllib.parse.urlsplit(f"//{self.request.host}").hostname
        if name not in ("127.0.0.1", "localhost"):
            raise tornado.web.HTTPError(403, reason="Foreign host")
        origin = self.request.headers.get("Origin")
        if origin and urllib.parse.urlsplit(origin).netloc != self.request.host:
            raise tornado.web.HTTPError(403, reason="Foreign origin")


class _Script(_Guarded):
    def get(self) -> None:
        self.set_header("Content-Type", _TYPES[".js"])
        self.set_header("Cache-Control", "no-store")
        self.write(_SCRIPT.read_bytes())


class _Page(_Guarded):
    def head(self, path: str) -> None:
        self.get(path)

    def get(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        file = self._find(path)
        if file and file.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"{self.preview.base_path}{urllib.parse.quote(path)}/")
                return
            file = file / "index.html"
        if not file or not file.is_file():
            self.set_status(404)
            file = self.preview.options.output / NO_PAGE
        self._send(file)

    def _find(self, path: str) -> Path | None:
        """Returns the file or folder of a path in the site."""
        # Tornado has decoded the path once; a path that still has a way up is no address of the site.
        if "\\" in path or "\0" in path or ".." in path.split("/") or path.startswith("/"):
            return None
        root = self.preview.options.output.resolve()
        file = (root / path).resolve()
        return file if file.is_relative_to(root) else None

    def _send(self, file: Path) -> None:
        if file.suffix == ".html":
            page = file.read_text("utf-8") if file.is_file() else _EMPTY
            self.set_header("Content-Type", _TYPES[".html"])
            script = f'<script src="{html.escape(self.preview.base_path)}{_OWN}/reload.js" defer></script>'
            self.write(page.replace("</head>", f"{script}</head>", 1))
        else:
            self.set_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
            self.write(file.read_bytes())

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}\n")


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's websocket, for pages of this preview only; sends the present fault."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        _Guarded.prepare(self)
        # tornado calls check_origin only for requests with an Origin; browsers always send one.
        if not self.request.headers.get("Origin"):
            raise tornado.web.HTTPError(403, reason="No origin")

    def check_origin(self, origin: str) -> bool:
        """Returns whether the page was served by this preview."""
        return bool(origin) and urllib.parse.urlsplit(origin).netloc == self.request.host

    def on_message(self, message: str | bytes) -> None:
        """Answers livereload's handshake, then sends the present fault."""
        with contextlib.suppress(ValueError, AttributeError):
            super().on_message(message)
            if self in LiveReloadHandler.waiters and self.preview.fault:
                self.send_message({"command": "alert", "message": self.preview.fault})


def make_application(preview: Preview) -> tornado.web.Application:
    """Returns the tornado application that serves a preview under its base path."""
    base, arguments = preview.base_path, {"preview": preview}
    handlers: list[Any] = [
        (f"{base}{_OWN}/reload.js", _Script, arguments),
        (f"{base}{_OWN}/livereload", _Socket, arguments),
        (f"{base}(.*)", _Page, arguments),
    ]
    if base != "/":
        handlers += [
            (base.rstrip("/"), tornado.web.RedirectHandler, {"url": base, "permanent": False}),
            ("/", tornado.web.RedirectHandler, {"url": base, "permanent": False}),
        ]
    return tornado.web.Application(handlers, compress_response=True)


async def _run(preview: Preview, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = make_application(preview).listen(port, address="127.0.0.1")
    actual = next(iter(server._sockets.values())).getsockname()[1]
    preview.scan()
    await loop.run_in_executor(None, preview.build)
    say(f"serving http://127.0.0.1:{actual}{preview.base_path} (stop with Ctrl+C)")
    while True:
        await asyncio.sleep(_POLL)
        if not await loop.run_in_executor(None, preview.scan):
            continue
        changed = await loop.run_in_executor(None, preview.build)
        if preview.fault:
            _broadcast({"command": "alert", "message": preview.fault})
        elif changed:
            _broadcast({"command": "reload", "path": "*"})


def _broadcast(message: dict[str, str]) -> None:
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message(message)
