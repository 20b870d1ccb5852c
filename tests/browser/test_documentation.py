"""The documentation as a site: judges find nothing, and its search leads to names, pages and headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, Page, expect
from test_judges import run_nu

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.checks.running import check_site
from paperbound.model.errors import Faults
from surroundings import ROOT, WHOLE

pytestmark = pytest.mark.browser
BASE = "/name/docs/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built documentation."""
    site = tmp_path_factory.mktemp("documentation") / "site"
    build_site(Options(ROOT / "docs", site, base_url=f"https://example.org{BASE}"), InlineExecutor())
    return site


@pytest.fixture(scope="module")
def documents(folder: Path) -> Iterator[str]:
    """Where the documentation is served."""
    with serve_folder(folder, BASE) as url:
        yield url


def list_pages(folder: Path) -> list[str]:
    """The addresses of all pages; of the decisions, which are of one form, the first."""
    pages = sorted(path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html"))
    few = [page for page in pages if not page.startswith("decisions/0") or page.startswith("decisions/0001")]
    return ["" if page == "." else f"{page}/" for page in few] + ["404.html", "search/?q=jobs", "search/?q=zzzz"]


@pytest.mark.judge
def test_the_judges_find_nothing_in_the_documentation(folder: Path) -> None:
    assert run_nu(folder) == ""
    faults = Faults()
    assert check_site(folder, BASE, faults.report) > 50
    assert faults.errors == []


@pytest.mark.judge
@pytest.mark.parametrize(
    ("width", "scheme", "thirds"),
    # Each page once; by `make test-long` more of them in both.
    [(360, "dark", "0"), *(pytest.param(*one, marks=pytest.mark.slow) for one in ((360, "dark", "12" if WHOLE else "1"), (1280, "light", "12" if WHOLE else "2")))],
)  # fmt: skip
def test_axe_finds_no_violation_in_the_documentation(
    tab: Page, documents: str, folder: Path, width: int, scheme: Literal["dark", "light"], thirds: str,
    watch: Callable[[Page, str], list[str]],
) -> None:  # fmt: skip
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    faults, found = watch(tab, documents), []
    for page in (page for number, page in enumerate(list_pages(folder)) if str(number % 3) in thirds):
        tab.goto(documents + page)
        if "?q=" in page:
            expect(tab.locator("[data-search-count]")).not_to_be_empty()
        found += [f"{page} {violation}" for violation in run_axe(tab)]
        found += [f"{page} at {width}: {fault}" for fault in find_layout_faults(tab)]
        found += [f"{page} {faults.pop()}" for _ in range(len(faults))]
    assert found == []


@pytest.mark.slow
def test_no_page_of_the_documentation_breaks_at_any_width(tab: Page, documents: str, folder: Path) -> None:
    found = set()
    for page in list_pages(folder):
        tab.goto(documents + page)
        for width in (320, 768, 991, 1440):
            tab.set_viewport_size({"width": width, "height": 800})
            found |= {f"{page} at {width}: {fault}" for fault in find_layout_faults(tab)}
    assert found == set()


def test_a_name_that_is_typed_leads_to_its_place(
    tab: Page, documents: str, watch: Callable[[Page, str], list[str]]
) -> None:
    faults = watch(tab, documents)
    tab.goto(f"{documents}people/")
    tab.keyboard.press("/")
    field = tab.get_by_role("combobox", name="Search all pages")
    expect(tab.locator("#quick")).to_be_focused()
    tab.keyboard.type("base_url")
    first = tab.get_by_role("option").first
    expect(first).to_have_text("base_urlSettings · The site")
    expect(field).to_have_attribute("aria-expanded", "true")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/settings/#the-site-base_url")
    row = tab.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Where the site will be")
    assert faults == []


def test_the_search_page_answers_as_it_is_typed_in(
    tab: Page, documents: str, watch: Callable[[Page, str], list[str]]
) -> None:
    faults = watch(tab, documents)
    tab.goto(documents)
    tab.get_by_role("searchbox", name="Search all pages").fill("nginx server")
    tab.get_by_role("button", name="Search").click()
    tab.wait_for_url("**/search/?q=nginx+server")
    first = tab.locator("[data-search-list] li").first
    expect(first.locator("a")).to_have_text("A server with nginx")
    expect(first.locator(".at")).to_have_text("Publishing")
    expect(tab.get_by_role("heading", name="Guides")).to_be_hidden()
    tab.locator("#q").fill("gitlab")
    expect(first.locator("a")).to_have_text("GitLab Pages")
    expect(first.locator("mark").first).to_have_text("gitlab")
    expect(tab).to_have_url(f"{documents}search/?q=gitlab")
    tab.locator("#q").fill("no such word zzzz")
    expect(tab.locator("[data-search-count]")).to_have_text("0 places")
    expect(tab.get_by_role("heading", name="Guides")).to_be_visible()
    tab.locator("#q").fill("")
    expect(tab.locator("[data-search-results]")).to_be_hidden()
    assert faults == []


def test_the_search_that_cannot_be_loaded_says_so(tab: Page, documents: str) -> None:
    tab.route("**/search-data/pages.json", lambda route: route.abort())
    tab.goto(f"{documents}search/?q=gitlab")
    expect(tab.locator("[data-search-count]")).to_have_text("The search data could not be loaded.")
    expect(tab.get_by_role("heading", name="Guides")).to_be_visible()
    tab.unroute("**/search-data/pages.json")
    tab.locator("#q").fill("gitlab ")
    expect(tab.locator("[data-search-list] a").first).to_have_text("GitLab Pages")


def test_without_scripts_every_page_is_reached(browser: Browser, documents: str, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{documents}people/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")
    links = set(page.locator("main li a").evaluate_all("all => all.map((one) => new URL(one.href).pathname)"))
    assert links == {
        f"{BASE}{path.parent.relative_to(folder).as_posix()}/".replace("/./", "/")
        for path in folder.rglob("index.html")
        if path.parent.name != "search"
    }
    context.close()
