"""A real browser, a server for built sites, and the preview as its own process."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser_server import serve_folder
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from surroundings import CHROMIUM, FLAGS

# Generous: other tests fill the cores of the machine, and nothing is timed.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(default_site: Path) -> Iterator[str]:
    """Where this repository's own site is served."""
    with serve_folder(default_site) as url:
        yield url


@pytest.fixture
def watch() -> Callable[[Page, str], list[str]]:
    """Collects what a page must not do: errors, console messages, requests to other origins."""

    def attach(page: Page, origin: str) -> list[str]:
        faults: list[str] = []
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((origin, "data:")) else faults.append(f"request: {request.url}")
            ),
        )
        return faults

    return attach


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh.set_default_timeout(30_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, address: str, watch: Callable[[Page, str], list[str]]) -> Iterator[Page]:
    """A page that fails the test when it logs, throws or contacts another origin."""
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
        assert self._ready.wait(30), self.lines

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
        self.process.wait(10)
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
