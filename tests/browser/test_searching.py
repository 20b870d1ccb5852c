"""Search in a real browser: suggestions, facets, order, scopes, files that are missing, strings of any kind."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from browser_server import serve_folder
from playwright.sync_api import Browser, Page, expect

from surroundings import ROOT, WHOLE, Build, Listen

pytestmark = pytest.mark.browser


def test_papers_and_names_are_suggested(page: Page, address: str, listen: Listen) -> None:
    page.goto(f"{address}about/")
    asked: list[str] = []
    listen(page, "request", lambda request: asked.append(request.url))
    page.locator("#quick").press_sequentially("jerz", delay=20)
    options = page.locator("[role=option]")
    expect(options.first).to_contain_text("Connor T. Jerzak")
    expect(options.nth(1)).to_contain_text("Remote Auditing")
    assert all(url.startswith(address) for url in asked)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    page.locator("#quick").press_sequentially("a", delay=20)
    expect(page.locator("[role=listbox]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/authors/connor-t-jerzak/")


def test_a_late_answer_leaves_the_choice_where_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}about/")
    options = page.locator("[role=option]")
    page.locator("#quick").press_sequentially("jer", delay=20)
    expect(options.first).to_contain_text("Connor T. Jerzak")
    # The key after which the list is rendered again, and the way down, before the answer comes.
    page.keyboard.press("z")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(400)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("a")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)


def test_nothing_of_the_search_is_loaded_before_the_first_key(page: Page, address: str, listen: Listen) -> None:
    asked: list[str] = []
    listen(page, "request", lambda request: asked.append(request.url))
    page.goto(f"{address}tags/")
    page.locator("#quick").focus()
    page.wait_for_timeout(200)
    assert not [url for url in asked if "search-data" in url or "/search." in url]


def open_filters(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}search/?q={query}")
    page.locator("[data-search-open]").click()
    expect(page.locator(".facet legend").first).to_be_visible()


def test_facets_count_all_hits_and_narrow_them(page: Page, address: str) -> None:
    open_filters(page, address, "sampling")
    expect(page.locator("[data-search-count]")).to_contain_text("“sampling”")
    total = int(page.locator("[data-search-count] .h2").inner_text().split()[0])
    box = page.locator(".facet label", has_text="Repeated sampling")
    count = int(box.locator(".n").inner_text())
    assert 0 < count < total
    box.locator("input").check()
    expect(page.locator("[data-search-count] .h2")).to_have_text(f"{count} papers")
    expect(page.locator("[data-search-count]")).to_contain_text(f"of {total}")
    page.wait_for_url("**/search/?q=sampling&tag=repeated-sampling")
    # Within a facet another value adds papers, and its count is that of all hits.
    other = page.locator(".facet label", has_text="LLM reasoning")
    assert int(other.locator(".n").inner_text()) > 0
    other.locator("input").check()
    expect(page.locator("[data-search-chosen] button")).to_have_count(2)
    more = int(page.locator("[data-search-count] .h2").inner_text().split()[0])
    assert count <= more <= total
    # Values without papers are shown, and cannot be chosen.
    assert page.locator(".facet label:has(:disabled)").count() > 0
    page.go_back()
    expect(page.locator("[data-search-chosen] button")).to_have_count(1)
    page.reload()
    expect(page.locator("[data-search-count] .h2")).to_have_text(f"{count} papers")
    page.locator("[data-search-chosen] button").click()
    expect(page.locator("[data-search-count] .h2")).to_have_text(f"{total} papers")


def test_years_are_brushed(page: Page, address: str) -> None:
    open_filters(page, address, "inference")
    box = page.locator(".bars").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 10)
    page.mouse.up()
    page.wait_for_url("**year=20**")
    chosen = page.locator("[data-search-chosen] button")
    expect(chosen).to_have_count(1)
    first = int(page.get_by_label("Year from").input_value())
    expect(page.locator("[data-search-list] time").first).to_be_visible()
    for iso in page.locator("[data-search-list] time").evaluate_all("times => times.map((time) => time.dateTime)"):
        assert int(iso[:4]) >= first


def test_results_are_in_the_requested_order(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=inference")
    page.get_by_role("button", name="Newest").click()
    page.wait_for_url("**sort=date")
    expect(page.get_by_role("button", name="Newest")).to_have_attribute("aria-pressed", "true")
    dates = page.locator("[data-search-list] time").evaluate_all("times => times.map((time) => time.dateTime)")
    assert [date[:7] for date in dates] == sorted((date[:7] for date in dates), reverse=True)
    page.get_by_role("button", name="Title").click()
    page.wait_for_url("**sort=title")
    expect(page.get_by_role("button", name="Title")).to_have_attribute("aria-pressed", "true")
    titles = page.locator("[data-search-list] h3").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)


def test_every_hit_is_reached(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=inference")
    total = int(page.locator("[data-search-count] .h2").inner_text().split()[0])
    assert total > 50
    for shown in range(10, total, 20):
        expect(page.locator("[data-search-list] li")).to_have_count(shown)
        page.locator("[data-search-more]").click()
    expect(page.locator("[data-search-list] li")).to_have_count(total)
    expect(page.locator("[data-search-more]")).to_be_hidden()


def test_phrases_are_adjacent_words(page: Page, address: str) -> None:
    page.goto(f'{address}search/?q="repeated sampling"')
    page.locator("[data-search-list] h3").first.wait_for()
    loose = page.goto(f"{address}search/?q=repeated+sampling")
    assert loose
    page.locator("[data-search-list] h3").first.wait_for()
    page.goto(f'{address}search/?q="sampling repeated"')
    expect(page.locator("[data-search-empty]")).to_be_visible()


@pytest.mark.parametrize(
    ("folder", "query", "title"),
    [
        ("tags/statistics", "auditing", "Remote Auditing"),
        ("authors/anshuman-suri", "inference", "Formalizing and Estimating"),
        ("collections/trending-2026-11-23", "auditing", "Remote Auditing"),
        ("years/2025", "auditing", "Remote Auditing"),
        ("venues/iclr", "protocol", "Unleashing Scientific Reasoning"),
    ],
)
def test_a_list_is_searched_by_itself(page: Page, address: str, folder: str, query: str, title: str) -> None:
    page.goto(f"{address}{folder}/")
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    page.wait_for_url(f"**/search/?*q={query}*")
    expect(page.locator("[data-search-chosen] button")).to_have_count(1)
    expect(page.locator("[data-search-list] h3").first).to_contain_text(title)
    # The address carries the list: a search by another reader, or after a reload, is of the same list.
    shown = page.locator("[data-search-list] h3").all_inner_texts()
    page.reload()
    expect(page.locator("[data-search-chosen] button")).to_have_count(1)
    expect(page.locator("[data-search-list] h3").first).to_contain_text(title)
    expect(page.locator("[data-search-list] h3")).to_have_text(shown)


@pytest.mark.parametrize("damage", [None, b"<!DOCTYPE html><p>not here", b""])
def test_a_missing_or_damaged_file_is_reported_and_requested_again(
    tab: Page, tmp_path: Path, build: Build, damage: bytes | None
) -> None:
    build(ROOT / "tests" / "sites" / "features", tmp_path / "site")
    (file,) = (tmp_path / "site" / "search-data").glob("terms.*")
    whole = file.read_bytes()
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)
    with serve_folder(tmp_path / "site", "/some/base/") as url:
        tab.goto(f"{url}search/?q=shelves")
        expect(tab.locator("[data-search-failed]")).to_be_visible()
        file.write_bytes(whole)
        tab.locator("[data-search-retry]").click()
        expect(tab.locator("[data-search-list] h3").first).to_be_visible()


def test_a_page_loaded_before_a_deployment_finds_new_papers(tab: Page, tmp_path: Path, build: Build) -> None:
    shutil.copytree(ROOT / "tests" / "sites" / "features", tmp_path / "content")
    build(tmp_path / "content", tmp_path / "site")
    # Of some time ago: the server reports ages in whole seconds, and this all takes less than one.
    os.utime(tmp_path / "site" / "search-data" / "manifest.json", (1_700_000_000, 1_700_000_000))
    with serve_folder(tmp_path / "site", "/some/base/") as url:
        tab.goto(f"{url}search/?q=shelves")
        expect(tab.locator("[data-search-list] h3").first).to_be_visible()
        (tmp_path / "content" / "papers" / "new.yaml").write_text(
            "title: On Quokkas\nauthors: [Ada Lovelace]\ndate: 2025\n", "utf-8"
        )
        build(tmp_path / "content", tmp_path / "site")
        tab.evaluate("caches.keys()")
        tab.goto(f"{url}search/")
        tab.locator("#q").fill("quokkas")
        expect(tab.locator("[data-search-list] h3").first).to_have_text("On Quokkas")


_SIGNS = "+-~*:\"'^()[]{}<>&|/\\.,;#%?= \t\n"
_WORDS = ["title:", "year:2020..", "author:", "sort:date", "inference", "__proto__", "<script>", "word~9", "the"]
# What a browser says when an address is rewritten a thousand times in a few seconds.
_THROTTLED = "Throttling navigation"


def make_string(chance: random.Random) -> str:
    """Signs of one block of Unicode, of the syntax, words of it, or 10 kB."""
    kind = chance.randrange(4)
    if kind == 0:
        start = chance.randrange(0, 0x1100) * 256
        points = (chance.randrange(start, start + 256) for _ in range(chance.randrange(1, 40)))
        return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)
    if kind == 1:
        return "".join(chance.choice(_SIGNS) for _ in range(chance.randrange(1, 60)))
    if kind == 2:
        return " ".join(chance.choice([*_WORDS, *_SIGNS]) for _ in range(chance.randrange(1, 30)))
    return "".join(chance.choice(_SIGNS + "abcdefghij") for _ in range(chance.choice([20, 200, 200, 200, 10_000])))


@pytest.mark.parametrize(
    ("seed", "count"), [(5, 250), pytest.param(4, 3_000 if WHOLE else 500, marks=pytest.mark.slow)]
)
def test_random_strings_are_no_error(
    tab: Page, address: str, watch: Callable[[Page, str], list[str]], seed: int, count: int
) -> None:
    """Each is answered, none throws, and none becomes an element."""
    chance = random.Random(seed)
    faults = watch(tab, address)
    tab.goto(f"{address}search/")
    for _ in range(count // 250):
        odd = tab.evaluate(
            """async (texts) => {
              const field = document.getElementById("q");
              const count = document.querySelector("[data-search-count]");
              for (const text of texts) {
                field.value = text;
                field.form.dispatchEvent(new Event("submit", { cancelable: true }));
                count.textContent = "waiting";
                if (field.value.trim()) while (["waiting", "Searching"].includes(count.textContent))
                  await new Promise((resolve) => setTimeout(resolve));
              }
              return document.querySelectorAll("[data-search-results] :is(script, img, iframe, svg:not(.i))").length;
            }""",
            [make_string(chance) for _ in range(250)],
        )
        assert odd == 0
    expect(tab.locator("[data-search-failed]")).to_be_hidden()
    assert [fault for fault in faults if _THROTTLED not in fault] == []


@pytest.mark.parametrize(("seed", "count"), [(6, 12), pytest.param(5, 60 if WHOLE else 24, marks=pytest.mark.slow)])
def test_random_addresses_are_no_error(page: Page, address: str, seed: int, count: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        page.goto(f"{address}search/?q={quote(make_string(chance)[:2000])}&tag={quote(make_string(chance)[:50])}")
        expect(page.locator("[data-search-count]")).not_to_have_text("Searching")
        assert page.locator("[data-search-results] :is(script, img, iframe)").count() == 0
        expect(page.locator("[data-search-failed]")).to_be_hidden()


def test_an_identifier_leads_to_its_paper(page: Page, address: str) -> None:
    page.goto(f"{address}about/")
    options = page.locator("[role=option]")
    page.locator("#quick").press_sequentially("https://doi.org/10.48550/arXiv.2510.00128v1", delay=5)
    expect(options.first).to_contain_text("Remote Auditing")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/remote-auditing-*/")
    page.goto(f"{address}search/")
    page.locator("#q").fill("arXiv:2510.00128")
    expect(page.locator("[data-search-list] h3").first).to_contain_text("Remote Auditing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/remote-auditing-*/")
    # An id that is in no record finds nothing, and leads nowhere.
    page.goto(f"{address}search/?q=2510.99999")
    expect(page.locator("[data-search-empty]")).to_be_visible()


def test_an_identifier_in_an_address_leads_to_its_page(
    page: Page, address: str, browser: Browser, tmp_path: Path, build: Build
) -> None:
    page.goto(f"{address}id/#10.48550/arXiv.2510.00128")
    page.wait_for_url("**/papers/remote-auditing-*/")
    page.goto(f"{address}id/#10.5555%2F%3Cb%3Enobody")
    expect(page.locator("[data-identifiers]")).to_have_text(
        "No paper and no person of this site has the identifier 10.5555/<b>nobody."
    )
    page.get_by_role("link", name="Search for it").click()
    page.wait_for_url("**/search/?q=10.5555%2F%3Cb%3Enobody")
    page.goto(f"{address}id/")
    expect(page.locator("[data-identifiers]")).to_be_empty()
    page.evaluate("location.hash = '2510.00128'")
    page.wait_for_url("**/papers/remote-auditing-*/")
    with_person = tmp_path / "content"
    (with_person / "papers").mkdir(parents=True)
    (with_person / "site.yaml").write_text("title: Salt\n", "utf-8")
    record = "title: Rows\nauthors: [{name: Ada King, orcid: 0000-0002-1825-0097}]\n"
    (with_person / "papers" / "rows.yaml").write_text(record, "utf-8")
    build(with_person, tmp_path / "site")
    with serve_folder(tmp_path / "site") as url:
        other = browser.new_page()
        other.goto(url)
        other.locator("#q").press_sequentially("https://orcid.org/0000-0002-1825-0097", delay=5)
        expect(other.locator("[role=option]").first).to_contain_text("The page of this identifier")
        other.keyboard.press("Enter")
        other.wait_for_url("**/authors/ada-king/")
        other.close()
        plain = browser.new_page(java_script_enabled=False)
        plain.goto(f"{url}id/#rows")
        expect(plain.locator("noscript .note")).to_be_visible()
        plain.close()
