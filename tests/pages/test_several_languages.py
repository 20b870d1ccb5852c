"""A site in several languages at once: one build, one search index, each page in each language."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from paperbound.cli import main
from paperbound.config import Config
from paperbound.feeds import FEED_FORMATS
from paperbound.library.translation import choose_pages
from paperbound.model.catalogue import FreePage
from paperbound.model.errors import InputError
from paperbound.pages.static_files import plan_sitemaps
from paperbound.shape import SiteLanguage
from paperbound.urls import Addresses, is_translated
from surroundings import ROOT, Build, blocks, read_tree

BASE = "https://example.org/some/base/"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
SWITCH = re.compile(r'<a class="tool" href="([^"]+)" hreflang="([^"]+)" lang="\2">([^<]+)</a>')
SETTINGS = "languages: [en, {code: de, tagline: Von allem eins}, ar]\n"
PAGES = {
    "about.de.md": "# Über uns\n\n[Alle](/papers/), [Hilfe](help.md)\n",
    "help.md": "# Help\n",
    "nur.de.md": "# Nur auf Deutsch\n",
}


def make_content(folder: Path, settings: str = SETTINGS) -> Path:
    content = folder / "content"
    shutil.copytree(ROOT / "tests" / "sites" / "features", content)
    with (content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(settings)
    for name, text in PAGES.items():
        (content / "pages" / name).write_text(text, "utf-8")
    return content


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes], Path]:
    """The site in one language, the site in three, and the folder of the latter."""
    folder = tmp_path_factory.mktemp("languages")
    content = make_content(folder)
    assert main(["build", "--quiet", "--content", str(content), "--output", str(folder / "site")]) == 0
    settings = (content / "site.yaml").read_text("utf-8").replace(SETTINGS, "")
    alone = folder / "alone"
    shutil.copytree(content, alone)
    (alone / "site.yaml").write_text(settings, "utf-8")
    for name in ("about.de.md", "nur.de.md"):
        (alone / "pages" / name).unlink()
    assert main(["build", "--quiet", "--content", str(alone), "--output", str(folder / "one")]) == 0
    return read_tree(folder / "one"), read_tree(folder / "site"), folder


def test_each_page_and_feed_is_there_in_each_language(trees: tuple[dict[str, bytes], dict[str, bytes], Path]) -> None:
    one, site, _ = trees
    # Redirects lead to the first language, files for programs and the index are there once.
    moved = {path for path in one if path.endswith(".html") and b'http-equiv="refresh"' in one[path]}
    for path in sorted(one):
        if "." in path and not re.match(r"assets/|search-data/", path):
            assert path in site
            is_worded = is_translated(path) and path not in moved
            for folder in ("de/", "ar/"):
                assert (folder + path in site) == is_worded, path
    assert {file.file for file in FEED_FORMATS} <= {path for path in one if is_translated(path)}


def test_one_index_serves_all_languages(trees: tuple[dict[str, bytes], dict[str, bytes], Path]) -> None:
    one, site, _ = trees

    def list_kinds(tree: dict[str, bytes]) -> list[str]:
        return sorted(path.split("/")[1].split(".")[0] for path in tree if path.startswith("search-data/"))

    assert sorted(set(list_kinds(site))) == sorted({*list_kinds(one), "manifest-ar", "manifest-de"})
    assert len(list_kinds(site)) == len(list_kinds(one)) + 4  # two manifests, two files of facets
    english, german = (json.loads(site[f"search-data/manifest{end}.json"]) for end in ("", "-de"))
    assert {name for name in english if english[name] != german[name]} == {"papers", "facets", "sections", "lookup"}
    assert german["papers"] == "/some/base/de/papers/"
    assert german["sections"]["tags"] == "Thema"
    assert f"search-data/facets.{german['facets']}.txt" in site
    assert b"Themen von einem Programm" in site[f"search-data/facets.{german['facets']}.txt"]
    # Results name authors without a word of any language.
    records = next(data for path, data in site.items() if path.startswith("search-data/records"))
    assert b"+" in records
    assert b" more" not in records


def test_pages_say_their_language_and_lead_to_the_others(
    trees: tuple[dict[str, bytes], dict[str, bytes], Path],
) -> None:
    _, site, _ = trees
    pages = {path: data.decode() for path, data in site.items() if path.endswith(".html") and b"refresh" not in data}
    listed = dict[str, dict[str, str]]()
    for path, text in pages.items():
        code, _, name = path.partition("/") if path[:3] in ("de/", "ar/") else ("en", "", path)
        if "/mail/" in path:
            continue
        assert f'<html lang="{code}"' in text, path
        assert ('dir="rtl"' in text.partition("<head>")[0]) == (code == "ar"), path
        switch = {language: href for href, language, _ in SWITCH.findall(text)}
        home = "" if name == "404.html" else name.removesuffix("index.html")
        folders = {"en": "", "de": "de/", "ar": "ar/"}
        assert switch == {one: f"/some/base/{folders[one]}{home}" for one in folders if one != code}, path
        if found := ALTERNATE.findall(text):
            languages = ["en", "de"] if "about/" in path else ["en", "de", "ar"]
            assert [one for one, _ in found] == [*languages, "x-default"]
            assert found[0][1] == found[-1][1]
            listed[path] = dict(found)
            assert f'<link rel="canonical" href="{dict(found)[code]}">' in text
        else:
            assert 'content="noindex"' in text or name in ("help/index.html", "nur/index.html", "about/index.html"), (
                path
            )
    # Each page that another one names names it, too.
    for found in listed.values():
        for url in found.values():
            assert listed[f"{url.removeprefix(BASE)}index.html"] == found


def test_links_of_a_language_stay_in_it(trees: tuple[dict[str, bytes], dict[str, bytes], Path]) -> None:
    _, site, folder = trees
    for path, data in site.items():
        if path.startswith("de/") and path.endswith("index.html") and "/mail/" not in path:
            text = re.sub(r'<nav class="langs".*?</nav>', "", data.decode(), flags=re.DOTALL)
            links = re.findall(r'<a [^>]*href="/some/base/([^"#?]*)', text)
            assert not {link for link in links if link.endswith("/") and not link.startswith("de/")}, path
    arguments = ["check", "--quiet", "--content", str(folder / "content"), "--output", str(folder / "site")]
    assert main(arguments) == 0


def test_words_dates_and_feeds_are_those_of_the_language(
    trees: tuple[dict[str, bytes], dict[str, bytes], Path],
) -> None:
    _, site, _ = trees
    home, feed = site["de/index.html"].decode(), site["de/feed.xml"].decode()
    assert "<h1>Von allem eins</h1>" in home
    assert "<h1>A small site with one of everything</h1>" in site["ar/index.html"].decode()
    assert "<language>de</language>" in feed
    assert f"<link>{BASE}de/papers/" in feed
    assert re.search(
        r"\d\. (?:Jan|Feb|März|Apr|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez)", site["de/papers/index.html"].decode()
    )
    # Papers that name no language are in the first one.
    assert re.search(r'<h3><a href="/some/base/de/papers/[^"]+" lang="en">', site["de/papers/index.html"].decode())
    assert not re.search(r'<h3><a [^>]+ lang="en">', site["papers/index.html"].decode())


def test_free_pages_are_translated_by_a_file(trees: tuple[dict[str, bytes], dict[str, bytes], Path]) -> None:
    _, site, _ = trees
    german = site["de/about/index.html"].decode()
    assert "<h1>Über uns</h1>" in german
    assert '<a href="/some/base/de/papers/">Alle</a>, <a href="/some/base/de/help/">Hilfe</a>' in german
    # A page that lacks a language is shown in the first that has it, and search engines get that one.
    for path, language, original in (("de/help", "en", "help"), ("nur", "de", "de/nur"), ("ar/nur", "de", "de/nur")):
        text = site[f"{path}/index.html"].decode()
        assert re.search(rf'<h1 lang="{language}"', text)
        assert f'<link rel="canonical" href="{BASE}{original}/">' in text
    assert "<h1>Help</h1>" in site["help/index.html"].decode()


def test_the_sitemap_names_each_page_in_each_language(trees: tuple[dict[str, bytes], dict[str, bytes], Path]) -> None:
    _, site, _ = trees
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    pages = {
        page.findtext("s:loc", "", spaces): {
            one.attrib["hreflang"]: one.attrib["href"] for one in page.iterfind("x:link", spaces)
        }
        for page in ElementTree.fromstring(site["sitemap.xml"]).iterfind("s:url", spaces)
    }
    assert pages[f"{BASE}de/papers/"] == {
        "en": f"{BASE}papers/",
        "de": f"{BASE}de/papers/",
        "ar": f"{BASE}ar/papers/",
        "x-default": f"{BASE}papers/",
    }
    assert pages[f"{BASE}de/about/"].keys() == {"en", "de", "x-default"}
    assert pages[f"{BASE}de/nur/"] == {}
    assert not {f"{BASE}nur/", f"{BASE}de/help/"} & pages.keys()
    for page, found in pages.items():
        assert all(pages[url] == found for url in found.values()), page


def test_a_large_sitemap_in_many_languages_stays_below_its_limit() -> None:
    languages = [("en", Addresses(BASE)), ("de", Addresses(BASE, "de/"))]
    rows = [(f"{folder}papers/{number}/index.html", "") for number in range(15_000) for folder in ("", "de/")]
    assert [job.key for job in plan_sitemaps(rows, languages)] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]


def test_a_change_makes_the_site_of_a_clean_build(tmp_path: Path, build: Build) -> None:
    content = make_content(tmp_path, "")
    build(content, tmp_path / "site")
    changes = {
        "site.yaml": lambda text: f"{text}{SETTINGS}",
        "pages/about.de.md": lambda text: text.replace("Über uns", "Wir"),
        "tags.yaml": lambda text: text.replace("name: ", "name: New ", 1),
    }
    for name, change in changes.items():
        file = content / name
        file.write_text(change(file.read_text("utf-8")), "utf-8")
        build(content, tmp_path / "site")
        build(content, tmp_path / "clean", clean=True)
        assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean"), name
    (content / "languages").mkdir()
    (content / "languages/de.yaml").write_text("layout.skip: Weiter\n", "utf-8")
    done = build(content, tmp_path / "site")
    assert {path for path in done.written if path.endswith(".html")} == {
        path for path in read_tree(tmp_path / "site") if path.startswith("de/") and path.endswith(".html")
    } - {path for path in read_tree(tmp_path / "site") if path.endswith("/mail/index.html")}
    # One language less: its pages go.
    (content / "site.yaml").write_text((content / "site.yaml").read_text("utf-8").replace(", ar]", "]"), "utf-8")
    build(content, tmp_path / "site")
    build(content, tmp_path / "clean", clean=True)
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")
    assert not (tmp_path / "site/ar").exists()


def test_the_settings_of_the_documentation_are_read(tmp_path: Path, build: Build) -> None:
    (text,) = blocks((ROOT / "docs/languages.md").read_text("utf-8"), "yaml settings")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(text, "utf-8")
    build(tmp_path / "content", tmp_path / "site")
    assert "<h1>Worüber die Forschung spricht</h1>" in (tmp_path / "site/de/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("settings", "line", "words"),
    [
        ("languages: [en, nl]", 2, "there are no phrases in 'nl'"),
        ("language: nl", 2, "there are no phrases in 'nl'"),
        ("languages: [en, EN]", 2, "'EN' is not a language"),
        ("languages: [en, en]", 2, "each once"),
        ("languages: []", 2, "each once"),
        ("languages: en", 2, "each once"),
        ("languages: [en, {tagline: x}]", 2, "a language has a code"),
        ("languages: [en, {code: de, name: x}]", 2, "a language has a code"),
        ("languages: [en, {code: de, title: [x]}]", 2, "are texts"),
        ("languages: [en, de]\nlanguage: de", 3, "the language is not the first of `languages`"),
    ],
)
def test_faulty_languages_are_errors_with_their_line(
    tmp_path: Path, build: Build, settings: str, line: int, words: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(f"title: Test\n{settings}\n", "utf-8")
    with pytest.raises(InputError) as caught:
        build(tmp_path / "content", tmp_path / "site")
    assert [one.line for one in caught.value.faults] == [line]
    assert words in caught.value.faults[0].message


def test_a_folder_of_a_language_is_none_of_the_site(tmp_path: Path, build: Build) -> None:
    for folder, text in (("languages", "layout.skip: x\n"), ("pages/de", "# In the way\n")):
        (tmp_path / "content" / folder).mkdir(parents=True)
        name = "id.yaml" if folder == "languages" else "index.md"
        (tmp_path / "content" / folder / name).write_text(text, "utf-8")
    settings = tmp_path / "content/site.yaml"
    settings.write_text("title: Test\nlanguages: [en, id]\n", "utf-8")
    with pytest.raises(InputError, match="/id/ is a folder of the site itself"):
        build(tmp_path / "content", tmp_path / "site")
    settings.write_text("title: Test\nlanguages: [en, de]\n", "utf-8")
    with pytest.raises(InputError, match=r"/de/index\.html is asked for twice"):
        build(tmp_path / "content", tmp_path / "site")


def test_a_page_is_that_of_the_language_or_of_the_first_that_has_it() -> None:
    pages = [
        FreePage(slug, "", "", "", language=code) for slug, code in (("a", "ar"), ("a", "de"), ("b", ""), ("c", "ar"))
    ]
    config = Config(languages=(SiteLanguage("en"), SiteLanguage("de"), SiteLanguage("ar")))
    found = {one.language: [(page.slug, page.language) for page in choose_pages(pages, one)] for one in config.versions}
    assert found["en"] == found["de"] == [("a", "de"), ("b", "en"), ("c", "ar")]
    assert found["ar"] == [("a", "ar"), ("b", "en"), ("c", "ar")]
