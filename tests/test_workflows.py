"""The workflows: judges find no fault, each step is run by a test, and the host of Pages takes the site."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from paperbound.checks.running import check_site
from paperbound.model.errors import Faults
from surroundings import ROOT, check_workflow

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
BASE = "https://someone.example.org/papers/"
# What the steps of the build of pages.yml get of earlier ones.
REPOSITORY = "https://github.example.org/someone/papers"
VALUES = {
    "${{ steps.pages.outputs.base_url }}": BASE.removesuffix("/"),
    "${{ github.server_url }}/${{ github.repository }}": REPOSITORY,
}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_the_judges_find_nothing(file: Path) -> None:
    check_workflow(file)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("        with:\n          persist-credentials: false\n", "", "artipacked"),
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "unpinned-uses"),
        (
            "    permissions:\n      contents: read\n      pages: read\n",
            "    permissions: write-all\n",
            "excessive-permissions",
        ),
        ("make pages", "echo ${{ github.head_ref }}; make pages", "template-injection"),
    ],
)
def test_zizmor_finds_what_is_unsafe(old: str, new: str, finding: str, tmp_path: Path) -> None:
    text = (FOLDER / "pages.yml").read_text("utf-8")
    assert old in text
    file = tmp_path / "pages.yml"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(AssertionError, match=rf"\[{finding}\]"):
        check_workflow(file)


# Steps that the tests of their documents run, with a repository and services.
ELSEWHERE = {
    "collect.yml": ("tests/sources/test_sources_docs.py", {"Collect", "Check", "Commit"}),
    "digest.yml": ("tests/mail/test_digest_docs.py", {"Send", "Keep the delivery log"}),
}
# Jobs that build the site as pages.yml does.
ALIKE = {("collect.yml", "build"), ("digest.yml", "send")}
JOBS = [
    pytest.param(
        file.name,
        name,
        job["steps"],
        id=f"{file.stem}-{name}",
        marks=[pytest.mark.slow] if (file.name, name) in ALIKE else [],
    )
    for file in WORKFLOWS
    for name, job in yaml.safe_load(file.read_text("utf-8"))["jobs"].items()
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What git knows of this repository but its tests, with the environment of this process in .venv."""
    folder = tmp_path / "checkout"
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", ":!tests", ":!benchmarks"]
    for name in subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        if not (ROOT / name).is_file():
            continue  # deleted, and not committed
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    for name in ("ready", "dev"):
        (folder / ".venv" / name).touch()
    # What the setup writes beside the environment: the typeface.
    for path in (ROOT / "themes" / "default" / "assets").glob("literata*"):
        shutil.copy2(path, folder / path.relative_to(ROOT))
    return folder


def run_step(step: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the script of a step as the host does; checks and tests, of which this is one, are only planned."""
    script = re.sub(r"\bPYTHON=python (check|test)$", r"PYTHON=python --dry-run \1", step["run"])
    script = re.sub(r"-m pytest\b", "-m pytest --version", script)
    values = {name: str(value) for name, value in step.get("env", {}).items()}
    for name, value in VALUES.items():
        values = {one: text.replace(name, value) for one, text in values.items()}
    programs = folder.parent / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "gh").write_text('#!/bin/sh\necho gh "$@"\n', "utf-8")  # the host is not there
    (programs / "gh").chmod(0o755)
    path = f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, capture_output=True, text=True,
        check=False, env={**os.environ, **values, "PATH": path, "HOME": str(folder.parent)}, umask=0o077,
    )  # fmt: skip


def check_artifact(site: Path) -> list[str]:
    """The faults of a folder as an artifact of Pages, by the rules of the action that uploads it and of the host."""
    faults, size = [], 0
    for path in sorted(site.rglob("*")):
        state = path.lstat()
        name, mode = path.relative_to(site).as_posix(), stat.S_IMODE(state.st_mode)
        needed = 0o505 if path.is_dir() else 0o404
        size += state.st_size
        if path.is_symlink() or (path.is_file() and state.st_nlink > 1):
            faults.append(f"{name}: a link")
        elif mode & needed != needed:
            faults.append(f"{name}: mode {mode:o}")
    return [*faults, "over 1 GB"] if size > 1_000_000_000 else faults


@pytest.mark.skipif(os.name == "nt", reason="the jobs run on Linux")
@pytest.mark.parametrize(("file", "job", "steps"), JOBS)
def test_the_steps_of_a_job_run(file: str, job: str, steps: list[dict[str, Any]], checkout: Path) -> None:
    test, others = ELSEWHERE.get(file, ("", set()))
    text = (ROOT / test).read_text("utf-8") if test else ""
    static = checkout / "content" / "static"
    static.mkdir(exist_ok=True)
    (static / "own.txt").write_text("A file of a person's own.", "utf-8")
    (static / "own.txt").chmod(0o600)
    for step in steps:
        if step.get("name") in others:
            assert f'"{step["name"]}"' in text
        elif "run" in step:
            done = run_step(step, checkout)
            assert done.returncode == (job == "report"), done.stdout + done.stderr
            if job == "digest":
                assert done.stdout.startswith("gh workflow run digest.yml --repo ")
        elif "upload-pages-artifact" in step["uses"]:
            site = checkout / step["with"]["path"]
            assert check_artifact(site) == []
            assert (site / "own.txt").is_file()
            assert BASE in (site / "sitemap.xml").read_text("utf-8")
            faults = Faults()
            assert check_site(site, "/papers/", faults.report) > 900
            assert faults.errors == []
            documents = (site / "docs" / "contributing" / "index.html").read_text("utf-8")
            assert f'href="{REPOSITORY}/blob/main/CONTRIBUTING.md"' in documents
            assert f"<loc>{BASE}docs/contributing/</loc>" in (site / "docs" / "sitemap.xml").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX")
def test_an_artifact_that_the_host_refuses_is_named(tmp_path: Path) -> None:
    for name in ("a.html", "b.html", "c.html", "d/e.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
        (tmp_path / name).chmod(0o644)
    (tmp_path / "d").chmod(0o755)
    assert check_artifact(tmp_path) == []
    (tmp_path / "a.html").chmod(0o600)
    (tmp_path / "d").chmod(0o744)
    (tmp_path / "f.html").symlink_to("b.html")
    (tmp_path / "g.html").hardlink_to(tmp_path / "c.html")
    os.truncate(tmp_path / "d" / "e.html", 2_000_000_000)
    assert check_artifact(tmp_path) == [
        "a.html: mode 600", "c.html: a link", "d: mode 744", "f.html: a link", "g.html: a link", "over 1 GB",
    ]  # fmt: skip
