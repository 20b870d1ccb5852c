"""site.yaml, addresses and claims."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.config import Config, normalize_base_url, read_config
from paperbound.model.build import Source
from paperbound.model.errors import Fault, FieldError, RecordError
from paperbound.model.record import Record
from paperbound.urls import Addresses, Claims, is_own, listing, page_path, redirect_of


def read(text: str) -> tuple[Config | None, list[Fault]]:
    faults: list[Fault] = []
    return read_config(Source("content/site.yaml", text.encode()), faults.append), faults


def test_settings() -> None:
    config, faults = read(
        "title: X\nbase_url: https://example.org/a\npage_size: 10\nsubscribe: {action: https://n.org/s}\n"
    )
    assert not faults
    assert config
    assert (config.base_url, config.page_size, config.subscribe.field) == ("https://example.org/a/", 10, "email")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("title: X\ntitel: Y\n", 2, "titel"),
        ("tagline: X\n", 1, "title"),
        ("title: X\nbase_url: example.org\n", 2, "base_url"),
        ("title: X\nbase_url: https://example.org/?q\n", 2, "base_url"),
        ("title: X\npage_size: many\n", 2, "page_size"),
        ("title: X\npage_size: 0\n", 2, "page_size"),
        ("title: X\nlanguage: English\n", 2, "language"),
        ("title: X\nmarkdown_pages: maybe\n", 2, "markdown_pages"),
        ("title: X\nsearch: perhaps\n", 2, "search"),
        ("title: X\nfeeds: some\n", 2, "feeds"),
        ("title: X\nauthor_feeds: often\n", 2, "author_feeds"),
        ("title: X\ntheme_options: red\n", 2, "theme_options"),
        ("title: X\nsubscribe: {action: 'javascript:x'}\n", 2, "subscribe"),
        ("- title: X\n", 1, ""),
        ("title: [\n", 2, ""),
    ],
)
def test_settings_with_faults(text: str, line: int, field: str) -> None:
    config, faults = read(text)
    assert config is None
    assert [(fault.line, fault.field) for fault in faults] == [(line, field)]


def test_unknown_setting_names_the_nearest() -> None:
    assert "'title'" in read("titel: X\n")[1][0].remedy


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "https://example.org/a/b", "http://localhost:65535", "https://a-b.example", "https://xn--mnchen-3ya.de/%7Ex", "https://münchen.example"],
)  # fmt: skip
def test_base_urls_end_with_one_slash(url: str) -> None:
    assert normalize_base_url(url) == normalize_base_url(url + "/") == url + "/"


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x", "https://x/a b", "https://x/../y", "javascript:1", "https://x/#f", "https://x:99999/", "https://x:65536", "https://x:0/", "https://me:secret@x/", "https://a..b/",
     "https://-a.b/", "https://a-/", "https://.a/", f"https://{'a' * 64}.b/", f"https://{'a.' * 127}bc/", f"https://{'é' * 63}.b/", "https://x/%zz", "https://x/%", "https://a!b/", "https://a%20b/"],
)  # fmt: skip
def test_base_urls_that_are_none(url: str) -> None:
    with pytest.raises(FieldError):
        normalize_base_url(url)


def test_addresses() -> None:
    addresses = Addresses("https://example.org/some/base/")
    assert addresses.base_path == "/some/base/"
    assert addresses.href(page_path("papers", "x")) == "/some/base/papers/x/"
    assert addresses.href("index.html") == "/some/base/"
    assert addresses.absolute(listing("tags", "y", 2)) == "https://example.org/some/base/tags/y/page/2/"
    assert addresses.href("static/a b.pdf") == "/some/base/static/a%20b.pdf"
    assert addresses.href("my-index.html") == "/some/base/my-index.html"


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("old", "papers/old/index.html"),
        ("/old/", "old/index.html"),
        ("2023/shelf", "2023/shelf/index.html"),
        ("/papers/old/index.html", "papers/old/index.html"),
        ("../up", None),
        ("a//b", "a/b/index.html"),
        ("/poster_B1x.html", "poster_B1x.html"),
        ("/bibliography/Kern_2020.html/", "bibliography/Kern_2020.html/index.html"),
        ("/index.html", None),
        ("/a/.hidden/", None),
        ("/a/../b/", None),
        ("/a./", None),
        ("/con/a/", None),
        ("/aux.html", None),
        ("Old_Page.html", None),
        ("Über", None),
        ("", None),
    ],
)
def test_aliases(alias: str, path: str | None) -> None:
    assert redirect_of(alias) == path


@given(st.text("ab-/.Aé_", max_size=12) | st.sampled_from(["old/index.html", "/index.html", "a/b/index.html"]))
def test_each_alias_of_a_record_has_a_redirect_page(alias: str) -> None:
    accepted = True
    try:
        Record(id="a", title="A", aliases=(alias,))
    except RecordError:
        accepted = False
    assert accepted or not re.fullmatch(r"[ab-]+(/[ab-]+)*", alias)
    assert not accepted or redirect_of(alias)


def test_a_path_that_two_ask_for_names_both() -> None:
    claims = Claims()
    assert claims.claim("about/index.html", "the page a") is None
    assert claims.claim("about/index.html", "the page a") is None
    fault = claims.claim("About/index.html", "the page b")
    assert fault
    assert "the page a" in fault.message
    assert "the page b" in fault.message


def test_a_file_and_a_folder_of_one_path_are_a_fault() -> None:
    for paths in (("a", "A/b/index.html"), ("a/b/index.html", "a"), ("x/y", "x/y/z")):
        claims = Claims()
        assert claims.claim(paths[0], "the file") is None
        fault = claims.claim(paths[1], "the page")
        assert fault
        assert "the file" in fault.message


@pytest.mark.parametrize(
    ("alias", "own"),
    [("/404.html", True), ("/Tags/a/", True), ("/papers/", True), ("/papers/page/2/", True), ("/papers/a/", False),
     ("/papers.html", False), ("a", False), ("..", True)],
)  # fmt: skip
def test_former_addresses_that_pages_of_the_site_may_have(alias: str, own: bool) -> None:
    assert is_own(alias) is own


def test_the_larger_a_site_the_fewer_authors_have_feeds() -> None:
    assert [Config().count_author_feeds(papers) for papers in (119, 10_000, 81_417)] == [2, 5, 50]
    assert Config(author_feeds="3").count_author_feeds(81_417) == 3


def test_the_larger_a_site_the_leaner_it_is() -> None:
    sizes = (119, 20_000, 20_001, 81_417)
    auto = Config()
    assert [auto.count_author_pages(papers) for papers in sizes] == [1, 1, 2, 10]
    assert [auto.count_feed_entries(papers) for papers in sizes] == [50, 50, 10, 10]
    assert [auto.count_related(papers) for papers in sizes] == [6, 6, 6, 4]
    for decide in (auto.wants_markdown, auto.wants_metadata, auto.wants_feed_texts, auto.has_walk):
        assert [decide(papers) for papers in sizes] == [True, True, False, False]


def test_what_the_settings_say_holds_at_any_size() -> None:
    said = Config(author_pages="1", feed_size="7", metadata="full", feed_texts="full", markdown_pages="yes")
    assert said.count_author_pages(81_417) == 1
    assert said.count_feed_entries(81_417) == 7
    assert said.wants_metadata(81_417)
    assert said.wants_feed_texts(81_417)
    assert said.wants_markdown(81_417)
    assert not Config(metadata="lean", feed_texts="short").wants_metadata(3)


def test_exports_are_fewer_on_large_sites() -> None:
    assert [Config().count_exported(papers) for papers in (119, 2_000, 2_001)] == [2, 10, 1_000_000_000]
    assert [Config(exports=one).count_exported(10_000) for one in ("all", "site", "no")] == [1, 1_000_000_000, 0]
    assert [Config().wants_formats(papers) for papers in (2_000, 2_001)] == [True, False]
    assert [Config().has_lean_exports(papers) for papers in (2_000, 2_001)] == [False, True]
    assert Config(exports="all").wants_formats(81_417)
    assert not Config(exports="site").has_lean_exports(81_417)
