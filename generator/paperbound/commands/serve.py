"""`paperbound serve`: a preview on this machine, rebuilt on every save."""

from __future__ import annotations

import argparse
import asyncio
import errno
import logging
import os
import sys
import time
from dataclasses import replace
from webbrowser import open as open_browser

from tornado.httpserver import HTTPServer

from ..model.errors import Fault, InputError
from .console.arguments import add_json, add_site, count_workers, make_number, make_options
from .console.parser import Example
from .console.terminal import say
from .preview.application import make_application, send_to_all
from .preview.preview import Preview

DESCRIPTION = """\
Builds the site and serves it on this machine alone, under the base path of the published site. A saved file
shows without a reload by hand; a fault in it shows in the page and here, and the last good site stays. Drafts, and
papers of a date to come, are shown and marked; the next build leaves them out."""
EXAMPLES: tuple[Example, ...] = (
    ("paperbound serve --open", "shows the site in the browser"),
    ("paperbound serve --port 9000 --content mine/content", "shows another site at another port"),
)
# Seconds between two scans of the files, which take a tenth of the time at most; seconds in which no file changes.
_POLL, _SHARE, _STILL = 0.15, 10, 0.05
# Ports that are tried: the chosen one and those after it.
_PORTS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of `paperbound serve`."""
    add_site(parser)
    parser.add_argument(
        "--port",
        type=make_number(0, 65535),
        default=8000,
        metavar="N",
        help="the port, or the next free one (default: 8000; 0 takes any)",
    )
    parser.add_argument("--open", action="store_true", help="show the site in the browser")
    add_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Builds and serves the site until interrupted; returns the exit code."""
    options = replace(make_options(chosen), drafts=True)
    preview = Preview(options, count_workers(chosen.content), as_json=chosen.json)
    # The library would print each request of a page that is not there, as before the first build.
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    try:
        asyncio.run(_run(preview, chosen))
    except KeyboardInterrupt:
        say("stopped")
    return 0


async def _run(preview: Preview, chosen: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    server, port = _listen(preview, chosen.port)
    preview.scan()
    preview.has_new_phrases()
    try:
        await loop.run_in_executor(None, preview.build)
        url = f"http://127.0.0.1:{port}{preview.base_path}"
        say(f"serving {url} (stop with Ctrl+C)")
        if chosen.open:
            open_browser(url)
        while True:
            start = time.perf_counter()
            changed = await loop.run_in_executor(None, preview.scan)
            if preview.has_new_phrases():
                break
            pause = max(_POLL, _SHARE * (time.perf_counter() - start))
            if changed:
                # A file may be half written: it is read when it stays as it is.
                while changed:
                    await asyncio.sleep(_STILL)
                    changed = await loop.run_in_executor(None, preview.scan)
                await _build(preview)
            await asyncio.sleep(pause)
    finally:
        preview.stop()
        server.stop()
    _start_anew(preview, port, as_json=chosen.json)


async def _build(preview: Preview) -> None:
    changed = await asyncio.get_running_loop().run_in_executor(None, preview.build)
    if preview.fault:
        send_to_all({"command": "alert", "message": preview.fault})
    elif changed:
        send_to_all({"command": "reload", "path": "*"})


def _listen(preview: Preview, port: int) -> tuple[HTTPServer, int]:
    """Listens at the port or the next free one; returns the server and its port."""
    application = make_application(preview)
    for other in range(port, min(port + _PORTS, 65536)) if port else (0,):
        try:
            server = application.listen(other, address="127.0.0.1")
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        if other != port:
            say(f"note: port {port} is in use; {other} is taken instead")
        return server, next(iter(server._sockets.values())).getsockname()[1]
    remedy = "Choose another one with --port N, or 0 for a free one."
    raise InputError([Fault(f"port {port}", 0, "", f"it and the {_PORTS - 1} after it are in use", remedy)])


def _start_anew(preview: Preview, port: int, *, as_json: bool) -> None:
    """Replaces this process by one with the changed translations; browsers reconnect."""
    options = preview.options
    words = ["serve", "--port", str(port), "--content", str(options.content), "--output", str(options.output)]
    words += [word for folder in options.themes for word in ("--themes", str(folder))]
    words += ["--base-url", options.base_url] if options.base_url else []
    words += ["--strict"] if options.strict else []
    words += ["--json"] if as_json else []
    say("a translation changed: starting anew")
    os.execv(sys.executable, [sys.executable, "-m", "paperbound", *words])
