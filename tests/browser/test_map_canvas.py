"""The map in a real browser: pointer, keys, touch, search, colours, the view in the address, and without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from waiting import wait_until

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

pytestmark = pytest.mark.browser

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) window.shifts += one.value; }))
  .observe({ type: "layout-shift", buffered: true });
"""
# The colour of a place of the canvas, in CSS pixels.
PIXEL = """([x, y]) => {
  const canvas = document.querySelector("[data-map] canvas"), scale = canvas.width / canvas.clientWidth;
  const copy = new OffscreenCanvas(1, 1).getContext("2d");
  copy.drawImage(canvas, -Math.round(x * scale), -Math.round(y * scale));
  return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


def go_to_map(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}map/{query}")
    expect(page.locator("[data-map][data-ready] canvas")).to_be_visible()


def read_points(page: Page) -> Any:
    return page.evaluate("fetch(document.querySelector('[data-map]').dataset.points).then((answer) => answer.json())")


def locate(page: Page, points: Any, number: int) -> tuple[float, float]:
    """Where a point of the whole map is on the canvas, in CSS pixels."""
    box = page.locator("[data-map] canvas").bounding_box()
    assert box
    left, top, width, height = points["box"]
    fit = min(box["width"] / width, box["height"] / height)
    x = (points["x"][number] - left - width / 2) * fit + box["width"] / 2
    y = (points["y"][number] - top - height / 2) * fit + box["height"] / 2
    return x, y


def find_lone(points: Any) -> int:
    """A point that is far from all others."""
    places = list(zip(points["x"], points["y"], strict=True))

    def distance(number: int) -> float:
        x, y = places[number]
        return min((x - a) ** 2 + (y - b) ** 2 for at, (a, b) in enumerate(places) if at != number)

    return max(range(len(places)), key=distance)


def wait(page: Page, expression: str) -> None:
    """Waits until an expression is true."""
    wait_until(page, lambda: page.evaluate(expression))


def read_colour(page: Page, place: tuple[float, float]) -> list[int]:
    """The colour of a place of the canvas, once it is painted: twice in a row, with frames between."""
    colours: list[list[int]] = []

    def is_steady() -> bool:
        page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
        colours.append(page.evaluate(PIXEL, place))
        return len(colours) > 1 and colours[-1] == colours[-2]

    wait_until(page, is_steady)
    return colours[-1]


def show(page: Page) -> bytes:
    """A picture of the canvas, once two in a row are alike."""
    pictures: list[bytes] = []

    def is_steady() -> bool:
        pictures.append(page.locator("[data-map] canvas").screenshot())
        return len(pictures) > 1 and pictures[-1] == pictures[-2]

    wait_until(page, is_steady)
    return pictures[-1]


def split_colour(colour: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", colour)]


def ask(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_pointing_shows_the_title_and_a_click_opens_the_paper(page: Page, address: str) -> None:
    go_to_map(page, address)
    points = read_points(page)
    number = find_lone(points)
    x, y = locate(page, points, number)
    page.locator("[data-map] canvas").hover(position={"x": x, "y": y})
    tip = page.locator("[data-map-tip]")
    expect(tip).to_be_visible()
    # The title is that of the point's document: its year is what the legend says of the point's colour.
    legend = page.locator(".legend[data-by=year] li").all_inner_texts
    page.locator("#map-by").select_option("year")
    name = legend()[int(points["colours"]["year"][number])].split()[0]
    title, meta = tip.locator("a").inner_text(), tip.locator("span").inner_text()
    assert meta.endswith(name) or "earlier" in legend()[-1]
    page.locator("[data-map] canvas").hover(position={"x": 2, "y": 2})
    expect(tip).to_be_hidden()
    page.locator("[data-map] canvas").click(position={"x": x, "y": y})
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    expect(page.locator("[data-map][data-ready]")).to_be_visible()
    assert ask(page)["by"] == ["year"]


def test_keys_walk_from_paper_to_paper(page: Page, address: str) -> None:
    go_to_map(page, address)
    status, canvas = page.locator("[data-map-status]"), page.locator("[data-map] canvas")
    hint = status.inner_text()
    canvas.focus()
    titles = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        expect(status).not_to_have_text(titles[-1] if titles else hint)
        titles.append(status.inner_text())
    assert len(set(titles)) >= 3
    expect(page.locator("[data-map-tip] a")).to_have_text(titles[-1])
    page.keyboard.press("Escape")
    expect(page.locator("[data-map-tip]")).to_be_hidden()
    expect(status).to_have_text(hint)
    page.keyboard.press("ArrowRight")
    expect(status).not_to_have_text(hint)
    title = status.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_the_address_holds_the_view(page: Page, address: str) -> None:
    go_to_map(page, address)
    canvas = page.locator("[data-map] canvas")
    assert urlsplit(page.url).query == ""
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url(re.compile(r"z=1\.6"))
    before = ask(page)
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=4)
    page.mouse.up()
    wait(page, f"new URLSearchParams(location.search).get('x') !== '{before['x'][0]}'")
    moved = ask(page)
    # Dragging to the left and up shows the map on the right and below; a drag opens no paper.
    assert float(moved["x"][0]) > float(before["x"][0])
    assert float(moved["y"][0]) > float(before["y"][0])
    canvas.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"z=2\.56"))
    assert float(ask(page)["x"][0]) > float(moved["x"][0])
    url, seen = page.url, []
    for where in (url, url, f"{address}map/"):
        page.goto("about:blank")
        page.goto(where)
        expect(page.locator("[data-map][data-ready]")).to_be_visible()
        page.wait_for_timeout(400)
        assert page.url == where
        seen.append(show(page))
    assert seen[0] == seen[1] != seen[2]
    page.goto(url)
    page.get_by_role("button", name="Whole map").click()
    wait(page, "location.search === ''")


def test_the_wheel_scrolls_the_page_until_the_map_has_the_focus(page: Page, address: str) -> None:
    go_to_map(page, address)
    box = page.locator("[data-map] canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 400, box["y"] + 200)
    page.mouse.wheel(0, 200)
    wait(page, "scrollY === 200")  # to the end, however smoothly it scrolls
    assert urlsplit(page.url).query == ""
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.locator("[data-map] canvas").focus()
    page.mouse.wheel(0, -300)
    page.wait_for_url(re.compile(r"z=2\b"))
    assert page.evaluate("scrollY") == 0
    page.get_by_role("button", name="Whole map").click()
    wait(page, "location.search === ''")
    page.mouse.move(box["x"] + 400, box["y"] + 200)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_url(re.compile(r"z=2\b"))


def test_search_marks_points(page: Page, address: str) -> None:
    go_to_map(page, address)
    field, status = page.get_by_role("searchbox", name="Highlight papers"), page.locator("[data-map-status]")
    title = "RemoteCLIP"
    field.fill(f"title:{title}")
    expect(status).to_have_text("1 paper highlighted")
    page.wait_for_url(re.compile("q=title"))
    page.locator("[data-map] canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-map-tip] a")).to_contain_text(title)
    field.fill("zzzzqqqqxxxx")
    expect(status).to_have_text("No paper has these words.")
    field.fill("")
    expect(status).to_contain_text("Drag to move")
    go_to_map(page, address, "?q=reasoning&by=venue")
    expect(field).to_have_value("reasoning")
    expect(status).to_contain_text("papers highlighted")
    expect(page.locator(".legend").filter(visible=True)).to_have_attribute("data-by", "venue")


def test_colours_are_those_of_the_legend(page: Page, address: str) -> None:
    go_to_map(page, address)
    points = read_points(page)
    number = find_lone(points)
    place = locate(page, points, number)
    for name in ("topic", "year", "venue"):
        page.locator("#map-by").select_option(name)
        expect(page.locator(f".legend[data-by={name}]")).to_be_visible()
        item = page.locator(f".legend[data-by={name}] .c{points['colours'][name][number]}")
        colour = item.evaluate("(one) => getComputedStyle(one).backgroundColor")
        wait_until(page, lambda colour=colour: page.evaluate(PIXEL, place) == split_colour(colour))
    # A name of the legend marks its points: all others fade.
    digits = points["colours"]["venue"]
    other = page.locator(f".legend[data-by=venue] li:not(:has(.c{digits[number]})) a").first
    before = read_colour(page, place)
    other.focus()
    wait_until(page, lambda: page.evaluate(PIXEL, place) != before)
    page.locator("#map-q").focus()
    wait_until(page, lambda: page.evaluate(PIXEL, place) == before)


def test_darkness_and_forced_colours_repaint(page: Page, address: str) -> None:
    go_to_map(page, address)
    assert sum(read_colour(page, (3, 3))) > 600
    page.emulate_media(color_scheme="dark")
    wait_until(page, lambda: sum(page.evaluate(PIXEL, (3, 3))) < 200)
    page.emulate_media(color_scheme="light", forced_colors="active")
    points = read_points(page)
    place = locate(page, points, find_lone(points))
    text = page.evaluate("getComputedStyle(document.body).color")
    wait_until(page, lambda: page.evaluate(PIXEL, place) == split_colour(text))
    page.emulate_media(forced_colors="none")


def test_a_region_is_shown_on_the_map(page: Page, address: str) -> None:
    go_to_map(page, address)
    part = page.locator("[data-region]").nth(1)
    part.get_by_role("button", name="Show on the map").click()
    page.wait_for_url(re.compile(r"z=4"))
    expect(page.locator("[data-map] canvas")).to_be_focused()
    points = read_points(page)
    assert [int(ask(page)[name][0]) for name in ("x", "y")] == points["regions"][1][:2]


def test_fingers_tap_and_pinch(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    go_to_map(page, address)
    points = read_points(page)
    number = find_lone(points)
    box = page.locator("[data-map] canvas").bounding_box()
    assert box
    x, y = locate(page, points, number)
    page.touchscreen.tap(box["x"] + x, box["y"] + y)
    tip = page.locator("[data-map-tip]")
    expect(tip).to_be_visible()
    assert urlsplit(page.url).path.endswith("/map/")
    page.touchscreen.tap(box["x"] + 3, box["y"] + 3)
    expect(tip).to_be_hidden()
    session = context.new_cdp_session(page)
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, gap in (("touchStart", 20), ("touchMove", 30), ("touchMove", 40), ("touchEnd", 0)):
        fingers = [{"x": middle[0] - gap, "y": middle[1], "id": 0}, {"x": middle[0] + gap, "y": middle[1], "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers if gap else []})
    page.wait_for_url(re.compile(r"z=(1\.[3-9]|2)"))
    go_to_map(page, address)
    page.touchscreen.tap(box["x"] + x, box["y"] + y)
    expect(tip).to_be_visible()
    title = tip.locator("a").inner_text()
    tip.locator("a").tap()
    expect(page.locator("h1")).to_have_text(title)
    context.close()


def test_without_a_script_there_is_a_drawing_and_every_paper(
    browser: Browser, address: str, default_site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}map/")
    expect(page.get_by_role("img", name="Papers as points")).to_be_visible()
    # Neither tools nor keys of a script, nor room for them.
    for place in (".map-tools", "[data-map-status]"):
        expect(page.locator(place)).to_be_hidden()
        assert page.locator(place).bounding_box() is None
    expect(page.locator(".legend").filter(visible=True)).to_have_count(1)
    pages = [f"{address}map/", *(f"{address}map/{name.parent.name}/" for name in default_site.glob("map/*/index.html"))]
    found = set()
    for url in pages:
        page.goto(url)
        found |= set(page.locator("main li a[href*='/papers/']").evaluate_all("all => all.map((one) => one.href)"))
    assert len(found) == 119
    context.close()


def test_points_that_fail_to_load_are_said(tab: Page, address: str) -> None:
    tab.route("**/points.*.json", lambda route: route.abort())
    tab.goto(f"{address}map/")
    expect(tab.locator("[data-map-status]")).to_contain_text("could not be loaded")
    expect(tab.locator("[data-map] svg")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_is_cut_off_or_violates(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    for name in ("map/", "stats/", "map/1/"):
        page.goto(f"{address}{name}")
        if name == "map/":
            expect(page.locator("[data-map][data-ready]")).to_be_visible()
        page.wait_for_timeout(200)
        assert page.evaluate("window.shifts") < 0.001, name
        assert find_layout_faults(page) == [], name
        assert run_axe(page) == [], name
    context.close()


def test_paper_has_the_map_without_its_tools(page: Page, address: str) -> None:
    go_to_map(page, address)
    page.emulate_media(media="print")
    expect(page.locator(".map-tools")).to_be_hidden()
    expect(page.locator("[data-map] canvas")).to_be_visible()
    page.goto(f"{address}stats/")
    expect(page.locator(".chart svg").first).to_be_visible()
    page.emulate_media(media="screen")


def test_plots_have_their_tables(page: Page, address: str) -> None:
    page.goto(f"{address}stats/")
    for part in page.locator("section.part:has(.chart)").all():
        table = part.locator("table")
        expect(table).to_be_hidden()
        part.locator("summary").press("Enter")
        expect(table).to_be_visible()
    years = page.locator("section:has(#table-years)")
    bars = years.locator("a:has(.col)")
    rows = years.locator("tbody tr").all_inner_texts()
    said = [re.sub(r"\D+", " ", text) for text in bars.locator("title").all_text_contents()]
    assert [row.split() for row in rows] == [text.split() for text in said[::-1]]
    bars.last.click()
    expect(page.locator("h1")).to_have_text(rows[0].split()[0])


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site in Arabic, under a base path."""
    folder = tmp_path_factory.mktemp("mirrored")
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("title: X\nlanguage: ar\nbase_url: http://localhost/a/\n", "utf-8")
    words = "loam clay humus erosion melody rhythm chord tempo vertex edge planar".split()
    rows = [
        {"id": f"p{at}", "title": f"On {words[at % 11]} {at}", "authors": ["Ada King", f"Bo {at % 5}"], "tags": [words[at % 3]],
         "date": str(2010 + at % 9), "abstract": " ".join(words[(at + step) % 11] for step in (1, 2, 3))}
        for at in range(30)
    ]  # fmt: skip
    (folder / "content" / "papers" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build_site(Options(folder / "content", folder / "site"), InlineExecutor())
    with serve_folder(folder / "site", "/a/") as url:
        yield url


def test_the_mirrored_map_works(context: BrowserContext, mirrored: str) -> None:
    page = context.new_page()
    go_to_map(page, mirrored)
    points = read_points(page)
    x, y = locate(page, points, find_lone(points))
    page.locator("[data-map] canvas").hover(position={"x": x, "y": y})
    expect(page.locator("[data-map-tip] a")).to_contain_text("On ")
    box, tip = page.locator("[data-map]").bounding_box(), page.locator("[data-map-tip]").bounding_box()
    assert box
    assert tip
    assert box["x"] <= tip["x"]
    assert tip["x"] + tip["width"] <= box["x"] + box["width"]
    for name in ("map/", "stats/"):
        page.goto(f"{mirrored}{name}")
        assert find_layout_faults(page) == []
        assert run_axe(page) == []
