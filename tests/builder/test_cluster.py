"""A cluster of real processes: the same bytes as a local build, whatever becomes of a worker."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from paperbound.builder import cluster as cluster_module
from paperbound.builder.cluster import ClusterExecutor, _check_code
from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.builder.worker import Task
from paperbound.cli import main
from paperbound.model.errors import InputError
from surroundings import WHOLE, Build, read_tree

SITES = Path(__file__).parent.parent / "sites"
# Of two blocks of the index, or of three.
COUNT = 1_100 if WHOLE else 560


@contextlib.contextmanager
def start_cluster(folder: Path) -> Iterator[LocalCluster]:
    # Workers in another folder: all that they need must be sent to them.
    with (
        contextlib.chdir("/"),
        LocalCluster(
            n_workers=2,
            threads_per_worker=2,
            processes=True,
            dashboard_address="127.0.0.1:0",
            local_directory=str(folder),
        ) as cluster,
    ):
        yield cluster


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A cluster for all tests that kill none of its workers."""
    with start_cluster(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def local_site(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that a local build makes of the same papers."""
    site = tmp_path_factory.mktemp("local") / "site"
    build_site(Options(content, site), InlineExecutor())
    return site


def address_of(cluster: LocalCluster) -> str:
    return str(cluster.scheduler_address).removeprefix("tcp://")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of several blocks of the index and many parts of the plan."""
    folder = tmp_path_factory.mktemp("content")
    (folder / "papers").mkdir()
    (folder / "static").mkdir()
    (folder / "static" / "CNAME").write_text("papers.example.org\n", "utf-8")
    (folder / "site.yaml").write_text("title: Papers\n", "utf-8")
    words = "reading lists shelves bound catalogue sorted search graph attention library index order".split()
    with (folder / "papers" / "papers.jsonl").open("w", encoding="utf-8") as file:
        for number in range(COUNT):
            picked = [words[(number * step) % len(words)] for step in (1, 5, 7, 11)]
            row = {
                "id": f"p{number}",
                "title": f"{' '.join(picked)} {number}",
                "authors": [f"Author {'abcdefghijklmnop'[number % 16]}. {picked[1].title()}"],
                "date": str(2000 + number % 20),
                "venue": picked[0],
                "abstract": " ".join(picked * 5),
            }
            file.write(json.dumps(row) + "\n")
    return folder


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_and_rebuilds(
    cluster: LocalCluster, tmp_path: Path, content: Path, local_site: Path, build: Build
) -> None:
    changing, site = Path(shutil.copytree(content, tmp_path / "content")), tmp_path / "far" / "site"
    with ClusterExecutor(address_of(cluster)) as executor:
        result = build_site(Options(changing, site), executor)
        assert result.papers == COUNT
        assert read_tree(site) == read_tree(local_site)
        papers = changing / "papers" / "papers.jsonl"
        papers.write_text(papers.read_text("utf-8").replace("shelves 17", "shelves seventeen", 1), "utf-8")
        assert build_site(Options(changing, site), executor).written
    build(changing, tmp_path / "local" / "site")
    assert read_tree(site) == read_tree(tmp_path / "local" / "site")


@pytest.mark.slow
@pytest.mark.parametrize("all_of_them", [False, True])
def test_a_killed_worker_costs_time_and_nothing_else(
    tmp_path: Path, content: Path, local_site: Path, all_of_them: bool
) -> None:
    killed: list[int] = []

    def kill(what: str, count: int = 0, total: int = 0) -> None:
        if what == "rendering" and 3 * count > total and not killed:
            victims = [nanny.pid for nanny in cluster.workers.values()]
            for pid in victims if all_of_them else victims[:1]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    with start_cluster(tmp_path / "dask") as cluster, ClusterExecutor(address_of(cluster)) as executor:
        build_site(Options(content, tmp_path / "far" / "site"), executor, kill)
    assert killed
    assert read_tree(tmp_path / "far" / "site") == read_tree(local_site)


def test_workers_get_no_folder_of_this_machine(
    cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Task] = []
    with ClusterExecutor(address_of(cluster)) as executor:
        submit = executor._client.submit

        def spy(fn: object, task: Task, *rest: object, **named: object) -> object:
            sent.append(task)
            return submit(fn, task, *rest, **named)

        monkeypatch.setattr(executor._client, "submit", spy)
        build_site(Options(SITES / "features", tmp_path / "far" / "site"), executor)
    assert len(sent) > 15
    assert not any(str(tmp_path).encode() in pickle.dumps(task) for task in sent)
    kinds = {task.shard.kind if task.shard else type(task.job and task.job.payload).__name__ for task in sent}
    assert {"papers", "list authors", "feeds", "search block", "WordsWork"} <= kinds
    build_site(Options(SITES / "features", tmp_path / "local" / "site"), InlineExecutor())
    assert read_tree(tmp_path / "far" / "site") == read_tree(tmp_path / "local" / "site")


def test_the_command_takes_a_cluster(cluster: LocalCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["build", "--content", str(SITES / "features"), "--output", str(tmp_path / "site")]
    assert main([*arguments, "--executor", f"dask://{address_of(cluster)}"]) == 0
    assert "8 papers" in capsys.readouterr().out


def test_a_missing_cluster_is_reported_and_nothing_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", "1s")
    arguments = ["build", "--content", str(SITES / "minimal"), "--output", str(tmp_path / "site")]
    assert main([*arguments, "--executor", "dask://127.0.0.1:1"]) == 1
    assert "no scheduler answers there" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
    with pytest.raises(SystemExit):
        main([*arguments, "--executor", "ray://127.0.0.1:1"])


def test_a_cluster_of_other_code_or_without_workers_is_refused() -> None:
    with pytest.raises(InputError, match="no workers"):
        _check_code({}, "host:1")
    with pytest.raises(InputError, match="another Paperbound"):
        _check_code({"tcp://other:2": "0" * 32}, "host:1")
