"""The main path without the system calls that only some systems have: the same site, by spawned workers, too."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from surroundings import Build, read_tree

SITES = Path(__file__).parent.parent / "sites"
# Takes away what Windows, or macOS, lacks, before anything of Paperbound is imported; spawned workers run it again.
BOOTSTRAP = """
import os, signal, sys
sys.modules["fcntl"] = None
for name in ("fork", "sched_getaffinity", "O_DIRECTORY", "O_CLOEXEC", "nice"):
    if hasattr(os, name):
        delattr(os, name)
os.process_cpu_count = os.cpu_count  # of Python 3.13, which calls sched_getaffinity
os.supports_dir_fd = set()
del signal.SIGKILL
if __name__ == "__main__":
    from paperbound.cli import main
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def run(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Runs a command without those system calls; returns its output."""
    script = tmp_path / "bootstrap.py"
    script.write_text(BOOTSTRAP, "utf-8")

    def run_command(*arguments: str) -> str:
        command = [sys.executable, "-W", "ignore", str(script), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_command


@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.slow), "2"])
def test_builds_and_rebuilds_are_the_same(run, tmp_path: Path, build: Build, jobs: str) -> None:  # type: ignore[no-untyped-def]
    content, site = tmp_path / "content", tmp_path / "site"
    shutil.copytree(SITES / "features", content)
    arguments = ("build", "--jobs", jobs, "--content", str(content), "--output", str(site))
    run(*arguments)
    build(content, tmp_path / "expected")
    assert read_tree(site) == read_tree(tmp_path / "expected")
    assert "(0 written" in run(*arguments)
    record = content / "papers" / "math.yaml"
    record.write_text(record.read_text("utf-8").replace("A first paragraph", "Another first paragraph"), "utf-8")
    assert "(0 written" not in run(*arguments)
    build(content, tmp_path / "expected")
    assert read_tree(site) == read_tree(tmp_path / "expected")


def test_a_digest_is_written(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    content = tmp_path / "content"
    shutil.copytree(SITES / "features", content)
    run("digest", "--content", str(content), "--file", str(tmp_path / "edition.eml"))
    assert b"Subject:" in (tmp_path / "edition.eml").read_bytes()


def test_a_preview_starts(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    content, script = tmp_path / "content", tmp_path / "bootstrap.py"
    shutil.copytree(SITES / "minimal", content)
    command = [sys.executable, "-W", "ignore", str(script), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8") as serving:
        assert serving.stderr
        try:
            lines = iter(serving.stderr.readline, "")
            address = next(match[1] for line in lines if (match := re.search(r"serving (http://\S+)", line)))
            with urllib.request.urlopen(address, timeout=60) as page:
                assert b"<h1" in page.read()
        finally:
            serving.terminate()
