"""Answers, failures and timers that come late: of several queries only the latest may write on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser_server import serve_folder
from playwright.sync_api import Page, Request, Route, expect
from waiting import fire_timers, hold_timers

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from surroundings import Listen

pytestmark = pytest.mark.browser

COUNT = "[data-search-count]"
RESULTS = "[data-search-list] h3"
MORE = "[data-search-more]"
# Queries that need one file more than a plain word, and that file.
SLOW = {
    "positions": '"repeated sampling"',
    "words": "inferense",
    "endings": "samplng",
    "titles": "sort:title inference",
    "facets": "sampling",
}


class Held:
    """The requests of a page whose address holds a text wait until they are released, to be answered or to fail."""

    def __init__(self, page: Page, text: str, listen: Listen) -> None:
        self._page = page
        self._routes: list[Route] = []
        self._finish: Callable[[Route], None] = self._routes.append
        self._pending: set[Request] = set()
        listen(page, "request", lambda request: self._pending.add(request) if text in request.url else None)
        listen(page, "requestfinished", lambda request: self._pending.discard(request))
        listen(page, "requestfailed", lambda request: self._pending.discard(request))
        page.route(f"**{text}*", self._take)

    def _take(self, route: Route) -> None:
        self._finish(route)

    def wait(self) -> None:
        """Waits until a request is held."""
        for _ in range(3000):
            if self._routes:
                return
            self._page.wait_for_timeout(10)
        raise AssertionError("nothing was asked for")

    def release(self, fails: bool = False) -> None:
        """Lets waiting requests go on, and later ones; waits until the page has all answers."""
        self._finish = (lambda route: route.fulfill(status=404)) if fails else (lambda route: route.continue_())
        for route in self._routes:
            self._finish(route)
        wait_for_idle(self._page)
        while self._pending:
            wait_for_idle(self._page)


Hold = Callable[[Page, str], Held]


@pytest.fixture
def hold(listen: Listen) -> Hold:
    """Holds the requests of a page whose address has a text."""
    return lambda page, text: Held(page, text, listen)


def wait_for_idle(page: Page) -> None:
    """Waits until the page has run its due timers and frames."""
    page.evaluate("new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 200))")


def type_query(page: Page, query: str) -> None:
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")


def read_page(page: Page) -> list[object]:
    """All that an answer writes."""
    return [
        page.locator(COUNT).inner_text(),
        page.locator(RESULTS).all_inner_texts(),
        page.locator(MORE).is_visible(),
        page.locator("[data-search-chosen]").inner_text(),
        page.locator("[data-search-sort] [aria-pressed=true]").all_inner_texts(),
        page.locator("[data-search-facets]").inner_text(),
        page.locator("[data-search-failed]").is_visible(),
        page.locator("[data-search-empty]").is_visible(),
        page.evaluate("[location.href, document.activeElement.id, document.activeElement.href]"),
    ]


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with results in two files: those of the 88 newest of 600 papers, and those of the others."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("title: Many papers\n", "utf-8")
    lines = [
        f'{{"title": "Quokkas {number:03}", "authors": ["Ada Lovelace"], "date": "{2000 + number // 30}"}}\n'
        for number in range(600)
    ]
    (folder / "content" / "papers" / "all.jsonl").write_text("".join(lines), "utf-8")
    build_site(Options(folder / "content", folder / "site"), InlineExecutor())
    with serve_folder(folder / "site") as url:
        yield url


@pytest.mark.parametrize(
    ("kind", "fails"),
    [
        pytest.param(kind, fails, marks=[pytest.mark.slow] if fails and kind != "positions" else [])
        for kind in SLOW
        for fails in (False, True)
    ],
)
def test_an_older_query_that_is_answered_later_writes_nothing(
    tab: Page, address: str, kind: str, fails: bool, hold: Hold
) -> None:
    held = hold(tab, f"/search-data/{kind}.")
    tab.goto(f"{address}search/?q={SLOW[kind]}{'&tag=repeated-sampling' if kind == 'facets' else ''}")
    held.wait()
    tab.evaluate("history.pushState(null, '', '?q=auditing'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(tab.locator(COUNT)).to_contain_text("“auditing”")
    tab.locator(f"{RESULTS} a").first.focus()
    before = read_page(tab)
    held.release(fails)
    assert read_page(tab) == before


@pytest.mark.parametrize("kind", ["manifest.json", "terms.", "records."])
def test_two_queries_that_are_answered_at_once_end_with_the_newer(
    page: Page, address: str, kind: str, hold: Hold
) -> None:
    held = hold(page, f"/search-data/{kind}")
    page.goto(f"{address}search/?q=sampling&sort=title&tag=repeated-sampling")
    held.wait()
    page.evaluate("history.pushState(null, '', '?q=auditing'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator(COUNT)).to_have_text("Searching")
    held.release()
    expect(page.locator(COUNT)).to_contain_text("“auditing”")
    expect(page.locator("[data-search-chosen] button")).to_have_count(0)
    expect(page.get_by_role("button", name="Best match")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(RESULTS).first).to_contain_text("Remote Auditing")


@pytest.mark.parametrize("query", ["inference", "", "sort:date inference", "inference&tag=repeated-sampling"])
def test_a_timer_that_fires_after_the_answer_writes_nothing(fresh_page: Page, address: str, query: str) -> None:
    page = fresh_page
    hold_timers(page)
    page.goto(f"{address}search/?q={query}")
    if query:
        expect(page.locator(COUNT)).to_contain_text("papers")
    else:
        page.locator("[data-search-open]").evaluate("(button) => button.click()")
        expect(page.locator("[data-search-facets]")).to_contain_text("Test-time scaling")
    expect(page.locator("[data-search-sort] [aria-pressed=true]")).to_have_count(1)
    before = read_page(page)
    fire_timers(page)
    page.evaluate("new Promise(requestAnimationFrame)")
    assert read_page(page) == before


def test_typing_that_waits_to_be_searched_is_forgotten_with_the_next_step(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=auditing")
    type_query(page, "inference")
    expect(page.locator(COUNT)).to_contain_text("“inference”")
    page.evaluate("history.pushState(null, '', '?q=auditing')")
    # A letter, and before its timer the way back: the whole word is searched for, not what begins with it.
    page.evaluate(
        """() => {
          const field = document.getElementById("q");
          field.value = "audi";
          field.dispatchEvent(new Event("input", { bubbles: true }));
          history.replaceState(null, "", "?q=audi");
          dispatchEvent(new PopStateEvent("popstate"));
        }"""
    )
    expect(page.locator(COUNT)).to_contain_text("“audi”")
    whole = page.locator(COUNT).inner_text()
    wait_for_idle(page)
    assert page.locator(COUNT).inner_text() == whole


def show_first_file(page: Page, address: str) -> None:
    """Shows 70 of the 88 results that one file holds."""
    page.goto(f"{address}search/?q=quokkas")
    for shown in (10, 30, 50):
        expect(page.locator(RESULTS)).to_have_count(shown)
        page.locator(MORE).click()
    expect(page.locator(RESULTS)).to_have_count(70)


def ask_for_second_file(page: Page, address: str, hold: Hold) -> Held:
    """Requests results beyond those of the first file."""
    show_first_file(page, address)
    held = hold(page, "/search-data/records.")
    page.locator(MORE).click()
    held.wait()
    return held


def test_more_results_come_once_however_often_they_are_asked_for(tab: Page, large_site: str, hold: Hold) -> None:
    held = ask_for_second_file(tab, large_site, hold)
    tab.locator(MORE).click()
    tab.locator(MORE).click()
    held.release()
    expect(tab.locator(RESULTS)).to_have_count(90)
    assert len(set(tab.locator(RESULTS).all_inner_texts())) == 90
    expect(tab.locator(f"{RESULTS} a").nth(70)).to_be_focused()


@pytest.mark.parametrize("fails", [False, True])
def test_more_results_of_an_older_query_are_not_added(tab: Page, large_site: str, fails: bool, hold: Hold) -> None:
    held = ask_for_second_file(tab, large_site, hold)
    type_query(tab, "599")
    expect(tab.locator(COUNT)).to_contain_text("1 paper for “599”")
    before = read_page(tab)
    held.release(fails)
    assert read_page(tab) == before


def test_more_results_asked_for_while_a_newer_query_waits_are_not_added(tab: Page, large_site: str, hold: Hold) -> None:
    show_first_file(tab, large_site)
    words = hold(tab, "/search-data/words.")
    type_query(tab, "quokas 599")
    words.wait()
    records = hold(tab, "/search-data/records.")
    tab.locator(MORE).click()
    records.wait()
    words.release()
    expect(tab.locator(COUNT)).to_contain_text("“quokas 599”")
    before = read_page(tab)
    records.release()
    assert read_page(tab) == before


def test_more_results_leave_the_focus_where_a_person_took_it(tab: Page, large_site: str, hold: Hold) -> None:
    held = ask_for_second_file(tab, large_site, hold)
    tab.locator("[data-search-open]").focus()
    held.release()
    expect(tab.locator(RESULTS)).to_have_count(90)
    expect(tab.locator("[data-search-open]")).to_be_focused()


def test_an_answer_leaves_the_place_among_the_results(page: Page, address: str, hold: Hold) -> None:
    page.goto(f"{address}search/?q=auditing")
    expect(page.locator(RESULTS).first).to_contain_text("Remote Auditing")
    held = hold(page, "/search-data/positions.")
    type_query(page, '"remote auditing"')
    held.wait()
    page.locator("#q").press("ArrowDown")
    held.release()
    expect(page.locator(COUNT)).to_contain_text("remote")
    expect(page.locator(f"{RESULTS} a").first).to_be_focused()


def test_a_year_is_typed_while_the_filters_are_drawn_anew(page: Page, address: str, hold: Hold) -> None:
    page.goto(f"{address}search/?q=inference")
    page.locator("[data-search-open]").click()
    field = page.get_by_label("Year from")
    expect(field).to_be_visible()
    held = hold(page, "/search-data/positions.")
    type_query(page, '"repeated sampling"')
    held.wait()
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("20")
    held.release()
    expect(page.locator(COUNT)).to_contain_text("repeated")
    expect(field).to_be_focused()
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2025..*")


def test_what_is_typed_before_the_script_is_there_is_searched_for(page: Page, address: str, hold: Hold) -> None:
    held = hold(page, "/assets/search.")
    page.goto(f"{address}search/?q=inference", wait_until="commit")
    page.locator("#q").fill("auditing")
    held.wait()
    held.release()
    expect(page.locator(COUNT)).to_contain_text("“auditing”")
    expect(page.locator("#q")).to_have_value("auditing")
    page.wait_for_url("**/search/?q=auditing")


@pytest.mark.parametrize("fails", [False, True])
def test_suggestions_for_older_letters_are_not_shown(tab: Page, address: str, fails: bool, hold: Hold) -> None:
    tab.goto(f"{address}about/")
    held = hold(tab, "/search-data/words.")
    # Of a word that no paper has, those that are near to it are looked up.
    tab.locator("#quick").fill("zzauditing")
    held.wait()
    tab.locator("#quick").fill("jerz")
    expect(tab.locator("[role=option]").first).to_contain_text("Connor T. Jerzak")
    tab.keyboard.press("ArrowDown")
    before = tab.locator("[role=option]").all_inner_texts()
    held.release(fails)
    expect(tab.locator("[role=listbox]")).to_be_visible()
    assert tab.locator("[role=option]").all_inner_texts() == before
    expect(tab.locator("[role=option]").first).to_have_attribute("aria-selected", "true")


def test_suggestions_stay_closed_once_they_were_sent_away(page: Page, address: str, hold: Hold) -> None:
    page.goto(f"{address}about/")
    page.locator("#quick").fill("jerz")
    expect(page.locator("[role=option]").first).to_contain_text("Connor T. Jerzak")
    held = hold(page, "/search-data/words.")
    page.locator("#quick").fill("zzauditing")
    held.wait()
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    held.release()
    expect(page.locator("[role=listbox]")).to_be_hidden()


def test_who_comes_back_to_the_field_keeps_the_suggestions(page: Page, address: str) -> None:
    page.goto(f"{address}about/")
    page.locator("#quick").press_sequentially("jerz")
    expect(page.locator("[role=option]").first).to_contain_text("Connor T. Jerzak")
    page.locator("#quick").evaluate("(field) => { field.blur(); field.focus(); }")
    wait_for_idle(page)
    expect(page.locator("[role=listbox]")).to_be_visible()


def test_a_button_pressed_twice_says_its_own_word_again(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.add_init_script(
        """
        window.answers = [];
        navigator.clipboard.writeText = () => new Promise((resolve) => answers.push(resolve));
        """
    )
    hold_timers(page)
    page.goto(f"{address}papers/remote-auditing-design-based-tests-of-randomization-selection-and-missingness/")
    button = page.locator(".btn", has_text="Copy").first
    button.evaluate("(button) => { button.click(); button.click(); }")
    page.evaluate("answers.forEach((resolve) => resolve())")
    expect(page.locator(".btn.done")).to_have_text("Copied")
    fire_timers(page)
    expect(page.locator(".btn.done")).to_have_count(0)
    expect(button).to_have_text("Copy")
