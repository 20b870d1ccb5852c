"""Ten tasks of readers, done by hand on the site of `content/`: docs/ten-tasks.md has the clicks and keys of each."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from waiting import hold_timers, wait_for_reader

from surroundings import ROOT

pytestmark = pytest.mark.browser

MONKEYS = "papers/large-language-monkeys-scaling-inference-compute-with-repeated-sampling/"
TOPIC = "tags/repeated-sampling/"


class Hand:
    """A reader's hand, which counts its clicks and keys; the letters of a query are no keys."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.clicks = self.keys = 0

    def visit(self, path: str) -> None:
        self.page.goto(self.address + path)

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name)


def find_a_paper(hand: Hand) -> None:
    hand.visit(TOPIC)
    hand.press("/")
    hand.page.keyboard.type("langage monkeys")
    expect(hand.page.locator("[role=option]").first).to_contain_text("Monkeys")
    hand.press("ArrowDown")
    hand.press("Enter")
    hand.page.wait_for_url(f"**/{MONKEYS}")


def copy_its_bibtex(hand: Hand) -> None:
    hold_timers(hand.page)
    hand.visit(MONKEYS)
    hand.click(hand.page.locator(".cite summary", has_text=re.compile("^BibTeX$")))
    hand.click(hand.page.locator(".cite details[open] button").first)
    expect(hand.page.locator(".btn.done")).to_have_text("Copied")
    assert hand.page.evaluate("navigator.clipboard.readText()").startswith("@misc{brown2024large,")


def see_what_an_author_did(hand: Hand) -> None:
    hand.visit(MONKEYS)
    hand.click(hand.link("Christopher Ré"))
    expect(hand.page.get_by_role("heading", name="3 papers")).to_be_visible()


def follow_a_topic(hand: Hand) -> None:
    hand.visit(MONKEYS)
    hand.click(hand.link("Repeated sampling").first)
    hand.page.wait_for_url(f"**/{TOPIC}")
    expect(hand.link("RSS").first).to_have_attribute("href", re.compile("/tags/repeated-sampling/feed.xml$"))


def take_a_list_home(hand: Hand) -> None:
    hand.visit(TOPIC)
    with hand.page.expect_download() as saved:
        hand.click(hand.link("BibTeX"))
    assert saved.value.path().read_text("utf-8").count("\n@") + 1 == 11


def save_for_later(hand: Hand) -> None:
    hand.visit(MONKEYS)
    # A key that comes before the script is lost.
    button = hand.page.locator("[data-share] [data-keep]")
    expect(button).to_have_attribute("aria-pressed", "false")
    hand.press("s")
    expect(button).to_have_attribute("aria-pressed", "true")
    hand.click(hand.page.get_by_role("banner").get_by_role("link", name="Reading list"))
    expect(hand.link(re.compile("Large Language Monkeys")).first).to_be_visible()


def read_the_next_of_a_list(hand: Hand) -> None:
    hand.visit(TOPIC)
    wait_for_reader(hand.page)
    hand.page.locator("h3 a").first.click()
    # A key that comes before the script is lost.
    expect(hand.page.locator(".walk p")).to_be_visible()
    first = hand.page.url
    hand.press("n")
    hand.page.wait_for_url(lambda url: url != first)


def find_what_is_like_it(hand: Hand) -> None:
    hand.visit(MONKEYS)
    related = hand.page.locator("[aria-labelledby=related] li a")
    assert related.count() >= 3


def narrow_a_search(hand: Hand) -> None:
    hand.visit("search/?q=inference")
    hand.click(hand.page.get_by_role("button", name="Filters"))
    hand.click(hand.page.get_by_label(re.compile("^Repeated sampling")))
    hand.page.wait_for_url("**tag=repeated-sampling**")


def open_the_pdf(hand: Hand) -> None:
    hand.visit("")
    pdf = hand.link("PDF").first
    hand.clicks += 1
    assert re.match(r"https://arxiv\.org/pdf/", pdf.get_attribute("href") or "")


TASKS: dict[str, Callable[[Hand], None]] = {
    "find a paper by a half-remembered title with a typo": find_a_paper,
    "copy its BibTeX": copy_its_bibtex,
    "see what else an author did": see_what_an_author_did,
    "find the feed of one of its topics": follow_a_topic,
    "take a topic's papers home as one BibTeX file": take_a_list_home,
    "save a paper, and see it on the reading list": save_for_later,
    "read the next paper of the list": read_the_next_of_a_list,
    "see papers like it, with reasons": find_what_is_like_it,
    "narrow a search to a topic": narrow_a_search,
    "open the PDF of the day's first paper": open_the_pdf,
}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_the_clicks_and_keys_of_the_table(fresh_page: Page, address: str, task: str) -> None:
    fresh_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand = Hand(fresh_page, address)
    TASKS[task](hand)
    row = next(line for line in TABLE.splitlines() if line.startswith(f"| {task} |"))
    assert row.split("|")[2:4] == [f" {hand.clicks} ", f" {hand.keys} "]


def test_the_table_has_ten_tasks() -> None:
    assert [line.split("|")[1].strip() for line in TABLE.splitlines() if line.startswith("| ")][2:] == list(TASKS)


TABLE = (ROOT / "docs" / "ten-tasks.md").read_text("utf-8")
