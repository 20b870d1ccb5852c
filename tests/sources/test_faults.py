"""Faults: whatever a service answers, nothing is lost, nothing doubled, and the others go on."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from collecting import Site, join
from fault_cases import FATAL, HARMLESS, NEVER, Fault, empty_list
from services import MONDAY, World, days_after, number_papers
from test_collect import ARXIV, DAILY, LAB
from web_server import Asked, Reply, serve

from paperbound.sources.client import Limits
from paperbound.sources.kinds import arxiv, huggingface_daily, works
from paperbound.sources.transport import RawAnswer, TransportError
from surroundings import WHOLE

SERIES = {"/arxiv": "topic", "/daily": "trending", "/openalex": "lab"}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Three services whose lists have two pages."""
    monkeypatch.setattr(arxiv, "_PAGE", 2)
    monkeypatch.setattr(huggingface_daily, "_PAGE", 2)
    monkeypatch.setattr(works, "PAGE", 2)
    papers = (list(number_papers(start, [3])) for start in (1, 11, 21))
    return World(MONDAY, *papers)


def name_papers(world: World) -> dict[str, list[str]]:
    """The ids of all papers that each service has announced, by the series of its editions."""
    return {
        "topic": sorted(one.arxiv for one in world.announced(world.arxiv)),
        "trending": sorted(one.arxiv for one in world.announced(world.daily)),
        "lab": sorted(one.doi for one in world.announced(world.works)),
    }


def check(site: Site, world: World) -> None:
    """Each announced paper is in one edition of its series, and has one record."""
    everything = name_papers(world)
    for series, papers in everything.items():
        assert sorted(join(site.editions(f"{series}-").values())) == papers, series
    assert sorted(site.records()) == sorted(join(everything.values()))


class Faulty:
    """The services, with a fault at the request of a number, once or every time it is sent again."""

    def __init__(self, world: World, number: int, fault: Fault, *, once: bool = False) -> None:
        self.world, self.number, self.fault, self.once = world, number, fault, once
        self.known: list[tuple[object, ...]] = []
        self.hits = 0

    def answer(self, asked: Asked) -> Reply:
        key = (asked.path, *sorted(asked.query.items()))
        if key not in self.known:
            self.known.append(key)
        good = self.world.answer(asked)
        if self.known.index(key) != self.number or (self.once and self.hits):
            return good
        self.hits += 1
        return self.fault(good, asked)


REQUESTS = 6
# The first request of a list and the last; the others, too, where slow tests run.
NUMBERS = [
    pytest.param(number, marks=[pytest.mark.slow] if 0 < number < REQUESTS - 1 else []) for number in range(REQUESTS)
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", FATAL)
def test_a_fault_at_any_request(tmp_path: Path, world: World, name: str, number: int) -> None:
    faulty = Faulty(world, number, FATAL[name])
    with serve(faulty.answer) as server:
        site = Site.make(tmp_path, (ARXIV + DAILY + LAB).replace("{url}", server.url))
        site.limits = Limits(request=0.3 if name == "time-out" else 10, tries=2)
        outcomes = site.run(MONDAY)
        NEVER.set()
        NEVER.clear()
        assert faulty.hits
        failed = [outcome for outcome in outcomes if outcome.faults]
        (outcome,) = failed
        assert outcome.added == 0
        (fault,) = outcome.faults
        line = str(fault)
        assert "\n" not in line
        assert line.startswith(f"{outcome.source.id}: {server.url}/")
        assert line.endswith("the next run asks again")
        if name[:3].isdecimal():
            assert f"status {name[:3]}: " in line
        # Nothing of it was written, and all of the others.
        assert not site.editions(f"{outcome.source.edition}-")
        assert [one.added for one in outcomes if one is not outcome] == [3, 3]
        assert len(site.records()) == 6
        faulty.number = -1
        again = site.run(MONDAY)
        assert not any(one.faults for one in again)
        check(site, world)
        assert len(faulty.known) == REQUESTS


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", [name for name in FATAL if name not in ("429-long", "403", "bomb", "time-out")])
def test_a_fault_that_passes_is_none(tmp_path: Path, world: World, name: str, number: int) -> None:
    faulty = Faulty(world, number, FATAL[name], once=True)
    with serve(faulty.answer) as server:
        site = Site.make(tmp_path, (ARXIV + DAILY + LAB).replace("{url}", server.url))
        assert not any(outcome.faults for outcome in site.run(MONDAY))
        assert faulty.hits
        check(site, world)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", HARMLESS)
def test_odd_answers_lose_nothing(tmp_path: Path, world: World, name: str, number: int) -> None:
    faulty = Faulty(world, number, HARMLESS[name])
    with serve(faulty.answer) as server:
        site = Site.make(tmp_path, (ARXIV + DAILY + LAB).replace("{url}", server.url))
        site.limits = Limits(tries=2)
        outcomes = site.run(MONDAY)
        if name == "encoding":
            assert not any(outcome.faults for outcome in outcomes)
            assert any("not UTF-8" in fault.message for fault in site.warnings)
        elif empty := [outcome for outcome in outcomes if not outcome.read and not outcome.faults]:
            (outcome,) = empty
            assert "status 200: the list is empty; the next run asks again" in outcome.why
            assert outcome.why.startswith(f"{server.url}/")
        faulty.number = -1
        site.run(MONDAY)
        check(site, world)


@pytest.mark.parametrize("name", FATAL)
def test_a_fault_of_a_later_day_empties_nothing(tmp_path: Path, world: World, name: str) -> None:
    """A service that fails every request leaves what there is, and its news come when it is back."""
    down = False

    def answer(asked: Asked) -> Reply:
        good = world.answer(asked)
        return FATAL[name](good, asked) if down else good

    with serve(answer) as server:
        site = Site.make(tmp_path, (ARXIV + DAILY + LAB).replace("{url}", server.url))
        site.limits = Limits(request=0.3 if name == "time-out" else 10, tries=1)
        site.run(MONDAY)
        before = site.snapshot()
        down, world.today = True, days_after(1)
        for papers, start in ((world.arxiv, 31), (world.daily, 41), (world.works, 51)):
            papers += number_papers(start, [2], days_after(1))
        outcomes = site.run(world.today)
        NEVER.set()
        NEVER.clear()
        assert all(outcome.faults for outcome in outcomes)
        assert site.snapshot() == before
        down, world.today = False, days_after(2)
        site.run(world.today)
        check(site, world)
        assert {ident[-5:] for ident in site.editions("topic-")} == {"03-02", "03-03"}


def test_a_page_of_the_last_run_among_new_ones_loses_no_day(tmp_path: Path, world: World) -> None:
    world.arxiv = list(number_papers(1, [4]))
    down = False

    def answer(asked: Asked) -> Reply:
        return Reply(status=503) if down and asked.query.get("start") == "2" else world.answer(asked)

    with serve(answer) as server:
        site = Site.make(tmp_path, ARXIV.replace("{url}", server.url))
        site.limits = Limits(tries=1)
        site.run(MONDAY)
        world.arxiv += [*number_papers(11, [1], days_after(1)), *number_papers(21, [2], days_after(9))]
        down, world.today = True, days_after(9)
        (outcome,) = site.run(world.today)
        assert (outcome.added, len(outcome.faults)) == (2, 1)
        assert str(outcome.faults[0]).endswith(
            "status 503: the service is overloaded or down; its answer of 2026-03-02T06:17+00:00 is used"
        )
        down = False
        (outcome,) = site.run(world.today)
        assert (outcome.added, outcome.faults) == (1, [])
        assert sorted(join(site.editions("topic-").values())) == name_papers(world)["topic"]


class Chance:
    """The services within this process, each request with a fault by chance."""

    def __init__(self, world: World, chance: random.Random, rate: float) -> None:
        self.world, self.chance, self.rate = world, chance, rate
        self.names = [
            *(name for name in FATAL if name not in ("bomb", "time-out", "broken-off")),
            *HARMLESS,
            "time-out",
        ]

    def send(self, url: str, headers: object, seconds: float, transport: object, *, public_only: bool) -> RawAnswer:
        parts = urlsplit(url)
        asked = Asked(parts.path, dict(parse_qsl(parts.query)), {})
        reply = self.world.answer(asked)
        if self.chance.random() < self.rate:
            name = self.chance.choice(self.names)
            if name == "time-out":
                raise TransportError("no whole answer within 30 s")
            reply = {**FATAL, **HARMLESS}[name](reply, asked)
        return RawAnswer(reply.status, {key.lower(): value for key, value in reply.headers.items()}, reply.body, False)


def run_days(folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    world = World()
    days = chance.randint(3, 9)
    for papers, start in ((world.arxiv, 100), (world.daily, 300), (world.works, 500)):
        counts = [
            chance.randint(0, 3) if papers is world.works or days_after(n).weekday() < 5 else 0 for n in range(days)
        ]
        papers += number_papers(start, counts)
    services = Chance(world, chance, chance.choice((0.1, 0.4, 0.8)))
    monkeypatch.setattr("paperbound.sources.client.send", services.send)
    site = Site.make(folder, (ARXIV + DAILY + LAB).replace("{url}", "http://127.0.0.1:9"))
    site.limits = Limits(tries=chance.randint(1, 3))
    for number in range(days):
        world.today = days_after(number)
        for _ in range(chance.choice((0, 1, 1, 2))):  # a day without a run, or with two
            site.run(world.today)
            for series, papers in name_papers(world).items():
                found = join(site.editions(f"{series}-").values())
                assert len(found) == len(set(found)), seed
                assert set(found) <= set(papers), seed
    services.rate = 0
    world.today = days_after(days)
    if not site.snapshot().keys() & {".collected/topic", ".collected/trending"}:
        return  # a source that never had a run begins with its present day
    site.run(world.today)
    begun = {name: (site.content / ".collected" / name) for name in ("topic", "trending", "lab")}
    starts = {name: file.read_text("utf-8")[:10] for name, file in begun.items()}
    by_day = {"topic": world.arxiv, "trending": world.daily}
    for series, papers in name_papers(world).items():
        expected = (
            sorted(one.arxiv for one in by_day[series] if one.day.isoformat() >= starts[series])
            if series in by_day
            else papers
        )
        assert sorted(join(site.editions(f"{series}-").values())) == expected, (seed, series)
    site.records()


def test_some_sequences_of_days_with_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    for seed in range(8):
        run_days(tmp_path / str(seed), monkeypatch, seed)


@pytest.mark.slow
def test_sequences_of_days_with_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """The union of all editions is the services' announcements, each paper once."""
    for seed in range(500 if WHOLE else 40):
        run_days(tmp_path / str(seed), monkeypatch, seed)


def test_an_empty_page_with_a_number_of_results_is_a_fault(tmp_path: Path, world: World) -> None:
    """arXiv's API at times gives a page without entries, and says how many there are."""
    replies = []

    def answer(asked: Asked) -> Reply:
        good = world.answer(asked)
        replies.append(asked)
        body = re.sub(rb"<entry>.*</entry>", b"", good.body, flags=re.DOTALL)
        return replace(good, body=body) if len(replies) < 3 else good

    with serve(answer) as server:
        site = Site.make(tmp_path, ARXIV.replace("{url}", server.url))
        site.limits = Limits(tries=2)
        (outcome,) = site.run(MONDAY)
        assert "status 200: the page has 0 of 2 papers; tried 2 times" in str(outcome.faults[0])
        (outcome,) = site.run(MONDAY)
        assert (outcome.added, outcome.faults) == (3, [])


def test_a_list_that_is_empty_by_mistake_is_read_again(tmp_path: Path, world: World) -> None:
    """The list of Monday is empty until Wednesday, after that of Tuesday had papers."""
    world.daily = list(number_papers(1, [2, 2, 2]))

    def answer(asked: Asked) -> Reply:
        hidden = asked.query["date"] == "2026-03-02" and world.today < days_after(2)
        return empty_list(Reply(), asked) if hidden else world.answer(asked)

    with serve(answer) as server:
        site = Site.make(tmp_path, DAILY.replace("{url}", server.url))
        for number in range(3):
            world.today = days_after(number)
            site.run(world.today)
        assert [len(papers) for papers in site.editions().values()] == [2, 4]


def test_a_lost_state_doubles_nothing(tmp_path: Path, world: World) -> None:
    with serve(world.answer) as server:
        site = Site.make(tmp_path, LAB.replace("{url}", server.url))
        site.run(MONDAY)
        before = site.snapshot()
        shutil.rmtree(site.content / ".collected")
        (outcome,) = site.run(days_after(1))
        assert (outcome.added, outcome.editions) == (0, [])
        after = site.snapshot()
        assert {name: data for name, data in after.items() if ".collected" not in name} == {
            name: data for name, data in before.items() if ".collected" not in name
        }
