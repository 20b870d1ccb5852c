"""Editions: the calendar, neighbours, ranks and how they moved, on every page that shows them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
import yaml

from paperbound.commands.papers.import_papers import ImportOptions, import_files
from paperbound.languages import find_language
from paperbound.library.editions import find_editions, find_newest
from paperbound.model.catalogue import Collection
from paperbound.model.date import PartialDate
from paperbound.model.errors import Fault, Faults, InputError
from surroundings import Build


def make(ident: str, date: str, papers: str, series: str = "s") -> Collection:
    return Collection(ident, ident, "T", tuple(papers), PartialDate.parse(date) if date else None, "", series)


def test_ranks_are_compared_with_the_edition_before_in_the_series() -> None:
    found = [
        make("d", "2026-11-04", "cbax"),
        make("o", "2026-11-03", "xyz", "other"),
        make("c", "2026-11-03", "bac"),
        make("b", "2026-11-02", "ab"),
        make("a", "2026-11-01", "xab"),
        make("l", "", "ba"),
    ]
    editions = find_editions({one.id: one for one in found}, find_language("en"))
    assert set(editions) == {"a", "b", "c", "d", "o"}
    assert [(one, editions[one].previous, editions[one].next) for one in "abcdo"] == [
        ("a", "", "b"), ("b", "a", "c"), ("c", "b", "d"), ("d", "c", ""), ("o", "", ""),
    ]  # fmt: skip
    assert editions["a"].moves == ()
    assert [move.text for move in editions["b"].moves] == ["up 1", "up 1"]
    assert [move.text for move in editions["c"].moves] == ["up 1", "down 1", "new"]
    assert [move.text for move in editions["d"].moves] == ["up 2", "down 1", "down 1", "back"]
    newest = find_newest({one.id: one for one in found})
    assert newest
    assert newest.id == "d"
    assert find_newest({"l": found[-1]}) is None


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "papers").mkdir(parents=True)
    (folder / "collections").mkdir()
    (folder / "site.yaml").write_text("title: X\nbase_url: https://example.org/x/\n", "utf-8")
    rows = [
        {
            "id": one,
            "title": f"Title {one.upper()}",
            "date": "2026-11",
            "bibkey": f"key{one}",
            "abstract": "An abstract.",
        }
        for one in "abcdefg"
    ]
    (folder / "papers" / "all.yaml").write_text(yaml.safe_dump(rows), "utf-8")
    return folder


def write(content: Path, ident: str, papers: str, **more: str) -> None:
    value = {"title": "Trending", **more, "papers": list(papers)}
    (content / "collections" / f"{ident}.yaml").write_text(yaml.safe_dump(value), "utf-8")


def read_ranks(page: str) -> list[tuple[str, str]]:
    """Titles of a ranked list with the labels of their moves."""
    entries = re.findall(r'<li class="entry[^>]*><span class="at">.*?</h3>', page, re.DOTALL)
    return [
        (
            re.findall(r"Title [A-Z]", one)[0],
            (
                re.findall(r'<span class="vh">([^<]*)', one)
                or re.findall(r'<small class="mv (?:new|back)">([^<]*)', one)
                or [""]
            )[0],
        )
        for one in entries
    ]


def test_the_pages_of_two_editions(content: Path, tmp_path: Path, build: Build) -> None:
    write(content, "trending-2026-11-23", "abcd", date="2026-11-23")
    write(content, "trending-2026-11-24", "cea", date="2026-11-24")
    write(content, "reading", "ag")
    build(content, tmp_path / "site")
    site = tmp_path / "site"

    def page(path: str) -> str:
        return (site / path / "index.html").read_text("utf-8")

    ranks = [("Title C", "up 2"), ("Title E", "new"), ("Title A", "down 2")]
    assert read_ranks(page("")) == ranks
    assert read_ranks(page("collections/trending-2026-11-24")) == ranks
    assert read_ranks(page("collections/trending-2026-11-23")) == [(f"Title {one}", "") for one in "ABCD"]
    assert 'href="/x/collections/trending-2026-11-23/" rel="prev"' in page("collections/trending-2026-11-24")
    assert 'href="/x/collections/trending-2026-11-24/" rel="next"' in page("collections/trending-2026-11-23")
    assert "The edition before" not in page("collections/trending-2026-11-23")
    standing = re.findall(
        r"<li><a href=\"([^\"]*)\">([^<]*)</a><span>([^<]*)</span></li>",
        page("papers/title-a").partition("In collections")[2],
    )
    assert standing == [
        ("/x/collections/trending-2026-11-24/", "Trending, 24 November 2026", "3 of 3, down 2"),
        ("/x/collections/trending-2026-11-23/", "Trending, 23 November 2026", "1 of 4"),
        ("/x/collections/reading/", "Trending", "1 of 2"),
    ]
    calendar = page("collections")
    assert "2 editions and 1 reading list." in calendar
    assert re.findall(r'<td><a href="/x/collections/trending-2026-11-(\d+)/" aria-label="[^"]*">(\d+)</a>', calendar) == [
        ("23", "23"), ("24", "24"),
    ]  # fmt: skip
    mail = page("collections/trending-2026-11-24/mail")
    assert re.findall(r"Title [A-Z]", mail) == ["Title C", "Title E", "Title A"]
    assert re.findall(r" · (new|up \d|down \d|unchanged|back)</p>", mail) == ["up 2", "new", "down 2"]


def test_page_feed_mail_and_exports_agree(content: Path, tmp_path: Path, build: Build) -> None:
    write(content, "trending-2026-11-23", "gbdacef", date="2026-11-23")
    build(content, tmp_path / "site")
    folder = tmp_path / "site" / "collections" / "trending-2026-11-23"
    order = [f"Title {one}" for one in "GBDACEF"]
    assert [title for title, _ in read_ranks((folder / "index.html").read_text("utf-8"))] == order
    feed = json.loads((folder / "feed.json").read_text("utf-8"))
    assert [item["title"] for item in feed["items"]] == order
    assert re.findall(r"Title [A-Z]", (folder / "mail" / "index.html").read_text("utf-8")) == order
    assert re.findall(r"Title [A-Z]", (folder / "papers.bib").read_text("utf-8").replace("{", "")) == order
    assert re.findall(r"TI  - (.*)\r", (folder / "papers.ris").read_bytes().decode()) == order
    assert [item["title"] for item in json.loads((folder / "papers.json").read_text("utf-8"))] == order
    with (folder / "papers.csv").open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == order
    links = re.findall(
        r'<a href="/x/collections/trending-2026-11-23/(papers\.\w+|mail/)"', (folder / "index.html").read_text("utf-8")
    )
    assert links == ["mail/", "papers.bib", "papers.ris", "papers.json", "papers.csv"]
    editions = json.loads((tmp_path / "site" / "collections" / "feed.json").read_text("utf-8"))
    assert [item["url"] for item in editions["items"]] == ["https://example.org/x/collections/trending-2026-11-23/"]
    assert re.findall(r"Title [A-Z]", editions["items"][0]["content_html"]) == order


def test_no_title_writes_markup_into_the_feed_of_editions(content: Path, tmp_path: Path, build: Build) -> None:
    hostile = [
        "x](https://evil.example/) y", "[a](https://evil.example/)", "\\](https://evil.example/", "`code`", "<b>bold</b>",
        "*em* $x^2$", "![i](https://evil.example/i.png)", "https://evil.example/", "ends with \\",
    ]  # fmt: skip
    texts = ["# heading", "- item", "> quoted", "1. one", "```", "| a | b |", "<script>x</script>", "---", "***"]
    rows = [
        {"id": f"p{number}", "title": title, "date": "2026-11", "takeaway": text}
        for number, (title, text) in enumerate(zip(hostile, texts, strict=True))
    ]
    (content / "papers" / "all.yaml").write_text(yaml.safe_dump(rows), "utf-8")
    edition = {"title": "T", "date": "2026-11-23", "papers": [row["id"] for row in rows]}
    (content / "collections" / "t.yaml").write_text(yaml.safe_dump(edition), "utf-8")
    build(content, tmp_path / "site")
    (item,) = json.loads((tmp_path / "site" / "collections" / "feed.json").read_text("utf-8"))["items"]
    html = item["content_html"]
    assert set(re.findall(r"<(\w+)", html)) == {"ol", "li", "a", "br"}
    links = re.findall(r'href="([^"]*)"', html)
    assert len(links) == len(hostile)
    assert all(link.startswith("https://example.org/x/papers/") for link in links)


def test_series_are_found_by_the_id_or_by_name(content: Path, tmp_path: Path, build: Build) -> None:
    write(content, "week-1", "ab", date="2026-11-02")
    write(content, "week-2", "ba", date="2026-11-09")
    write(content, "extra", "ga", date="2026-11-10", series="week")
    write(content, "day-2026-11-08", "aaa"[:1], date="2026-11-08")
    build(content, tmp_path / "site")
    assert read_ranks((tmp_path / "site" / "collections" / "week-2" / "index.html").read_text("utf-8")) == [
        ("Title B", "up 1"), ("Title A", "down 1"),
    ]  # fmt: skip
    assert read_ranks((tmp_path / "site" / "collections" / "extra" / "index.html").read_text("utf-8")) == [
        ("Title G", "new"), ("Title A", "unchanged"),
    ]  # fmt: skip
    assert "The edition" not in (tmp_path / "site" / "collections" / "day-2026-11-08" / "index.html").read_text("utf-8")


def test_editions_of_one_day_stand_together(content: Path, tmp_path: Path, build: Build) -> None:
    for ident, date in (
        ("a", "2026-11-01"),
        ("b", "2026-11"),
        ("c", "2026-11-01"),
        ("d", "2026-11"),
        ("e", "2026-11-02"),
    ):
        write(content, ident, "a", date=date)
    build(content, tmp_path / "site")
    calendar = (tmp_path / "site" / "collections" / "index.html").read_text("utf-8")
    listed = re.findall(r'<li(?: id="([^"]*)")?><a href="/x/collections/(\w)/">', calendar)
    assert [one for _, one in listed] == ["e", "a", "c", "b", "d"]
    ids = [ident for ident, _ in listed if ident]
    assert ids == ["day-2026-11-2", "day-2026-11-1"]
    assert 'href="#day-2026-11-1"' in calendar
    assert "day-2026-11-1" in ids


def test_a_reading_list_does_not_lead_the_home_page(content: Path, tmp_path: Path, build: Build) -> None:
    write(content, "reading", "cab")
    build(content, tmp_path / "site")
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "Newest papers" in home
    assert not (tmp_path / "site" / "collections" / "feed.xml").exists()


def test_a_year_of_editions_has_pages_of_twelve_months(content: Path, tmp_path: Path, build: Build) -> None:
    for month in range(1, 13):
        write(content, f"t-2025-{month:02}", "a", date=f"2025-{month:02}")
        write(content, f"t-2026-{month:02}-15", "a", date=f"2026-{month:02}-15")
    write(content, "t-2024", "b", date="2024")
    build(content, tmp_path / "site")
    pages = [
        (tmp_path / "site" / "collections" / path / "index.html").read_text("utf-8")
        for path in ("", "page/2", "page/3")
    ]
    months = [re.findall(r'<h2 id="month-[^"]*">([^<]*)</h2>', page) for page in pages]
    assert months[0][0] == "December 2026"
    assert months[0][-1] == "January 2026"
    assert months[1][0] == "December 2025"
    assert months[2] == ["2024"]
    assert [page.count("<table") for page in pages] == [12, 0, 0]
    # Twenty editions of one paper: eight are seen at once, the rest unfolds.
    paper = (tmp_path / "site" / "papers" / "title-a" / "index.html").read_text("utf-8")
    assert "<summary>16 more</summary>" in paper
    assert paper.count(", unchanged</span>") == 23


def listing(*titles: str) -> str:
    return "Header\nSubscribe" + "\n".join(f"{title}\nAn abstract." for title in titles) + "\n"


def run_import(content: Path, text: str, **options: object) -> tuple[list[Fault], int]:
    file = content.parent / "listing.txt"
    file.write_text(text, "utf-8")
    faults = Faults()
    done = import_files(ImportOptions(content, (file,), **options), faults.report)  # type: ignore[arg-type]
    return faults.warnings, done.added


def test_an_import_makes_an_edition(content: Path, tmp_path: Path, build: Build) -> None:
    (content / "papers" / "alias.yaml").write_text("title: Now called so\nother_titles: ['Title  once']\n", "utf-8")
    date = PartialDate.parse("2026-11-24")
    options = {"collection": "trending-2026-11-24", "date": date}
    warnings, added = run_import(content, listing("TITLE B", "Brand new", "title once", "Title A"), **options)
    assert (warnings, added) == ([], 1)
    assert yaml.safe_load((content / "collections" / "trending-2026-11-24.yaml").read_text("utf-8")) == {
        "title": "Trending", "date": "2026-11-24", "papers": ["b", "brand-new", "alias", "a"],
    }  # fmt: skip
    assert yaml.safe_load((content / "papers" / "brand-new.yaml").read_text("utf-8"))["added"] == "2026-11-24"
    assert "added" not in (content / "papers" / "all.yaml").read_text("utf-8")
    assert "added" not in (content / "papers" / "alias.yaml").read_text("utf-8")
    before = {path: path.read_text("utf-8") for path in content.rglob("*.yaml")}
    assert run_import(content, listing("TITLE B", "Brand new", "title once", "Title A"), **options) == ([], 0)
    assert {path: path.read_text("utf-8") for path in content.rglob("*.yaml")} == before
    build(content, tmp_path / "site")


def test_the_date_may_come_from_the_id(content: Path) -> None:
    run_import(content, listing("Title A"), collection="trending-2026-10-01", today=PartialDate.parse("2026-11-24"))
    run_import(content, listing("Title A"), collection="picks", today=PartialDate.parse("2026-11-24"))
    run_import(content, listing("Title A"), collection="x-2026-10-02", date=PartialDate.parse("2026-10-03"))
    dates = {
        path.stem: yaml.safe_load(path.read_text("utf-8")).get("date") for path in (content / "collections").iterdir()
    }
    assert dates == {"trending-2026-10-01": "2026-10-01", "picks": None, "x-2026-10-02": "2026-10-03"}
    warnings, _ = run_import(content, listing("Title A"), collection="picks", date=PartialDate.parse("2026-11-25"))
    assert "has another date" in warnings[0].message
    run_import(content, listing("Title A"), collection="picks", date=PartialDate.parse("2026-11-25"), update=True)
    assert "2026-11-25" in (content / "collections" / "picks.yaml").read_text("utf-8")


def test_a_date_without_a_collection_is_a_fault(content: Path) -> None:
    file = content.parent / "rows.jsonl"
    file.write_text('{"id": "z", "title": "Z"}\n', "utf-8")
    with pytest.raises(InputError, match="no collection"):
        import_files(ImportOptions(content, (file,), date=PartialDate.parse("2026-11-24")), Faults().report)
    assert not (content / "papers" / "z.yaml").exists()
