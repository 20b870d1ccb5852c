"""Sites of every shape keep their layout: nothing is cut off, overlaps or breaks, at any width."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, Page, expect
from shapes import SHAPES, build_shape, list_kinds

from surroundings import WHOLE

pytestmark = pytest.mark.browser
WIDTHS = (320, 768, 991, 1280)


def mark_slow(*quick: str, leave: str = "") -> list[object]:
    """The names of shapes, but those to leave out, as parameters: all but a few are slow."""
    names = [name for name in SHAPES if name not in leave.split()]
    return [pytest.param(name, marks=() if name in quick else pytest.mark.slow) for name in names]


@pytest.fixture(scope="session")
def shape(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a shape."""
    return build_shape(request.param, tmp_path_factory.mktemp("shapes"))


@pytest.mark.parametrize("shape", mark_slow("no-edition", "long-title"), indirect=True)
def test_no_page_of_any_shape_breaks_at_any_width(
    tab: Page, shape: Path, watch: Callable[[Page, str], list[str]]
) -> None:
    found: set[str] = set()
    with serve_folder(shape) as address:
        faults = watch(tab, address)
        for kind in list_kinds(shape):
            tab.goto(address + kind)
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 800})
                found |= {f"/{kind} at {width}: {fault}" for fault in find_layout_faults(tab)}
    assert found == set()
    assert faults == []


# Rows of topics and venues, and long words, are the layout's alone; in Arabic, axe sees all kinds of pages of other sites.
LEFT = "no-topics no-venues long-title" + ("" if WHOLE else " arabic long-word")


@pytest.mark.judge
@pytest.mark.parametrize("shape", mark_slow("no-edition", leave=LEFT), indirect=True)
def test_axe_finds_no_violation_on_a_site_of_any_shape(tab: Page, shape: Path) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    found: list[str] = []
    with serve_folder(shape) as address:
        for kind in list_kinds(shape):
            tab.goto(address + kind)
            found += [f"/{kind} {violation}" for violation in run_axe(tab)]
        tab.set_viewport_size({"width": 1280, "height": 800})
        tab.emulate_media(color_scheme="dark")
        tab.goto(address)
        found += [f"/ in dark {violation}" for violation in run_axe(tab)]
    assert found == []


def test_the_judge_of_the_layout_sees_text_cut_off_or_overlapping(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.set_content("""<body style="margin:0"><p style="margin-left:-20px">Left</p><p style="width:20px;overflow:hidden">
        Incomprehensibilities</p><p>Above</p><p style="margin-top:-2em">Below</p></body>""")
    kinds = ("cut off at the window: Left", "cut off in : Incomprehensibilities", "Above overlaps Below")
    assert find_layout_faults(tab) == list(kinds)


@pytest.mark.parametrize("shape", ["long-title"], indirect=True)
def test_the_search_field_of_a_phone_is_an_icon_until_it_has_the_focus(tab: Page, shape: Path) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    with serve_folder(shape) as address:
        tab.goto(f"{address}papers/")
        field = tab.locator("#quick")

        def measure() -> float:
            return float(field.evaluate("one => one.getBoundingClientRect().width"))

        height = tab.locator(".head").evaluate("one => one.offsetHeight")
        assert measure() == 36
        tab.locator(".quick").click()
        expect(field).to_be_focused()
        assert measure() > 230
        assert tab.locator(".head").evaluate("one => one.offsetHeight") == height
        tab.keyboard.type("rows")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/search/?q=rows")
        tab.goto(f"{address}papers/")
        tab.keyboard.press("/")
        assert measure() > 230
        tab.keyboard.press("Tab")
        assert measure() == 36


@pytest.mark.parametrize("shape", ["long-title"], indirect=True)
def test_the_header_keeps_its_rows_without_scripts(browser: Browser, shape: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serve_folder(shape) as address:
        page.goto(f"{address}papers/")
        for width in (320, 360, 991, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert find_layout_faults(page) == [], width
    context.close()
