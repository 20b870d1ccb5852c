"""Crashes of `collect`: the content folder can be read at any moment, and the next run completes it."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from collecting import Site, join
from services import MONDAY, World, days_after, number_papers
from test_collect import ARXIV, DAILY, LAB
from web_server import serve

from paperbound.model.errors import InputError
from paperbound.sources.changes import finish_changes, write_changes
from surroundings import WHOLE

SOURCES = ARXIV + DAILY + LAB


class Killed(BaseException):
    """The end of a process, which no code catches."""


def make_world(count: int) -> World:
    papers = (list(number_papers(start, [count])) for start in (1, 1 + count // 2, 10_001))
    return World(MONDAY, *papers)


def check(site: Site, world: World) -> None:
    papers = {one.arxiv for one in (*world.arxiv, *world.daily)} | {one.doi for one in world.works}
    assert sorted(site.records()) == sorted(papers)
    for series, listed in (("topic", world.arxiv), ("trending", world.daily)):
        assert sorted(join(site.editions(f"{series}-").values())) == sorted(one.arxiv for one in listed)
    assert not (site.content / ".collecting").exists()


@pytest.mark.parametrize("every", [pytest.param(1 if WHOLE else 2, marks=pytest.mark.slow), 5])
def test_an_end_at_any_step_of_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    world = make_world(2)
    steps = 0
    real = {name: getattr(Path, name) for name in ("replace", "write_text", "write_bytes", "unlink", "mkdir")}

    def count(name: str):
        def step(self: Path, *args, **more):
            nonlocal steps
            steps -= ".paperbound" not in self.parts
            if not steps:
                raise Killed
            return real[name](self, *args, **more)

        return step

    with serve(world.answer) as server:
        for number in range(1, 200, every):
            site = Site.make(tmp_path / str(number), SOURCES.replace("{url}", server.url))
            steps = number
            with monkeypatch.context() as patched:
                for name in real:
                    patched.setattr(Path, name, count(name))
                with suppress(Killed):
                    site.run(MONDAY)
            killed = steps <= 0
            site.records()
            site.run(MONDAY)
            check(site, world)
            if not killed:
                break
    assert 40 < number < 199


def test_an_edit_after_a_crash_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run ends within its last step; an edition is edited before the next run."""
    world = make_world(2)
    real = Path.replace
    moves = 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += ".collecting" in self.parts
        if moves == 4:  # the journal and two records
            raise Killed
        return real(self, target)

    with serve(world.answer) as server:
        site = Site.make(tmp_path, DAILY.replace("{url}", server.url))
        site.run(days_after(-1))
        edition = site.content / "collections" / "trending-2026-03-02.yaml"
        monkeypatch.setattr(Path, "replace", replace)
        with pytest.raises(Killed):
            site.run(MONDAY)
        monkeypatch.setattr(Path, "replace", real)
        assert (site.content / ".collecting" / "journal").is_file()
        assert not edition.exists()
        edition.parent.mkdir()
        edition.write_text("title: By hand\ndate: 2026-03-02\npapers: []\n", "utf-8")
        site.run(MONDAY)
        assert "title: By hand" in edition.read_text("utf-8")
        assert sorted(site.editions()["trending-2026-03-02"]) == sorted(one.arxiv for one in world.daily)
        assert not (site.content / ".collecting").exists()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes are forked")
def test_a_kill_at_any_moment(tmp_path: Path) -> None:
    """SIGKILL at random moments, from the first request to the last file."""
    world, chance = make_world(60), random.Random(22)

    def start(site: Site) -> int:
        child = os.fork()
        if not child:
            site.run(MONDAY)
            os._exit(0)
        return child

    with serve(world.answer) as server:
        site = Site.make(tmp_path / "whole", SOURCES.replace("{url}", server.url))
        begin = time.perf_counter()
        os.waitpid(start(site), 0)
        seconds = time.perf_counter() - begin
        partial = 0
        for number in range(150):
            # On a busy machine each may miss the files: then there are more kills.
            if number >= (50 if WHOLE else 15) and partial:
                break
            site = Site.make(tmp_path / str(number), SOURCES.replace("{url}", server.url))
            child = start(site)
            time.sleep(chance.random() * seconds)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            partial += 0 < len(site.records()) < 160
            world.today = days_after(number % 2)
            site.run(MONDAY)
            check(site, world)
    assert partial, "no kill fell between the first file and the last"


@pytest.mark.parametrize(
    "journal",
    [
        b'[["0", "../outside.yaml", ""]]',
        b'[["0", "papers/../../outside.yaml", ""]]',
        b'[["0", "link/outside.yaml", ""]]',
        b'[["../site.yaml", "papers/moved.yaml", ""]]',
        b'[["0", "papers/a.yaml"',
        b'{"0": 1}',
        b"[[0, 1, 2]]",
        b"7",
        b"[" * 100_000,
        b"\xff",
        b"",
    ],
    ids=repr,
)
def test_a_journal_that_no_run_wrote_moves_nothing(tmp_path: Path, journal: bytes) -> None:
    """A content folder may be a stranger's pull request."""
    content = tmp_path / "content"
    (content / ".collecting").mkdir(parents=True)
    (content / "site.yaml").write_text("title: T\n", "utf-8")
    (content / "link").symlink_to(tmp_path)
    (content / ".collecting" / "0").write_text("planted", "utf-8")
    (content / ".collecting" / "journal").write_bytes(journal)
    assert not finish_changes(content)
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and file.read_bytes() == b"planted"]
    assert (content / "site.yaml").is_file()
    assert not (content / ".collecting").exists()


def test_a_link_out_of_the_folder_is_neither_followed_nor_written_through(tmp_path: Path) -> None:
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.mkdir()
    (outside / "journal").write_text("mine", "utf-8")
    (content / ".collecting").symlink_to(outside)
    assert not finish_changes(content)
    assert (outside / "journal").read_text("utf-8") == "mine"
    (content / "papers").symlink_to(outside)
    with pytest.raises(InputError, match="a link leads out"):
        write_changes(content, {content / "papers" / "a.yaml": "title: A\n"})
    assert [file.name for file in outside.iterdir()] == ["journal"]
