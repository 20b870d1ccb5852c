"""Wheel and source archive: the same bytes each time, installed for real by pip, with all that a command needs."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from itertools import chain
from pathlib import Path

import pytest

from paperbound.cli import main
from release.archives import build_archives, check_archives
from surroundings import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CASES = ROOT / "tests" / "importers" / "cases"
# The newest versions may break any day: only the workflow of tests tries them.
EVERYTHING = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
VERSIONS = ["locked", "oldest", *(["newest"] if os.environ.get("PAPERBOUND_NEWEST") else [])]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_archives(ROOT, tmp_path_factory.mktemp("dist"))


def test_wheel_and_source_archive_are_whole_and_the_same_each_time(dist: Path) -> None:
    assert check_archives(ROOT, dist) == []
    (wheel,) = dist.glob("*.whl")
    # A time of the build's own, not of the files.
    assert len({info.date_time for info in zipfile.ZipFile(wheel).infolist()}) == 1


def test_doctor_names_each_missing_library_and_extra(dist: Path, tmp_path: Path) -> None:
    """Installed without any library, the command starts and says which are missing."""
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "alone")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'alone')!r}); from paperbound.cli import main; sys.exit(main())"
    command = [sys.executable, "-I", "-S", "-c", code, "doctor"]
    done = subprocess.run([*command, "--json"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    states = {finding["name"]: finding["state"] for finding in report["findings"]}
    assert report["ok"] is False
    for requirement in PROJECT["dependencies"]:
        assert states[requirement.partition(">=")[0]] == "fault"
    assert states["pillow [cards]"] == states["citeproc-py [csl]"] == states["distributed [distributed]"] == "absent"
    assert states["Python"] == states["disk"] == "ok"
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "FAULT   jinja2             not installed" in shown
    assert " -m pip install 'pillow>=12'" in shown


def test_doctor_finds_nothing_missing_here(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["doctor", "--content", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert printed.endswith("All that is needed is there.\n")
    for name in EVERYTHING:
        assert f" {name.partition('>=')[0]} " in printed


@pytest.mark.parametrize(
    ("file", "command"),
    [("pipx_metadata.json", "pipx inject paperbound"), ("uv-receipt.toml", "uv pip install --python")],
)
def test_doctor_names_the_installer_of_the_environment(
    file: str, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import metadata

    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "2.9" if name == "pillow" else version(name))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (tmp_path / file).touch()
    assert main(["doctor", "--content", str(tmp_path)]) == 0
    assert f"Say: {command}" in capsys.readouterr().out


def test_an_extra_that_the_site_needs_is_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import metadata

    version = metadata.version
    # As where an old Pillow is installed.
    monkeypatch.setattr(metadata, "version", lambda name: "2.9" if name == "pillow" else version(name))
    (tmp_path / "site.yaml").write_text("title: X\n", "utf-8")
    assert main(["doctor", "--content", str(tmp_path)]) == 0
    (tmp_path / "site.yaml").write_text("title: X\ncards: yes\n", "utf-8")
    assert main(["doctor", "--content", str(tmp_path)]) == 1
    assert "2.9, and 12 or later is needed, for build with `cards: yes` or `thumbnails: yes`" in capsys.readouterr().out


def test_help_imports_no_library() -> None:
    code = "import sys; from paperbound.cli import main\ntry: main(['--help'])\nfinally: print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "generator")})  # fmt: skip
    assert "usage: paperbound" in done.stdout, done.stderr
    for heavy in ("yaml", "jinja2", "numpy", "tornado", "asyncio", "multiprocessing", "email", "importlib.metadata"):
        assert f"'{heavy}'" not in done.stdout, heavy


def test_the_dockerfile_copies_all_that_its_build_reads(dist: Path, tmp_path: Path) -> None:
    lines = [line.split() for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines()]
    for *sources, target in (words[1:] for words in lines if words[:1] == ["COPY"]):
        for source in sources:
            copy = tmp_path / target.lstrip("/") / ("" if (ROOT / source).is_dir() else Path(source).name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / source).is_dir() else shutil.copyfile)(ROOT / source, copy)
    built = build_archives(tmp_path / "paperbound", tmp_path / "dist", "-t", "wheel")
    (wheel,) = dist.glob("*.whl")
    assert (built / wheel.name).read_bytes() == wheel.read_bytes()
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    assert "\nhatchling==" in locked, "what builds the package is installed with the libraries"


def test_stopped_while_its_modules_are_imported_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopped:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "paperbound.cli":
                raise KeyboardInterrupt

    module, _, function = PROJECT["scripts"]["paperbound"].partition(":")
    start = getattr(importlib.import_module(module), function)
    monkeypatch.delitem(sys.modules, "paperbound.cli")
    monkeypatch.setattr(sys, "meta_path", [Stopped, *sys.meta_path])
    assert start() == 130
    assert capsys.readouterr().err == "stopped\n"


def make_constraints(target: Path) -> Path:
    """The oldest versions that pyproject.toml allows, of libraries and extras."""
    target.write_text("".join(f"{one.replace('>=', '==')}\n" for one in EVERYTHING), "utf-8")
    return target


@pytest.mark.slow
@pytest.mark.parametrize("versions", VERSIONS)
def test_pip_installs_a_working_command_into_an_empty_environment(versions: str, dist: Path, tmp_path: Path) -> None:
    if versions == "oldest" and sys.version_info >= (3, 12):
        pytest.skip("the oldest versions have no wheels for this Python; 3.11 tries them")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")

    def run(*command: str | Path, code: int = 0) -> str:
        environment = {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run(
            [str(scripts / command[0]), *map(str, command[1:])],
            cwd=tmp_path, capture_output=True, text=True, check=False, env=kept | environment,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    # Of all modules of the libraries few are imported: those are compiled then.
    pip = ("python", "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check", "--no-input")
    probe = [str(scripts / "python"), "-m", "pip", "download", "--no-deps", "--dest", str(tmp_path), "mdurl==0.1.2"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no package index can be reached")
    (wheel,) = dist.glob("*.whl")
    if versions == "locked":
        run(*pip, "--require-hashes", "--requirement", ROOT / "requirements.lock")
        run(*pip, "--no-deps", wheel)
    elif versions == "oldest":
        run(*pip, f"{wheel}[cards,csl]", "--constraint", make_constraints(tmp_path / "oldest.txt"))
    else:
        run(*pip, "--upgrade", f"{wheel}[cards,csl]")
    assert run("paperbound", "--version") == f"paperbound {main_version()}\n"
    assert json.loads(run("paperbound", "doctor", "--json"))["ok"] is True
    run("paperbound", "init", "mine", "--from", CASES / "bibtex" / "messy.bib")
    # No index has this wheel: the workflows of the site install the copy.
    assert (tmp_path / "mine" / "requirements.txt").read_text("utf-8") == f"./wheels/{wheel.name}\n"
    assert (tmp_path / "mine" / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    cards = ["cards: yes\n"] if versions != "locked" else []
    settings = tmp_path / "mine" / "content" / "site.yaml"
    settings.write_text("".join([settings.read_text("utf-8"), *cards]), "utf-8")
    site = ("--content", "mine/content", "--output", "mine/site")
    run("paperbound", "import", CASES, "--content", "mine/content")
    assert " papers, " in run("paperbound", "build", *site, "--base-url", "https://example.org/x/")
    run("paperbound", "check", *site, "--base-url", "https://example.org/x/")
    assert "étang" in run("paperbound", "search", "etang", "--output", "mine/site").lower()
    run("paperbound", "build", "--content", ROOT / "tests" / "sites" / "features", "--output", "features")
    # The default theme's script is minified and its formulas are MathML, by libraries that may be old.
    assert any(file.stat().st_size for file in (tmp_path / "features" / "assets").glob("*.js"))


def main_version() -> str:
    from paperbound import __version__

    return __version__
