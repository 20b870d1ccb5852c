"""The judge of each sort of place first catches a planted fault: a script of the theme that takes texts for HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
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


@pytest.fixture(scope="module")
def open_sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site of papers and a site of documents, of a theme that parses texts as HTML."""
    folder = tmp_path_factory.mktemp("planted")
    theme = folder / "themes" / "open"
    (theme / "assets").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: Open\n", "utf-8")
    for name, pairs in PLANTED.items():
        text = (ROOT / "themes" / "default" / "assets" / name).read_text("utf-8")
        for old, new in pairs:
            assert old in text, (name, old)
            text = text.replace(old, new)
        (theme / "assets" / name).write_text(text, "utf-8")
    themes = (folder / "themes",)
    return build_hostile(folder / "a", PAYLOADS, (), themes, "open"), build_documents(
        folder / "b", PAYLOADS, themes, "open"
    )


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
        judge.take()
        judge.visit(found.list_addresses(site, PAYLOADS)[:3], found.act)
        if "are saved" in place:
            judge.visit(["reading-list/"])
        judge.page.wait_for_timeout(300)
        faults = judge.close()
    assert any("pwn(1)" in fault for fault in faults), faults[:5]


def test_an_act_that_does_not_reach_its_place_is_caught(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("x", "utf-8")
    (tmp_path / "empty.html").write_text("<!DOCTYPE html><p>x", "utf-8")
    with serve_markup(tmp_path, policy=True) as address:
        judge = MarkupJudge(browser, address)
        judge.visit(["empty.html"], "async (win) => { win.document.querySelector('canvas').focus(); }")
        assert any("nobody could act" in fault for fault in judge.close())
