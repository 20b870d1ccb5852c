"""Names of strangers that scripts have for themselves: ids and slugs of texts, queries, and JSON of anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_server import serve_folder
from hostile_site import write_yaml
from playwright.sync_api import Browser, Page, expect

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

pytestmark = pytest.mark.browser

# What scripts read of a window, of a document, of any object, and the ids of a page's frame and of what scripts add to it.
WINDOW = "location navigator localStorage sessionStorage caches history top self parent frames opener name status event origin trustedTypes fetch t"
DOCUMENT = "body head documentElement currentScript activeElement cookie title forms images links querySelector getElementById createElement"
OBJECT = "constructor __proto__ prototype toString valueOf hasOwnProperty then length item namedItem"
IDS = "q q-list quick quick-list main menu langs contents keys papers results facets saved cite"
NAMES = [*WINDOW.split(), *DOCUMENT.split(), *OBJECT.split(), *IDS.split()]
# A text with such names in all that Markdown and HTML could make of them.
TEXT = "\n\n".join(
    f'## {name}\n\n<form id="{name}" name="{name}"><input name="{name}"></form> <img name="{name}" id="{name}"> '
    f"[{name}](#{name}) ![{name}](https://a.test/{name}.png) <a id={name} name={name}></a>"
    for name in NAMES
)
# What changes every object, where scripts copy such a value key by key.
POLLUTED = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "polluted": 2}'
ACTS = """
() => ({
  polluted: [({}).polluted, [].polluted, (() => {}).polluted].filter(Boolean),
  twice: [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at),
})
"""


def _slug(name: str) -> str:
    return name.strip("_").lower()


@pytest.fixture(scope="module")
def clobbered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose papers, people, topics, venues, collections and pages have the names of scripts; its address."""
    folder = tmp_path_factory.mktemp("clobbered")
    content = folder / "content"
    rows = [
        {
            "id": _slug(name),
            "slug": _slug(name),
            "title": f"{name} first",
            "authors": [name, "Ada Lovelace"],
            "tags": [_slug(name), "graphs"],
            "venue": name,
            "date": f"20{number % 20 + 5:02}-01-02",
            "abstract": f"{name} in an abstract. {name}.",
        }
        for number, name in enumerate(dict.fromkeys(NAMES))
    ]
    write_yaml(content / "papers" / "names.yaml", rows)
    write_yaml(content / "collections" / "constructor.yaml", {"title": "__proto__", "date": "2026-01-02", "papers": [row["id"] for row in rows]})  # fmt: skip
    whole = f"---\ntitle: Whole\nslug: whole\nauthors: [constructor, __proto__]\n---\n\n{TEXT}\n"
    (content / "papers" / "whole.md").write_text(whole.replace("![", "["), "utf-8")
    (content / "pages").mkdir()
    (content / "pages" / "about.md").write_text(f"# About\n\n{TEXT.replace('![', '[')}\n", "utf-8")
    write_yaml(content / "news.yaml", [{"date": "2026-01-02", "title": "constructor", "text": "## body"}])
    settings = {"title": "documentElement", "map": "yes", "offline": "yes", "author_pages": 1, "languages": ["en", "de", "es"]}  # fmt: skip
    write_yaml(content / "site.yaml", settings)
    build_site(Options(content, folder / "site", (), today=0), InlineExecutor())
    with serve_folder(folder / "site") as address:
        yield address


@pytest.fixture
def reader(browser: Browser, clobbered: str) -> Iterator[Page]:
    """A page of a reader of that site; the test fails where a script does, where objects change, and where an id is twice."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("warning", "error") else None)
    page.goto(clobbered)
    yield page
    assert page.evaluate(ACTS) == {"polluted": [], "twice": []}
    assert faults == []
    context.close()


def _change_theme(page: Page) -> None:
    before = page.locator("html").get_attribute("data-theme")
    page.locator("[data-theme-toggle]").click()
    assert page.locator("html").get_attribute("data-theme") != before


@pytest.mark.parametrize("path", ["about/", "papers/whole/", "news/", "authors/constructor/", "tags/proto/", "papers/"])
def test_pages_with_names_of_scripts_work(reader: Page, clobbered: str, path: str) -> None:
    reader.goto(f"{clobbered}{path}")
    _change_theme(reader)
    reader.keyboard.press("?")
    expect(reader.get_by_role("dialog")).to_be_visible()
    reader.get_by_role("dialog").get_by_role("button").click()
    expect(reader.get_by_role("dialog")).to_have_count(0)
    for typed, first in (("constructor", "constructor"), ("tostring", "toString"), ("__proto__", "proto")):
        field = reader.locator("#quick")
        field.fill("")
        field.press_sequentially(typed)
        expect(reader.get_by_role("option").filter(has_text=f"{first} first")).to_have_count(1)


def test_headings_lead_to_themselves(reader: Page, clobbered: str) -> None:
    """Whatever a heading is called, its id is in the text and nowhere else; frames keep theirs."""
    reader.goto(f"{clobbered}about/")
    assert reader.locator(".prose form, .prose input, .prose [name]").count() == 0
    assert reader.locator(".prose [id]").count() == len(NAMES)
    for entry in reader.locator(".toc a").all()[:60]:
        name = (entry.get_attribute("href") or "").partition("#")[2]
        text = reader.locator(f".prose [id='{name}']").inner_text()
        assert text == entry.inner_text()
    for own in ("#main", "#quick"):
        assert reader.locator(f".prose {own}").count() == 0


@pytest.mark.parametrize("query", ["constructor", "__proto__:first", "tostring:x first", "title:hasOwnProperty", "tag:constructor", "constructor~1", "+__proto__", '"valueOf first"'])  # fmt: skip
def test_a_query_of_such_a_name_finds_papers(reader: Page, clobbered: str, query: str) -> None:
    reader.goto(f"{clobbered}search/")
    reader.locator("#q").fill(query)
    expect(reader.locator("[data-search-list] h3 a").first).to_be_visible()


def test_filters_of_such_names_filter(reader: Page, clobbered: str) -> None:
    reader.goto(f"{clobbered}search/?q=first&tag=constructor&__proto__=x&constructor=y&toString=z&sort=__proto__")
    expect(reader.locator("[data-search-list] h3 a")).to_have_text(["constructor first"])
    reader.locator("[data-search-open]").click()
    expect(reader.locator("#facets fieldset").first).to_be_visible()
    reader.locator("[data-search-chosen] button").first.click()
    expect(reader.locator("[data-search-list] h3 a").nth(5)).to_be_visible()


def test_the_map_walks_over_such_names(reader: Page, clobbered: str) -> None:
    reader.goto(f"{clobbered}map/?by=constructor&q=__proto__&x=constructor")
    canvas = reader.locator("[data-map][data-ready] canvas")
    canvas.focus()
    for _ in range(3):
        reader.keyboard.press("ArrowRight")
    expect(reader.locator("[data-map-tip] a")).to_be_visible()


def test_papers_of_such_names_are_saved_noted_and_shared(reader: Page, clobbered: str) -> None:
    for slug in ("constructor", "proto", "tostring"):
        reader.goto(f"{clobbered}papers/{slug}/")
        reader.locator("[data-share] [data-keep]").click()
        expect(reader.locator("[data-share] [data-keep]")).to_have_attribute("aria-pressed", "true")
    reader.goto(f"{clobbered}reading-list/")
    expect(reader.locator("[data-list-rows] > li")).to_have_count(3)
    reader.locator("[data-list-rows] > li").first.locator("button[value=edit]").click()
    reader.locator("[data-list-rows] > li").first.locator("input[name=tags]").fill("__proto__, constructor, toString")
    for tag in ("#__proto__", "#constructor"):
        reader.locator("[data-list-tags]").get_by_role("button", name=tag, exact=True).click()
        expect(reader.locator("[data-list-rows] > li")).to_have_count(1)
    reader.goto(f"{clobbered}reading-list/#papers=constructor,__proto__,proto,toString")
    expect(reader.locator("[data-list-rows] > li")).to_have_count(2)


@pytest.mark.parametrize("papers", [[json.loads(POLLUTED)], json.loads(POLLUTED), {"length": 2, "0": "constructor"}])
def test_values_that_anybody_stored_change_no_object(reader: Page, clobbered: str, papers: object) -> None:
    good = {"slug": "constructor", "title": "kept", **json.loads(POLLUTED)}
    lists = [POLLUTED, json.dumps({"version": 1, "papers": papers, "__proto__": good}), json.dumps([good, json.loads(POLLUTED)])]  # fmt: skip
    for text in lists:
        for key in ("paperbound-list /", "paperbound-visits /", "paperbound-theme", "paperbound-keys"):
            reader.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
        reader.evaluate("(text) => sessionStorage.setItem('paperbound-walk /', text)", text)
        for path in ("reading-list/", "papers/constructor/", "papers/", "offline/"):
            reader.goto(f"{clobbered}{path}")
            assert reader.evaluate(ACTS) == {"polluted": [], "twice": []}
    reader.goto(f"{clobbered}reading-list/")
    expect(reader.locator("[data-list-rows] h3 a")).to_have_text(["kept"])


@pytest.mark.parametrize("name", ["a.json", "a.bib"])
def test_files_that_anybody_wrote_change_no_object(reader: Page, clobbered: str, name: str, tmp_path: Path) -> None:
    paper = f'{{"address": "{clobbered}papers/constructor/", "note": "mine", {POLLUTED[1:]}'
    entry = f"@article{{__proto__,\n constructor={{x}},\n url={{{clobbered}papers/constructor/}}\n}}\n"
    text = f'{{"version": 1, "papers": [{paper}, {POLLUTED}], {POLLUTED[1:]}' if name == "a.json" else entry
    (tmp_path / name).write_text(text, "utf-8")
    reader.goto(f"{clobbered}reading-list/")
    reader.locator("[data-list-file]").set_input_files(tmp_path / name)
    expect(reader.locator("[data-list-rows] h3 a")).to_have_text(["constructor first"])
    assert reader.evaluate(ACTS) == {"polluted": [], "twice": []}
