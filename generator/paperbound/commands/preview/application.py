"""The web server of a preview: the site, for this machine alone.

livereload provides the protocol and its websocket; application, handlers and the page's script are Paperbound's,
because livereload accepts any Host and any Origin, knows no base path, and injects an inline script that the pages'
content security policy forbids.
"""

from __future__ import annotations

import contextlib
import html
import mimetypes
import os
import re
import urllib.parse
from pathlib import Path
from typing import Any

import tornado.web
import tornado.websocket
from livereload.handlers import LiveReloadHandler

from ...urls import NO_PAGE
from .preview import Preview

_OWN = "__paperbound__"
_OWN_HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d{1,5})?", re.IGNORECASE)
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_EMPTY = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Not built yet</title></head>
<body><h1>The site could not be built yet</h1></body></html>
"""
_SCRIPT = Path(__file__).parent / "reload.js"


def _is_origin(origin: str, host: str) -> bool:
    """Returns whether an Origin header names the pages of a host, by http or https."""
    return origin in (f"http://{host}", f"https://{host}")


class _Guarded(tornado.web.RequestHandler):
    """A handler that refuses requests for other hosts: a foreign name may resolve here."""

    preview: Preview

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        if not _OWN_HOST.fullmatch(self.request.host):
            raise tornado.web.HTTPError(403, reason="Foreign host")
        origin = self.request.headers.get("Origin")
        if origin and not _is_origin(origin, self.request.host):
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
        # Of a name that is too long for the system these say no, where methods of Path raise an error.
        if file and os.path.isdir(file):  # noqa: PTH112
            if path and not path.endswith("/"):
                self.redirect(f"{self.preview.base_path}{urllib.parse.quote(path)}/")
                return
            file = file / "index.html"
        if not file or not os.path.isfile(file):  # noqa: PTH113
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
            version = self.preview.version  # before the page is read, which is never older then
            page = file.read_text("utf-8") if file.is_file() else _EMPTY
            self.set_header("Content-Type", _TYPES[".html"])
            address = f"{html.escape(self.preview.base_path)}{_OWN}/reload.js?{version}"
            script = f'<script src="{address}" defer></script>'
            self.write(page.replace("</head>", f"{script}</head>", 1))
        else:
            self.set_header("Content-Type", _find_type(file))
            self.write(file.read_bytes())

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}\n")


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's websocket, for pages of this preview only; sends reloads and faults."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        _Guarded.prepare(self)
        # tornado calls check_origin only for requests with an Origin; browsers always send one.
        if not self.request.headers.get("Origin"):
            raise tornado.web.HTTPError(403, reason="No origin")

    def check_origin(self, origin: str) -> bool:
        """Returns whether the page was served by this preview."""
        return _is_origin(origin, self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """Answers livereload's handshake, and sends a reload or fault that the page missed."""
        with contextlib.suppress(ValueError, AttributeError):
            super().on_message(message)
            if self not in LiveReloadHandler.waiters:
                return
            if self.preview.fault:
                self.send_message({"command": "alert", "message": self.preview.fault})
            elif self.request.query != str(self.preview.version):
                self.send_message({"command": "reload", "path": "*"})


def _find_type(file: Path) -> str:
    """Returns the type of a file, of most by Python's own table."""
    kind, encoding = mimetypes.MimeTypes().guess_type(file.name, strict=False)
    return _TYPES.get(file.suffix) or (None if encoding else kind) or "application/octet-stream"


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


def send_to_all(message: dict[str, str]) -> None:
    """Sends a message to each browser that still listens."""
    for waiter in LiveReloadHandler.waiters.copy():
        with contextlib.suppress(tornado.websocket.WebSocketClosedError):
            waiter.send_message(message)
