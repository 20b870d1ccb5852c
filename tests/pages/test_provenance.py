"""What a site says of where things come from: programs that wrote texts, signals, readings and gaps of editions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from paperbound.cli import main
from paperbound.content.lists.gaps import read_gaps, write_gaps
from paperbound.formats.yamlrecord import write_record
from paperbound.library.gaps import find_gaps, join_gaps
from paperbound.model.catalogue import Collection, Gap
from paperbound.model.date import Moment, PartialDate
from paperbound.model.errors import Fault
from paperbound.model.record import Record, Signal
from surroundings import Build, read_records, read_tree

Make = Callable[[dict[str, str]], Path]
WRITTEN = """\
title: On salt
takeaway: “Salt was found.”
summary: A program wrote this.
tags: [salt]
signals:
  upvotes: {value: 1234, date: 2026-11-23, source: Hugging Face}
  stars: {value: 7}
made_by:
  takeaway: central-sentence
  summary: summarize.py
  tags: "suggest-tags: salt, flats"
"""
PLAIN = "title: On sand\ntakeaway: Sand was found.\ntags: [salt]\n"


def make_edition(series: str, day: str, **more: Any) -> tuple[str, str]:
    text = yaml.safe_dump({"title": series.capitalize(), "date": day, "papers": ["salt", "sand"], **more})
    return f"collections/{series}-{day}.yaml", text


def read_faults(text: str) -> list[tuple[int, str, str]]:
    _, faults = read_records("yaml", text)
    return [(one.line, one.field, one.message) for one in faults]


def test_signals_and_programs_come_back_from_yaml() -> None:
    (record,), faults = read_records("yaml", WRITTEN)
    assert not faults
    assert record.signals == (Signal("upvotes", 1234, PartialDate(2026, 11, 23), "Hugging Face"), Signal("stars", 7))
    assert record.made_by == {
        "takeaway": "central-sentence",
        "summary": "summarize.py",
        "tags": "suggest-tags: salt, flats",
    }
    (again,), faults = read_records("yaml", write_record(record, "a"))
    assert not faults
    assert again == record
    # What a field lacks, no program wrote.
    assert Record(id="a", title="A", made_by={"tags": "x"}).list_programs() == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("signals: [upvotes]", "a mapping is expected here"),
        ("signals: {upvotes: many}", "'many' is no whole number"),
        ("signals: {upvotes: -1}", "'-1' is no whole number"),
        ("signals: {Up votes: 1}", "'Up votes' is no name of a whole number"),
        ("signals: {upvotes: {count: 1}}", "'count' is no key of a signal"),
        ("signals: {upvotes: {value: 1, date: 2026-02-30}}", "'2026-02-30' is not a date of the calendar"),
        ("made_by: central-sentence", "a mapping is expected here"),
        ("made_by: {abstract: x}", "no program fills 'abstract'"),
        (f"made_by: {{tags: {'x' * 201}}}", "is no name of what made 'tags'"),
    ],
)
def test_odd_signals_and_programs_are_faults_with_their_line(line: str, message: str) -> None:
    ((at, field, found),) = read_faults(f"title: A\n{line}\n")
    assert (at, field) == (2, line.partition(":")[0])
    assert message in found


def test_foreign_signals_are_mended_or_left_out() -> None:
    row = {
        "id": "a",
        "title": "A",
        "signals": {"Stars": "12", "votes": "many"},
        "made_by": {"takeaway": "x", "title": "y"},
    }
    (record,), faults = read_records("jsonl", json.dumps(row), "content/papers/a.jsonl")
    assert record.signals == (Signal("stars", 12),)
    assert record.made_by == {"takeaway": "x"}
    assert [fault.message for fault in faults] == ["'many' is no whole number of votes; left out"]


def test_an_update_of_a_text_forgets_the_program_that_wrote_it(make_content: Make, tmp_path: Path) -> None:
    content = make_content({"papers/salt.yaml": WRITTEN})
    rows = tmp_path / "rows.jsonl"
    row = {"id": "salt", "title": "On salt", "takeaway": "A person wrote this.", "signals": {"stars": 9, "likes": 2}}
    rows.write_text(json.dumps(row), "utf-8")
    assert main(["import", str(rows), "--content", str(content), "--update"]) == 0
    values = yaml.safe_load((content / "papers" / "salt.yaml").read_text("utf-8"))
    assert values["made_by"] == {"summary": "summarize.py", "tags": "suggest-tags: salt, flats"}
    assert {name: one["value"] for name, one in values["signals"].items()} == {"upvotes": 1234, "stars": 9, "likes": 2}
    # A gap that is filled brings the program that filled it.
    rows.write_text(json.dumps(row | {"id": "b", "title": "B", "takeaway": ""}), "utf-8")
    assert main(["import", str(rows), "--content", str(content)]) == 0
    rows.write_text(
        json.dumps({"id": "b", "title": "B", "takeaway": "T.", "made_by": {"takeaway": "x", "tags": "y"}}), "utf-8"
    )
    assert main(["import", str(rows), "--content", str(content)]) == 0
    assert yaml.safe_load((content / "papers" / "b.yaml").read_text("utf-8"))["made_by"] == {"takeaway": "x"}


def test_a_page_says_what_programs_wrote_and_shows_signals(make_content: Make, tmp_path: Path, build: Build) -> None:
    content = make_content({"papers/salt.yaml": WRITTEN, "papers/sand.yaml": PLAIN})
    build(content, tmp_path / "site")
    page = (tmp_path / "site/papers/on-salt/index.html").read_text("utf-8")
    assert '“Salt was found.”</p>\n<p class="made">A sentence of the abstract, chosen by a program.</p>' in page
    assert '<p class="made">Written by a program: summarize.py.</p>' in page
    assert '<p class="made">Suggested by a program, because like papers have them: salt, flats.</p>' in page
    assert '1,234 upvotes<span>Hugging Face, <time datetime="2026-11-23">23 November 2026</time></span>' in page
    assert "<li>7 stars</li>" in page
    markdown = (tmp_path / "site/papers/on-salt/index.md").read_text("utf-8")
    front = yaml.safe_load(markdown.split("---")[1])
    assert front["made_by"] == yaml.safe_load(WRITTEN)["made_by"]
    papers = json.loads((tmp_path / "site/api/papers/1.json").read_text("utf-8"))["papers"]
    (salt,) = (paper for paper in papers if paper["title"] == "On salt")
    assert salt["made_by"]["summary"] == "summarize.py"
    assert salt["signals"][1] == {"name": "stars", "value": 7}
    plain = (tmp_path / "site/papers/on-sand/index.html").read_text("utf-8")
    assert 'class="made"' not in plain
    assert "In numbers" not in plain


def test_the_search_filters_by_what_programs_wrote_where_they_did(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    content = make_content({"papers/salt.yaml": WRITTEN, "papers/sand.yaml": PLAIN})
    build(content, tmp_path / "site")

    def read_search() -> tuple[str, str]:
        (facets,) = (tmp_path / "site/search-data").glob("facets.*")
        return (tmp_path / "site/search/index.html").read_text("utf-8"), facets.read_text("utf-8")

    page, facets = read_search()
    assert '["made_by", "Written by"]' in page
    names = ("Takeaway by a program", "Summary by a program", "Topics by a program", "People")
    assert all(name in facets for name in names)
    # Without programs not a byte is left.
    (content / "papers/salt.yaml").write_text(WRITTEN.partition("made_by:")[0], "utf-8")
    build(content, tmp_path / "site")
    bare_page, bare_facets = read_search()
    assert bare_page == page.replace(', ["made_by", "Written by"]', "")
    assert "made_by" not in bare_facets
    assert len(bare_facets) < len(facets)
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-23T06:10Z", "2026-11-23T06:10Z"),
        ("2026-11-23 06:10:59.5+02:00", "2026-11-23T06:10+02:00"),
        ("2026-11-23T06:10+00:00", "2026-11-23T06:10Z"),
    ],
)
def test_a_moment_is_a_day_with_its_hour(text: str, iso: str) -> None:
    assert Moment.parse(text).iso == iso


@pytest.mark.parametrize("text", ["2026-11-23", "2026-11-23T06:10", "2026-02-30T06:10Z", "2026-11-23T24:00Z", "6:10Z"])
def test_a_moment_without_a_day_an_hour_or_an_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hour|date"):
        Moment.parse(text)


def test_an_edition_says_its_source_and_the_hour_it_was_read(
    make_content: Make, tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = {"papers/salt.yaml": WRITTEN, "papers/sand.yaml": PLAIN}
    whole = make_edition("daily", "2026-11-23", source="arXiv", read_at="2026-11-23T23:30-05:00")
    hour = make_edition("daily", "2026-11-22", read_at="2026-11-22T06:10Z")
    source = make_edition("daily", "2026-11-21", source="<b>A list</b>")
    content = make_content({**papers, **dict((whole, hour, source))})
    build(content, tmp_path / "site")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    build(content, tmp_path / "again")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "again")

    def read(day: int) -> str:
        return (tmp_path / f"site/collections/daily-2026-11-{day}/index.html").read_text("utf-8")

    time = '<time datetime="2026-11-23T23:30-05:00">23 November 2026, 23:30 UTC-05:00</time>'
    assert f'<p class="made">Read from arXiv on {time}</p>' in read(23)
    assert '<p class="made">Read on <time datetime="2026-11-22T06:10Z">22 November 2026, 06:10 UTC</time></p>' in read(
        22
    )
    assert '<p class="made">From &lt;b&gt;A list&lt;/b&gt;</p>' in read(21)


def test_a_faulty_hour_and_a_faulty_signal_of_a_collection_are_named(
    make_content: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_content(
        {
            "papers/salt.yaml": PLAIN,
            "collections/a.yaml": "papers: [salt]\nread_at: today\n",
            "collections/b.yaml": "rank_by: A b\n",
        }
    )
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1"]) == 1
    said = capsys.readouterr().err
    assert "content/collections/a.yaml:2" in said
    assert "'today' is not a day with its hour" in said
    assert "'A b' is no name of a signal" in said


def test_papers_are_ranked_by_a_signal_where_the_owner_says_so(
    make_content: Make, tmp_path: Path, build: Build
) -> None:
    papers = {
        f"papers/{name}.yaml": f"title: Paper {name}\n" + (f"signals: {{upvotes: {votes}}}\n" if votes else "")
        for name, votes in (("a", ""), ("b", "3"), ("c", "20"), ("d", "3"))
    }
    given = "papers: [a, b, c, d]\n"
    content = make_content(
        {**papers, "collections/top.yaml": f"{given}rank_by: upvotes\n", "collections/own.yaml": given}
    )

    def list_titles(name: str) -> list[str]:
        page = (tmp_path / f"site/collections/{name}/index.html").read_text("utf-8")
        return re.findall(r"<h3><a[^>]*>Paper (\w)", page)

    build(content, tmp_path / "site")
    assert list_titles("top") == ["c", "b", "d", "a"]
    assert list_titles("own") == ["a", "b", "c", "d"]
    page = (tmp_path / "site/collections/top/index.html").read_text("utf-8")
    assert re.findall(r'<p class="made">(.*?)</p>', page) == ["20 upvotes", "3 upvotes", "3 upvotes"]
    assert "<span>by upvotes</span>" in page
    feed = json.loads((tmp_path / "site/collections/top/feed.json").read_text("utf-8"))
    assert [item["title"][-1] for item in feed["items"]] == ["c", "b", "d", "a"]
    # Other values rank anew, and an edit of a long text keeps the ranks that are cached.
    (content / "papers/a.yaml").write_text("title: Paper a\nsignals: {upvotes: 21}\n", "utf-8")
    build(content, tmp_path / "site")
    assert list_titles("top") == ["a", "c", "b", "d"]
    (content / "papers/b.yaml").write_text("title: Paper b\nsignals: {upvotes: 3}\nabstract: Long.\n", "utf-8")
    build(content, tmp_path / "site")
    (content / "papers/b.yaml").write_text("title: Paper b\nsignals: {upvotes: 3}\nabstract: Longer.\n", "utf-8")
    build(content, tmp_path / "site")
    assert list_titles("top") == ["a", "c", "b", "d"]
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def make_series(*days: int, series: str = "s") -> dict[str, Collection]:
    dates = (PartialDate(2026, 11, day) for day in days)
    return {f"{series}{one.day}": Collection(f"{series}{one.day}", "x", "T", (), one, "", series) for one in dates}


def list_days(collections: dict[str, Collection], *noted: Gap) -> list[tuple[str, int, str]]:
    return [(gap.series, gap.date.day, gap.reason) for gap in find_gaps(collections, noted)]


def test_days_that_a_daily_series_lacks_are_gaps() -> None:
    assert list_days(make_series(2, 3, 4, 5, 6, 9, 10)) == [("s", 7, ""), ("s", 8, "")]
    # Neither a weekly series, nor one of two editions; no clock says that an edition is late.
    assert list_days(make_series(2, 9, 16, 23)) == []
    assert list_days(make_series(2, 4)) == []
    saturday = Gap("s", PartialDate(2026, 11, 7), "A Saturday.")
    today = Gap("s", PartialDate(2026, 11, 11), "The service is down.")
    known = Gap("s", PartialDate(2026, 11, 9), "There is an edition after all.")
    both = make_series(2, 3, 4, 5, 6, 9, 10) | make_series(5, series="t")
    assert list_days(both, saturday, today, known) == [
        ("s", 7, "A Saturday."), ("s", 8, ""), ("s", 11, "The service is down."),
    ]  # fmt: skip


def test_days_that_follow_each_other_are_joined() -> None:
    def gap(day: int, series: str = "s", reason: str = "") -> Gap:
        return Gap(series, PartialDate(2026, 11, day), reason)

    found = join_gaps([gap(3), gap(3, "t"), gap(4), gap(5, reason="x"), gap(7, reason="x"), gap(9), gap(10)])
    assert [(one.series, one.date.day, other.date.day) for one, other in found] == [
        ("s", 3, 4), ("t", 3, 3), ("s", 5, 5), ("s", 7, 7), ("s", 9, 10),
    ]  # fmt: skip


def test_the_calendar_shows_gaps_with_their_reasons(make_content: Make, tmp_path: Path, build: Build) -> None:
    days = (18, 19, 20, 23)
    editions = dict(make_edition("daily", f"2026-11-{day}") for day in days)
    gaps = [
        Gap("daily", PartialDate(2026, 11, day), "arXiv announces nothing on Saturdays & Sundays") for day in (21, 22)
    ]
    papers = {"papers/salt.yaml": WRITTEN, "papers/sand.yaml": PLAIN}
    content = make_content({**papers, **editions})
    build(content, tmp_path / "site")
    page = tmp_path / "site/collections/index.html"
    assert '<li class="made">Daily: no editions from 21 to 22 November 2026</li>' in page.read_text("utf-8")
    assert re.findall(r"<td><s>(\d+)</s>", page.read_text("utf-8")) == ["21", "22"]
    more = Gap("daily", PartialDate(2026, 12, 1), "")
    (content / "gaps.yaml").write_text(write_gaps([*gaps, more]), "utf-8")
    build(content, tmp_path / "site")
    text = page.read_text("utf-8")
    reason = "arXiv announces nothing on Saturdays &amp; Sundays"
    assert f"Daily: no editions from 21 to 22 November 2026: {reason}</li>" in text
    assert "Daily: no edition on 1 December 2026</li>" in text
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean")


def test_gaps_yaml_comes_back_and_its_faults_are_named(make_content: Make) -> None:
    gaps = (Gap("a", PartialDate(2026, 11, 1), 'A "reason": {x}'), Gap("b", PartialDate(2026, 11, 1)))
    again = gaps[0]._replace(reason="old")
    content = make_content({"gaps.yaml": write_gaps([again, *reversed(gaps)])})
    faults: list[Fault] = []
    assert read_gaps(content, faults.append) == gaps
    (content / "gaps.yaml").write_text("- {series: a, date: 2026-11}\n- {serie: a}\n- {date: x}\n", "utf-8")
    assert read_gaps(content, faults.append) == ()
    assert [(fault.file, fault.line, fault.field) for fault in faults] == [
        ("content/gaps.yaml", 1, "date"), ("content/gaps.yaml", 2, "serie"), ("content/gaps.yaml", 2, "date"),
        ("content/gaps.yaml", 3, "date"),
    ]  # fmt: skip
