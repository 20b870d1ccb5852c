"""Texts of a record say language and direction where these are not those of the page (WCAG 3.1.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paperbound.languages import find_direction, find_language
from surroundings import Build

RECORDS = """\
- {id: one, title: "ما هو الرف؟ (2020).", language: ar, takeaway: "الرفوف.", abstract: "ملخص!"}
- {id: two, title: "מדפים.", language: he}
- {id: three, title: Regale, language: de-AT}
- {id: four, title: Shelves, language: en-GB}
- {id: five, title: Rows}
"""


def write(content: Path, language: str) -> Path:
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text(f"title: X\nbase_url: https://example.org/\nlanguage: {language}\n", "utf-8")
    (content / "papers" / "a.yaml").write_text(RECORDS, "utf-8")
    return content


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("en", {"one": ' lang="ar" dir="rtl"', "two": ' lang="he" dir="rtl"', "three": ' lang="de-AT"'}),
        ("de", {"one": ' lang="ar" dir="rtl"', "two": ' lang="he" dir="rtl"', "four": ' lang="en-GB"'}),
        ("ar", {"two": ' lang="he"', "three": ' lang="de-AT" dir="ltr"', "four": ' lang="en-GB" dir="ltr"'}),
    ],
)
def test_texts_of_another_language_say_so(tmp_path: Path, build: Build, site: str, expected: dict[str, str]) -> None:
    build(write(tmp_path / "content", site), tmp_path / "site")
    pages = {page.parent.name: page.read_text("utf-8") for page in (tmp_path / "site" / "papers").glob("*/index.html")}
    slugs = {"one": "m-hw-lrf-2020", "two": "mdpym", "three": "regale", "four": "shelves", "five": "rows"}
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    for ident, slug in slugs.items():
        said = expected.get(ident, "")
        assert re.search(r"<h1([^>]*)>", pages[slug])[1] == said, ident  # type: ignore[index]
        assert f'<a href="/papers/{slug}/"{said}>' in home, ident
    said = expected.get("one", "")
    assert f'<div class="prose tied"{said}>' in pages[slugs["one"]]
    assert f'<p class="take"{said}>' in home
    root = '<html lang="ar" dir="rtl">' if site == "ar" else f'<html lang="{site}">'
    assert all(root in page for page in (home, *pages.values()))


def test_directions_are_those_of_cldr() -> None:
    assert {
        code: find_direction(code) for code in ("ar", "he", "fa-IR", "ur", "ckb", "en", "zh-Hant", "xx", "qaa")
    } == {
        **dict.fromkeys(("ar", "he", "fa-IR", "ur", "ckb"), "rtl"),
        **dict.fromkeys(("en", "zh-Hant", "xx", "qaa"), "ltr"),
    }
    assert find_language("en").mark("en-US") == ("", "")
    assert find_language("en").mark("") == ("", "")
