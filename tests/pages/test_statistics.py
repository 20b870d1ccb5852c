"""The page of statistics: its numbers are those of the records, and its plots those of its tables."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from paperbound.pages.discovery.coauthors import order_people, plot_pairs
from paperbound.pages.discovery.plots import Value, plot_groups, plot_times
from surroundings import Build

RECORDS = """\
- {id: a, title: A, authors: [Ada King, Bo Li], date: 2020-03-04, venue: ACL, tags: [rows]}
- {id: b, title: B, authors: [Ada King], date: 2020-03, venue: ACL, tags: [rows, stacks]}
- {id: c, title: C, authors: [Cy Dan], date: 2022, venue: "<i>EMNLP", tags: [rows]}
"""


def read_tables(page: str) -> dict[str, list[tuple[str, ...]]]:
    """The cells of each table, and the width of its bars."""
    tables = {}
    for part in page.split('id="table-')[1:]:
        rows = []
        for row in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", part, re.DOTALL):
            cells = [unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
            bars = re.findall(r'<rect width="([\d.]+)"', row)
            rows.append((*filter(None, cells), *bars))
        tables[part.partition('"')[0]] = rows
    return tables


def read_columns(page: str, name: str) -> list[str]:
    part = page.split(f'id="table-{name}"')[1].split("</figure>")[0]
    return [unescape(text) for text in re.findall(r'<rect class="col"[^>]*><title>(.*?)</title>', part)]


def write(content: Path, records: str) -> Path:
    (content / "papers").mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text("title: X\nbase_url: https://example.org/\n", "utf-8")
    (content / "papers" / "a.yaml").write_text(records, "utf-8")
    return content


def test_numbers_are_those_of_the_records(tmp_path: Path, build: Build) -> None:
    content, site = write(tmp_path / "content", RECORDS), tmp_path / "site"
    build(content, site)
    page = (site / "stats" / "index.html").read_text("utf-8")
    assert read_tables(page) == {
        "years": [("2022", "1"), ("2020", "2")],
        "tags": [("Rows", "3", "100.0"), ("Stacks", "1", "33.3")],
        "over_time": [("Rows", "2", "0", "1"), ("Stacks", "1", "0", "0")],
        "venues": [("ACL", "2", "100.0"), ("<i>EMNLP", "1", "50.0")],
        "authors": [("Ada King", "2", "100.0"), ("Cy Dan", "1", "50.0"), ("Bo Li", "1", "50.0")],
        "new_authors": [("2022", "1"), ("2020", "2")],
    }
    assert read_columns(page, "years") == ["2020: 2", "2022: 1"]
    assert read_columns(page, "over_time") == ["Rows, 2020: 2", "Rows, 2022: 1", "Stacks, 2020: 1"]
    assert '<a href="/stats/">Statistics</a>' in (site / "index.html").read_text("utf-8")
    # Of three years each column is an eighth of the plot, as if there were eight.
    widths = {float(width) for width in re.findall(r'<rect class="col"[^>]* width="([\d.]+)"', page)}
    assert widths
    assert max(widths) < 640 / 8


def test_papers_that_differ_in_nothing_have_no_statistics_and_no_order(tmp_path: Path, build: Build) -> None:
    content = write(tmp_path / "content", "".join(f"- {{id: p{at}, title: Paper {at}}}\n" for at in range(3)))
    build(content, tmp_path / "site")
    assert not (tmp_path / "site" / "stats").exists()
    pages = {file: file.read_text("utf-8") for file in (tmp_path / "site").rglob("*.html")}
    assert not [file for file, page in pages.items() if "/stats/" in page]
    home, papers, paper = (pages[tmp_path / "site" / name / "index.html"] for name in ("", "papers", "papers/paper-1"))
    assert "newest" not in papers
    assert '<h2 id="edition">Papers</h2>' in home
    assert re.findall(r'rel="(?:prev|next)"><span>([^<]+)</span>', paper) == ["Previous", "Next"]
    # One month more, and there is something to count.
    records = "- {id: a, title: A, date: 2026-03}\n- {id: b, title: B, date: 2026-04}\n- {id: c, title: C}\n"
    build(write(content, records), tmp_path / "site")
    page = (tmp_path / "site" / "stats" / "index.html").read_text("utf-8")
    assert read_tables(page) == {"months": [("April 2026", "1"), ("March 2026", "1")]}
    labels = {
        name: re.findall(
            r'rel="(?:prev|next)"[^>]*><span>([^<]+)</span>',
            (tmp_path / "site" / "papers" / name / "index.html").read_text("utf-8"),
        )
        for name in ("a", "b", "c")
    }
    assert labels == {"b": ["Older"], "a": ["Newer", "Next"], "c": ["Previous"]}


def test_a_block_of_the_home_page_leads_to_the_rest_where_there_is_one(tmp_path: Path, build: Build) -> None:
    for count, foot in ((8, False), (40, True)):
        tags = ", ".join(f"t{at}" for at in range(count))
        content = write(
            tmp_path / f"content-{count}", f"- {{id: a, title: A, tags: [{tags}]}}\n- {{id: b, title: B}}\n"
        )
        build(content, tmp_path / f"site-{count}")
        home = (tmp_path / f"site-{count}" / "index.html").read_text("utf-8")
        assert ">T0</a>" in home
        assert (f"All {count} topics" in home) == foot


def test_months_are_the_newest_two_years(tmp_path: Path, build: Build) -> None:
    dates = ["2020-03", "2021-12", "2022-01-09", "2022-01"]
    records = "".join(f"- {{id: p{at}, title: P {at}, date: {date}}}\n" for at, date in enumerate(dates))
    build(write(tmp_path / "content", records), tmp_path / "site")
    page = (tmp_path / "site" / "stats" / "index.html").read_text("utf-8")
    assert read_tables(page)["months"] == [("January 2022", "2"), ("December 2021", "1"), ("March 2020", "1")]
    assert read_columns(page, "months") == ["March 2020: 1", "December 2021: 1", "January 2022: 2"]


def test_pairs_are_those_of_the_papers(tmp_path: Path, build: Build) -> None:
    records = (
        "- {id: a, title: A, authors: [Ada King, Bo Li, Cy Dan]}\n- {id: b, title: B, authors: [Bo Li, Ada King]}\n"
        "- {id: c, title: C, authors: [Di Eng]}\n- {id: d, title: D, authors: [Di Eng, '<b>']}\n"
    )
    build(write(tmp_path / "content", records), tmp_path / "site")
    page = (tmp_path / "site" / "stats" / "index.html").read_text("utf-8")
    rows = read_tables(page)["together"]
    assert rows[0] == ("Ada King", "Bo Li", "2")
    assert {(*row[:2],) for row in rows[1:]} == {("Ada King", "Cy Dan"), ("Bo Li", "Cy Dan"), ("<b>", "Di Eng")}
    arcs = re.findall(r'<path class="arc"[^>]*stroke-width="([\d.]+)"><title>(.*?)</title>', page)
    assert arcs[0] == ("7.0", "Ada King, Bo Li: 2 papers")
    assert {width for width, _ in arcs[1:]} == {"1.0"}
    assert "<b>" not in page.split('id="table-together"')[1].split("</section>")[0]


def test_who_writes_together_stands_together() -> None:
    pairs = {("a", "z"): 3, ("b", "y"): 5, ("y", "z"): 1, ("c", "d"): 2}
    assert order_people(pairs) == ["y", "b", "z", "a", "c", "d"]
    plot = plot_pairs(pairs, {slug: slug for slug in "abcdyz"}, lambda slug: f"/{slug}/", lambda *pair: repr(pair))
    assert [label.text for label in plot.labels] == ["y", "b", "z", "a", "c", "d"]
    assert plot.arcs[0].name == "('b', 'y', 5)"
    assert plot.arcs[0].width == "7.0"
    assert plot.arcs[0].path == "M200 12A12 12 0 0 0 200 36"
    assert plot_pairs({}, {}, str, lambda *_: "").height == 0


def test_columns_are_as_high_as_their_values() -> None:
    plot = plot_times(["1", "2", "3"], [Value("one", 4), Value("none", 0), Value("two", 1)])
    assert [(column.name, column.height) for column in plot.columns] == [("one", "110.0"), ("two", "27.5")]
    assert [label.text for label in plot.labels] == ["4", "1", "1", "2", "3"]
    many = plot_times([str(at) for at in range(40)], [Value("", 1)] * 40)
    assert [label.text for label in many.labels][-1] == "39"
    assert len(many.labels) == 10
    groups = plot_groups(
        ["1", "2"], {"A": ("/a/", [Value("", 2), Value("", 0)]), "B": ("", [Value("", 1), Value("", 1)])}
    )
    # All groups have one scale.
    assert [column.height for column in groups.columns] == ["36.0", "18.0", "18.0"]
    assert [(label.text, label.href) for label in groups.labels if label.place == "start"] == [("A", "/a/"), ("B", "")]


def test_a_page_of_ones_own_of_that_name_stays(tmp_path: Path, build: Build) -> None:
    content = write(tmp_path / "content", RECORDS)
    (content / "pages").mkdir()
    (content / "pages" / "stats.md").write_text("# My numbers\n\nNone.\n", "utf-8")
    build(content, tmp_path / "site")
    assert "My numbers" in (tmp_path / "site" / "stats" / "index.html").read_text("utf-8")
