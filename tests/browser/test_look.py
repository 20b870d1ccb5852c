"""What the eye needs: titles that are apart, plots as wide as their page, pages of authors that are no empty sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

# Of the first index line whose titles wrap: pixels from line to line within a title, and from title to title.
GAPS = """() => {
  const tops = (one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [...new Set([...range.getClientRects()].map((box) => Math.round(box.top)))];
  };
  for (const item of document.querySelectorAll(".newest li")) {
    const [own, next] = [tops(item), item.nextElementSibling && tops(item.nextElementSibling)];
    if (own.length > 1 && next) return [own[1] - own[0], next[0] - own.at(-1)];
  }
}"""


def test_titles_that_wrap_are_apart(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}tags/")
    within, between = page.evaluate(GAPS)
    assert between >= within + 3


def test_plots_are_as_wide_as_their_page(page: Page, address: str) -> None:
    page.goto(f"{address}stats/")
    plot, tools = page.locator(".chart svg").first, page.locator(".tools")
    measure = "one => one.getBoundingClientRect().right"
    assert abs(plot.evaluate(measure) - tools.evaluate(measure)) < 24
    # Their letters are as large as those of tables, and no larger.
    scale = plot.evaluate("one => one.getScreenCTM().a")
    size = float(plot.locator("text").first.evaluate("one => getComputedStyle(one).fontSize").removesuffix("px"))
    assert 11 < scale * size < 15


def test_a_page_of_an_author_with_one_paper_is_full(browser: Browser, page: Page, address: str) -> None:
    page.goto(f"{address}authors/chenyang-liu/")
    expect(page.locator("ol .entry")).to_have_count(1)
    names = page.locator("section:has(> #part-names) a")
    expect(names).to_have_text(["Keyan Chen", "Rui Zhao", "Zhengxia Zou", "Zhenwei Shi"])
    expect(page.locator("#part-excerpt + p")).to_contain_text("Text-to-image work for remote sensing")
    # A count of one says nothing, an order of one neither.
    expect(page.locator("aside .n")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("newest first")
    assert page.locator("main").evaluate("one => one.scrollHeight") > 700
    # The column of text is no shorter than what stands beside it.
    bottom = "one => one.getBoundingClientRect().bottom"
    assert page.locator(".cols > section").evaluate(bottom) >= page.locator("aside > :last-child").evaluate(bottom)
    title = page.locator("section:has(> #part-newest) a").nth(1).inner_text()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    plain.locator("section:has(> #part-newest) a").nth(1).click()
    expect(plain.locator("h1")).to_have_text(title)
    context.close()


def test_a_printed_page_has_no_heading_of_what_is_not_printed(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 657, "height": 986})
    sheet = context.new_page()
    sheet.emulate_media(media="print")
    for path, hidden in (("tags/test-time-scaling/", ("#years", "#side-take")), ("", ("#years",))):
        sheet.goto(address + path)
        expect(sheet.locator("aside h2").filter(visible=True).first).to_be_visible()
        for one in hidden:
            expect(sheet.locator(one)).to_be_hidden()
    sheet.goto(f"{address}tags/test-time-scaling/")
    sheet.locator("ol .entry h3 a").first.evaluate("one => one.click()")
    expect(sheet.locator("#side-facts")).to_be_visible()
    expect(sheet.locator("#side-record")).to_be_hidden()
    context.close()
