"""The page of statistics: its numbers are those of the records."""

from __future__ import annotations

import re
from pathlib import Path

from surroundings import Build

RECORDS = """\
- {id: a, title: A, authors: [Ada King, Bo Li], date: 2020-03-04, venue: ACL, tags: [rows]}
- {id: b, title: B, authors: [Ada King], date: 2020-03, venue: ACL, tags: [rows, stacks]}
- {id: c, title: C, authors: [Cy Dan], date: 2022, venue: "<i>EMNLP", tags: [rows]}
"""


def read_tables(page: str) -> dict[str, list[tuple[str, ...]]]:
    tables = {}
    for table in page.split('id="table-')[1:]:
        rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="n">(\d+)</td>.*?width="([\d.]+)"', table)
        tables[table.partition('"')[0]] = [(re.sub("<a[^>]*>|</a>", "", name), *rest) for name, *rest in rows]
    return tables


def write(content: Path, records: str) -> Path:
    (content / "papers").mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text("title: X\nbase_url: https://example.org/\n", "utf-8")
    (content / "papers" / "a.yaml").write_text(records, "utf-8")
    return content


def test_numbers_are_those_of_the_records(tmp_path: Path, build: Build) -> None:
    content, site = write(tmp_path / "content", RECORDS), tmp_path / "site"
    build(content, site)
    tables = read_tables((site / "stats" / "index.html").read_text("utf-8"))
    assert tables == {
        "years": [("2022", "1", "50.0"), ("2020", "2", "100.0")],
        "tags": [("Rows", "3", "100.0"), ("Stacks", "1", "33.3")],
        "venues": [("ACL", "2", "100.0"), ("&lt;i&gt;EMNLP", "1", "50.0")],
        "authors": [("Ada King", "2", "100.0"), ("Cy Dan", "1", "50.0"), ("Bo Li", "1", "50.0")],
        "new_authors": [("2022", "1", "50.0"), ("2020", "2", "100.0")],
    }
    assert '<a href="/stats/">Statistics</a>' in (site / "index.html").read_text("utf-8")
    write(content, RECORDS.replace("date: 2022", "date: 2022-05"))
    build(content, site)
    tables = read_tables((site / "stats" / "index.html").read_text("utf-8"))
    assert tables["months"] == [("May 2022", "1", "50.0"), ("March 2020", "2", "100.0")]


def test_a_page_of_ones_own_of_that_name_stays(tmp_path: Path, build: Build) -> None:
    content = write(tmp_path / "content", RECORDS)
    (content / "pages").mkdir()
    (content / "pages" / "stats.md").write_text("# My numbers\n\nNone.\n", "utf-8")
    build(content, tmp_path / "site")
    assert "My numbers" in (tmp_path / "site" / "stats" / "index.html").read_text("utf-8")
