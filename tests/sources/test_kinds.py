"""The kinds of sources, each against a server of its shape."""

from __future__ import annotations

import datetime
import random
import re
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from collecting import Site, join
from services import MONDAY, ORCID, World, days_after, number_papers
from web_server import Asked, Reply, WebServer, serve

from paperbound.sources.client import Limits
from paperbound.sources.kinds import arxiv, works
from paperbound.sources.kinds.arxiv import find_announcement
from paperbound.sources.transport import RawAnswer

CROSSREF = "- id: journal\n  kind: crossref\n  issn: [1234-5679]\n  author: Lovelace\n  mailto: name@example.org\n  url: {url}/crossref\n  pace: 0\n  edition: journal\n"
FEED = "- id: blog\n  kind: feed\n  url: {url}/feed.xml\n  pace: 0\n  edition: blog\n"
FILE = "- id: library\n  kind: file\n  url: {url}/list.bib\n  pace: 0\n  edition: library\n"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def server(world: World) -> WebServer:
    with serve(world.answer) as running:
        yield running


def make(tmp_path: Path, server: WebServer, sources: str) -> Site:
    return Site.make(tmp_path, sources.replace("{url}", server.url))


@pytest.mark.parametrize(
    ("submitted", "announced"),
    [
        ("2026-03-02T18:59", "2026-03-03"),  # Monday, before 14:00 in New York: Tuesday's list
        ("2026-03-02T19:00", "2026-03-04"),
        ("2026-03-05T18:59", "2026-03-06"),
        ("2026-03-05T19:00", "2026-03-09"),  # Thursday afternoon: Friday's papers, in Monday's list
        ("2026-03-06T18:59", "2026-03-09"),
        ("2026-03-06T19:00", "2026-03-10"),  # Friday afternoon to Monday: Tuesday's list
        ("2026-03-08T12:00", "2026-03-10"),
        ("2026-03-09T17:59", "2026-03-10"),  # summer time
        ("2026-03-09T18:00", "2026-03-11"),
        ("2026-11-02T18:59", "2026-11-03"),
    ],
)
def test_the_day_of_an_announcement(submitted: str, announced: str) -> None:
    time = datetime.datetime.fromisoformat(f"{submitted}+00:00")
    assert find_announcement(time).isoformat() == announced


def test_papers_of_a_list_are_at_most_some_days_older() -> None:
    first = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
    hours = [first + datetime.timedelta(hours=one) for one in range(24 * 40)]
    lists = [(find_announcement(time), time.date()) for time in hours]
    for start in (days_after(number) for number in range(7, 28)):
        oldest = min(day for announced, day in lists if announced >= start)
        assert 0 <= (start - oldest).days <= arxiv._DAYS_EARLIER[start.weekday()], start


def test_arxiv_gets_a_request_in_three_seconds(
    tmp_path: Path, world: World, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv, "_PAGE", 2)
    world.arxiv = list(number_papers(1, [5]))
    site = make(tmp_path, server, "- {id: t, kind: arxiv, query: moss, url: '{url}/arxiv'}\n")
    site.run(MONDAY)
    assert len(server.asked) == 3
    assert site.passed == 6


def test_arxiv_by_submission(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [2, 2, 2]))
    world.today = days_after(2)
    site = make(
        tmp_path,
        server,
        "- {id: t, kind: arxiv, query: 'all:moss', by: submission, url: '{url}/arxiv', pace: 0, edition: t}\n",
    )
    site.run(days_after(-3))
    site.run(days_after(1))
    counts = {ident[-5:]: len(papers) for ident, papers in site.editions().items()}
    assert counts == {"02-27": 2, "03-02": 2, "03-03": 2}
    assert server.asked[0].query["search_query"] == "(all:moss)"


def test_crossref_by_cursor(tmp_path: Path, world: World, server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(works, "PAGE", 2)
    world.works = list(number_papers(1, [5]))
    site = make(tmp_path, server, CROSSREF)
    (outcome,) = site.run(MONDAY)
    assert (outcome.added, outcome.faults) == (5, [])
    assert site.editions()["journal-2026-03-02"] == [f"10.5555/{number}" for number in (5, 4, 3, 2, 1)]
    assert [one.query["cursor"] for one in server.asked] == ["*", "at-2", "at-4"]
    query = {**server.asked[0].query}
    assert query.pop("rows") == "2"
    assert query == {
        "sort": "created",
        "order": "desc",
        "query.author": "Lovelace",
        "filter": "issn:1234-5679",
        "mailto": "name@example.org",
        "cursor": "*",
    }


def test_openalex_filters_and_its_key(
    tmp_path: Path, world: World, server: WebServer, capsys: pytest.CaptureFixture[str]
) -> None:
    world.works = list(number_papers(1, [1]))
    source = f"- {{id: lab, kind: openalex, orcid: [{ORCID}], institution: [I1, I2], query: moss, since: 2026-01-01, url: '{{url}}/openalex'}}\n"
    site = make(tmp_path, server, source)
    site.run(MONDAY, environment={"PAPERBOUND_OPENALEX_KEY": "geheim"})
    asked = server.asked[0].query
    assert asked["filter"] == (
        f"authorships.author.orcid:{ORCID},authorships.institutions.lineage:I1|I2,from_publication_date:2026-01-01"
    )
    assert (asked["search"], asked["api_key"], asked["per_page"]) == ("moss", "geheim", "200")
    assert not [name for name, data in site.snapshot().items() if b"geheim" in data]
    assert not [
        file for file in (tmp_path / ".paperbound").rglob("*") if file.is_file() and b"geheim" in file.read_bytes()
    ]


def test_retracted_works_are_marked(tmp_path: Path, world: World, server: WebServer) -> None:
    world.works = list(number_papers(1, [2]))
    site = make(tmp_path, server, f"- {{id: lab, kind: openalex, orcid: [{ORCID}], url: '{{url}}/openalex'}}\n")
    site.run(MONDAY)
    world.works[0] = replace(world.works[0], comment="retracted")
    (outcome,) = site.run(days_after(400))
    assert outcome.withdrawn == ["10.5555/1"]
    assert outcome.why


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
def test_feeds_by_day(tmp_path: Path, world: World, server: WebServer, name: str) -> None:
    world.feed = list(number_papers(1, [2, 1, 0, 2]))
    site = make(tmp_path, server, FEED.replace("feed.xml", name))
    (outcome,) = site.run(MONDAY)
    assert outcome.added == 2
    world.today = days_after(3)
    site.run(world.today)
    assert {ident[-5:]: len(papers) for ident, papers in site.editions().items()} == {
        "03-02": 2,
        "03-03": 1,
        "03-05": 2,
    }
    record = (site.content / "papers" / "10-5555-1.yaml").read_text("utf-8")
    assert "About 1." in record
    assert "url: https://journal.example.org/1" in record
    before = site.snapshot()
    site.run(world.today)
    assert site.snapshot() == before
    if name == "feed.xml":
        assert server.asked[-1].headers["if-none-match"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<?xml version='1.0'?><html><body/></html>", "an HTML page came"),
        (b"<?xml version='1.0'?><a><b/></a>", "the XML is no feed"),
        (b'{"items": []}', "the JSON is no feed"),
        (b"Hello", "malformed"),
        (
            b"<!DOCTYPE a [<!ENTITY b 'c'>]><rss version='2.0'><channel><title>&b;</title></channel></rss>",
            "declares entities",
        ),
    ],
)
def test_what_is_no_feed(tmp_path: Path, body: bytes, message: str) -> None:
    with serve(Reply(body)) as server:
        site = make(tmp_path, server, FEED)
        (outcome,) = site.run(MONDAY)
        assert message in str(outcome.faults[0])


def test_files_at_an_address_and_at_a_path(tmp_path: Path, world: World, server: WebServer) -> None:
    world.works = list(number_papers(1, [3]))
    site = make(tmp_path, server, FILE + "- {id: mine, kind: file, path: mine.ris, edition: mine}\n")
    (tmp_path / "mine.ris").write_text(
        "TY  - JOUR\nTI  - A paper of mine\nAU  - Lovelace, Ada\nPY  - 2026\nER  - \n", "utf-8"
    )
    outcomes = site.run(MONDAY)
    assert [outcome.added for outcome in outcomes] == [3, 1]
    assert len(join(site.editions().values())) == 4
    (tmp_path / "mine.ris").unlink()
    outcomes = site.run(MONDAY)
    assert (
        str(outcomes[1].faults[0])
        == "mine: mine.ris: the file cannot be read: No such file or directory; the next run reads it again"
    )


def test_a_program_prints_papers(tmp_path: Path) -> None:
    program = "import json, os; print(json.dumps({'title': 'Printed on ' + os.environ['PAPERBOUND_DATE'], 'authors': ['Ada Lovelace']}))"
    (tmp_path / "find.py").write_text(program, "utf-8")
    site = Site.make(tmp_path, f"- {{id: own, kind: command, command: ['{sys.executable}', find.py], edition: own}}\n")
    (outcome,) = site.run(MONDAY)
    assert outcome.faults == []
    assert site.editions() == {"own-2026-03-02": ["printed-on-2026-03-02"]}


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import sys; print('a', file=sys.stderr); sys.exit('no luck')", "the program ended with code 1: no luck"),
        ("print('Hello')", "no line is a paper as JSON"),
        ("print('{\"title\": ')", "no line is a paper as JSON"),
    ],
)
def test_a_program_that_fails(tmp_path: Path, program: str, message: str) -> None:
    (tmp_path / "find.py").write_text(program, "utf-8")
    site = Site.make(tmp_path, f"- {{id: own, kind: command, command: ['{sys.executable}', find.py]}}\n")
    (outcome,) = site.run(MONDAY)
    assert message in str(outcome.faults[0])
    assert site.records() == []


def test_a_program_that_is_not_there_and_no_shell(tmp_path: Path) -> None:
    site = Site.make(tmp_path, "- {id: own, kind: command, command: [no-such-program, '$(touch made)']}\n")
    (outcome,) = site.run(MONDAY)
    assert "the program does not start" in str(outcome.faults[0])
    assert not list(tmp_path.rglob("made"))


def test_the_weekends_of_missed_days_are_gaps(tmp_path: Path, world: World, server: WebServer) -> None:
    world.arxiv = list(number_papers(1, [1, 1, 1, 1, 1, 0, 0, 1]))
    source = "- {id: t, kind: arxiv, query: moss, url: '{url}/arxiv', pace: 0, edition: t}\n"
    site = make(tmp_path, server, source)
    site.run(MONDAY)
    world.today = days_after(7)
    site.run(world.today)
    assert len(site.editions()) == 6
    gaps = (site.content / "gaps.yaml").read_text("utf-8")
    assert re.findall(r"date: (\S+),", gaps) == ["2026-03-07", "2026-03-08"]


BODIES = {
    "arxiv": "/arxiv",
    "huggingface-daily": "/daily",
    "openalex": "/openalex",
    "crossref": "/crossref",
    "feed.xml": "/feed.xml",
    "feed.json": "/feed.json",
    "file": "/list.bib",
}
SETTINGS = {"arxiv": "query: moss", "openalex": "query: moss", "crossref": "query: moss"}
ODD = (b"null", b"[]", b"{}", b'"text"', b"-1", b"1e999", b"true", b"\x00", b"<", b'"', b"}", b"]", b"\xff", b"\\ud800")


@pytest.mark.parametrize("name", BODIES)
def test_changed_answers_end_in_a_fault_or_in_papers(
    tmp_path: Path, world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values of other types, pieces that are missing, other bytes: never another error."""
    papers = list(number_papers(1, [2]))
    world.arxiv = world.daily = world.works = world.feed = papers
    chance = random.Random(name)

    def send(url: str, *_: object, **__: object) -> RawAnswer:
        parts = urlsplit(url)
        reply = world.answer(Asked(parts.path, dict(parse_qsl(parts.query)), {}))
        body = reply.body
        for _ in range(chance.choice((1, 1, 2, 5))):
            start = chance.randrange(len(body) + 1)
            if chance.random() < 0.5 and (values := list(re.finditer(rb'"[^"]*"|\d+|\[[^][]*\]|null', body))):
                place = chance.choice(values)
                body = body[: place.start()] + chance.choice(ODD) + body[place.end() :]
            else:
                body = body[:start] + chance.choice(ODD) + body[start + chance.randrange(20) :]
        return RawAnswer(200, {key.lower(): value for key, value in reply.headers.items()}, body, False)

    monkeypatch.setattr("paperbound.sources.client.send", send)
    kind, settings = name.split(".")[0], SETTINGS.get(name, "")
    address = f"http://127.0.0.1:9{BODIES[name]}"
    site = Site.make(
        tmp_path,
        f"- id: s\n  kind: {kind}\n  url: {address}\n  pace: 0\n  edition: s\n{settings and '  ' + settings}\n",
    )
    site.limits = Limits(tries=1)
    for number in range(60):
        (outcome,) = site.run(days_after(number))
        assert all("\n" not in str(fault) for fault in outcome.faults)
    site.records()
