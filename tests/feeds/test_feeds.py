"""Feeds as readers see them, of the site with one of everything."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from paperbound.feeds.feed import Feed, FeedEntry, show_rfc3339
from paperbound.feeds.rss import show_rfc822, write_rss
from paperbound.feeds.xmltext import ListedPage, write_sitemap
from surroundings import Build

FEATURES = Path(__file__).parent.parent / "sites" / "features"
BASE = "https://example.org/some/base/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from paperbound.builder.executors import InlineExecutor
    from paperbound.builder.pipeline import Options, build_site

    output = tmp_path_factory.mktemp("feeds") / "site"
    build_site(Options(FEATURES, output), InlineExecutor())
    return output


def test_every_list_that_has_feeds_has_three(site: Path) -> None:
    folders = {file.parent.relative_to(site).as_posix() for file in site.rglob("feed.xml")}
    assert {
        ".",
        "tags/reading",
        "tags/empty",
        "authors/ada-lovelace",
        "venues/rows",
        "collections/spring-2024",
    } <= folders
    assert "authors/only-once" not in folders
    for folder in folders:
        assert (site / folder / "atom.xml").is_file()
        assert (site / folder / "feed.json").is_file()


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_readers_find_no_fault(site: Path, name: str) -> None:
    for file in site.rglob(name):
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo, (file, feed.get("bozo_exception"))
        folder = file.parent.relative_to(site).as_posix()
        page = BASE if folder == "." else f"{BASE}{folder}/"
        assert feed.feed.link == page
        links = {link.rel: link.href for link in feed.feed.links}
        assert links["self"] == page + name
        for entry in feed.entries:
            assert entry.id == entry.link
            assert entry.link.startswith((f"{BASE}papers/", f"{BASE}collections/"))


def test_entries_carry_what_the_records_say(site: Path) -> None:
    root = ElementTree.parse(site / "feed.xml").getroot()
    items = root.findall("./channel/item")
    assert len(items) == 3
    first = items[0]
    assert first.findtext("title") == "An O(n^2) bound for sorted shelves & <em>stacks</em>"
    assert first.findtext("pubDate") == "Thu, 29 Feb 2024 00:00:00 +0000"
    creators = [one.text for one in first.findall("{http://purl.org/dc/elements/1.1/}creator")]
    assert creators == ["Ada Lovelace", "José Póczos"]
    guid = first.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == (first.findtext("link"), "true")
    assert root.findtext("./channel/lastBuildDate") == "Thu, 29 Feb 2024 00:00:00 +0000"
    # A month alone counts from its first day.
    assert items[1].findtext("pubDate") == "Mon, 01 May 2023 00:00:00 +0000"


def test_a_collection_keeps_its_order_but_undated_papers_come_last_without_a_date(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    (content / "collections").mkdir(parents=True)
    (content / "papers").mkdir()
    (content / "site.yaml").write_text("title: X\n", "utf-8")
    (content / "papers" / "all.yaml").write_text(
        "- {id: u, title: U}\n- {id: a, title: A, date: 2020}\n- {id: b, title: B, date: 2021}\n", "utf-8"
    )
    (content / "collections" / "c.yaml").write_text("papers: [u, a, b]\n", "utf-8")
    build(content, tmp_path / "site")
    feed = json.loads((tmp_path / "site" / "collections" / "c" / "feed.json").read_text("utf-8"))
    assert [(item["title"], item.get("date_published")) for item in feed["items"]] == [
        ("A", "2020-01-01T00:00:00Z"),
        ("B", "2021-01-01T00:00:00Z"),
        ("U", None),
    ]
    root = ElementTree.parse(tmp_path / "site" / "feed.xml").getroot()
    assert [item.findtext("pubDate") is None for item in root.findall("./channel/item")] == [False, False, True]


def test_json_feed(site: Path) -> None:
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}feed.json"
    assert all(
        item["id"] == item["url"] and ("content_html" in item or "content_text" in item) for item in feed["items"]
    )


def test_atom_has_the_elements_that_the_rfc_requires(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    for file in site.rglob("atom.xml"):
        root = ElementTree.parse(file).getroot()
        for element in (root, *root.findall(f"{atom}entry")):
            for name in ("id", "title", "updated"):
                assert element.findtext(atom + name), (file, name)


def test_only_absolute_addresses_and_no_control_characters(site: Path) -> None:
    for file in (*site.rglob("feed.xml"), *site.rglob("atom.xml")):
        text = file.read_text("utf-8")
        assert 'href="/' not in text
        assert "href=\\&quot;/" not in text


def test_titles_are_plain_text_escaped_once() -> None:
    entry = FeedEntry("https://x/", 'A & B <i> "c"', "2020", "2020-01-01", (), "", "", ())
    feed = Feed("T", "D", "en", "https://x/", {"rss": "https://x/feed.xml"}, "2020-01-01", (entry,))
    text = write_rss(feed).decode()
    assert '<title>A &amp; B &lt;i&gt; "c"</title>' in text


def test_sitemap(site: Path) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    pages = [one.text for one in ElementTree.parse(site / "sitemap.xml").getroot().iter(f"{space}loc")]
    assert BASE in pages
    assert not [page for page in pages if page and ("404" in page or ("shelf/" in page and "papers" not in page))]
    assert len(pages) == len(set(pages))
    assert b"<lastmod>2020-01-01</lastmod>" in write_sitemap([ListedPage("https://x/", "2020-01-01")])


def test_dates_are_those_of_the_formats() -> None:
    assert show_rfc822("2025-09-01") == "Mon, 01 Sep 2025 00:00:00 +0000"
    assert show_rfc3339("2025") == "2025-01-01T00:00:00Z"
