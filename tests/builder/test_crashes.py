"""A kill at any moment leaves the old site, the new one, or a journal that the next run completes."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paperbound.builder.output import Journal, read_journal, write_journal
from paperbound.model.errors import InputError
from surroundings import WHOLE, Build, read_tree

SITES = Path(__file__).parent.parent / "sites"


@pytest.fixture
def features(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "features", tmp_path / "features"))


def change(content: Path) -> None:
    """Changes that write many files and delete some."""
    record = content / "papers" / "math.yaml"
    record.write_text(record.read_text("utf-8").replace("A first paragraph", "Another first paragraph"), "utf-8")
    (content / "papers" / "more" / "note.md").unlink()
    collection = content / "collections" / "spring-2024.yaml"
    collection.write_text(collection.read_text("utf-8").replace(", note]", "]"), "utf-8")


# Builds, and dies as if killed at the renaming of a file or folder after a number of them.
DYING = """
import os, sys
from pathlib import Path
from paperbound.builder import output
from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site

content, site, clean, left = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "clean", [int(sys.argv[4])]

class Dying:
    def __getattr__(self, name):
        if name in ("replace", "rename"):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
        return getattr(os, name)

output.os = Dying()
build_site(Options(content, site, clean=clean), InlineExecutor())
"""


def die_in_build(content: Path, site: Path, after: int, *, clean: bool = False) -> int:
    """Builds in a process that dies after a number of renamings; returns its exit code."""
    arguments = [sys.executable, "-c", DYING, str(content), str(site), "clean" if clean else "", str(after)]
    return subprocess.run(arguments, check=False).returncode


@pytest.mark.parametrize("after", [1, *(pytest.param(number, marks=pytest.mark.slow) for number in (0, 5, 20, 40))])
def test_an_interrupted_commit_is_finished_before_anything_else(
    features: Path, tmp_path: Path, build: Build, after: int
) -> None:
    site = tmp_path / "site"
    build(features, site)
    before = read_tree(site)
    change(features)
    build(features, tmp_path / "clean")
    wanted = read_tree(tmp_path / "clean")
    assert die_in_build(features, site, after) == 9
    mixed = read_tree(site)
    assert all(mixed[path] in (before.get(path), wanted.get(path)) for path in mixed)
    # Even where the next run cannot build anything.
    (features / "papers" / "bad.yaml").write_text("titel: X\n", "utf-8")
    with pytest.raises(InputError):
        build(features, site)
    assert read_tree(site) == wanted
    (features / "papers" / "bad.yaml").unlink()
    result = build(features, site)
    assert (result.written, result.removed) == ((), ())


@pytest.mark.parametrize("after", [pytest.param(0, marks=pytest.mark.slow), 1])
def test_a_whole_site_is_swapped_or_waits(features: Path, tmp_path: Path, build: Build, after: int) -> None:
    site = tmp_path / "site"
    build(features, site)
    change(features)
    build(features, tmp_path / "clean")
    assert die_in_build(features, site, after, clean=True) == 9
    build(features, site)
    assert read_tree(site) == read_tree(tmp_path / "clean")


def test_a_journal_that_cannot_be_trusted_moves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    write_journal(file, Journal(("a/index.html",), ("b",)))
    assert read_journal(file) == Journal(("a/index.html",), ("b",))
    file.write_bytes(file.read_bytes().replace(b"a/index", b"../index"))
    assert read_journal(file) is None
    write_journal(file, Journal(("../outside",)))
    assert read_journal(file) is None
    file.write_bytes(b"")
    assert read_journal(file) is None


@pytest.mark.parametrize(("seed", "turns"), [(5, 3), pytest.param(6, 12 if WHOLE else 6, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_cuts_no_page(features: Path, tmp_path: Path, build: Build, seed: int, turns: int) -> None:
    site = tmp_path / "site"
    build(features, site)
    before = read_tree(site)
    change(features)
    start = time.monotonic()
    build(features, tmp_path / "clean")
    wanted = read_tree(tmp_path / "clean")
    command = [sys.executable, "-m", "paperbound", "build", "--quiet", "--content", str(features), "--output"]
    chance = random.Random(seed)
    length = time.monotonic() - start + 0.4  # and the start of Python
    saved = tmp_path / "saved"
    shutil.copytree(site, saved / "site")
    shutil.copytree(tmp_path / ".paperbound", saved / ".paperbound")
    for turn in range(turns):
        place = tmp_path / f"turn-{turn}"
        shutil.copytree(saved, place)
        with subprocess.Popen([*command, str(place / "site")], stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0, length))
            process.send_signal(signal.SIGKILL)
        mixed = read_tree(place / "site")
        assert all(mixed[path] in (before.get(path), wanted.get(path)) for path in mixed)
        build(features, place / "site")
        assert read_tree(place / "site") == wanted
