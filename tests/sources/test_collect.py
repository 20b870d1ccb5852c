"""Collecting: news become records and editions, each paper once, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from collecting import Site, join
from services import MONDAY, ORCID, Paper, World, days_after, number_papers
from web_server import WebServer, serve

ARXIV = "- id: topic\n  kind: arxiv\n  categories: [cs.LG]\n  url: {url}/arxiv\n  pace: 0\n  edition: topic\n"
DAILY = "- id: trending\n  kind: huggingface-daily\n  url: {url}/daily\n  pace: 0\n  edition: trending\n"
LAB = f"- id: lab\n  kind: openalex\n  orcid: {ORCID}\n  url: {{url}}/openalex\n  pace: 0\n  edition: lab\n"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def server(world: World) -> WebServer:
    with serve(world.answer) as running:
        yield running


def make(tmp_path: Path, server: WebServer, sources: str, **files: str) -> Site:
    return Site.make(tmp_path, sources.replace("{url}", server.url), **files)


def test_a_day_of_arxiv_is_an_edition(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [3]))
    site = make(tmp_path, server, ARXIV)
    (outcome,) = site.run(MONDAY)
    assert not outcome.faults
    assert not outcome.why
    assert site.editions() == {"topic-2026-03-02": ["2603.00003", "2603.00002", "2603.00001"]}
    edition = yaml.safe_load((site.content / "collections" / "topic-2026-03-02.yaml").read_text("utf-8"))
    assert edition["title"] == "Topic"
    assert (edition["source"], edition["read_at"]) == ("arXiv", "2026-03-02T06:17Z")
    record = yaml.safe_load((site.content / "papers" / "2603.00001.yaml").read_text("utf-8"))
    assert record["title"] == "Lantern study number 1"
    assert record["added"] == "2026-03-02"
    assert len(site.records()) == 3
    assert server.asked[0].query["search_query"] == "(cat:cs.LG)"


def test_a_second_run_on_the_day_changes_nothing(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv, world.daily, world.works = (list(number_papers(start, [3])) for start in (1, 11, 21))
    site = make(tmp_path, server, ARXIV + DAILY + LAB)
    assert [outcome.added for outcome in site.run(MONDAY)] == [3, 3, 3]
    before = site.snapshot()
    outcomes = site.run(MONDAY)
    assert site.snapshot() == before
    assert [outcome.files for outcome in outcomes] == [[], [], []]
    assert [outcome.why for outcome in outcomes] == ["all 3 papers that it lists are known, or do not match"] * 3


def test_the_weekend_makes_no_edition_and_says_why(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [2, 2, 2, 2, 2]))
    site = make(tmp_path, server, ARXIV)
    for number in range(7):
        world.today = days_after(number)
        (outcome,) = site.run(world.today)
        assert outcome.why == ("arXiv announces nothing on Saturdays and Sundays" if number > 4 else "")
    assert len(site.editions()) == 5
    gaps = yaml.safe_load((site.content / "gaps.yaml").read_text("utf-8"))
    assert [gap["date"].isoformat() for gap in gaps] == ["2026-03-07", "2026-03-08"]
    before = site.snapshot()
    site.run(world.today)
    assert site.snapshot() == before


@pytest.mark.parametrize("source", [ARXIV, DAILY], ids=["arxiv", "daily"])
def test_missed_days_are_caught_up(tmp_path: Path, world: World, server: WebServer, source: str) -> None:
    world.arxiv = world.daily = list(number_papers(1, [2, 3, 0, 2, 1]))
    site = make(tmp_path, server, source)
    site.run(MONDAY)
    world.today = days_after(4)
    site.run(world.today)
    counts = [len(papers) for papers in site.editions().values()]
    assert counts == [2, 3, 2, 1]
    assert [ident[-10:] for ident in site.editions()] == ["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06"]
    assert sorted(join(site.editions().values())) == sorted(one.arxiv for one in world.arxiv)


@pytest.mark.parametrize("source", [ARXIV, DAILY], ids=["arxiv", "daily"])
def test_a_paper_that_comes_late_is_in_the_edition_of_its_day(
    tmp_path: Path, world: World, server: WebServer, source: str
) -> None:
    world.arxiv = world.daily = list(number_papers(1, [2, 1]))
    site = make(tmp_path, server, source)
    for number in (0, 1):
        world.today = days_after(number)
        site.run(world.today)
    world.daily += [Paper(9, MONDAY), Paper(10, days_after(2))]
    world.today = days_after(2)
    site.run(world.today)
    assert [sorted(papers) for papers in site.editions().values()] == [
        ["2603.00001", "2603.00002"],
        ["2603.00003"],
        ["2603.00009", "2603.00010"],
    ]


def test_a_list_that_grows_during_the_day_grows_its_edition(tmp_path: Path, world: World, server: WebServer) -> None:
    world.daily = list(number_papers(1, [2]))
    site = make(tmp_path, server, DAILY)
    site.run(MONDAY)
    world.daily = list(number_papers(1, [4]))
    site.run(MONDAY)
    assert [len(papers) for papers in site.editions().values()] == [4]


def test_two_sources_share_records_and_have_editions_of_their_own(
    tmp_path: Path, world: World, server: WebServer
) -> None:
    world.arxiv = world.daily = list(number_papers(1, [3]))
    world.works = [replace(one, number=one.number) for one in world.arxiv]
    site = make(tmp_path, server, ARXIV + DAILY + LAB)
    outcomes = site.run(MONDAY)
    assert [outcome.added for outcome in outcomes] == [3, 0, 0]  # by identifiers, and by titles with authors
    assert len(site.records()) == 3
    assert [sorted(papers) for papers in site.editions().values()] == [sorted(one.arxiv for one in world.arxiv)] * 3
    record = (site.content / "papers" / "2603.00001.yaml").read_text("utf-8")
    assert "doi: 10.5555/1" in record
    assert "upvotes:" in record


def test_a_title_alone_makes_no_same_paper(tmp_path: Path, world: World, server: WebServer) -> None:
    """Two papers of one title are two, if they have no author in common, or two arXiv ids."""
    world.daily = [Paper(1, MONDAY, words="Editorial")]
    site = make(tmp_path, server, DAILY + LAB)
    (site.content / "papers").mkdir()
    title = world.daily[0].title
    (site.content / "papers" / "mine.yaml").write_text(f"title: {title}\nauthors: [Alan Turing]\n", "utf-8")
    (site.content / "papers" / "other.yaml").write_text(f"title: {title}\narxiv: 1901.00001\n", "utf-8")
    site.run(MONDAY, "trending")
    assert sorted(site.records()) == ["2603.00001", "mine", "other"]
    world.works = [replace(world.daily[0], number=1)]
    site.run(MONDAY, "lab")
    assert sorted(site.records()) == ["2603.00001", "mine", "other"]


def test_a_paper_that_was_withdrawn_is_marked(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [2]))
    site = make(tmp_path, server, ARXIV)
    site.run(MONDAY)
    comment = "This paper has been withdrawn by the authors: a lemma is wrong"
    world.arxiv[0] = replace(world.arxiv[0], version=2, changed=days_after(30), comment=comment)
    world.today = days_after(30)
    (outcome,) = site.run(world.today)
    assert outcome.withdrawn == ["2603.00001"]
    text = (site.content / "papers" / "2603.00001.yaml").read_text("utf-8")
    assert "This paper was withdrawn by the authors" in text
    assert "in version 1." in text
    assert site.editions()["topic-2026-03-02"] == ["2603.00002", "2603.00001"]
    before = site.snapshot()
    assert site.run(world.today)[0].withdrawn == []
    assert site.snapshot() == before


def test_later_versions_count_where_the_owner_says_so(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [2]))
    site = make(tmp_path, server, f"{ARXIV}  update: yes\n")
    site.run(MONDAY)
    record = site.content / "papers" / "2603.00002.yaml"
    record.write_text(record.read_text("utf-8").replace("in version 1", "in my words"), "utf-8")
    world.today = days_after(20)
    world.arxiv = [replace(one, version=3, changed=world.today) for one in world.arxiv]
    (outcome,) = site.run(world.today)
    assert (outcome.added, outcome.changed) == (0, 2)
    assert len(site.editions()) == 1  # a later version is no news
    text = (site.content / "papers" / "2603.00001.yaml").read_text("utf-8")
    assert "in version 3." in text
    assert "arxiv: 2603.00001v3" in text
    assert "in my words." in record.read_text("utf-8")


def test_only_papers_that_the_query_finds_and_the_best_first(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = [
        Paper(1, MONDAY, words="Moss and graphs"),
        Paper(2, MONDAY, words="Moss and grapes"),
        Paper(3, MONDAY, words="Lanterns in graph theory"),
        Paper(4, MONDAY, words="Graphs of copper"),
        Paper(5, MONDAY, words="Sand"),
    ]
    site = make(
        tmp_path, server, ARXIV + "  match: title:graph -title:copper\n  boost: [author:lantern moss, title:moss]\n"
    )
    (outcome,) = site.run(MONDAY)
    assert outcome.added == 2
    (edition,) = outcome.editions
    assert edition.papers == ["2603.00001", "2603.00003"]
    assert edition.reasons == {"2603.00001": ["author:lantern moss", "title:moss"]}
    text = yaml.safe_load((site.content / "collections" / "topic-2026-03-02.yaml").read_text("utf-8"))
    assert text["reasons"] == edition.reasons
    before = site.snapshot()
    site.run(MONDAY)
    assert site.snapshot() == before


def test_the_limit_is_that_of_an_edition(tmp_path: Path, world: World, server: WebServer) -> None:
    world.daily = list(number_papers(1, [5, 4]))
    site = make(tmp_path, server, f"{DAILY}  limit: 3\n")
    site.run(MONDAY)
    before = site.snapshot()
    site.run(MONDAY)
    assert site.snapshot() == before
    world.today = days_after(1)
    site.run(world.today)
    assert [len(papers) for papers in site.editions().values()] == [3, 3]


def test_tags_are_given_and_must_be_known(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [1]))
    site = make(tmp_path, server, f"{ARXIV}  tags: [moss]\n", tags="- {slug: moss, name: Moss}\n")
    site.run(MONDAY)
    assert "tags: [moss]" in (site.content / "papers" / "2603.00001.yaml").read_text("utf-8")


def test_a_deleted_record_does_not_come_back(tmp_path: Path, world: World, server: WebServer) -> None:
    world.works = list(number_papers(1, [3]))
    site = make(tmp_path, server, LAB)
    site.run(MONDAY)
    (site.content / "papers" / "10-5555-2.yaml").unlink()
    (edition,) = (site.content / "collections").iterdir()
    edition.write_text(edition.read_text("utf-8").replace("- 10.5555/2\n", ""), "utf-8")
    for number in range(100):
        site.run(days_after(number))
    assert sorted(site.records()) == ["10.5555/1", "10.5555/3"]


def test_a_dry_run_writes_nothing(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = world.daily = list(number_papers(1, [3]))
    site = make(tmp_path, server, ARXIV + DAILY)
    before = site.snapshot()
    outcomes = site.run(MONDAY, dry_run=True)
    assert [outcome.added for outcome in outcomes] == [3, 0]
    assert outcomes[0].files
    assert site.snapshot() == before
    assert not list((tmp_path / ".paperbound" / "collect").glob("answers/*/*"))


def test_the_date_is_the_day_of_the_edition(tmp_path: Path, world: World, server: WebServer) -> None:
    world.daily = list(number_papers(1, [2, 2, 2]))
    world.today = days_after(2)
    site = make(tmp_path, server, DAILY)
    site.run(days_after(1))
    assert list(site.editions()) == ["trending-2026-03-03"]
    site.run(MONDAY)
    assert list(site.editions()) == ["trending-2026-03-02", "trending-2026-03-03"]
    assert [len(papers) for papers in site.editions().values()] == [2, 2]


def test_one_source_of_several(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = world.daily = list(number_papers(1, [1]))
    site = make(tmp_path, server, ARXIV + DAILY)
    (outcome,) = site.run(MONDAY, "trending")
    assert outcome.source.id == "trending"
    assert list(site.editions()) == ["trending-2026-03-02"]
