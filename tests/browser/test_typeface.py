"""The typeface: shown, preloaded, without moving a line; other letters and late files are the system's."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from browser_server import serve_folder
from playwright.sync_api import Browser, Page, Route
from shapes import build_group
from waiting import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a group in the default theme."""
    return build_group("default", "en", tmp_path_factory.mktemp("group"))


def list_fonts(page: Page, selector: str) -> set[str]:
    """The families that the browser takes the letters of an element from."""
    tools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {one["familyName"] for one in fonts}


def open_in_typeface(tab: Page, address: str) -> None:
    """Opens a page until its titles are in the typeface: on a busy machine its file may come too late to be shown."""

    def is_shown() -> bool:
        tab.goto(address, wait_until="networkidle")
        return list_fonts(tab, "h1") == {"Literata"}

    wait_until(tab, is_shown, turns=30)


def test_titles_are_in_the_typeface_and_its_file_is_asked_for_once(tab: Page, group: Path) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    with serve_folder(group) as address:
        for path in ("", "papers/"):
            tab.goto(address + path, wait_until="networkidle")
        assert len([url for url in asked if url.endswith(".woff2")]) in (1, 2), "preloaded, and not loaded anew"
        open_in_typeface(tab, f"{address}papers/")
        assert list_fonts(tab, ".entry .meta b") != {"Literata"}, "what the tool says is in the system's sans"


def test_letters_that_the_typeface_lacks_are_those_of_the_system(tab: Page, group: Path) -> None:
    paper = next(
        file.parent.name
        for file in (group / "papers").glob("*/index.html")
        if "حركة" in file.read_text("utf-8").partition("</h1>")[0]
    )
    with serve_folder(group) as address:
        for _ in range(2):
            tab.goto(f"{address}papers/{paper}/", wait_until="networkidle")
        fonts = list_fonts(tab, "h1")
    assert fonts - {"Literata"}, fonts


def test_what_stands_in_for_the_typeface_is_as_wide_and_as_high(tab: Page, group: Path) -> None:
    with serve_folder(group) as address:
        open_in_typeface(tab, address)
        measured = tab.evaluate(
            """async () => {
              const text = "Satellite images from before treatment can cheaply reveal when a trial departs. ".repeat(8), found = {};
              for (const weight of [400, 700]) for (const name of ["Literata", "Like Literata"]) {
                await document.fonts.load(`${weight} 20px "${name}"`);
                const line = document.createElement("span");
                Object.assign(line.style, { font: `${weight} 20px/normal "${name}"`, whiteSpace: "nowrap", position: "absolute" });
                line.textContent = text;
                document.body.append(line);
                const box = line.getBoundingClientRect();
                found[`${weight} ${name}`] = [box.width, box.height];
              }
              return found;
            }"""
        )
    for weight in (400, 700):
        (wide, high), (near, tall) = measured[f"{weight} Literata"], measured[f"{weight} Like Literata"]
        assert near == pytest.approx(wide, rel=0.02)
        assert tall == pytest.approx(high, abs=1)


@pytest.mark.parametrize("path", ["", "papers/"])
def test_nothing_moves_when_the_typeface_comes_late(browser: Browser, group: Path, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()

    def delay(route: Route) -> None:
        time.sleep(0.6)
        route.continue_()

    page.route("**/*.woff2", delay)
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((one) => { moved += one.value; }))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    with serve_folder(group) as address:
        page.goto(address + path, wait_until="networkidle")
        page.wait_for_function("document.fonts.status === 'loaded'")
        assert page.evaluate("moved") == 0
    context.close()
