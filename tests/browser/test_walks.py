"""The way on from page to page of a list, and the newest papers of a topic, which a large site reads from its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from browser_server import serve_folder
from playwright.sync_api import Browser, Page, expect
from test_indexes import SHIFTS

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

pytestmark = pytest.mark.browser


def make_site(folder: Path, papers: int, settings: str, days: int = 1, **files: str) -> Path:
    """Builds a site of papers on rows, one every few days, the last one the newest; returns its folder."""
    content = folder / "content"
    (content / "papers").mkdir(parents=True)
    day = date(2000, 1, 1)
    lines = [
        f"- {{id: p{number}, title: Paper {number}, date: {day + timedelta(number * days)}, tags: [rows]"
        + (", authors: [Ada Rowe]}" if number >= 1_000 else ", authors: [Bo Lund, Ada Rowe]}" if number == 1 else "}")
        for number in range(1, papers + 1)
    ]
    (content / "papers" / "all.yaml").write_text("\n".join(lines), "utf-8")
    (content / "tags.yaml").write_text("- {slug: rows, name: Rows}\n", "utf-8")
    (content / "site.yaml").write_text(f"title: Shelves\nbase_url: http://localhost:8000/\n{settings}", "utf-8")
    for name, text in files.items():
        (content / "collections").mkdir(exist_ok=True)
        (content / "collections" / f"{name}.yaml").write_text(text, "utf-8")
    build_site(Options(content, folder / "site"), InlineExecutor())
    return folder / "site"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Seven papers, three on a page of a list."""
    with serve_folder(make_site(tmp_path_factory.mktemp("small"), 7, "page_size: 3\n")) as url:
        yield url


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """More papers than the page of the search shows at once."""
    files = {"day": f"title: Daily\ndate: 2026-03-01\npapers: [{', '.join(f'p{number}' for number in range(1, 34))}]\n"}
    with serve_folder(make_site(tmp_path_factory.mktemp("results"), 33, "", days=20, **files)) as url:
        yield url


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One paper more than have the newest of their topic on their pages."""
    with serve_folder(make_site(tmp_path_factory.mktemp("large"), 1_001, "related_papers: no\n")) as url:
        yield url


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page of a reader who comes the first time."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def expect_steps(page: Page, *steps: str) -> None:
    """Waits until the ways to the paper before and to the one after have these words; an empty text for none."""
    for rel, words in zip(("prev", "next"), steps, strict=True):
        link = page.locator(f".walk a[rel={rel}]")
        if words:
            expect(link).to_have_text(words)
        else:
            expect(link).to_have_count(0)


def open_list(page: Page, address: str) -> None:
    """Opens a page of a list, and waits for its script, which knows from then on where a reader comes from."""
    page.goto(address)
    expect(page.locator(".entry [data-keep]").first).to_be_attached()


def test_the_way_through_a_list_goes_on_from_page_to_page(reader: Page, small: str) -> None:
    page = reader
    open_list(page, f"{small}papers/page/2/")
    page.get_by_role("link", name="Paper 2", exact=True).click()
    expect_steps(page, "5 in All papersPaper 3", "7 in All papersPaper 1")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Paper 1")
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 2 of 7")
    expect(page.locator(".walk a[rel=next]")).to_have_count(0)
    # Back over the border of the page before.
    for number in (2, 3, 4, 5, 6, 7):
        expect(page.locator(".walk a[rel=prev]")).to_contain_text(f"{8 - number} in All papers")
        page.keyboard.press("p")
        expect(page.locator("h1")).to_have_text(f"Paper {number}")
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 7 of 7")
    expect(page.locator(".walk a[rel=prev]")).to_have_count(0)
    expect_steps(page, "", "2 in All papersPaper 6")


def test_pages_of_one_list_are_one_way(reader: Page, small: str) -> None:
    page = reader
    open_list(page, f"{small}papers/")
    page.get_by_role("link", name="Paper 7", exact=True).click()
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 7")
    open_list(page, f"{small}papers/page/2/")
    page.get_by_role("link", name="Paper 4", exact=True).click()
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 2 of 7")
    # Known from the page before, which is loaded no second time.
    expect_steps(page, "3 in All papersPaper 5", "5 in All papersPaper 3")
    # Another list is another way.
    open_list(page, f"{small}years/2000/page/3/")
    page.get_by_role("link", name="Paper 1", exact=True).click()
    expect(page.locator(".walk a[rel=prev]")).to_contain_text("6 in 2000")


def test_a_page_that_cannot_be_loaded_ends_the_way(reader: Page, small: str) -> None:
    page = reader
    open_list(page, f"{small}papers/")
    page.route("**/papers/page/2/", lambda route: route.abort())
    page.get_by_role("link", name="Paper 5", exact=True).click()
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 7")
    expect_steps(page, "2 in All papersPaper 6", "")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Paper 5")
    page.unroute_all()
    page.reload()
    expect(page.locator(".walk a[rel=next]")).to_contain_text("4 in All papers")


def test_the_home_page_leads_on_into_its_edition(reader: Page, results: str) -> None:
    page = reader
    open_list(page, results)
    page.locator("ol .entry h3 a").last.click()
    expect(page.locator("h1")).to_have_text("Paper 30")
    expect(page.locator(".walk a[rel=next]")).to_have_text("31 in DailyPaper 31")
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 33")


def list_found(page: Page) -> list[str]:
    """Returns the titles of all results, which this shows."""
    found = page.locator("[data-search-list] h3 a")
    expect(found.first).to_be_visible()
    while page.locator("[data-search-more]").is_visible():
        count = found.count()
        page.locator("[data-search-more]").click()
        expect(found.nth(count)).to_be_visible()
    return found.all_inner_texts()


# By relevance, where the first ten are found before the rest; by title and with a filter; a word that is still typed,
# which finds nothing as it stands. Then what has to be typed, and how many are found.
@pytest.mark.parametrize(
    ("address", "typed", "count"),
    [("?q=paper", "", 33), ("?q=row&sort=title&year=2000", "", 18), ("?tag=rows", "", 33), ("", "pa", 33)],
)
def test_the_way_through_results_goes_on_to_the_last_one(
    reader: Page, results: str, address: str, typed: str, count: int
) -> None:
    page = reader

    def search() -> None:
        page.goto(f"{results}search/{address}")
        if typed:
            page.locator("#q").press_sequentially(typed)
            expect(page.locator("[data-search-count]")).to_contain_text(f"“{typed}”")
        expect(page.locator("[data-search-list] [data-keep]")).to_have_count(10)

    search()
    titles = list_found(page)
    assert len(titles) == count
    search()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-search-list] h3 a").nth(8).click()
    expect(page.locator(".walk a[rel=next]")).to_contain_text(titles[9])
    expect(page.locator(".walk p")).to_have_text(f"Read today of this list: 1 of {count}")
    # Nothing of the search is loaded as long as the results shown last.
    assert [url for url in asked if "search" in url] == []
    for at in range(9, count):
        expect(page.locator(".walk p")).to_have_text(f"Read today of this list: {at - 8} of {count}")
        expect(page.locator(".walk a[rel=next]")).to_contain_text(f"{at + 1} in")
        page.keyboard.press("n")
        expect(page.locator("h1")).to_have_text(titles[at])
    expect(page.locator(".walk p")).to_have_text(f"Read today of this list: {count - 8} of {count}")
    expect(page.locator(".walk a[rel=next]")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.locator("h1")).to_have_text(titles[-2])
    # The page and the index of the search, each time that the known results end.
    assert len([url for url in asked if url.endswith("manifest.json")]) == -(-(count - 10) // 20)


def test_a_search_that_cannot_be_loaded_ends_the_way(reader: Page, results: str) -> None:
    page = reader
    page.route("**/search-data/**", lambda route: route.abort())
    page.goto(f"{results}papers/paper-1/")
    walk = {"name": "x", "papers": [{"slug": "paper-1", "title": "Paper 1"}], "after": "/search/?q=paper", "total": 9}
    store = "walk => sessionStorage.setItem('paperbound-walk /', JSON.stringify(walk))"
    page.evaluate(store, walk)
    with page.expect_event("requestfailed"):
        page.reload()
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 9")
    # Requests of the first page end with it.
    page.evaluate(store, walk | {"after": ""})
    page.reload()
    expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 9")
    page.unroute_all()
    # An address outside of the site is no page of the list, however it is written.
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for after in ("//example.org/", "https://example.org/search/", "/search", "javascript:alert(1)/", ["/search/"]):
        page.evaluate(store, walk | {"after": after})
        page.reload()
        expect(page.locator(".walk p")).to_have_text("Read today of this list: 1 of 9")
    assert [url for url in asked if "search" in url or not url.startswith(results)] == []
    page.evaluate(store, walk)
    page.reload()
    expect(page.locator(".walk a[rel=next]")).to_contain_text("2 in x")


def test_a_list_that_has_moved_on_leads_to_no_paper_twice(reader: Page, small: str) -> None:
    page = reader
    open_list(page, f"{small}papers/")
    page.get_by_role("link", name="Paper 5", exact=True).click()
    expect(page.locator(".walk a[rel=next]")).to_contain_text("Paper 4")
    # A build with a new paper in between: the next page begins with the last paper of this one.
    page.evaluate(
        """() => {
          const walk = JSON.parse(sessionStorage.getItem("paperbound-walk /"));
          const papers = [{ slug: "paper-7", title: "7" }, { slug: "paper-4", title: "4" }, { slug: "paper-5", title: "5" }];
          sessionStorage.setItem("paperbound-walk /", JSON.stringify({ ...walk, papers, after: "/papers/page/2/" }));
        }"""
    )
    page.reload()
    for number in (3, 2, 1):
        expect(page.locator(".walk a[rel=next]")).to_contain_text(f"Paper {number}")
        page.keyboard.press("n")
        expect(page.locator("h1")).to_have_text(f"Paper {number}")


def test_a_large_site_reads_what_a_coauthor_wrote_from_their_page(reader: Page, large: str) -> None:
    page = reader
    page.add_init_script(SHIFTS)
    page.goto(f"{large}authors/bo-lund/")
    heading = page.get_by_role("link", name="New by Ada Rowe")
    expect(heading).to_have_attribute("href", "/authors/ada-rowe/")
    first, second = (page.locator(f"[aria-labelledby=part-{name}] li a") for name in ("coauthors", "newest"))
    second.last.scroll_into_view_if_needed()
    # Not the paper of both, and no paper of the list above.
    expect(first).to_have_text(["Paper 1001", "Paper 1000"])
    expect(second).to_have_text(["Paper 999", "Paper 998", "Paper 997"])
    assert page.evaluate("window.shifts") < 0.001
    # Who has written nothing else is no such co-author.
    page.goto(f"{large}authors/ada-rowe/")
    expect(page.locator("[data-newest]")).to_have_count(0)
    page.route("**/authors/ada-rowe/", lambda route: route.abort())
    page.goto(f"{large}authors/bo-lund/")
    expect(second).to_have_count(3)
    expect(first).to_have_count(0)
    expect(heading).to_be_visible()


def test_a_large_site_reads_the_newest_of_a_topic_from_its_page(browser: Browser, reader: Page, large: str) -> None:
    page = reader
    page.add_init_script(SHIFTS)
    page.goto(f"{large}papers/paper-1000/")
    heading = page.get_by_role("link", name="New on Rows")
    expect(heading).to_have_attribute("href", "/tags/rows/")
    rows = page.locator("[data-newest] li")
    expect(rows).to_have_count(3)
    # Neither the paper itself, nor what stands above by the same authors.
    expect(rows.locator("a")).to_have_text(["Paper 999", "Paper 998", "Paper 997"])
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") < 0.001
    rows.first.locator("a").click()
    expect(page.locator("h1")).to_have_text("Paper 999")
    page.route("**/tags/rows/", lambda route: route.abort())
    page.goto(f"{large}papers/paper-7/")
    expect(page.locator("[data-newest]")).to_have_count(0)
    expect(heading).to_be_visible()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{large}papers/paper-7/")
    plain.get_by_role("link", name="New on Rows").click()
    expect(plain.locator("ol .entry h3").first).to_have_text("Paper 1001")
    context.close()
