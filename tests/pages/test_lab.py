"""People and news of a lab: pages, a feed, and nothing of it on sites that have neither."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from paperbound.cli import main
from surroundings import read_tree

Make = Callable[[dict[str, str | bytes]], Path]
PEOPLE = """\
- {name: Ada Kern, role: Group leader, since: 2019, picture: people/ada.jpg, url: "https://example.org/ada"}
- {name: Bo Lund, role: "PhD <student>", since: 2022, orcid: 0000-0002-1825-0097}
- {name: Di Evers, role: Postdoc, since: 2019, until: 2023, url: "https://example.org/di"}
- {name: Ed Frost, role: Visitor, until: 2021}
- {name: Outside Author, url: "https://example.org/out"}
"""
NEWS = """\
- {date: 2025-01-01, text: Happy new year.}
- {date: 2026-03-12, title: A new & better house, text: "See [people](/people/) <script>."}
- {date: 2026-03-12, text: "**Bo** joins, with $x^2$. ![The house](images/house.png)"}
- {date: 2026-02, text: Ada wins a prize.}
"""
FILES: dict[str, str | bytes] = {
    "site.yaml": "title: Lab\nbase_url: https://example.org/lab/\n",
    "authors.yaml": PEOPLE,
    "news.yaml": NEWS,
    "papers/a.yaml": "title: Salt\nauthors: [Ada Kern, Outside Author]\ndate: 2024\n",
    "static/people/ada.jpg": b"\xff\xd8\xff",
    "static/images/house.png": b"\x89PNG",
}


def run(content: Path, output: Path, *more: str) -> int:
    return main(["build", "--content", str(content), "--output", str(output), "--quiet", *more])


def read(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_people_are_on_a_page_and_former_ones_apart(make_content: Make, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run(make_content(FILES), site, "--strict") == 0
    page = read(site, "people/index.html")
    present, _, former = page.partition('<h2 id="former">')
    assert re.findall(r'<h2>(?:<a href="([^"]*)">)?([^<]*)', present) == [
        ("/lab/authors/ada-kern/", "Ada Kern"), ("", "Bo Lund"),
    ]  # fmt: skip
    assert re.findall(r'<h3>(?:<a href="([^"]*)">)?([^<]*)', former) == [
        ("https://example.org/di", "Di Evers"), ("", "Ed Frost"),
    ]  # fmt: skip
    assert re.findall(r"<p><span>([^<]*)</span>", page) == [
        "Group leader, since 2019", "PhD &lt;student&gt;, since 2022", "Postdoc, 2019–2023", "Visitor, until 2021",
    ]  # fmt: skip
    assert '<img src="/lab/people/ada.jpg" alt="" width="96" height="96" loading="lazy">' in present
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in present
    assert "Outside" not in page
    assert '<li><a href="/lab/people/">People</a></li>' in read(site, "index.html")
    assert "https://example.org/lab/people/" in read(site, "sitemap.xml")


def test_news_are_on_a_page_the_newest_first_and_three_on_the_home_page(make_content: Make, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run(make_content(FILES), site, "--strict") == 0
    page = read(site, "news/index.html")
    assert re.findall(r'<li class="entry" id="([^"]*)">', page) == [
        "n-2026-03-12-2",
        "n-2026-03-12",
        "n-2026-02",
        "n-2025-01-01",
    ]
    assert '<h2><a href="/lab/news/#n-2026-03-12-2">A new &amp; better house</a></h2>' in page
    assert '<p>See <a href="/lab/people/">people</a> &lt;script&gt;.</p>' in page
    assert '<img src="/lab/images/house.png" alt="The house" loading="lazy">' in page
    home = read(site, "index.html").partition('<h2 id="news">')[2].partition("</section>")[0]
    assert re.findall(r'datetime="([^"]*)"', home) == ["2026-03-12", "2026-03-12", "2026-02"]
    assert '<a href="/lab/news/">All news</a>' in home
    assert '<a href="/lab/news/#n-2026-03-12-2">A new &amp; better house</a>' in home
    for path in ("news/index.html", "subscribe/index.html"):
        assert 'href="/lab/news/feed.xml"' in read(site, path)


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_the_news_have_feeds(make_content: Make, tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    assert run(make_content(FILES), site) == 0
    feed = feedparser.parse(read(site, f"news/{name}"))
    assert not feed.bozo
    assert feed.feed.title == "News of Lab"
    assert [entry.title for entry in feed.entries] == [
        "A new & better house", "Bo joins, with x^2. The house", "Ada wins a prize.", "Happy new year.",
    ]  # fmt: skip
    assert feed.entries[0].link == "https://example.org/lab/news/#n-2026-03-12-2"
    assert 'href="https://example.org/lab/people/"' in str(feed.entries[0])
    assert (site / "news" / "feed.json").is_file()


def test_a_site_without_people_and_news_has_nothing_of_them(make_content: Make, tmp_path: Path) -> None:
    files = {name: data for name, data in FILES.items() if name not in ("authors.yaml", "news.yaml")}
    assert run(make_content(files), tmp_path / "site") == 0
    for path, data in read_tree(tmp_path / "site").items():
        assert not path.startswith(("news", "people/index"))
        if path.endswith(".html"):
            assert b"/news/" not in data
            assert b"/lab/people/" not in data


def test_changes_are_built_as_in_a_clean_build(make_content: Make, tmp_path: Path) -> None:
    content, site = make_content(FILES), tmp_path / "site"
    changes = [
        ("news.yaml", NEWS + "- {date: 2026-04-01, text: Newest.}\n"),
        ("authors.yaml", PEOPLE.replace("until: 2021", "since: 2021")),
        ("papers/a.yaml", "title: Salt\nauthors: [Bo Lund]\ndate: 2024\n"),
        ("site.yaml", "title: Lab\nbase_url: https://example.org/lab/\nfeeds: site\nhome: {beside: [years]}\n"),
        ("news.yaml", "[]\n"),
        ("authors.yaml", "- {name: Bo Lund}\n"),
    ]
    assert run(content, site) == 0
    for number, (name, text) in enumerate(changes):
        (content / name).write_text(text, "utf-8")
        assert run(content, site) == 0
        assert run(content, tmp_path / f"clean-{number}") == 0
        assert read_tree(site) == read_tree(tmp_path / f"clean-{number}"), name
        assert (site / "news" / "feed.xml").exists() is (number < 3)
    assert not (site / "people" / "index.html").exists()


def test_an_older_item_keeps_its_anchor(make_content: Make, tmp_path: Path) -> None:
    content = make_content(FILES)
    (content / "news.yaml").write_text("- {date: 2026-03-12, text: Newer.}\n" + NEWS, "utf-8")
    assert run(content, tmp_path / "site") == 0
    page = read(tmp_path / "site", "news/index.html")
    assert re.findall(r'id="(n-[^"]*)".*?<(?:h2|p)>(?:<a[^>]*>)?([^<]*)', page, re.DOTALL)[:3] == [
        ("n-2026-03-12-3", "Newer."), ("n-2026-03-12-2", "A new &amp; better house"), ("n-2026-03-12", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("news.yaml", "- {date: 2026-13-01, text: A}", "news.yaml:1 [date]"),
        ("news.yaml", "- {text: A}", "news.yaml:1 [date]"),
        ("news.yaml", "- {date: 2026, txt: A}", "'txt' is no key of a news item"),
        ("news.yaml", "- {date: 2026}", "a news item has no text"),
        ("news.yaml", "- {date: 2026, text: '![A](gone.png)'}", "there is no picture 'gone.png' in static/"),
        ("authors.yaml", "- {name: A, role: X, since: soon}", "'soon' is no year of a member"),
        ("authors.yaml", "- {name: A, until: 2020}", "Write `role`, too"),
        ("authors.yaml", "- {name: A, rolle: X}", "Did you mean 'role'"),
    ],
)
def test_faults_are_named(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    assert run(make_content({name: text + "\n"}), tmp_path / "site") == 1
    assert said in capsys.readouterr().err
