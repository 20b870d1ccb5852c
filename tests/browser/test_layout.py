"""Sites of every shape keep their layout: nothing is cut off, overlaps or breaks, at any width."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, Page, expect
from shapes import SHAPES, build_shape, list_kinds

pytestmark = pytest.mark.browser
WIDTHS = (320, 360, 768, 991, 1280)


@pytest.fixture(scope="session")
def shape(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a shape."""
    return build_shape(request.param, tmp_path_factory.mktemp("shapes"))


@pytest.mark.parametrize("shape", SHAPES, indirect=True)
def test_no_page_of_any_shape_breaks_at_any_width(
    browser: Browser, shape: Path, watch: Callable[[Page, str], list[str]]
) -> None:
    page = browser.new_page()
    found: set[str] = set()
    with serve_folder(shape) as address:
        faults = watch(page, address)
        for kind in list_kinds(shape):
            page.goto(address + kind)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                found |= {f"/{kind} at {width}: {fault}" for fault in find_layout_faults(page)}
        page.close()
    assert found == set()
    assert faults == []


@pytest.mark.judge
@pytest.mark.parametrize("shape", SHAPES, indirect=True)
def test_axe_finds_no_violation_on_a_site_of_any_shape(browser: Browser, shape: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    found: list[str] = []
    with serve_folder(shape) as address:
        for kind in list_kinds(shape):
            page.goto(address + kind)
            found += [f"/{kind} {violation}" for violation in run_axe(page)]
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="dark")
        page.goto(address)
        found += [f"/ in dark {violation}" for violation in run_axe(page)]
    page.close()
    assert found == []


def test_the_judge_of_the_layout_sees_text_cut_off_or_overlapping(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_content("""<body style="margin:0"><p style="margin-left:-20px">Left</p><p style="width:20px;overflow:hidden">
        Incomprehensibilities</p><p>Above</p><p style="margin-top:-2em">Below</p></body>""")
    kinds = ("cut off at the window: Left", "cut off in : Incomprehensibilities", "Above overlaps Below")
    assert find_layout_faults(page) == list(kinds)
    page.close()


@pytest.mark.parametrize("shape", ["long-title"], indirect=True)
def test_the_search_field_of_a_phone_is_an_icon_until_it_has_the_focus(browser: Browser, shape: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    with serve_folder(shape) as address:
        page.goto(f"{address}papers/")
        field = page.locator("#quick")

        def measure() -> float:
            return float(field.evaluate("one => one.getBoundingClientRect().width"))

        height = page.locator(".head").evaluate("one => one.offsetHeight")
        assert measure() == 36
        page.locator(".quick").click()
        expect(field).to_be_focused()
        assert measure() > 230
        assert page.locator(".head").evaluate("one => one.offsetHeight") == height
        page.keyboard.type("rows")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=rows")
        page.goto(f"{address}papers/")
        page.keyboard.press("/")
        assert measure() > 230
        page.keyboard.press("Tab")
        assert measure() == 36
    page.close()


@pytest.mark.parametrize("shape", ["long-title"], indirect=True)
@pytest.mark.parametrize("width", [320, 360, 991, 1280])
def test_the_header_keeps_its_rows_without_scripts(browser: Browser, shape: Path, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    with serve_folder(shape) as address:
        page.goto(f"{address}papers/")
        assert find_layout_faults(page) == []
    context.close()
