"""The costs of a search for a reader: gzipped bytes and milliseconds, in Chromium, from a server that counts.

Every query runs in a browser without any cache, as a first query does, ours through the search page as
people use it: the address with the query, ten results on screen. Keys are typed into a browser that has all files.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, Page, sync_playwright

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]

from browser_server import Handler, serve_folder  # noqa: E402

from surroundings import CHROMIUM, FLAGS  # noqa: E402

# Not the search's: the page itself, and what every page of our theme loads before anyone searches.
_EVERY_PAGE = re.compile(r"(?:/|\.html|\.css|\.svg|\.ico|\.woff2|/(?:theme|site)\.[0-9a-f]+\.js)$")
_KEYS = """async (query) => {
  const field = document.getElementById("q");
  const list = document.querySelector("[data-search-list]");
  const type = (text) => new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - start));
    });
    watch.observe(list, { childList: true });
    setTimeout(() => resolve(null), 3000);
    field.value = text;
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
  });
  await type(query.slice(0, -1));
  await new Promise((resolve) => setTimeout(resolve, 60));
  await type(query);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await type(query.slice(0, -1));
  await new Promise((resolve) => setTimeout(resolve, 60));
  return type(query);
}"""


class _Counter(Handler):
    """Serves files, and counts their gzipped bytes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    weights: ClassVar[dict[str, int]] = {}
    asked: ClassVar[list[tuple[str, int]]] = []

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            data = path.read_bytes()
            # Pagefind's files are gzipped already; no host makes them smaller.
            weight = self.weights.get(str(path)) or min(len(gzip.compress(data, 6, mtime=0)), len(data))
            self.weights[str(path)] = weight
            self.asked.append((self.path, weight))
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@contextmanager
def open_chromium(folder: Path) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address at which it finds the folder."""
    with serve_folder(folder, handler=_Counter) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser, address
        browser.close()


def spread(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return {"median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]}


def _fresh(browser: Browser, ask: Any) -> tuple[int, float]:
    """Bytes and milliseconds of `ask(page)` in a browser that has nothing."""
    context = browser.new_context()
    page = context.new_page()
    _Counter.asked.clear()
    start = time.perf_counter()
    ask(page)
    seconds = time.perf_counter() - start
    weight = sum(size for path, size in _Counter.asked if not _EVERY_PAGE.search(path.partition("?")[0]))
    context.close()
    return weight, seconds * 1000


def measure_ours(browser: Browser, address: str, queries: list[str]) -> dict[str, Any]:
    """Bytes and times of first queries, of scoring alone, and of keys."""
    from urllib.parse import quote

    def open_results(page: Page, query: str) -> None:
        page.goto(f"{address}ours/search/?q={quote(query)}")
        page.locator("[data-search-list] li, [data-search-empty]:not([hidden])").first.wait_for()

    firsts = [_fresh(browser, lambda page, query=query: open_results(page, query)) for query in queries]
    page = browser.new_page()
    page.goto(f"{address}ours/ask.html")
    page.wait_for_function("() => window.time !== undefined")
    scoring = [page.evaluate("query => window.time(query)", query) for query in queries]
    page.goto(f"{address}ours/search/")
    keys = [page.evaluate(_KEYS, query) for query in queries]
    facets = _fresh(browser, lambda page: _open_facets(page, address))[0]
    return {
        "bytes": spread([weight for weight, _ in firsts]),
        "first": spread([time for _, time in firsts]),
        "scoring": spread(scoring),
        "keys": spread([key for key in keys if key is not None]),
        "unanswered_keys": keys.count(None),
        "facets": facets,
    }


def _open_facets(page: Page, address: str) -> None:
    page.goto(f"{address}ours/search/?q=translation")
    page.locator("[data-search-list] li").first.wait_for()
    _Counter.asked.clear()
    page.locator("[data-search-open]").click()
    page.locator("[data-search-facets] *").first.wait_for()


def measure_peer(browser: Browser, address: str, engine: str, queries: list[str]) -> dict[str, Any]:
    """Bytes and times of first queries, and of queries in a page that has been used."""
    ask = "query => window.ask(query)"

    def open_results(page: Page, query: str) -> None:
        page.goto(f"{address}{engine}/ask.html")
        page.wait_for_function("() => window.ask !== undefined", timeout=120_000)
        page.evaluate(ask, query)

    # An index of one file costs every query the same.
    several = queries if engine == "pagefind" else queries[:3]
    firsts = [_fresh(browser, lambda page, query=query: open_results(page, query)) for query in several]
    return {"bytes": spread([weight for weight, _ in firsts]), "first": spread([time for _, time in firsts])}


def rank_peer(browser: Browser, address: str, engine: str, queries: list[tuple[str, str, int]]) -> dict[str, Any]:
    """Mean reciprocal rank among ten and share of first places, by kind of query; and milliseconds a query."""
    page = browser.new_page()
    page.goto(f"{address}{engine}/ask.html")
    page.wait_for_function("() => window.ask !== undefined", timeout=120_000)
    kinds: dict[str, list[float]] = {}
    times = []
    for kind, query, number in queries:
        start = time.perf_counter()
        found = page.evaluate("query => window.ask(query)", query)
        times.append((time.perf_counter() - start) * 1000)
        kinds.setdefault(kind, []).append(1 / (found.index(number) + 1) if number in found else 0)
    page.close()
    return {
        "kinds": {kind: {"mrr": statistics.mean(one), "first": one.count(1) / len(one)} for kind, one in kinds.items()},
        "again": spread(times),
    }
