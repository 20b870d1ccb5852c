"""What a person does with the site in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_server import serve_folder
from playwright.sync_api import Browser, BrowserContext, Page, expect
from waiting import fire_timers, hold_timers

from surroundings import ROOT

pytestmark = pytest.mark.browser

PAPER = "papers/remote-auditing-design-based-tests-of-randomization-selection-and-missingness"
SEARCHES = [
    ("jerzak", "Remote Auditing"),
    ("satelite imagery", "Remote Auditing"),
    ("text2earth", "Text2Earth"),
    ("title:hyperspectralvits", "HyperspectralViTs"),
    ("tag:statistics auditing", "Remote Auditing"),
    ("φ-decoding", "φ-Decoding"),
    ("phi decoding", "φ-Decoding"),
    ("A*-Decoding", "A*-Decoding"),
    ("author:růžička", "HyperspectralViTs"),
    ("ruzicka", "HyperspectralViTs"),
    ("Remote Auditing: Design-based Tests", "Remote Auditing"),
    ("venue:neurips undervolted", "NeuralFuse"),
    ("hyperspec*", "HyperspectralViTs"),
    ("scriptsizeFLaws", "Inference Scaling fLaws"),
]


def search(page: Page, address: str, query: str) -> list[str]:
    page.goto(f"{address}search/")
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    expect(page.locator("[data-search-count]")).to_contain_text(f"“{query.strip()}”")
    return page.locator("[data-search-list] h3").all_inner_texts()


@pytest.mark.parametrize(("query", "title"), SEARCHES)
def test_searches_find_the_paper_first(page: Page, address: str, query: str, title: str) -> None:
    assert search(page, address, query)[0].startswith(title)


def test_required_and_excluded_words(page: Page, address: str) -> None:
    titles = search(page, address, "+inference -reasoning")
    assert len(titles) == 10
    text = page.locator("[data-search-list]").inner_text().lower()
    assert "inference" in text
    assert "reasoning" not in text
    hrefs = page.locator("[data-search-list] h3 a").evaluate_all("links => links.map((link) => link.href)")
    for href in hrefs:
        page.goto(href)
        assert "reasoning" not in page.locator("main article").inner_text().lower().split("\ncite\n")[0]


@pytest.mark.parametrize(
    "query",
    ["+", "~", '"', "title:", "a^b", "t:", "*", "a*b*", "~2", "-", "+the", "-reasoning", "<img src=x onerror=alert(1)>",
     "__proto__", "constructor:x", "year:9999..0", "x " * 3000, "\\", "%", "🙂", "[[[[", "the of and"],
)  # fmt: skip
def test_whatever_is_typed_is_no_error(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}search/")
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    page.wait_for_timeout(150)
    assert page.locator("[data-search-list] img, [data-search-list] script").count() == 0
    if query == "-reasoning":
        expect(page.locator("[data-search-list] h3").nth(9)).to_be_visible()


def test_results_come_while_typing_and_the_query_is_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.locator("#q").press_sequentially("hypersp", delay=20)
    expect(page.locator("[data-search-list] h3").first).to_contain_text("HyperspectralViTs")
    expect(page.locator("[data-search-list] mark").first).to_be_visible()
    page.wait_for_url("**/search/?q=hypersp")
    page.reload()
    expect(page.locator("#q")).to_have_value("hypersp")
    expect(page.locator("[data-search-count]")).to_contain_text("hypersp")


def test_matches_are_marked_and_an_empty_result_offers_a_way_out(page: Page, address: str) -> None:
    search(page, address, "satelite imagery")
    assert page.locator("[data-search-list] li").first.locator("mark").all_inner_texts()[:2] == ["Satellite", "Imagery"]
    page.goto(f"{address}search/?q=zzzzqqqqxxxx")
    expect(page.locator("[data-search-empty]")).to_be_visible()
    expect(page.locator("[data-search-empty] a").first).to_be_visible()


def test_more_results_are_shown_on_request(page: Page, address: str) -> None:
    search(page, address, "inference")
    first = page.locator("[data-search-list] li").count()
    page.locator("[data-search-more]").click()
    expect(page.locator("[data-search-list] li").nth(first)).to_be_visible()


def test_keys_walk_the_results(page: Page, address: str) -> None:
    search(page, address, "inference")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-search-list] h3 a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_key_leads_to_the_search_field_of_any_page(page: Page, address: str, keys: str) -> None:
    page.goto(f"{address}{PAPER}/")
    page.keyboard.press(keys)
    expect(page.locator("#quick")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#quick")).to_have_value("a/b")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=a%2Fb")


def test_search_from_the_home_page(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("jerzak")
    page.keyboard.press("Enter")
    expect(page.locator("[data-search-list] h3").first).to_contain_text("Remote Auditing")


def test_links_lead_from_page_to_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".ranked h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("Remote Auditing")
    page.locator(".by a").first.click()
    expect(page.locator("h1")).to_have_text("Connor T. Jerzak")
    page.locator("ol h3 a").first.click()
    page.wait_for_url("**/papers/*/")
    page.locator(".tag").first.click()
    expect(page.locator("h1")).to_have_text("Statistics and hypothesis testing")
    page.locator(".nav a", has_text="Papers").click()
    page.wait_for_url("**/papers/")
    page.locator(".pager a[rel=next]").click()
    page.wait_for_url("**/papers/page/2/")
    expect(page.locator("ol > li")).to_have_count(50)


def test_n_and_p_walk_the_collection(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.goto(f"{address}{PAPER}/")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_contain_text("Text2Earth")
    page.wait_for_load_state()  # a key that comes before the script is lost
    page.keyboard.press("p")
    expect(page.locator("h1")).to_contain_text("Remote Auditing")


def test_dark_mode_is_chosen_remembered_and_does_not_flash(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.goto(address)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    toggle = page.locator("[data-theme-toggle]")
    toggle.click()
    toggle.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate(background)
    assert dark != light
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ window.first = {background}; }})")
    page.goto(f"{address}tags/")
    assert page.evaluate("window.first") == dark
    page.emulate_media(color_scheme="dark")
    page.evaluate("localStorage.setItem('paperbound-theme', '<poison>')")
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None
    assert page.evaluate(background) == dark


def test_bibtex_is_copied(fresh_page: Page, context: BrowserContext, address: str) -> None:
    page = fresh_page
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    hold_timers(page)
    page.goto(f"{address}{PAPER}/")
    box = page.locator(".cite details").filter(has=page.get_by_text("BibTeX", exact=True))
    box.locator("summary").click()
    button = box.locator("button").first
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == box.locator("[data-copy]").text_content()
    assert copied.startswith("@misc{jerzak2025remote,")
    fire_timers(page)
    expect(button).to_have_text("Copy")
    with page.expect_download() as found:
        box.get_by_role("button", name="Download").click()
    assert found.value.suggested_filename == f"{PAPER.rpartition('/')[2]}.bib"
    assert found.value.path().read_text("utf-8") == f"{copied}\n"


def test_everything_but_search_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator(".ranked h3 a").nth(1).click()
    expect(page.locator("h1")).to_contain_text("Text2Earth")
    expect(page.locator("[data-copy]").first).to_be_visible()
    page.wait_for_load_state()
    assert page.locator("button:not([popovertarget])").count() == 0
    expect(page.locator("[data-quick]")).to_have_attribute("href", "/search/")
    page.goto(f"{address}papers/")
    page.locator(".pager a[rel=next]").click()
    page.wait_for_url("**/papers/page/2/")
    page.goto(f"{address}search/?q=x")
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    page.locator("noscript a").first.click()
    expect(page.locator("h1")).to_have_text("All papers")
    context.close()


@pytest.mark.parametrize(
    "path", ["", f"{PAPER}/", "authors/", "tags/", "tags/statistics/", "search/?q=inference", "subscribe/", "about/"]
)
def test_no_page_scrolls_sideways(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    if "?q=" in path:
        expect(page.locator("[data-search-list] h3").first).to_be_visible()
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("new Promise(requestAnimationFrame)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_keyboard_users_skip_to_the_content(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_missing_page_helps_at_any_depth(tab: Page, address: str) -> None:
    # The browser logs the 404 itself, so the page is not watched.
    answer = tab.goto(f"{address}papers/no/such/paper/")
    assert answer
    assert answer.status == 404
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
    tab.locator(".deck a").first.click()
    expect(tab.locator("h1")).to_have_text("All papers")


def test_redirects_lead_to_the_paper(tmp_path: Path, tab: Page, build: Callable[..., object]) -> None:
    build(ROOT / "tests" / "sites" / "features", tmp_path / "site")
    with serve_folder(tmp_path / "site", "/some/base/") as url:
        for old in ("papers/old-shelf/", "2023/shelf/"):
            tab.goto(url + old)
            tab.wait_for_url("**/papers/an-o-n-2-**")
            assert re.search(r"bound for\s+sorted", tab.locator("h1").inner_text())


def test_the_address_of_a_paper_is_shared(fresh_page: Page, context: BrowserContext, address: str) -> None:
    page = fresh_page
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    hold_timers(page)
    page.goto(f"{address}{PAPER}/")
    button = page.locator("[data-share]").get_by_role("button", name="Share")
    button.click()
    expect(button).to_have_text("Link copied")
    # The site has no address of its own, so the link is that of the page as it is shown.
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{PAPER}/"
