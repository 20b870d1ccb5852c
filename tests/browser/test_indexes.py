"""Menu, indexes, lists and the start of the search, as a person meets them in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser_server import serve_folder
from page_judges import run_axe
from playwright.sync_api import Browser, Page, expect

from surroundings import Build

pytestmark = pytest.mark.browser

TELEPHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 800}
# Sums what moved before anybody touched the page, as the layout shift of web vitals is summed.
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) window.shifts += one.value; }))
  .observe({ type: "layout-shift", buffered: true });
"""


def test_the_menu_of_a_telephone_opens_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=TELEPHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}tags/")
    assert page.locator(".head").bounding_box()["height"] < 80  # type: ignore[index]
    link = page.locator(".nav a", has_text="Years")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("h1")).to_have_text("Years")
    page.set_viewport_size(DESK)
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.locator(".nav a", has_text="Topics")).to_be_visible()
    context.close()


def test_the_menu_is_used_by_the_keyboard(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=TELEPHONE)
    page = context.new_page()
    page.goto(f"{address}tags/")
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".nav a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".nav a").first).to_be_hidden()
    expect(button).to_be_focused()
    context.close()


def test_three_papers_stand_above_the_fold_of_a_laptop(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    expect(page.locator(".ranked h3")).to_have_count(30)
    tops = page.locator(".ranked h3").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().top)")
    assert sum(top < 780 for top in tops) == 3


def test_names_are_filtered_as_one_types(page: Page, address: str) -> None:
    page.goto(f"{address}authors/")
    assert page.locator(".largest li").first.locator(".n").inner_text() == "3"
    names = page.locator(".part[id^=letter-] li")
    every = names.count()
    field = page.get_by_role("searchbox", name="Filter by name")
    field.fill("ruz mar")
    expect(names.locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("No name fits.")
    field.fill("ruzicka")
    expect(names.locator("visible=true")).to_have_text(["Vít Růžička"])
    expect(page.locator(".largest")).to_be_hidden()
    field.fill("")
    expect(names.locator("visible=true")).to_have_count(every)
    expect(page.locator(".largest")).to_be_visible()


def test_indexes_show_the_newest_papers_and_a_plot(page: Page, address: str) -> None:
    page.goto(f"{address}tags/")
    item = page.locator(".terms > li", has=page.get_by_role("link", name="Computer vision", exact=True))
    assert item.locator(".newest a").count() == 3
    assert item.get_by_role("img").get_attribute("aria-label").startswith("Papers by year, 20")  # type: ignore[union-attr]
    title = item.locator(".newest a").first.inner_text()
    item.locator(".newest a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    page.goto(f"{address}years/")
    shares = page.locator(".share rect").evaluate_all("all => all.map((one) => Number(one.getAttribute('width')))")
    assert max(shares) == 100
    assert shares[0] == 6.7  # 4 papers of 60


def test_lists_show_topics_and_links_to_pdf_and_code(page: Page, address: str) -> None:
    page.goto(f"{address}papers/")
    entry = page.locator(".entry", has=page.locator("h3", has_text="Prism: Efficient Test-Time Scaling"))
    assert entry.locator(".has .get").first.get_attribute("href").startswith("https://")  # type: ignore[union-attr]
    entry.locator(".has a:not(.get)").first.click()
    expect(page.locator(".kick")).to_contain_text("Topics")
    # A list without feeds of its own has no link to those of the site.
    assert page.locator(".bar .end a").count() > 1
    page.goto(f"{address}authors/yuwei-an/")
    assert page.locator(".bar .end a").count() == 0
    assert page.locator("link[rel=alternate][type='application/rss+xml']").count() == 1


def test_the_search_begins_with_topics_and_gives_way_to_results(browser: Browser, page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    start = page.locator("[data-search-start]")
    expect(start.get_by_role("link", name="Test-time scaling", exact=True)).to_be_visible()
    expect(start.get_by_role("link", name="Prism: Efficient")).to_be_visible()
    page.locator("#q").fill("hyperspectral")
    expect(page.locator("[data-search-list] h3").first).to_be_visible()
    expect(start).to_be_hidden()
    page.locator("#q").fill("")
    expect(start).to_be_visible()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}search/")
    expect(plain.locator("[data-search-start] a").first).to_be_visible()
    context.close()


def test_a_mended_word_is_named(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=hyperspectrel+models")
    expect(page.locator("[data-search-count]")).to_contain_text(
        "No paper has “hyperspectrel”. Shown is “hyperspectral”."
    )
    page.locator(".mended a").click()
    page.wait_for_url("**/search/?q=hyperspectral+models")
    page.goto(f"{address}search/?q=hyperspectral")
    expect(page.locator("[data-search-count]")).to_contain_text("“hyperspectral”")
    assert page.locator(".mended").count() == 0


def test_a_question_falls_back_from_all_words_to_most(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=does+repeated+sampling+with+verifiers+improve+inference+of+quokkas")
    count = page.locator("[data-search-count]")
    expect(count).to_contain_text(re.compile(r"with at least \d of the \d words, none with all"))
    expect(page.locator("[data-search-list] h3").first).to_contain_text(re.compile("inference", re.IGNORECASE))


def test_a_rare_word_that_may_be_a_typo_is_asked_about(tab: Page, tmp_path: Path, build: Build) -> None:
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text("title: Salt\n", "utf-8")
    papers = [f"- {{id: p{number}, title: Paper {number}, abstract: A study of causal salt.}}" for number in range(20)]
    lines = "\n".join([*papers, "- {id: typo, title: Typo, abstract: Of causl things.}"])
    (tmp_path / "content" / "papers" / "all.yaml").write_text(lines, "utf-8")
    build(tmp_path / "content", tmp_path / "site")
    with serve_folder(tmp_path / "site") as url:
        tab.goto(f"{url}search/?q=causl+salt&sort=date")
        expect(tab.locator(".mended")).to_have_text("Did you mean causal salt?")
        tab.locator(".mended a").click()
        tab.wait_for_url("**/search/?q=causal+salt&sort=date")
        expect(tab.locator("[data-search-count] .h2")).to_have_text("20 papers")
        expect(tab.locator(".mended")).to_have_count(0)


def test_filters_stand_beside_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=reasoning")
    first = page.locator("[data-search-list] h3").first
    expect(first).to_be_visible()
    before = first.bounding_box()["y"]  # type: ignore[index]
    page.get_by_role("button", name="Filters").click()
    expect(page.locator(".facet").first).to_be_visible()
    assert abs(first.bounding_box()["y"] - before) < 40  # type: ignore[index]
    assert page.locator(".facet").first.bounding_box()["x"] > first.bounding_box()["x"] + 600  # type: ignore[index]
    page.set_viewport_size(TELEPHONE)
    assert first.bounding_box()["y"] < 1100  # type: ignore[index]
    page.set_viewport_size({"width": 1280, "height": 900})


def test_nothing_moves_while_results_arrive(browser: Browser, address: str) -> None:
    for size in (TELEPHONE, DESK):
        context = browser.new_context(viewport=size)  # type: ignore[arg-type]
        context.add_init_script(SHIFTS)
        page = context.new_page()
        for path in ("search/?q=reasoning", "", "tags/", "authors/", "papers/"):
            page.goto(f"{address}{path}")
            if "q=" in path:
                expect(page.locator("[data-search-list] h3").first).to_be_visible()
            page.wait_for_timeout(300)
            assert page.evaluate("window.shifts") < 0.001, (path, size)
        context.close()


def test_keys_are_shown_and_switched_off(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{address}papers/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".entry h3 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".entry h3 a").first).to_be_focused()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Next paper of the list")
    assert run_axe(page) == []
    page.keyboard.press("t")  # behind the dialog no key works
    assert page.locator("html").get_attribute("data-theme") is None
    dialog.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("t")
    assert page.locator("html").get_attribute("data-theme") is None
    page.reload()
    page.keyboard.press("?")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Single keys work").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    context.close()
