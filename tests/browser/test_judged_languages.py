"""A site in several languages, as a person uses it; and every kind of page in eight languages, judged."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from browser_server import serve_folder
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, Page, expect
from shapes import list_kinds
from test_judges import run_nu

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.languages import LANGUAGES
from surroundings import JUDGES, ROOT, WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.judge]
Watch = Callable[[Page, str], list[str]]
SITES = ROOT / "tests" / "sites"
RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    # Titles are as long as papers have them, and preformatted text ends its lines as it likes.
    "rules": {"long-title": "off", "no-trailing-whitespace": "off"},
}


def build_in(languages: str, name: str, folder: Path) -> Path:
    """Builds a site of tests/sites in several languages."""
    content, output = folder / name / "content", folder / name / "site"
    shutil.copytree(SITES / name, content)
    with (content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"languages: [{languages}]\n")
    build_site(Options(content, output), InlineExecutor())
    return output


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site in English and German is served."""
    with serve_folder(build_in("en, de", "features", tmp_path_factory.mktemp("two")), "/some/base/") as url:
        yield url


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two sites in all languages, by their names."""
    folder = tmp_path_factory.mktemp("eight")
    return {name: build_in(", ".join(LANGUAGES), name, folder) for name in ("features", "lab")}


def test_the_switch_keeps_the_page_without_a_script(browser: Browser, two: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{two}authors/jose-poczos/")
    page.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(f"{two}de/authors/jose-poczos/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Themen").click()
    expect(page).to_have_url(f"{two}de/tags/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{two}tags/")
    context.close()


def test_the_search_of_each_language_finds_the_same_papers(tab: Page, two: str, watch: Watch) -> None:
    page, faults = tab, watch(tab, two)
    found = {}
    for folder, words in (("", "1 paper for"), ("de/", "1 Arbeit für")):
        page.goto(f"{two}{folder}search/?q=shelves")
        expect(page.locator("[data-search-list] h3").first).to_be_visible()
        expect(page.locator("[data-search-count]")).to_contain_text(words)
        links = page.locator("[data-search-list] h3 a").evaluate_all("(all) => all.map((one) => one.pathname)")
        assert all(link.startswith(f"/some/base/{folder}papers/") for link in links)
        found[folder] = [link.removeprefix(f"/some/base/{folder}") for link in links]
    assert found[""] == found["de/"]
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("[data-search-facets]")).to_contain_text("Mit Code")
    page.goto(f"{two}de/")
    page.locator("#q").press_sequentially("poczos")
    page.get_by_role("option").filter(has_text="Póczos").first.click()
    expect(page).to_have_url(f"{two}de/authors/jose-poczos/")
    assert faults == []


def test_many_languages_are_a_menu_that_keys_open(tab: Page, eight: dict[str, Path]) -> None:
    with serve_folder(eight["features"], "/some/base/") as url:
        page = tab
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(f"{url}papers/")
        button = page.get_by_role("button", name="English")
        arabic = page.get_by_role("link", name="العربية")
        expect(arabic).to_be_hidden()
        button.focus()
        page.keyboard.press("Enter")
        expect(arabic).to_be_visible()
        assert run_axe(page) == []
        assert [one for one in find_layout_faults(page) if "overlaps" not in one] == []
        page.keyboard.press("Escape")
        expect(arabic).to_be_hidden()
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        for _ in range(7):
            page.keyboard.press("Tab")
        expect(arabic).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{url}ar/papers/")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert find_layout_faults(page) == []


def list_html_faults(pages: Sequence[Path], folder: Path) -> list[str]:
    """What html-validate finds in these pages; it must find the fault of a page of its own."""
    rules, bad = folder / "rules.json", folder / "bad.html"
    rules.write_text(json.dumps(RULES), "utf-8")
    bad.write_text("<!DOCTYPE html><html lang=en><title>x</title><p><button>x</button>", "utf-8")
    command = [
        "node",
        str(JUDGES / "html-validate/bin/html-validate.mjs"),
        "--config",
        str(rules),
        "--formatter",
        f"json={folder / 'faults.json'}",
    ]
    # Into a file: of a pipe the program leaves the end unwritten.
    subprocess.run([*command, *map(str, pages), str(bad)], capture_output=True, check=False)
    faults = [
        (one["filePath"], fault["ruleId"], fault["line"])
        for one in json.loads((folder / "faults.json").read_text("utf-8"))
        for fault in one["messages"]
    ]
    assert "no-implicit-button-type" in {rule for file, rule, _ in faults if file == str(bad)}
    return [f"{file}:{line}: {rule}" for file, rule, line in faults if file != str(bad)]


@pytest.mark.slow
def test_checkers_of_html_find_no_error_in_eight_languages(eight: dict[str, Path], tmp_path: Path) -> None:
    assert run_nu(*eight.values()) == ""
    # Mail has its styles in its elements, as its readers need them.
    pages = [one for site in eight.values() for one in sorted(site.rglob("*.html")) if one.parent.name != "mail"]
    assert len(pages) > 400
    # The checker above has read all; of this one, each language has a third of its kinds of pages.
    assert list_html_faults(pages if WHOLE else pages[::3], tmp_path) == []


def test_checkers_of_html_find_no_error_on_the_pages_of_an_installable_site(tmp_path: Path) -> None:
    shutil.copytree(SITES / "features", tmp_path / "content")
    with (tmp_path / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("languages: [en, ar]\noffline: yes\nthumbnails: yes\n")
    build_site(Options(tmp_path / "content", tmp_path / "site"), InlineExecutor())
    pages = [tmp_path / "site" / name / "index.html" for name in ("offline", "ar/offline", "reading-list", "ar/tags")]
    for page in pages:
        text = page.read_text("utf-8")
        assert '<link rel="manifest" href="/some/base/manifest.webmanifest">' in text
        assert '<link rel="apple-touch-icon" href="/some/base/apple-touch-icon.png">' in text
    assert run_nu(*pages) == ""
    assert list_html_faults(pages, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "width"), [("features", 360), ("lab", 1280)])
def test_axe_and_the_layout_find_nothing_in_eight_languages(
    tab: Page, eight: dict[str, Path], name: str, width: int
) -> None:
    page = tab
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    with serve_folder(eight[name], "/some/base/" if name == "features" else "/lab/") as url:
        for number, code in enumerate(LANGUAGES[1:]):
            # The page of a paper by chance leads on. All kinds mirrored, a third of them in each other language.
            kinds = [one for one in list_kinds(eight[name] / code) if one != "random/"]
            for kind in kinds if code == "ar" else kinds[number % 3 :: 3]:
                page.goto(f"{url}{code}/{kind}")
                found += [f"{code} {kind} {one}" for one in (*run_axe(page), *find_layout_faults(page))]
    assert found == []
