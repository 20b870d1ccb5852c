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


# Rows that fail when they are loaded, or only where they are used.
_BROKEN = {
    "exits": ("importers", r'raise SystemExit("no licence\n\x1b[31m")'),
    "raises": (
        "importers",
        """from paperbound.importers.importer import Importer, Reader
def read(source, context):
    raise RuntimeError("no reading")
    yield
READER = Reader(read)
ROW = Importer("raises", (".odd",), "raises", package="broken")""",
    ),
    "half": (
        "exports",
        """from paperbound.formats import Export
def write(record, url):
    raise KeyError("no writing")
ROW = Export("Half", write)""",
    ),
    "crash": (
        "page_kinds",
        """from paperbound.library.page_kind import PageKind
def plan(site, shard):
    raise ValueError("no plan")
    yield
ROW = PageKind("crash", plan, lambda site, shard: ())""",
    ),
    "payload": (
        "page_kinds",
        """from paperbound.library.page_kind import PageKind
from paperbound.model.build import Job
class Work:
    def render(self, paths, theme):
        raise OSError("no rendering")
        yield
def plan(site, shard):
    yield Job("x", Work(), "x", ("x.txt",))
ROW = PageKind("payload", plan, lambda site, shard: ())""",
    ),
    "silent": (
        "sources",
        """from paperbound.sources.source import SourceKind
def read(source, window, reading):
    raise ZeroDivisionError("no answer")
    yield
ROW = SourceKind("silent", read, {})""",
    ),
    "gone": ("themes", 'ROW = "/no/such/folder"'),
}


def test_a_plugin_that_fails_where_it_is_used_is_named_and_takes_nothing_down(tmp_path: Path) -> None:
    package, info = tmp_path / "lib" / "broken", tmp_path / "lib" / "broken-1.0.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n", "utf-8")
    groups = sorted({group for group, _ in _BROKEN.values()})
    points = {one: [f"{name} = broken.{name}:ROW" for name, row in _BROKEN.items() if row[0] == one] for one in groups}
    lines = (line for group, rows in points.items() for line in (f"[paperbound.{group}]", *rows))
    (info / "entry_points.txt").write_text("\n".join(lines), "utf-8")
    (package / "__init__.py").touch()
    for name, (_, code) in _BROKEN.items():
        (package / f"{name}.py").write_text(code, "utf-8")
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: Mine\nexports: all\n", "utf-8")
    (content / "papers" / "list.yaml").write_text("- {id: a, title: First}\n- {id: b, title: Second}\n", "utf-8")
    (content / "papers" / "c.odd").write_text("x", "utf-8")
    (content / "sources.yaml").write_text("- {id: mine, kind: silent}\n", "utf-8")
    failed = {"exits", "raises", "half", "crash", "payload", "gone"}
    for title in ("Third", "Fourth"):  # the warnings stay as long as the faults do
        (content / "papers" / "more.yaml").write_text(f"title: {title}\n", "utf-8")
        done = run(tmp_path / "lib", tmp_path, "build", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        said = [one for one in json.loads(done.stdout)["warnings"] if "the plugin" in one["message"]]
        assert {one["message"].split("'")[1] for one in said} == failed
        assert {one["file"] for one in said} == {"broken 1.0", "content/papers/c.odd"}
        assert {one["remedy"] for one in said} == {"Update or remove the package broken."}
    assert (tmp_path / "site" / "papers" / "papers.bib").is_file()
    assert not (tmp_path / "site" / "x.txt").exists()
    done = run(tmp_path / "lib", tmp_path, "doctor")
    # What strangers wrote moves no cursor.
    assert r"SystemExit: no licence\n\x1b[31m" in done.stdout
    done = run(tmp_path / "lib", tmp_path, "export", "-", "--format", "half")
    assert done.returncode == 1
    assert "the plugin 'half' of paperbound.exports failed: KeyError: 'no writing'" in done.stderr
    done = run(tmp_path / "lib", tmp_path, "collect", "--date", "2026-03-02")
    assert done.returncode == 3
    assert "the plugin 'silent' of paperbound.sources failed: ZeroDivisionError: no answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_of_plugins_name_package_and_registry() -> None:
    plugins = [
        Plugin(GROUPS[0], "one", "some-package", "2.0", fault="ImportError: no module"),
        Plugin(GROUPS[0], "two", "other", "1.0", object()),
    ]
    message = "the plugin 'one' of paperbound.importers is left out: ImportError: no module"
    remedy = "Update or remove the package some-package."
    assert list(describe_faults(plugins)) == [Fault("some-package 2.0", 0, "", message, remedy, warning=True)]
