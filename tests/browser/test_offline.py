"""An installable site in a real browser: without a network, after another build, emptied, and switched off."""

from __future__ import annotations

import functools
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browser_server import Handler, Server
from page_judges import run_axe
from playwright.sync_api import BrowserContext, Page, expect
from waiting import wait_until

from surroundings import ROOT, Build

pytestmark = pytest.mark.browser

KEYS = "async () => (await caches.keys()).filter((name) => name.startsWith('paperbound ')).sort()"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
BASE = "/some/base/"


class Site:
    """A site whose content changes, built and served under a base path, and cut off from the network."""

    def __init__(self, folder: Path, build: Build) -> None:
        self.content, self.folder, self._build = folder / "content", folder / "site", build
        shutil.copytree(ROOT / "tests" / "sites" / "features", self.content)
        self.settings = (self.content / "site.yaml").read_text("utf-8")
        self.set(offline="yes")
        self.is_cut = False
        site = self

        class Cut(Handler):
            base = BASE

            def send_head(self) -> object:  # type: ignore[override]
                # A file may be of the same second as that of the build before, and is another one.
                del self.headers["If-Modified-Since"]
                return super().send_head()

            def parse_request(self) -> bool:
                # Without an answer the connection ends, as without a network.
                self.close_connection = site.is_cut
                return not site.is_cut and super().parse_request()

        self.server = Server(("127.0.0.1", 0), functools.partial(Cut, directory=str(self.folder)))
        self._thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}{BASE}"

    def set(self, **settings: str) -> None:
        lines = "".join(f'{name}: "{value}"\n' for name, value in settings.items())
        (self.content / "site.yaml").write_text(self.settings + lines, "utf-8")
        self.build()

    def build(self) -> None:
        self._build(self.content, self.folder)

    def add(self, title: str) -> None:
        record = f"title: {title}\nauthors: [Ada Lovelace]\ndate: 2026-01-02\n"
        (self.content / "papers" / f"{title.lower()}.yaml").write_text(record, "utf-8")
        self.build()

    @property
    def name(self) -> str:
        """The name of the build."""
        return str(json.loads((self.folder / "build.json").read_text("utf-8"))["build"])

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@pytest.fixture
def site(tmp_path: Path, build: Build) -> Iterator[Site]:
    with closing(Site(tmp_path, build)) as served:
        yield served


@pytest.fixture
def reader(context: BrowserContext) -> Page:
    return context.new_page()


def wait_for_worker(page: Page, site: Site) -> None:
    """Waits until the worker of the present build rules the page, and the page is kept."""
    test = """async ([base, build]) => {
      const names = (await caches.keys()).filter((one) => one.startsWith(`paperbound ${base} `));
      return Boolean(navigator.serviceWorker.controller && names.length) && names.every((one) => one.includes(` ${build} `));
    }"""
    wait_until(page, lambda: page.evaluate(test, [BASE, site.name]))


def is_kept(page: Page, path: str) -> bool:
    url = page.url.partition(BASE)[0] + BASE + path
    return bool(page.evaluate("async (url) => Boolean(await caches.match(url))", url))


def wait_for_page(page: Page, path: str) -> None:
    wait_until(page, lambda: is_kept(page, path))


def test_visited_pages_and_the_search_open_without_a_network(site: Site, reader: Page) -> None:
    reader.goto(site.url)
    wait_for_worker(reader, site)
    reader.goto(f"{site.url}papers/")
    paper = reader.locator(".entry h3 a:not(:has(math))").first
    title, href = paper.inner_text(), str(paper.get_attribute("href"))
    reader.goto(f"{site.url}tags/")
    reader.goto(site.url.removesuffix(BASE) + href)
    wait_for_page(reader, href.removeprefix(BASE))
    reader.goto(f"{site.url}search/?q=shelves")
    first = reader.locator("[data-search-list] h3").first.inner_text()
    (titles,) = (site.folder / "search-data").glob("titles.*.txt")
    for name in ("manifest.json", titles.name):
        wait_for_page(reader, f"search-data/{name}")
    site.is_cut = True
    reader.goto(site.url.removesuffix(BASE) + href)
    expect(reader.locator("h1")).to_have_text(title)
    assert reader.evaluate("getComputedStyle(document.body).fontFamily")
    assert reader.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")
    # Another query: the whole index of a small site is kept when it is used.
    reader.goto(f"{site.url}search/?q=sorted&sort=title")
    expect(reader.locator("[data-search-list] h3").first).to_be_visible()
    reader.goto(f"{site.url}search/?q=shelves")
    expect(reader.locator("[data-search-list] h3").first).to_have_text(first)
    reader.goto(f"{site.url}reading-list/")
    expect(reader.locator("h1")).to_have_text("Reading list")
    # A page that was not visited.
    reader.goto(f"{site.url}years/2024/")
    expect(reader.locator("h1")).to_have_text("Read offline")
    expect(reader.locator("[data-offline-list] a", has_text=title)).to_have_attribute(
        "href", site.url.removesuffix(BASE) + href
    )
    assert run_axe(reader) == []
    site.is_cut = False
    reader.goto(f"{site.url}years/2024/")
    expect(reader.locator("h1")).not_to_have_text("Read offline")


def test_another_build_takes_the_place_of_the_whole(site: Site, reader: Page) -> None:
    reader.goto(site.url)
    wait_for_worker(reader, site)
    wait_for_page(reader, "")
    for path in ("papers/", "tags/"):
        reader.goto(f"{site.url}{path}")
        wait_for_page(reader, path)
    before = site.name
    site.add("Quokkas")
    assert site.name != before
    # The page of the next build is shown at once, and visited pages are kept anew.
    reader.goto(f"{site.url}papers/")
    expect(reader.locator(".entry h3", has_text="Quokkas")).to_be_visible()
    wait_for_worker(reader, site)
    assert all(f" {site.name} " in name for name in reader.evaluate(KEYS))
    site.is_cut = True
    for path in ("papers/", "", "tags/"):
        reader.goto(f"{site.url}{path}")
        assert "Read offline" not in reader.locator("h1").inner_text(), path
    reader.goto(f"{site.url}papers/")
    expect(reader.locator(".entry h3", has_text="Quokkas")).to_be_visible()


def test_no_page_of_another_build_is_kept_beside_older_ones(site: Site, reader: Page) -> None:
    reader.goto(f"{site.url}tags/")
    wait_for_worker(reader, site)
    wait_for_page(reader, "tags/")
    first, worker = site.name, (site.folder / "sw.js").read_bytes()
    site.add("Quokkas")
    # The host has the pages of the next build already, and still the worker of the last one.
    (site.folder / "sw.js").write_bytes(worker)
    reader.goto(f"{site.url}papers/")
    expect(reader.locator(".entry h3", has_text="Quokkas")).to_be_visible()
    reader.wait_for_timeout(1_000)
    assert not is_kept(reader, "papers/")
    assert all(f" {first} " in name for name in reader.evaluate(KEYS))
    site.is_cut = True
    reader.goto(f"{site.url}papers/")
    expect(reader.locator("h1")).to_have_text("Read offline")
    reader.goto(f"{site.url}tags/")
    expect(reader.locator("h1")).not_to_have_text("Read offline")


def test_a_reader_deletes_all_and_keeps_nothing(site: Site, reader: Page) -> None:
    reader.goto(f"{site.url}tags/")
    wait_for_worker(reader, site)
    wait_for_page(reader, "tags/")
    reader.goto(f"{site.url}offline/")
    expect(reader.locator("[data-offline-list] a", has_text="Topics")).to_be_visible()
    reader.get_by_role("button", name="Delete all").click()
    expect(reader.locator("[data-offline-list] a")).to_have_count(0)
    assert not is_kept(reader, "tags/")
    box = reader.get_by_label("Keep pages that I read")
    box.uncheck()
    wait_until(reader, lambda: (reader.evaluate(KEYS), reader.evaluate(WORKERS)) == ([], 0))
    reader.goto(f"{site.url}tags/")
    reader.wait_for_timeout(500)
    assert reader.evaluate(WORKERS) == 0
    reader.goto(f"{site.url}offline/")
    expect(box).not_to_be_checked()
    box.check()
    wait_for_worker(reader, site)


def test_a_site_that_is_switched_off_takes_its_worker_away(site: Site, reader: Page) -> None:
    reader.goto(f"{site.url}tags/")
    wait_for_worker(reader, site)
    site.set()
    assert not (site.folder / "offline").exists()

    # The browser looks for another worker after each page that is opened; a look that fails is one of many.
    def has_left() -> bool:
        nonlocal turn
        if turn % 80 == 0:
            reader.goto(f"{site.url}tags/")
        turn += 1
        return (reader.evaluate(KEYS), reader.evaluate(WORKERS)) == ([], 0)

    turn = 0
    wait_until(reader, has_left)
    assert reader.evaluate("document.querySelector('link[rel=manifest]')") is None


def test_the_web_app_manifest_is_one_that_a_browser_installs(
    site: Site, reader: Page, watch: Callable[[Page, str], list[str]]
) -> None:
    faults = watch(reader, site.url.removesuffix(BASE))
    reader.goto(site.url)
    wait_for_worker(reader, site)
    session = reader.context.new_cdp_session(reader)
    assert session.send("Page.getAppManifest")["errors"] == []
    found = json.loads((site.folder / "manifest.webmanifest").read_text("utf-8"))
    assert (found["start_url"], found["scope"], found["id"]) == (BASE, BASE, BASE)
    assert [icon["purpose"] for icon in found["icons"]] == ["any", "maskable"]
    size = """async (url) => { const image = new Image(); image.src = url; await image.decode(); return image.naturalWidth; }"""
    assert reader.evaluate(size, found["icons"][0]["src"]) > 0
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A browser in a test is a private window, where nothing is installed.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
    assert faults == []


def test_kept_pages_have_a_bound(site: Site, reader: Page) -> None:
    papers = "\n".join(f"- {{id: m{number}, title: Many {number}}}" for number in range(64))
    (site.content / "papers" / "many.yaml").write_text(papers, "utf-8")
    site.build()
    reader.goto(site.url)
    wait_for_worker(reader, site)
    keep = "(path) => navigator.serviceWorker.controller.postMessage(path)"
    for number in range(64):
        reader.evaluate(keep, f"{BASE}papers/many-{number}/")
        wait_for_page(reader, f"papers/many-{number}/")
    count = "async (name) => (await (await caches.open(name)).keys()).length"
    # The last page is there a moment before the oldest one goes.
    wait_until(reader, lambda: reader.evaluate(count, f"paperbound {BASE} {site.name} pages") == 60)
