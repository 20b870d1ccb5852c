"""A web server on a loopback address, whose answers a test decides."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request: path, query by name, headers in lower case."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """A reply; `cut` breaks the connection off after some bytes, `declared` is another length."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    raw: bytes = b""
    wait: threading.Event | None = None


Answering = Callable[[Asked], Reply]


@dataclass
class WebServer:
    """A server that runs: its address, and the requests that came."""

    url: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serve(answer: Answering | Reply, host: str = "127.0.0.1", context: Any = None) -> Iterator[WebServer]:
    """Serves replies until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            asked = Asked(parts.path, query, {name.lower(): value for name, value in self.headers.items()})
            running.asked.append(asked)
            self.close_connection = True
            with suppress(OSError):  # the client has left
                self._send(answer if isinstance(answer, Reply) else answer(asked))

        def _send(self, reply: Reply) -> None:
            if reply.wait:
                reply.wait.wait(60)
            if reply.raw:
                self.wfile.write(reply.raw)
                return
            self.send_response_only(reply.status)
            headers = {"Content-Length": str(len(reply.body)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: reply.cut])

        def log_message(self, *_: object) -> None:
            """Prints nothing."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    running = WebServer(f"{'https' if context else 'http'}://{host}:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
