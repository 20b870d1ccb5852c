"""A real browser, a server for built sites, and the preview as its own process."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_server import serve_folder
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect, sync_playwright

from surroundings import CHROMIUM, FLAGS, Listen

SIZE: ViewportSize = {"width": 1280, "height": 900}
# Generous: other tests fill the cores of the machine, and nothing is timed.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a file: where one is driven, no other loop of asyncio can run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        _watch_policy(chromium)
        yield chromium
        chromium.close()


# What pages did against their content security policies since the last test.
_VIOLATIONS: list[str] = []
_REPORT = """
addEventListener("securitypolicyviolation", (event) => {
  window.reportViolation(`${location.href}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


def _watch_policy(chromium: Browser) -> None:
    """Lets each page of each new context report violations of its policy."""
    make = chromium.new_context

    def new_context(**options: Any) -> BrowserContext:
        context = make(**options)
        context.expose_binding("reportViolation", lambda _source, text: _VIOLATIONS.append(text))
        context.add_init_script(_REPORT)
        return context

    chromium.new_context = new_context  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def violations() -> Iterator[list[str]]:
    """Fails the test when a page does what its content security policy forbids."""
    yield _VIOLATIONS
    found = [*_VIOLATIONS]
    _VIOLATIONS.clear()
    assert found == []


@pytest.fixture(scope="session")
def address(default_site: Path) -> Iterator[str]:
    """Where this repository's own site is served."""
    with serve_folder(default_site) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A context of its own: for tests that change permissions, storage, emulation or scripts of all pages."""
    fresh = browser.new_context(viewport=SIZE)
    fresh.set_default_timeout(30_000)
    yield fresh
    fresh.close()


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    """One page for the tests of a file, because a new page costs as much as six loads."""
    fresh = browser.new_context(viewport=SIZE)
    fresh.set_default_timeout(30_000)
    yield fresh.new_page()
    fresh.close()


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Calls a function at each event of a page, until the test ends."""
    added: list[tuple[Page, Any, Callable[..., object]]] = []

    def add(page: Page, event: Any, act: Callable[..., object]) -> None:
        page.on(event, act)
        added.append((page, event, act))

    yield add
    for page, event, act in added:
        if not page.is_closed():
            page.remove_listener(event, act)


@pytest.fixture
def watch(listen: Listen) -> Callable[[Page, str], list[str]]:
    """Collects what a page must not do: errors, console messages, requests to other origins."""

    def attach(page: Page, origin: str) -> list[str]:
        faults: list[str] = []

        def check(request: Request) -> None:
            if not request.url.startswith((origin, "data:", "about:")):
                faults.append(f"request: {request.url}")

        listen(page, "console", lambda message: faults.append(f"console: {message.text}"))
        listen(page, "pageerror", lambda error: faults.append(f"error: {error}"))
        listen(page, "request", check)
        return faults

    return attach


@pytest.fixture
def tab(shared_page: Page, listen: Listen) -> Iterator[Page]:
    """The shared page: blank, of the usual size, light, without routes; errors in its log are no faults."""
    yield shared_page
    shared_page.unroute_all(behavior="ignoreErrors")
    shared_page.goto("about:blank")
    shared_page.mouse.move(0, 0)
    shared_page.set_viewport_size(SIZE)
    shared_page.emulate_media(color_scheme="light")


@pytest.fixture
def page(tab: Page, address: str, watch: Callable[[Page, str], list[str]]) -> Iterator[Page]:
    """The shared page; the test fails when it logs, throws or contacts another origin."""
    faults = watch(tab, address)
    yield tab
    assert faults == []


@pytest.fixture
def fresh_page(context: BrowserContext, address: str, watch: Callable[[Page, str], list[str]]) -> Iterator[Page]:
    """A page of the test's own context; the test fails when it logs, throws or contacts another origin."""
    opened = context.new_page()
    faults = watch(opened, address)
    yield opened
    assert faults == []


class Preview:
    """A preview in its own process: its address, and its output."""

    def __init__(self, content: Path, output: Path, *arguments: str) -> None:
        command = [
            sys.executable,
            "-m",
            "paperbound",
            "serve",
            "--port",
            "0",
            "--content",
            str(content),
            "--output",
            str(output),
        ]
        self.process = subprocess.Popen(
            [*command, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        self.lines: list[str] = []
        self._ready = threading.Event()
        self.url = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._ready.wait(60), self.lines

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line)
            found = re.search(r"serving (http://\S+)", line)
            if found:
                self.url = found[1]
                self._ready.set()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self._reader.join(10)
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def preview() -> Iterator[Callable[..., Preview]]:
    running: list[Preview] = []

    def start(*arguments: object) -> Preview:
        running.append(Preview(*arguments))  # type: ignore[arg-type]
        return running[-1]

    yield start
    for one in running:
        one.stop()
