"""The way through a list, papers read today, papers since the last visit, and a paper by chance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import BrowserContext, Page, expect
from waiting import wait_for_reader

from surroundings import Build

pytestmark = pytest.mark.browser

VISITS = "paperbound-visits /"
FIRST = (
    "- {id: a, title: A shelf, date: 2026-03-01, tags: [rows]}",
    "- {id: b, title: B shelf, date: 2026-03-02}",
    "- {id: d, title: D shelf, date: 2019}",
)
LATER = "- {id: c, title: C shelf, date: 2020-01-01, added: 2026-03-03, tags: [rows]}"
TODAY = "- {id: e, title: E shelf, date: 2026-03-04}"


def write(content: Path, records: str) -> Path:
    """Writes a site of these records; returns its content folder."""
    (content / "papers").mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text("title: Shelves\nbase_url: http://localhost:8000/\n", "utf-8")
    (content / "papers" / "a.yaml").write_text(records, "utf-8")
    return content


def new_titles(page: Page) -> list[str]:
    """The titles marked as new, when all entries have their sign."""
    expect(page.locator("ol .entry .keep").last).to_be_attached()
    return page.locator("ol .entry.new h3 a").all_inner_texts()


def test_a_paper_leads_on_in_the_list_that_the_reader_came_from(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.goto(f"{address}tags/statistics/")
    titles = page.locator("ol .entry h3 a").all_inner_texts()
    name = page.locator("h1").inner_text()
    wait_for_reader(page)
    page.locator("ol .entry h3 a").nth(1).click()
    steps = page.locator(".walk a")
    expect(steps).to_have_count(2)
    expect(steps.first).to_have_text(f"1 in {name}{titles[0]}")
    expect(steps.last).to_have_text(f"3 in {name}{titles[2]}")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text(titles[2])
    # A key that comes before the script is lost.
    expect(page.locator(".walk p")).to_be_visible()
    expect(page.locator(".walk a[rel=prev]")).to_contain_text(titles[1])
    page.keyboard.press("p")
    expect(page.locator("h1")).to_have_text(titles[1])
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text(name)
    # A paper that is not in that list has its own neighbours.
    page.goto(f"{address}papers/")
    page.evaluate("sessionStorage.clear()")
    page.goto(page.locator("ol .entry h3 a").nth(1).evaluate("link => link.href"))
    expect(page.locator(".walk a").first).to_contain_text("in Trending")


def test_found_papers_and_the_reading_list_are_such_lists(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.goto(f"{address}search/?q=inference")
    found = page.locator("[data-search-list] h3 a")
    expect(found.nth(2)).to_be_visible()
    titles = found.all_inner_texts()
    wait_for_reader(page)
    found.nth(1).click()
    expect(page.locator(".walk a[rel=next]")).to_have_text(f"3 in inference{titles[2]}")
    page.keyboard.press("s")
    expect(page.locator("[data-share] [data-keep]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text(titles[2])
    expect(page.locator(".walk p")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator("[data-share] [data-keep]")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{address}reading-list/")
    wait_for_reader(page)
    page.locator("[data-list-rows] h3 a").first.click()
    expect(page.locator(".walk a[rel=next]")).to_have_text(f"2 in Reading list{titles[1]}")


def test_what_was_read_today_is_counted_and_listed(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.clock.set_fixed_time("2026-03-04T10:00:00")
    page.goto(f"{address}tags/statistics/")
    count = page.locator("ol .entry").count()
    # The script that keeps the list is there when it has given each entry its sign.
    expect(page.locator("ol .entry .keep")).to_have_count(count)
    page.locator("ol .entry h3 a").first.click()
    expect(page.locator(".walk p")).to_have_text(f"Read today of this list: 1 of {count}")
    page.keyboard.press("n")
    expect(page.locator(".walk p")).to_have_text(f"Read today of this list: 2 of {count}")
    assert page.locator("progress").evaluate("one => [one.value, one.max]") == [2, count]
    page.reload()
    expect(page.locator(".walk p")).to_have_text(f"Read today of this list: 2 of {count}")
    page.goto(f"{address}reading-list/")
    expect(page.locator("[data-list-today] a")).to_have_count(2)
    page.clock.set_fixed_time("2026-03-05T10:00:00")
    page.reload()
    expect(page.locator("[data-list-today]")).to_be_hidden()


def test_papers_that_came_since_the_last_visit_are_marked(
    context: BrowserContext, tmp_path: Path, build: Build
) -> None:
    content, site, page = tmp_path / "content", tmp_path / "site", context.new_page()

    def come(time: str, *records: str) -> None:
        build(write(content, "\n".join((*FIRST, *records))), site)
        page.clock.set_fixed_time(time)

    with serve_folder(site) as address:
        come("2026-03-02T10:00:00")
        page.goto(f"{address}papers/")
        assert new_titles(page) == []
        come("2026-03-04T10:00:00", LATER)
        page.goto(f"{address}tags/rows/")
        assert new_titles(page) == ["C shelf"]
        assert page.locator(".new h3").inner_text().startswith("New")
        page.goto(address)
        # B is of the day of the first visit, which showed it.
        assert new_titles(page) == ["C shelf"]
        # By an address of its own: within a second the server calls the page of the build before unchanged.
        come("2026-03-04T11:00:00", LATER, TODAY)
        page.goto(f"{address}?again")
        assert new_titles(page) == ["E shelf", "C shelf"]
        come("2026-03-05T10:00:00", LATER, TODAY, "- {id: f, title: F, added: 2026-03-04}")
        page.goto(f"{address}?later")
        assert new_titles(page) == ["F"]


def test_visits_are_switched_off_and_forgotten(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.goto(f"{address}papers/")
    first = page.locator("ol .entry h3 a").first
    slug = str(first.get_attribute("href")).split("/")[-2]
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [VISITS, json.dumps({"day": "2020-01-01"})])
    page.reload()
    assert len(new_titles(page)) > 10
    first.click()
    expect(page.locator(".walk p")).to_contain_text("Read today")
    page.goto(f"{address}reading-list/")
    box = page.get_by_role("checkbox")
    expect(box).to_be_checked()
    box.uncheck()
    assert json.loads(page.evaluate(f"localStorage.getItem('{VISITS}')")) == {"isOff": True}
    expect(page.locator("[data-list-today]")).to_be_hidden()
    page.goto(f"{address}papers/{slug}/")
    expect(page.locator("[data-share] [data-keep]")).to_have_attribute("aria-pressed", "false")
    assert page.locator(".walk p").count() == 0
    page.goto(f"{address}papers/")
    assert new_titles(page) == []
    assert json.loads(page.evaluate(f"localStorage.getItem('{VISITS}')")) == {"isOff": True}
    page.goto(f"{address}reading-list/")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Forget my visits").click()
    expect(box).not_to_be_checked()
    box.check()
    page.get_by_role("button", name="Forget my visits").click()
    expect(page.locator("[data-list-said]")).to_have_text("Forgotten")
    assert page.evaluate(f"localStorage.getItem('{VISITS}')") is None


@pytest.mark.parametrize(
    "text",
    ["{", "null", "[]", '{"day": {}, "read": [{"slug": "x", "title": "<img src=y>"}, 3], "known": 5, "shown": [[1]], "since": "<b>"}'],
)  # fmt: skip
def test_poisoned_visits_and_walks_are_data(fresh_page: Page, address: str, text: str) -> None:
    page = fresh_page
    page.goto(f"{address}subscribe/")
    walk = {
        "name": "<img src=z>",
        "papers": [{"slug": "../x"}, None, {"slug": "a-decoding-token-efficient-inference-scaling"}],
    }
    for key, store, value in (
        (VISITS, "localStorage", text),
        ("paperbound-walk /", "sessionStorage", json.dumps(walk)),
    ):
        page.evaluate("([key, store, value]) => window[store].setItem(key, value)", [key, store, value])
    page.goto(f"{address}papers/a-decoding-token-efficient-inference-scaling/")
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 1")
    page.goto(f"{address}papers/")
    assert new_titles(page) == []
    page.goto(f"{address}reading-list/")
    expect(page.locator("[data-list-today] a").last).to_contain_text("Decoding")
    assert page.locator("main img, .walk img").count() == 0


def test_a_paper_comes_by_chance_and_is_no_step_back(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.add_init_script("Math.random = () => Number(sessionStorage.getItem('chance') ?? 0);")
    page.goto(f"{address}papers/")
    titles = page.locator("ol .entry h3 a").all_inner_texts()
    page.goto(f"{address}papers/page/3/")
    titles_of_last = page.locator("ol .entry h3 a").all_inner_texts()
    for chance, title in (("0", titles[0]), ("0.1", titles[11]), ("0.9999", titles_of_last[-1])):
        page.evaluate("chance => sessionStorage.setItem('chance', chance)", chance)
        page.goto(f"{address}about/")
        page.locator(".colophon").get_by_role("link", name="Random paper").click()
        page.wait_for_url("**/papers/*/")
        expect(page.locator("h1")).to_have_text(title)
        page.go_back()
        page.wait_for_url("**/about/")


@pytest.mark.judge
def test_the_page_of_chance_says_when_it_fails_and_has_no_fault(tab: Page, address: str) -> None:
    tab.route("**/papers/**", lambda route: route.abort())
    tab.goto(f"{address}random/")
    expect(tab.locator("[data-random]")).to_contain_text("could not be loaded")
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert find_layout_faults(tab) == []
    assert run_axe(tab) == []
