"""Plugins: a package that is installed for real adds a row to each registry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from paperbound.model.errors import Fault
from paperbound.storage.plugins import GROUPS, Plugin, describe_faults
from surroundings import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the example package is installed into."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    command = (
        sys.executable,
        "-m",
        "pip",
        "install",
        *options,
        "--target",
        str(folder),
        str(ROOT / "tests" / "plugin"),
    )
    subprocess.run(command, check=True, timeout=300)
    return folder


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(installed), str(ROOT / "generator")))
    command = (sys.executable, "-m", "paperbound", *words)
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def test_a_package_adds_a_row_of_each_registry(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text("title: Mine\ntheme: example\nexports: all\n", "utf-8")
    (tmp_path / "content" / "papers" / "rows.psv").write_text("title|authors\nA piped paper|Ada Kern\n", "utf-8")
    (tmp_path / "content" / "sources.yaml").write_text("- {id: mine, kind: fixed}\n", "utf-8")
    done = run(installed, tmp_path, "collect", "--date", "2026-03-02")
    assert done.returncode == 0, done.stderr
    done = run(installed, tmp_path, "build", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    # The broken plugin is named, and takes nothing down.
    said = [one for one in json.loads(done.stdout)["warnings"] if "plugin" in one["message"]]
    assert [one["file"] for one in said] == ["paperbound-example 1.0"]
    assert said[0]["message"].startswith("the plugin 'broken' of paperbound.importers is left out: ModuleNotFoundError")
    done = run(installed, tmp_path, "doctor", "--json")
    found = {one["name"]: one["state"] for one in json.loads(done.stdout)["findings"]}
    names = ("piped-rows", "txt", "fixed", "colophon", "example")
    assert {found[f"plugin {name}"] for name in names} == {"ok"}
    assert found["plugin broken"] == "absent"
    site = tmp_path / "site"
    assert (site / "papers" / "a-piped-paper" / "index.html").is_file()
    assert (site / "papers" / "a-fixed-paper" / "index.html").is_file()
    assert (site / "colophon.txt").read_text("utf-8") == "2 papers\n"
    assert "A piped paper http" in (site / "papers" / "papers.txt").read_text("utf-8")
    assert "The example was here." in (site / "404.html").read_text("utf-8")


def test_faults_of_plugins_name_package_and_registry() -> None:
    plugins = [
        Plugin(GROUPS[0], "one", "some-package", "2.0", fault="ImportError: no module"),
        Plugin(GROUPS[0], "two", "other", "1.0", object()),
    ]
    message = "the plugin 'one' of paperbound.importers is left out: ImportError: no module"
    remedy = "Update or remove the package some-package."
    assert list(describe_faults(plugins)) == [Fault("some-package 2.0", 0, "", message, remedy, warning=True)]
