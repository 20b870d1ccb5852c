"""Judge of pages in Chromium: whatever runs, contacts another host, leaves the page, or is active markup of a stranger.

Pages are loaded in frames of one page, fifty at a time; a script in each frame reports before anything else runs.
"""

from __future__ import annotations

import contextlib
import functools
import io
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from browser_server import Handler, Server
from playwright.sync_api import Browser, BrowserContext, Page, Request

TOGETHER = 50
HARNESS = "__harness__"
_META = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
# Runs before all scripts of each frame: what strangers call, and what a page may not become.
WATCH = """
(() => {
  const report = window.reportMarkup;
  if (!report) return;
  const say = (what) => report(`${location.pathname}${location.search}: ${what}`);
  for (const name of ["pwn", "alert", "confirm", "prompt", "print", "open"]) {
    Object.defineProperty(window, name, { value: (...values) => { say(`${name}(${values})`); }, configurable: false });
  }
  if (location.pathname.endsWith("/__harness__")) return;
  const inner = /^(?:https?:|mailto:|blob:http:\\/\\/127)/;
  const attributes = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset", "srcdoc", "ping", "manifest"];
  const isOurs = (address) => new URL(address, location.href).origin === location.origin;
  const judge = () => {
    for (const one of document.querySelectorAll("*")) {
      // An element of a feed is no element of a page, whatever its name.
      if (!/xhtml|svg|MathML/.test(one.namespaceURI)) continue;
      const name = one.localName;
      const source = one.getAttribute("src") ?? one.getAttribute("href") ?? "";
      if (name === "script" && one.type !== "application/ld+json" && !(source && isOurs(source) && /^\\/assets\\//.test(new URL(source, location.href).pathname))) say(`script ${one.outerHTML.slice(0, 200)}`);
      if (["iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal", "fencedframe", "foreignobject", "use", "animate", "set", "marquee", "maction", "isindex", "bgsound", "layer", "audio", "video", "track"].includes(name.toLowerCase())) say(`element ${one.outerHTML.slice(0, 200)}`);
      if (name === "link" && !isOurs(source) && !["canonical", "alternate"].includes(one.rel)) say(`link ${one.outerHTML.slice(0, 200)}`);
      if (name === "meta" && one.httpEquiv === "refresh" && !document.querySelector("main h1")?.textContent.match(/moved/i)) say(`refresh ${one.outerHTML.slice(0, 200)}`);
      if (["img", "image", "source", "input", "feimage"].includes(name.toLowerCase()) && source && !isOurs(source) && name !== "input") say(`picture ${one.outerHTML.slice(0, 200)}`);
      if (name === "template" && one.hasAttribute("shadowrootmode")) say("shadow root");
      if (name === "style" && !/mail\\/$/.test(location.pathname)) say("style");
      for (const { name: key, value } of one.attributes) {
        if (/^on/i.test(key)) say(`attribute ${key}=${value}`);
        if (key === "style" && !/mail\\/$/.test(location.pathname) && one.style.cssText.includes("url(")) say(`style ${value}`);
        if (!attributes.includes(key)) continue;
        if (key === "srcdoc") say(`srcdoc ${value}`);
        let protocol = "";
        try { protocol = new URL(value, document.baseURI).protocol; } catch { /* no address leads nowhere */ }
        if (protocol && !inner.test(`${protocol}`) && !["http:", "https:", "mailto:"].includes(protocol)) say(`address ${key}=${value.slice(0, 200)}`);
      }
    }
  };
  window.judgeMarkup = judge;
  if (document.readyState === "complete") judge(); else addEventListener("load", judge);
})();
"""
LOAD = """
async ([paths, text]) => {
  const act = text && (0, eval)(`(${text})`);
  const until = async (test) => {
    for (let turn = 0; turn < 2000; turn++) {
      const value = test();
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`never so: ${test}`);
  };
  const frames = paths.map((path) => {
    const frame = document.createElement("iframe");
    frame.style.cssText = "width:300px;height:200px";
    const loaded = new Promise((resolve) => { frame.addEventListener("load", resolve); setTimeout(resolve, 60000); });
    frame.src = path;
    document.body.append(frame);
    return [frame, loaded];
  });
  await Promise.all(frames.map(([, loaded]) => loaded));
  let judged = 0;
  for (const [frame] of act ? frames : []) {
    try { await act(frame.contentWindow, until, frame.contentWindow.location.search.slice(1)); } catch (error) { window.reportMarkup(`${frame.src}: nobody could act: ${error}`); }
  }
  for (const [frame] of frames) {
    for (const one of frame.contentDocument?.querySelectorAll("details, [tabindex]") ?? []) { one.open = true; one.focus?.(); }
  }
  // A picture that cannot be loaded says so when its answer is there, however busy the machine is.
  const loadsPicture = ([frame]) => [...(frame.contentDocument?.images ?? [])].some((one) => one.loading !== "lazy" && !one.complete);
  for (let turn = 0; turn < 1500 && frames.some(loadsPicture); turn++) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 30));
  for (const [frame] of frames) {
    try { frame.contentWindow.judgeMarkup(); judged += 1; } catch (error) { window.reportMarkup(`${frame.src}: cannot be judged: ${error}`); }
    frame.remove();
  }
  return judged;
}
"""


class MarkupHandler(Handler):
    """Serves a site, and an empty page that holds frames; without policies, where it should."""

    with_policy = True
    # The kind of all files, where a server is to be wrong.
    kind = ""

    def send_head(self) -> io.BytesIO | object:  # type: ignore[override]
        path = unquote(urlsplit(self.path).path)
        if path == f"/{HARNESS}":
            return self._send(b"<!DOCTYPE html><title>h</title><body>", "text/html; charset=utf-8")
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() and path.endswith("/") else file
        if not file.is_file():
            return self._send((Path(self.directory) / "404.html").read_bytes(), "text/html; charset=utf-8")
        # Browsers show them instead of saving them.
        plain = file.suffix in (".md", ".bib", ".ris", ".csv")
        kind = self.kind or ("text/plain; charset=utf-8" if plain else self.guess_type(str(file)))
        if file.suffix in (".css", ".woff2"):
            return self._send(b"", kind)  # nothing is looked at
        return self._send(file.read_bytes(), f"{kind}; charset=utf-8" if kind == "text/html" else kind)

    def _send(self, data: bytes, kind: str) -> io.BytesIO:
        data = data if self.with_policy else _META.sub(b"", data)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600" if "/assets/" in self.path else "no-store")
        self.end_headers()
        return io.BytesIO(data)


class QuietServer(Server):
    """A server that says nothing of frames that were removed while they loaded."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextlib.contextmanager
def serve_markup(folder: Path, *, policy: bool, kind: str = "") -> Iterator[str]:
    """Serves a site with the policies of its pages or without them, or all files as one kind; gives its address."""
    handler = type("Served", (MarkupHandler,), {"with_policy": policy, "kind": kind})
    with QuietServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


class MarkupJudge:
    """Loads paths of a site, and collects the faults."""

    def __init__(self, browser: Browser, address: str, *, policy: bool = True) -> None:
        self.faults: list[str] = []
        self.address = address
        self.context: BrowserContext = browser.new_context(bypass_csp=False, service_workers="block")
        self.context.expose_binding("reportMarkup", lambda _source, text: self.faults.append(text))
        self.context.add_init_script(WATCH)
        self.context.on("request", self._check_request)
        self.context.route(lambda url: not url.startswith(address), lambda route: route.abort())
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.page.on("dialog", self._refuse)
        self.page.on("framenavigated", lambda frame: self._check_address(frame.url))
        self.page.goto(f"{address}{HARNESS}")

    def _refuse(self, dialog: object) -> None:
        self.faults.append(f"dialog: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _check_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:image/", "about:", "blob:")):
            self.faults.append(f"request: {request.url[:200]}")

    def _check_address(self, url: str) -> None:
        if not url.startswith((self.address, "about:blank")):
            self.faults.append(f"navigation: {url[:200]}")

    def visit(self, paths: Sequence[str], act: str = "", together: int = TOGETHER) -> int:
        """Loads paths of the site, some of them together; returns how many were judged.

        On each page a reader acts first, as a function of `reader_acts` says.
        """
        visited = 0
        for start in range(0, len(paths), together):
            some = paths[start : start + together]
            visited += self.page.evaluate(LOAD, [[f"/{path}" for path in some], act])
            assert self.page.url == f"{self.address}{HARNESS}"
        return visited

    def take(self) -> list[str]:
        """Returns all faults since the last time."""
        self.page.wait_for_timeout(50)
        found = [*self.faults]
        self.faults.clear()
        return found

    def close(self) -> list[str]:
        """Closes the pages; returns all faults since the last time."""
        found = self.take()
        self.context.close()
        return found
