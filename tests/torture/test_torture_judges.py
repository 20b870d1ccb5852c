"""Each judge of the torture first catches a planted fault of its kind."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from mail_server import MailServer

from damages import try_clock, try_cluster, try_damage, try_two
from faults import KILL, WORKER, Fault, run_once
from paperbound.builder import commit, output, pipeline, stat_index
from paperbound.commands.papers import import_papers
from paperbound.mail import delivery_log
from paperbound.storage import cache_files
from paperbound.storage.platform import CAN_FORK
from paperbound.storage.sources import FileStat
from scenarios import BASE, Scenario, check_end, list_scenarios, make_mailing, open_workshop, try_fault
from wholeness import check_content, check_same, check_site, check_versions, list_links

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="faults are put into forked processes")
PAGE = b"<!doctype html><html><body><a href='/some/base/b/'>b</a><img src='x.png'></body></html>"
Make = Callable[[str], Scenario]


@pytest.fixture(scope="module")
def workshop() -> Iterator[Path]:
    with open_workshop() as folder:
        yield folder


@pytest.fixture(scope="module")
def make(workshop: Path) -> Make:
    found: dict[str, Scenario] = {}

    def find(name: str) -> Scenario:
        if name not in found:
            found[name] = next(one for one in list_scenarios() if one.name == name).make(workshop)
        return found[name]

    return find


def catch(scenario: Scenario, kind: str, steps: Iterable[int], root: Path) -> str:
    """What the judges say of the first fault of a kind that they catch."""
    for step in steps:
        if wrong := try_fault(scenario, Fault(kind, step), root):
            return "\n".join(wrong)
    return ""


def copy_over(self: Path, target: Path) -> None:
    target.write_bytes(self.read_bytes())
    self.unlink()


def test_a_dead_link_and_files_that_do_not_parse_are_caught() -> None:
    tree = {"a/index.html": PAGE, "a/x.png": b"", "b/index.html": PAGE.replace(b"x.png", b"/some/base/a/x.png")}
    assert list(check_site(tree, BASE)) == []
    assert set(list_links("a/index.html", PAGE, BASE)) == {"b/index.html", "a/x.png"}
    assert list(check_site({**tree, "c.html": PAGE}, BASE)) == ["c.html leads to x.png, which is not there"]
    for path, data in (("c.html", PAGE[:40]), ("c.xml", b"<a><b></a>"), ("c.json", b"{"), ("c.html", b"\xff</html>")):
        assert "does not parse" in next(check_site({**tree, path: data}, BASE))


def test_half_a_file_and_files_of_no_version_are_caught() -> None:
    old, new = {"a": b"12", "b": b"3"}, {"a": b"45"}
    assert list(check_versions({"a": b"45", "b": b"3"}, old, new)) == []
    assert "a is that of no version" in next(check_versions({"a": b"4"}, old, new))
    assert "c is that of no version" in next(check_versions({"c": b""}, old, new))
    assert list(check_same(old, new)) == ["a has other bytes", "b is left over"]
    assert list(check_same(new, old)) == ["a has other bytes", "b is missing"]


def test_half_a_record_is_caught(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: T\n", "utf-8")
    (content / "papers" / "a.yaml").write_text("title: A\nauthors: [X]\n", "utf-8")
    assert list(check_content(content)) == []
    (content / "papers" / "a.yaml").write_text("title: A\nauthors: [X", "utf-8")
    assert "cannot be built" in next(check_content(content))


def test_crashes_hangs_and_signals_are_caught(tmp_path: Path) -> None:
    def crash() -> int:
        raise KeyError("planted")

    ended = run_once(crash, tmp_path)
    assert "KeyError" in next(check_end(ended.code, ended.said, Fault("EIO", 1)))
    assert next(check_end(None, "", Fault())) == "it hung"
    assert "signal 9" in next(check_end(-9, "", Fault("EIO", 1)))
    assert list(check_end(-9, "", Fault(KILL, 1))) == []


def test_a_write_is_cut_in_half_and_refused(tmp_path: Path) -> None:
    def write() -> int:
        (tmp_path / "file").write_bytes(b"12345678")
        return 0

    whole = run_once(write, tmp_path)
    assert (whole.code, whole.steps) == (0, 2)
    assert run_once(write, tmp_path, Fault(KILL, 2)).code == -9
    assert (tmp_path / "file").read_bytes() == b"1234"
    full = run_once(write, tmp_path, Fault("ENOSPC", 1))
    assert "No space left" in full.said
    assert full.fired


def test_messages_that_are_not_renamed_in_are_caught(
    make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = make("digest")
    monkeypatch.setattr(Path, "replace", copy_over)
    assert "is that of no version" in catch(scenario, KILL, range(1, 9), workshop / "half")


def test_records_that_are_written_in_place_are_caught(
    make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stage(content: Path, _number: int, path: Path, data: Any) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data.read_bytes())

    scenario = make("import")
    monkeypatch.setattr(import_papers, "stage_file", stage)
    monkeypatch.setattr(import_papers, "commit_changes", lambda _content, _moves: None)
    said = catch(scenario, KILL, range(1, 20), workshop / "in-place")
    assert "between: " in said
    assert "is that of no version" in said


def test_moves_in_another_order_leave_dead_links(make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make("build")
    monkeypatch.setattr(commit, "_is_there", lambda _output, path, replaced: path not in replaced)
    steps = range(scenario.steps * 5 // 9, scenario.steps * 8 // 9, 15)
    assert "leads to papers/a-newcomer/index.html, which is not there" in catch(
        scenario, KILL, steps, workshop / "order"
    )


def test_a_page_that_is_left_over_is_caught(make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make("build")
    monkeypatch.setattr(output.Output, "_remove", lambda _self, _path: None)
    said = catch(scenario, KILL, [scenario.steps], workshop / "orphan")
    assert "after: papers/a-paper-in-markdown/index.html is left over" in said


def test_a_killed_worker_that_nobody_expects_is_caught(
    make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BrokenExecutor", KeyboardInterrupt)
    assert "BrokenProcessPool" in catch(make("build-workers"), WORKER, [100], workshop / "worker")


def test_a_store_that_is_believed_is_caught(make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make("build")
    monkeypatch.setattr(
        cache_files, "read_cache_file", lambda file, *_: memoryview(file.read_bytes())[128:] if file.is_file() else None
    )
    assert try_damage(scenario, "truncated", -1, workshop / "believed", random.Random(1))


def test_an_edit_that_is_not_seen_is_caught(make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make("build")
    monkeypatch.setattr(FileStat, "of", classmethod(lambda cls, stat: cls(stat.st_size, stat.st_mtime_ns, 0)))
    monkeypatch.setattr(stat_index, "digest_sources", lambda _options: "the same")
    monkeypatch.setattr(pipeline, "digest_sources", lambda _options: "the same")
    assert try_clock(scenario, "an edit in the same second", workshop / "unseen")


def test_two_builds_without_a_lock_are_caught(make: Make, workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make("build")
    monkeypatch.setattr(pipeline, "hold_lock", lambda _file: nullcontext())
    assert any(try_two(scenario, "build and clean build", workshop / f"two-{turn}", 0.01 * turn) for turn in range(8))


def test_a_message_that_is_sent_twice_is_caught(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with MailServer(None, "none", auth=False) as server:
        scenario = make_mailing(server).make(workshop)
        write = delivery_log.DeliveryLog.write
        monkeypatch.setattr(
            delivery_log.DeliveryLog,
            "write",
            lambda self, what, *rest, **more: what == "begun" or write(self, what, *rest, **more),
        )
        said = catch(scenario, KILL, range(1, 8), workshop / "twice")
    assert "got 2 messages" in said


# The program with a cluster whose faults are not translated.
_PLANTED = """
import sys
from paperbound.builder import cluster
from paperbound.cli import main
def fail(self, address):
    raise KeyError("planted")
if __name__ == "__main__":
    cluster.ClusterExecutor.__init__ = fail
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_a_dead_cluster_that_nobody_expects_is_caught(make: Make, workshop: Path) -> None:
    scenario = make("build")
    assert try_cluster(scenario, "scheduler", workshop / "dead", 0) == []
    said = "\n".join(try_cluster(scenario, "scheduler", workshop / "planted", 0, ("-c", _PLANTED)))
    assert "end: an exception that no code catches" in said
    assert "KeyError: 'planted'" in said
