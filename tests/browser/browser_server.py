"""A server for built sites: under a base path, with the site's own 404 page."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a base path, with its 404 page, and is silent about it."""

    base = "/"

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.base):
            return str(Path(self.directory) / "nothing-is-here")
        return super().translate_path("/" + path[len(self.base) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    """Takes as many connections at once as a browser makes: of more than five waiting ones the standard server's kernel
    drops some, which then wait a second, two, four, and a search seems to hang."""

    request_queue_size = 128


@contextlib.contextmanager
def serve_folder(folder: Path, base: str = "/", handler: type[Handler] = Handler) -> Iterator[str]:
    """Serves a built site while the context lasts; gives the address of its home page."""
    kind = type("BasedHandler", (handler,), {"base": base})
    with Server(("127.0.0.1", 0), functools.partial(kind, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{base}"
        finally:
            server.shutdown()
            thread.join()
