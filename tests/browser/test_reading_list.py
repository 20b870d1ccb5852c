"""The reading list in a real browser: saving, notes, order, files, links, and a storage that is full, off or poisoned."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import rispy
from browser_server import serve_folder
from markdown_it import MarkdownIt
from page_judges import find_layout_faults, run_axe
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, expect
from pybtex.database import parse_string
from waiting import fire_timers, hold_timers, wait_until

from surroundings import ROOT, Build

pytestmark = pytest.mark.browser

PAPER = "remote-auditing-design-based-tests-of-randomization-selection-and-missingness"
KEY = "paperbound-list /"
POISON = '<img src=x onerror="document.title=`owned`">'


def store(page: Page, address: str, text: str) -> None:
    """Puts a text where the list is kept, and opens the page of the list."""
    page.goto(f"{address}subscribe/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.goto(f"{address}reading-list/")


def read(page: Page) -> list[dict[str, object]]:
    """The papers that the browser keeps."""
    papers: list[dict[str, object]] = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))["papers"]
    return papers


def save_first(page: Page, address: str, count: int) -> list[str]:
    """Saves the first papers of the list of all papers by keys; returns their titles, the last one first."""
    page.goto(f"{address}papers/")
    expect(page.locator(".entry .keep").first).to_be_attached()
    for _ in range(count):
        page.keyboard.press("j")
        page.keyboard.press("s")
    expect(page.locator("ol .keep[aria-pressed=true]")).to_have_count(count)
    return page.locator("ol .entry h3 a").all_inner_texts()[:count][::-1]


def rows(page: Page) -> Locator:
    return page.locator("[data-list-rows] > li")


def expect_titles(page: Page, *titles: str) -> None:
    expect(page.locator("[data-list-rows] h3 a")).to_have_text(titles)


def act(page: Page, row: int, name: str) -> None:
    rows(page).nth(row).get_by_role("button", name=name).click()


def export(page: Page, name: str) -> Download:
    with page.expect_download() as found:
        page.locator("[data-list-formats]").get_by_role("button", name=name, exact=True).click()
    return found.value


def text_of(download: Download) -> str:
    return download.path().read_bytes().decode()


def bring(page: Page, name: str, text: str) -> None:
    page.locator("[data-list-file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})


def test_a_paper_is_saved_on_its_page_and_the_button_says_so(fresh_page: Page, address: str) -> None:
    page = fresh_page
    hold_timers(page)
    page.goto(f"{address}papers/{PAPER}/")
    button = page.locator("[data-share] [data-keep]")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_text("Saved")
    expect(button).to_have_attribute("aria-pressed", "true")
    fire_timers(page)
    expect(button).to_have_text("Save")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    [paper] = read(page)
    assert paper["slug"] == PAPER
    assert str(paper["title"]).startswith("Remote Auditing: Design-based Tests")
    assert (paper["authors"], paper["date"]) == ("Connor T. Jerzak, Adel Daoud", "2025-09-30")
    page.keyboard.press("s")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert read(page) == []


def test_keys_save_the_chosen_paper_of_a_list_and_open_it(fresh_page: Page, address: str) -> None:
    page = fresh_page
    first, second = save_first(page, address, 2)[::-1]
    signs = page.locator(".entry .keep")
    for at, pressed in enumerate(("true", "true", "false")):
        expect(signs.nth(at)).to_have_attribute("aria-pressed", pressed)
    expect(page.locator("body > [role=status]")).to_have_text("Saved")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(second)
    page.go_back()
    expect(signs.nth(1)).to_have_attribute("aria-pressed", "true")
    page.goto(f"{address}reading-list/")
    expect_titles(page, second, first)
    page.goto(f"{address}search/?q=jerzak")
    page.locator("[data-search-list] .entry").hover()
    page.locator("[data-search-list] .keep").click()
    expect(page.locator("[data-search-list] .keep")).to_have_attribute("aria-pressed", "true")
    assert len(read(page)) == 3
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("Save the paper to the reading list, or remove it")


def test_notes_tags_stars_and_what_is_read_are_kept_and_filtered(fresh_page: Page, address: str) -> None:
    page = fresh_page
    first, second, _ = save_first(page, address, 3)
    page.locator(".nav").get_by_role("link", name="Reading list").click()
    expect(page.locator("h1")).to_have_text("Reading list")
    expect(page.locator("[data-list-count]")).to_have_text("3 papers")
    act(page, 0, "Note and tags")
    page.keyboard.type(f"See {POISON}")
    rows(page).nth(0).locator("input").press_sequentially(f"seminar, {POISON[:20]}, seminar")
    act(page, 1, "Star")
    act(page, 2, "Read")
    page.reload()
    assert [(paper["note"], paper["tags"], paper["star"], paper["read"]) for paper in read(page)] == [
        (f"See {POISON}", ["seminar", POISON[:20]], False, False),
        ("", [], True, False),
        ("", [], False, True),
    ]
    expect(rows(page).nth(0).locator(".jot")).to_contain_text(f"See {POISON}")
    filters = page.locator("[data-list-filters]")
    filters.get_by_role("button", name="Unread").click()
    expect_titles(page, first, second)
    filters.get_by_role("button", name="Starred").click()
    expect_titles(page, second)
    filters.get_by_role("button", name="All").click()
    filters.get_by_role("button", name="#seminar").click()
    expect_titles(page, first)
    filters.get_by_role("button", name="#seminar").click()
    filters.locator("input").fill("onerror see")
    expect_titles(page, first)
    filters.locator("input").fill("zzz")
    expect(page.locator("[data-list-nothing]")).to_be_visible()


def test_buttons_keys_and_dragging_change_the_order(fresh_page: Page, address: str) -> None:
    page = fresh_page
    one, two, three = save_first(page, address, 3)
    page.goto(f"{address}reading-list/")
    act(page, 0, "Down")
    expect_titles(page, two, one, three)
    expect(page.get_by_role("button", name=f"Down: {one}")).to_be_focused()
    expect(page.locator("[data-list-said]")).to_have_text("Place 2 of 3")
    page.keyboard.press("Alt+ArrowDown")
    expect_titles(page, two, three, one)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    expect_titles(page, two, one, three)
    rows(page).nth(2).locator(".at").drag_to(rows(page).nth(0).locator("h3"), target_position={"x": 5, "y": 1})
    # The places are written at the end of the drag, after the order is kept.
    expect(page.locator("[data-list-rows] .at")).to_have_text(["1", "2", "3"])
    expect_titles(page, three, two, one)
    page.reload()
    expect_titles(page, three, two, one)
    # What a filter hides keeps its place.
    act(page, 1, "Read")
    page.get_by_role("button", name="Unread").click()
    act(page, 0, "Down")
    page.get_by_role("button", name="All", exact=True).click()
    expect_titles(page, one, two, three)
    page.locator("[data-list-rows] h3 a").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-list-rows] h3 a").first).to_be_focused()


def test_what_is_removed_can_be_put_back(fresh_page: Page, address: str) -> None:
    page = fresh_page
    one, two, three = save_first(page, address, 3)
    page.goto(f"{address}reading-list/")
    act(page, 1, "Remove")
    expect_titles(page, one, three)
    expect(page.get_by_role("link", name=three)).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect_titles(page, one, two, three)
    page.get_by_role("button", name="Empty the list").click()
    expect(page.locator("[data-list-empty]")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_titles(page, one, two, three)


def test_the_list_leaves_as_files_of_all_formats_and_comes_back(fresh_page: Page, address: str) -> None:
    page = fresh_page
    names = save_first(page, address, 3)
    page.goto(f"{address}reading-list/")
    act(page, 0, "Note and tags")
    page.keyboard.type('=HYPERLINK("x") *now*\n\n# no heading')
    rows(page).nth(0).locator("input").fill("a, b")
    act(page, 1, "Star")
    stored = read(page)
    bibtex = text_of(export(page, "BibTeX"))
    library = parse_string(bibtex, "bibtex")
    assert len(library.entries) == 3
    ris = export(page, "RIS")
    assert ris.suggested_filename == "reading-list.ris"
    assert [entry["title"] for entry in rispy.loads(text_of(ris))] == names
    table = list(csv.DictReader(text_of(export(page, "CSV")).splitlines(keepends=True)))
    assert [row["title"] for row in table] == names
    assert table[0]["note"].startswith('\'=HYPERLINK("x")')
    assert table[0]["tags"] == "a, b"
    markdown = text_of(export(page, "Markdown"))
    html = MarkdownIt().render(markdown)
    assert html.count("<li>") == 3
    assert html.count("<h1>") == 1
    assert "*now*" in html
    assert html.count("<a ") == 3
    whole = text_of(export(page, "JSON"))
    assert [{key: one[key] for key in stored[0]} for one in json.loads(whole)["papers"]] == stored
    hrefs = [f"{address}papers/{paper['slug']}/" for paper in stored]
    assert [one["address"] for one in json.loads(whole)["papers"]] == hrefs
    for name, text in (
        ("a.json", whole),
        ("a.bib", bibtex),
        ("a.ris", text_of(export(page, "RIS"))),
        ("a.md", markdown),
    ):
        page.get_by_role("button", name="Empty the list").click()
        bring(page, name, text)
        expect(page.locator("[data-list-said]")).to_contain_text("Added: 3.")
        assert [paper["slug"] for paper in read(page)] == [paper["slug"] for paper in stored], name
        expect_titles(page, *names)
    page.get_by_role("button", name="Undo").click()
    bring(page, "a.json", whole)
    expect(rows(page)).to_have_count(3)
    own = ("slug", "note", "tags", "read", "star", "saved")
    assert [[paper[name] for name in own] for paper in read(page)] == [
        [paper[name] for name in own] for paper in stored
    ]


def test_an_import_adds_to_the_list_and_says_what_is_not_on_the_site(context: BrowserContext, address: str) -> None:
    # The browser logs each 404 itself, so the page is not watched.
    page = context.new_page()
    store(page, address, json.dumps({"version": 1, "papers": [{"slug": PAPER, "title": "Own", "note": "mine"}]}))
    other = {"address": f"{address}papers/{PAPER}/", "title": POISON, "note": "theirs", "star": True, "tags": ["x"]}
    bring(page, "list.json", json.dumps({"papers": [other, {"slug": "no-such-paper"}]}))
    expect(page.locator("[data-list-said]")).to_contain_text("Added: 1. Not on this site: 1.")
    [paper] = read(page)
    assert (paper["note"], paper["star"], paper["tags"]) == ("mine\n\ntheirs", True, ["x"])
    assert POISON not in str(paper["title"])
    bring(page, "foreign.bib", "@article{nobody,\n  doi = {10.1/nothing}\n}\n\n@string{a = {b}}")
    expect(page.locator("[data-list-said]")).to_contain_text("Added: 0. Not on this site: 1.")
    bring(page, "photo.txt", '\0\x01 no paper {{{ "')
    expect(page.locator("[data-list-said]")).to_have_text("Added: 0. Undo")
    assert len(read(page)) == 1


def test_a_link_offers_the_list_to_others(
    fresh_page: Page, context: BrowserContext, address: str, browser: Browser
) -> None:
    page = fresh_page
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    names = save_first(page, address, 2)
    page.goto(f"{address}reading-list/")
    act(page, 0, "Note and tags")
    page.keyboard.type("secret")
    page.get_by_role("button", name="Copy a link to the list").click()
    expect(page.locator("[data-list-said]")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "secret" not in link
    stranger = browser.new_context().new_page()
    stranger.goto(link)
    expect(stranger.locator("[data-list-rows] h3 a")).to_have_text(names)
    expect(stranger.locator("[data-list-count]")).to_have_text("2 papers")
    expect(stranger.get_by_role("checkbox")).to_be_checked()
    act(stranger, 1, "Save")
    expect(rows(stranger).nth(1).get_by_role("button")).to_have_attribute("aria-pressed", "true")
    assert len(read(stranger)) == 1
    stranger.get_by_role("button", name="Add all").click()
    stranger.get_by_role("button", name="My own list").click()
    expect(stranger.locator("[data-list-rows] h3 a")).to_have_text(names[::-1])
    stranger.go_back()
    expect(stranger.locator("[data-list-shared]")).to_be_visible()
    stranger.context.close()


def test_a_poisoned_link_is_data(tab: Page, address: str) -> None:
    page = tab
    page.goto(f"{address}reading-list/#papers={PAPER},../../etc,{POISON},{PAPER},no-such,javascript:alert(1),page")
    expect(page.locator("[data-list-rows] h3 a")).to_have_count(1)
    expect(page.locator("[data-list-said]")).to_have_text("Not on this site: 1.")
    assert page.locator("main img").count() == 0
    assert page.title().startswith("Reading list")


POISONED = {
    "nothing": ("", []),
    "null": ("null", []),
    "number": ("7", []),
    "text": ('"' + POISON + '"', []),
    "prototype": ('{"__proto__": {"papers": [1]}, "papers": {"length": 3}}', []),
    "markup": (json.dumps({"papers": [{"slug": PAPER, "title": POISON, "authors": POISON, "note": POISON, "tags": [POISON]}]}), [PAPER]),
    "script": (json.dumps({"papers": [{"slug": "javascript:alert(1)"}, {"address": "javascript:alert(1)"}, {"slug": "../x"}]}), []),
    "kinds": (json.dumps({"papers": [None, 3, [], {"slug": {}}, {"slug": PAPER, "title": 3, "tags": "a,b", "note": {}, "read": "yes"}]}), [PAPER]),
    "cut": (json.dumps({"version": 1, "papers": [{"slug": PAPER, "note": 'a "} b'}, {"slug": "a-decoding"}]})[:-9], [PAPER]),
    "deep": ("[" * 100_000, []),
    "signs": ('{"' * 50_000, []),
    "escapes": ('{"a": ' + '\\"' * 150_000 + "\\", []),
    "older": (json.dumps([f"/papers/{PAPER}/", PAPER]), [PAPER]),
    "newer": (json.dumps({"version": 9, "papers": [{"slug": PAPER, "colour": "red"}], "shelves": []}), [PAPER]),
}  # fmt: skip


@pytest.mark.parametrize("name", POISONED)
def test_a_poisoned_or_older_storage_is_survived_and_nothing_is_lost(fresh_page: Page, address: str, name: str) -> None:
    page = fresh_page
    text, slugs = POISONED[name]
    store(page, address, text)
    expect(page.locator("[data-list-count]")).to_have_text("1 paper" if slugs else "0 papers")
    assert page.locator("main img").count() == 0
    is_whole = name in ("nothing", "markup", "older")
    expect(page.locator("[data-list-aside]")).to_be_visible(visible=not is_whole)
    page.goto(f"{address}papers/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator(".entry .keep").first).to_have_attribute("aria-pressed", "true")
    page.goto(f"{address}reading-list/")
    expect(page.locator("[data-list-count]")).to_have_text("2 papers" if slugs else "1 paper")
    assert [paper["slug"] for paper in read(page)][1:] == slugs
    if is_whole:
        return
    with page.expect_download() as found:
        page.get_by_role("button", name="Save what was stored").click()
    assert text_of(found.value) == text
    page.get_by_role("button", name="Forget it").click()
    page.reload()
    expect(rows(page)).to_have_count(2 if slugs else 1)
    expect(page.locator("[data-list-aside]")).to_be_hidden()


def test_a_full_storage_is_said_and_the_list_can_leave_as_a_file(fresh_page: Page, address: str) -> None:
    page = fresh_page
    store(page, address, json.dumps({"version": 1, "papers": [{"slug": PAPER, "title": "T"}]}))
    page.evaluate("""() => { let size = 4e6; for (let n = 0; size >= 1;) {
        try { localStorage.setItem(`fill ${n}`, "x".repeat(size)); n++; } catch { size = Math.floor(size / 2); } } }""")
    act(page, 0, "Note and tags")
    page.keyboard.type("A note that does not fit any more. " * 3)
    expect(page.locator("[data-list-problem]")).to_contain_text("storage of this browser is full")
    assert "A note that does not fit" in text_of(export(page, "JSON"))
    page.goto(f"{address}papers/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator("body > [role=status]")).to_have_text("Not kept: storage is full")
    assert len(read(page)) == 1


def test_a_storage_that_is_switched_off_is_said(fresh_page: Page, address: str) -> None:
    page = fresh_page
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    hold_timers(page)
    page.goto(f"{address}papers/{PAPER}/")
    button = page.locator("[data-share] [data-keep]")
    button.click()
    expect(button).to_have_text("Not kept: storage is off")
    page.goto(f"{address}reading-list/")
    expect(page.locator("[data-list-problem]")).to_contain_text("stores nothing for this site")
    page.goto(f"{address}reading-list/#papers={PAPER}")
    page.get_by_role("button", name="Add all").click()
    page.get_by_role("button", name="My own list").click()
    expect(rows(page)).to_have_count(1)
    assert PAPER in text_of(export(page, "JSON"))


def test_two_tabs_agree(fresh_page: Page, context: BrowserContext, address: str) -> None:
    page = fresh_page
    page.goto(f"{address}reading-list/")
    other = context.new_page()
    other.goto(f"{address}papers/{PAPER}/")
    other.keyboard.press("s")
    expect(rows(page)).to_have_count(1)
    act(page, 0, "Note and tags")
    page.keyboard.type("while typing")
    other.goto(f"{address}papers/")
    other.keyboard.press("j")
    other.keyboard.press("s")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).nth(1).locator("textarea")).to_be_focused()
    page.keyboard.type(" goes on")
    # What one tab stores comes to the other a moment later.
    wait_until(other, lambda: read(other)[1]["note"] == "while typing goes on")
    page.get_by_role("button", name="Empty the list").click()
    expect(other.locator(".entry .keep").first).to_have_attribute("aria-pressed", "false")


def test_sites_of_one_host_keep_lists_of_their_own(context: BrowserContext, tmp_path: Path, build: Build) -> None:
    page = context.new_page()
    build(ROOT / "tests" / "sites" / "features", tmp_path / "site", base_url="http://localhost:8000/two/")
    build(ROOT / "tests" / "sites" / "features", tmp_path / "all" / "one", base_url="http://localhost:8000/one/")
    (tmp_path / "site").rename(tmp_path / "all" / "two")
    with serve_folder(tmp_path / "all") as host:
        page.goto(f"{host}one/papers/c/")
        page.keyboard.press("s")
        expect(page.locator("[data-keep]").first).to_have_attribute("aria-pressed", "true")
        page.goto(f"{host}two/papers/c/")
        expect(page.locator("[data-keep]").first).to_have_attribute("aria-pressed", "false")
        page.goto(f"{host}two/reading-list/")
        expect(page.locator("[data-list-count]")).to_have_text("0 papers")
        page.goto(f"{host}one/reading-list/")
        expect(page.locator("[data-list-rows] h3 a")).to_have_attribute("href", "/one/papers/c/")


def test_the_languages_of_a_site_have_one_list(context: BrowserContext, tmp_path: Path, build: Build) -> None:
    content, page = tmp_path / "content", context.new_page()
    (content / "papers").mkdir(parents=True)
    (content / "papers" / "a.yaml").write_text("- {id: a, title: A row}\n- {id: b, title: B row}\n", "utf-8")
    settings = "title: Rows\nlanguages: [en, de]\nbase_url: http://localhost:8000/two/\n"
    (content / "site.yaml").write_text(settings, "utf-8")
    build(content, tmp_path / "site")
    with serve_folder(tmp_path / "site", "/two/") as address:
        page.goto(f"{address}de/papers/a-row/")
        page.keyboard.press("s")
        expect(page.locator("[data-share] [data-keep]")).to_have_attribute("aria-pressed", "true")
        page.goto(f"{address}papers/")
        expect(page.locator(".keep[aria-pressed=true]")).to_have_count(1)
        page.goto(f"{address}de/reading-list/")
        expect(page.locator("[data-list-rows] a")).to_have_attribute("href", "/two/de/papers/a-row/")
        bring(page, "a.md", f"{address}de/papers/b-row/ and http://localhost:8000/two/papers/b-row/")
        expect(page.locator("[data-list-rows] a")).to_have_count(2)


def test_without_javascript_the_page_explains(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}reading-list/")
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    assert page.locator("main button:visible").count() == 0
    page.goto(f"{address}random/")
    assert page.locator("noscript .entry").count() >= 10
    assert not page.locator("[data-random]").is_visible()
    context.close()


def test_the_printed_list_has_notes_and_no_buttons(fresh_page: Page, address: str) -> None:
    page = fresh_page
    save_first(page, address, 2)
    page.goto(f"{address}reading-list/")
    act(page, 0, "Note and tags")
    page.keyboard.type("A note on paper")
    page.emulate_media(media="print")
    assert page.locator("button:visible, textarea:visible, main input:visible").count() == 0
    expect(page.locator(".jot").first).to_be_visible()
    assert len(page.pdf()) > 5_000


@pytest.fixture
def full_list(fresh_page: Page, address: str) -> Page:
    """The page of a list with notes, tags and an open form."""
    note = "A long note. " * 20
    papers = [
        {"slug": PAPER, "title": "Long " * 30, "authors": "A. Name, " * 20, "note": note, "tags": ["a" * 40, "b"]}
    ]
    store(fresh_page, address, json.dumps({"papers": [*papers, {"slug": "b", "title": "Second", "star": True}]}))
    act(fresh_page, 0, "Note and tags")
    return fresh_page


@pytest.mark.judge
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_page_has_no_fault_of_layout_or_access(full_list: Page, width: int, scheme: str) -> None:
    page = full_list
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for size in (320, width):
        page.set_viewport_size({"width": size, "height": 800})
        assert find_layout_faults(page) == []
    assert run_axe(page) == []
