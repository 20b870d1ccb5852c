"""The judge of each place first catches a planted fault: a template, a script, a writer or a server that trusts a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import reader_acts as acts
from hostile_site import build_documents, build_hostile
from markup_judge import MarkupJudge, serve_markup
from playwright.sync_api import Browser
from test_markup import DOCUMENTS, PLACES

from surroundings import ROOT

pytestmark = pytest.mark.browser
PAYLOADS = ["<img src=/x onerror=pwn(1)>"] * 24
# In scripts of the theme: what writes a text, and what parses it.
PLANTED = {
    "reading-list.js": (
        ('querySelector("h3 a").textContent = paper.title', 'querySelector("h3 a").innerHTML = paper.title'),
        ('make("span", { textContent: text })', 'make("span", { innerHTML: text })'),
    ),
    "reader.js": (("rank, list }) }), title);", 'rank, list }) }), Object.assign(document.createElement("i"), { innerHTML: title }));'),),
    "map.js": (("{ href, textContent: title, tabIndex: -1 }", "{ href, innerHTML: title, tabIndex: -1 }"),),
    "offline.js": (("{ href: url, textContent: title }", "{ href: url, innerHTML: title }"),),
    "pages.js": (('const link = make("a", "", label);', 'const link = make("a", ""); link.innerHTML = label;'),),
    "combobox.js": (("{ href, textContent: label, tabIndex: -1 }", "{ href, innerHTML: label, tabIndex: -1 }"),),
}  # fmt: skip
CAUGHT = [
    place
    for place in PLACES
    if place.startswith(("map", "reading list", "way on", "page about")) and "link to a list" not in place
]
PAPERS, SETTINGS, SOURCES = (
    "paper and list of papers (attribute, JSON-LD, head)",
    "settings, free page, news, statistics",
    "source of an edition or of a number",
)
# A fault by its name, which it calls in the place of 1: the place, the file of the theme, what writes a text as it should, and
# what trusts it. `%` is the text with the name of the fault in it.
NAMED: dict[str, tuple[str, str, str, str]] = {
    "paper": (PAPERS, "templates/paper.html", "{{ retracted }}", "{{ retracted|%|safe }}"),
    "list": (PAPERS, "templates/list.html", '<p class="deck">{{ deck }}', '<p class="deck">{{ deck|%|safe }}'),
    "index": (PAPERS, "templates/macros.html", '<p class="meta">{{ item.note }}', '<p class="meta">{{ item.note|%|safe }}'),
    "attribute": (PAPERS, "templates/layout.html", 'content="{{ head.description }}"', 'content="{{ head.description|%|replace("<img", \'"><img\')|safe }}"'),
    "jsonld": (PAPERS, "templates/layout.html", "{{ value|tojson }}", '{{ value|tojson|%|replace("\\\\u003cimg", "</script><img"|safe)|replace("\\\\u003e", ">"|safe) }}'),
    "mail": ("edition, with its mail page", "templates/mail.html", "{{ entry.title }}</a></h2>", "{{ entry.title|%|safe }}</a></h2>"),
    "source": (SOURCES, "templates/paper.html", "<span>{{ one.source }}", "<span>{{ one.source|%|safe }}"),
    "settings": (SETTINGS, "templates/home.html", "{{ site.tagline or site.title }}", "{{ site.tagline|%|safe }}"),
    "free": (SETTINGS, "templates/page.html", "{% endif %}>{{ title }}</h1>", "{% endif %}>{{ title|%|safe }}</h1>"),
    "news": (SETTINGS, "templates/news.html", "{{ one.title }}</a>", "{{ one.title|%|safe }}</a>"),
    "statistics": (SETTINGS, "templates/stats.html", '<a href="{{ row.href }}">{{ row.name }}', '<a href="{{ row.href }}">{{ row.name|%|safe }}'),
    "document": ("documentation, a reference made of texts", "templates/page.html", "<li><a href=\"{{ branch.item.href }}\">{{ branch.item.name }}", "<li><a href=\"{{ branch.item.href }}\">{{ branch.item.name|%|safe }}"),
    "missing": ("404", "assets/site.js", "const { reader, worker } = document.currentScript.dataset;", 'const { reader, worker } = document.currentScript.dataset;\n  if (location.pathname.startsWith("/nowhere/")) document.querySelector("h1").innerHTML = decodeURIComponent(location.pathname).%;'),
    "result": ("search result, highlight", "assets/search.js", 'const link = make("a", "", ...mark(title));', 'const link = make("a", "");\n  link.innerHTML = title.%;'),
    "highlight": ("search result, highlight", "assets/search.js", 'body.append(make("p", "snip", ...mark(snippet)));', '{\n    body.append(make("p", "snip"));\n    body.lastChild.innerHTML = mark(snippet).map((one) => one.outerHTML ?? one).join("").%;\n  }'),
    "query": ("query", "assets/search.js", "count.replaceChildren(before, strong, after);", "count.replaceChildren(before, strong, after, make(\"i\"));\n  count.lastChild.innerHTML = query.%;"),
    "shared": ("reading list: a link to a list", "assets/reading-list.js", "offered = found.filter(Boolean);", "offered = found.filter(Boolean);\n    said.innerHTML = asked.%;"),
}  # fmt: skip
# Files of which browsers make no page: a server that calls them pages, and a writer that forgets to escape.
WRITTEN = {
    "Markdown page, BibTeX, RIS, CSV": "text/html",
    "feed, sitemap, description of the search": "",
    "feed and export as JSON": "text/html",
    "card image": "text/html",
}


def is_caught(judge: MarkupJudge, paths: Sequence[str], act: str, words: str) -> bool:
    """Visits pages, up to three times: a busy machine may be late with what a page does."""
    return any(judge.visit(paths, act) and any(words in fault for fault in judge.take()) for _ in range(3))


@pytest.fixture(scope="module")
def open_sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site of papers and a site of documents, of a theme that parses texts as HTML."""
    folder = tmp_path_factory.mktemp("planted")
    theme = folder / "themes" / "open"
    (theme / "assets").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: Open\n", "utf-8")
    (theme / "templates").mkdir()
    changes = [(f"assets/{file}", *pair) for file, pairs in PLANTED.items() for pair in pairs]
    for name, (_, file, old, new) in NAMED.items():
        call = f'replace("pwn(1)", "pwn(/{name}/)")'
        changes.append((file, old, new.replace("%|", f"{call}|").replace(".%", f".{call}")))
    for file, old, new in changes:
        target = theme / file
        text = (target if target.exists() else ROOT / "themes" / "default" / file).read_text("utf-8")
        assert old in text, (file, old)
        target.write_text(text.replace(old, new, 1), "utf-8")
    themes = (folder / "themes",)
    return build_hostile(folder / "a", PAYLOADS, PAYLOADS[:1], themes, "open"), build_documents(
        folder / "b", PAYLOADS, themes, "open"
    )


@pytest.fixture(scope="module")
def is_planted(open_sites: tuple[Path, Path], browser: Browser) -> Callable[[str, str], bool]:
    """Says whether a place has a fault; the pages of each place are visited once for all faults that are planted there."""
    found: dict[str, list[str]] = {}

    def visit(place: str) -> list[str]:
        site = open_sites[place in DOCUMENTS]
        list_addresses, act, _ = {**PLACES, **DOCUMENTS}[place]
        with serve_markup(site, policy=False) as address:
            judge = MarkupJudge(browser, address)
            judge.visit(list_addresses(site, PAYLOADS), act)
            return judge.close()

    def look(place: str, words: str) -> bool:
        for _ in range(3):
            faults = found[place] = found.get(place) or visit(place)
            if any(words in fault for fault in faults):
                return True
            found[place] = []
        return False

    return look


@pytest.mark.parametrize("place", [*CAUGHT, *list(DOCUMENTS)[1:]])
def test_a_script_that_parses_what_it_shows_is_caught(
    place: str, open_sites: tuple[Path, Path], browser: Browser
) -> None:
    site = open_sites[place in DOCUMENTS]
    with serve_markup(site, policy=False) as address:
        judge = MarkupJudge(browser, address)
        if "notes" in place:
            judge.visit(PLACES["reading list: papers that are saved"].list_addresses(site, PAYLOADS)[:2], PLACES["reading list: papers that are saved"].act)  # fmt: skip
        if "way on" in place:
            stored = PLACES["reading list: what is stored"]
            judge.visit(stored.list_addresses(site, PAYLOADS)[:1], stored.act)
        found = {**PLACES, **DOCUMENTS}[place]
        paths, act = found.list_addresses(site, PAYLOADS)[:3], found.act
        if "are saved" in place:
            judge.visit(paths, act)
            paths, act = ["reading-list/"], ""
        judge.take()
        assert is_caught(judge, paths, act, "pwn(1)")
        judge.close()


@pytest.mark.parametrize("name", NAMED)
def test_a_text_that_is_trusted_is_caught_in_its_place(name: str, is_planted: Callable[[str, str], bool]) -> None:
    assert is_planted(NAMED[name][0], f"pwn(/{name}/)")


def test_suggestions_that_are_parsed_are_caught(open_sites: tuple[Path, Path], browser: Browser) -> None:
    with serve_markup(open_sites[0], policy=False) as address:
        judge = MarkupJudge(browser, address)
        assert is_caught(judge, ["years/?q=Ada0"], acts.SUGGEST, "/years/?q=Ada0: pwn(1)")
        judge.close()


def test_each_place_has_a_planted_fault() -> None:
    """A place that is added to the tables needs a fault, too."""
    assert {*PLACES, *DOCUMENTS} == {*CAUGHT, *list(DOCUMENTS)[1:], *WRITTEN, *(place for place, *_ in NAMED.values()), "edition, with its mail page"}  # fmt: skip


@pytest.mark.parametrize("place", WRITTEN)
def test_a_file_that_is_shown_as_a_page_is_caught(
    place: str, open_sites: tuple[Path, Path], browser: Browser, tmp_path: Path
) -> None:
    files = PLACES[place].list_addresses(open_sites[0], PAYLOADS)[:3]
    (tmp_path / "404.html").write_text("x", "utf-8")
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        data = (open_sites[0] / file).read_bytes()
        planted = b"<img xmlns='http://www.w3.org/1999/xhtml' src='/x' onerror='pwn(1)' />"
        # In XML before the end of the root, or it is no XML.
        body, end, rest = data.rpartition(b"</")
        (tmp_path / file).write_bytes(body + planted + end + rest if file.endswith(".xml") else planted)
    with serve_markup(tmp_path, policy=False, kind=WRITTEN[place]) as address:
        judge = MarkupJudge(browser, address)
        assert is_caught(judge, files, "", "pwn(1)")
        judge.close()


def test_an_act_that_does_not_reach_its_place_is_caught(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("x", "utf-8")
    (tmp_path / "empty.html").write_text("<!DOCTYPE html><p>x", "utf-8")
    with serve_markup(tmp_path, policy=True) as address:
        judge = MarkupJudge(browser, address)
        judge.visit(["empty.html"], "async (win) => { win.document.querySelector('canvas').focus(); }")
        assert any("nobody could act" in fault for fault in judge.close())
