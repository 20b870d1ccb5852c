"""Every kind of page in the three themes: long titles, 120 authors, no abstract, Arabic, Chinese, formulas, pictures.

The site is that of a group (`group/`), in English and in Arabic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Literal

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, Page, expect
from shapes import THEMES, build_group, list_kinds

from surroundings import WHOLE

pytestmark = pytest.mark.browser
WIDTHS = (320, 768, 1280, 1920)
# Words in titles of papers that are unusual: a formula, a long title, 120 authors, other scripts, no texts.
STATES = ("<math", "Donau", "A census", "حركة", "潮汐", "Where the salt")


def in_themes(*languages: str, quick: str = "") -> pytest.MarkDecorator:
    """Each theme in one of the languages, in turn, as parameters: all themes but the quick one are slow.

    Of a test, a theme and a language, every two meet; all three of them do not.
    """
    sites = [
        pytest.param((theme, language), id=f"{theme}-{language}", marks=() if theme == quick else pytest.mark.slow)
        for theme, language in zip(THEMES, cycle(languages))
    ]
    return pytest.mark.parametrize("group", sites, indirect=True)


@pytest.fixture(scope="session")
def group(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The group's site in a theme and a language: its address, and a page of each kind and state."""
    site = build_group(*request.param, tmp_path_factory.mktemp("group"))
    with serve_folder(site) as address:
        # A paper by chance is another page each time.
        yield address, [path for path in dict.fromkeys((*list_kinds(site), *list_states(site))) if path != "random/"]


def list_states(site: Path) -> list[str]:
    """The addresses of the unusual papers."""
    pages = {file.parent.name: file.read_text("utf-8") for file in (site / "papers").glob("*/index.html")}
    titles = {name: text.partition("<h1")[2].partition("</h1>")[0] for name, text in pages.items()}
    return [f"papers/{next(name for name, title in titles.items() if word in title)}/" for word in STATES]


@in_themes("ar", "en", quick="lab")
def test_nothing_is_cut_off_at_any_width(
    tab: Page, group: tuple[str, list[str]], watch: Callable[[Page, str], list[str]]
) -> None:
    address, pages = group
    logged, found = watch(tab, address), set()
    for path in pages:
        tab.goto(address + path)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            found |= {f"/{path} at {width}: {fault}" for fault in find_layout_faults(tab)}
    assert not found, "\n".join(sorted(found))
    assert logged == []


@in_themes("en", "ar")
def test_nothing_is_cut_off_at_four_times_the_size_or_with_text_twice_as_large(
    tab: Page, group: tuple[str, list[str]]
) -> None:
    address, pages = group
    found = set()
    for path in pages if WHOLE else pages[::2]:
        tab.goto(address + path)
        # A window of 1,280 × 1,024 at 400 % has 320 × 256 (WCAG 2.2, 1.4.10).
        tab.set_viewport_size({"width": 320, "height": 256})
        found |= {f"/{path} at 400 %: {fault}" for fault in find_layout_faults(tab)}
        tab.set_viewport_size({"width": 1280, "height": 900})
        settings = tab.context.new_cdp_session(tab)
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        found |= {f"/{path} with large text: {fault}" for fault in find_layout_faults(tab)}
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
        settings.detach()
    assert not found, "\n".join(sorted(found))


def find_violations(tab: Page, group: tuple[str, list[str]], scheme: Literal["dark", "light"]) -> str:
    """What axe finds on pages in a scheme of colours, a line each."""
    address, pages = group
    tab.emulate_media(color_scheme=scheme)
    found = []
    # In one scheme the one half of the pages, in the other one the other.
    for path in pages if WHOLE else pages[scheme == "dark" :: 2]:
        tab.goto(address + path)
        found += [f"/{path} {violation}" for violation in run_axe(tab)]
    return "\n".join(found)


@pytest.mark.judge
@in_themes("en", "ar", quick="proceedings")
def test_axe_finds_no_violation_in_the_dark(tab: Page, group: tuple[str, list[str]]) -> None:
    assert find_violations(tab, group, "dark") == ""


@pytest.mark.judge
@in_themes("ar", "en")
def test_axe_finds_no_violation_in_the_light(tab: Page, group: tuple[str, list[str]]) -> None:
    assert find_violations(tab, group, "light") == ""


@in_themes("ar", "en", quick="lab")
def test_a_printed_page_has_its_text_and_no_menus(browser: Browser, group: tuple[str, list[str]]) -> None:
    address, pages = group
    # A4 without its margins, at 96 pixels an inch.
    sheet = browser.new_context(viewport={"width": 657, "height": 986}).new_page()
    sheet.emulate_media(media="print", color_scheme="light")
    found = set()
    for path in pages:
        sheet.goto(address + path)
        # Who reads in the dark prints on white paper.
        sheet.evaluate("document.documentElement.dataset.theme = 'dark'")
        wide = sheet.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found |= {f"/{path} is {wide} px too wide"} if wide > 0 else set()
        for one in (".nav", ".tools", ".find", ".acts", ".skip"):
            found |= {f"/{path} prints {one}" for box in sheet.locator(one).all() if box.is_visible()}
        expect(sheet.locator("h1")).to_be_visible()
    paper = next(path for path in pages if path.startswith("papers/") and path.count("/") == 2)
    sheet.goto(address + paper)
    sheet.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert sheet.pdf(format="A4").startswith(b"%PDF")
    background, ink = (
        sheet.evaluate(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color")
    )
    assert (background, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert not found, "\n".join(sorted(found))
    sheet.context.close()


@in_themes("ar", "en")
def test_forced_colours_leave_every_choice_to_be_seen(browser: Browser, group: tuple[str, list[str]]) -> None:
    address, pages = group
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    tab, found = context.new_page(), []
    for path in pages if WHOLE else pages[::2]:
        tab.goto(address + path)
        for one in (".nav [aria-current]", ".tag", ".btn.main", ".plot .col", ".brand svg"):
            for box in tab.locator(one).all():
                shown = box.evaluate(
                    """(one) => { const style = getComputedStyle(one);
                    const lines = ["Top", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) > 0);
                    return lines || (one.closest("svg") && (style.fill !== "none" || style.stroke !== "none")); }"""
                )
                found += [] if shown or not box.is_visible() else [f"/{path} {one} has no edge"]
    assert not found, "\n".join(found)
    context.close()
