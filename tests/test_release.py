"""`make release-check`: what holds of this repository, and the fault that each check finds."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from release.archives import build_archives, check_archives, check_source_archive, check_wheel
from release.check import CHECKS, DOCUMENTS, check_documents, run_checks, write_sbom
from release.dependencies import check_dependencies, is_allowed, read_lock
from release.sbom import check_sbom, make_sbom
from release.versions import check_versions, read_version
from surroundings import ROOT

FILES = (
    "generator/paperbound/__init__.py", "pyproject.toml", "CHANGELOG.md", "requirements.lock", "requirements-dev.lock",
    "docs/dependencies.md", "tests/judges/package-lock.json",
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the files of the repository that the quick checks read."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_version_dependencies_and_bill_of_materials_are_ready_for_a_release(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_checks(root, {name: CHECKS[name] for name in ("version", "dependencies", "sbom")}) == 0
    assert capsys.readouterr().out == (
        "ok     version\nok     dependencies\nok     sbom\nAll holds. What to publish is in dist/.\n"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("CHANGELOG.md", "## 0.1.0", "## 0.0.9", "CHANGELOG.md: the first section is '0.0.9', but the package is 0.1.0"),
        ("CHANGELOG.md", "## 0.1.0", "# 0.1.0", "CHANGELOG.md: the first section is '', but the package is 0.1.0"),
        ("CHANGELOG.md", "## 0.1.0", "## 0.1.0\n\n## 0.0.9", "CHANGELOG.md: the section 0.1.0 is empty"),
        ("CHANGELOG.md", "## 0.1.0", "## Unreleased\n\n- A thing.\n\n## 0.1.0",
         "CHANGELOG.md: the section Unreleased has no version; its title is to be 0.1.0"),
        ("generator/paperbound/__init__.py", "0.1.0", "0.2.0",
         "CHANGELOG.md: the first section is '0.1.0', but the package is 0.2.0"),
        ("pyproject.toml", 'dynamic = ["version"]', 'version = "0.3.0"',
         "pyproject.toml: version 0.3.0, but the package is 0.1.0"),
    ],
)  # fmt: skip
def test_a_wrong_version_or_a_missing_entry_is_a_fault(root: Path, file: str, old: str, new: str, fault: str) -> None:
    change(root / file, old, new)
    assert check_versions(root) == [fault]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("docs/dependencies.md", "| `jinja2` |", "| jinja2 |",
         "docs/dependencies.md: no line with the licence of jinja2"),
        ("docs/dependencies.md", "| `zipp` | MIT |\n", "", "docs/dependencies.md: no line with the licence of zipp"),
        ("docs/dependencies.md", "| `nh3` | MIT |", "| `nh3` | ISC |",
         "docs/dependencies.md: nh3 is under ISC, but says MIT"),
        ("docs/dependencies.md", "| `axe-core` | MPL-2.0 |", "| `axe-core` | MIT |",
         "docs/dependencies.md: axe-core is under MIT, but says MPL-2.0"),
        ("docs/dependencies.md", "## What these need", "| `left` | MIT |\n", "docs/dependencies.md: left is not locked"),
        # What only tests may use: a user of Paperbound would get the package.
        ("pyproject.toml", "dependencies = [", 'dependencies = [\n  "frozendict>=2",',
         "docs/dependencies.md: frozendict is under LGPL-3.0-only, which is not allowed"),
        ("pyproject.toml", '"jinja2>=3.1.6"', '"jinja2>=99"',
         "pyproject.toml: jinja2>=99 is not what requirements-dev.lock pins"),
        ("pyproject.toml", '"trustme', '"unheard-of>=1",\n  "trustme',
         "pyproject.toml: unheard-of>=1 is not what requirements-dev.lock pins"),
        ("requirements.lock", "mdurl==0.1.2", "mdurl==0.1.1",
         "requirements.lock: mdurl 0.1.1 is not in requirements-dev.lock"),
    ],
)  # fmt: skip
def test_an_unlisted_dependency_or_a_forbidden_licence_is_a_fault(
    root: Path, file: str, old: str, new: str, fault: str
) -> None:
    change(root / file, old, new)
    assert check_dependencies(root) == [fault]


def test_one_alternative_of_a_licence_is_enough_and_all_of_its_parts_are_needed() -> None:
    assert is_allowed("GPL-3.0-only OR MIT", {"MIT"})
    assert is_allowed("MIT AND ISC", {"MIT", "ISC"})
    assert not is_allowed("MIT AND GPL-3.0-only", {"MIT"})
    assert not is_allowed("MIT AND (ISC OR GPL-3.0-only)", {"MIT", "ISC"}), "brackets are for a person to decide"


def test_the_bill_of_materials_has_each_locked_package_with_its_hashes(root: Path) -> None:
    assert write_sbom(root) == []
    (file,) = (root / "dist").iterdir()
    assert file.name == f"paperbound-{read_version(ROOT)}.cdx.json"
    text = file.read_text("utf-8")
    assert text == make_sbom(ROOT), "the same bytes each time, wherever it is made"
    bill = json.loads(text)
    assert {"serialNumber", "timestamp"}.isdisjoint({*bill, *bill["metadata"]})
    found = {
        (one["name"], one["version"]): {part["hashes"][0]["content"] for part in one["externalReferences"]}
        for one in bill["components"]
    }
    packages = read_lock(ROOT / "requirements-dev.lock")
    assert found == {(one.name, one.version): set(one.hashes) for one in packages}
    assert all(one.hashes for one in packages)
    scopes = {one["name"]: one["scope"] for one in bill["components"]}
    assert (scopes["jinja2"], scopes["markupsafe"]) == ("required", "required")
    assert (scopes["pillow"], scopes["pytest"], scopes["frozendict"]) == ("optional", "excluded", "excluded")
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    versions = dict(sorted(found))
    assert needs[f"pkg:pypi/jinja2@{versions['jinja2']}"] == [f"pkg:pypi/markupsafe@{versions['markupsafe']}"]


def test_a_bill_of_materials_that_is_none_is_a_fault() -> None:
    text = make_sbom(ROOT)
    assert check_sbom(text.replace('"required"', '"needed"', 1))[0].startswith("SBOM: $.components[0].scope: 'needed'")
    assert check_sbom(text.replace('"SHA-256"', '"SHA-255"', 1))


def make_wheel(folder: Path, names: set[str]) -> Path:
    wheel = folder / "paperbound-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for name in names:
            file.writestr(name, "")
    return wheel


WHEEL = {
    "paperbound/__init__.py", "paperbound/py.typed", "paperbound/_themes/default/theme.yaml",
    "paperbound/_themes/default/assets/literata.txt", "paperbound/_themes/default/assets/literata.woff2",
    *(f"paperbound-0.1.0.dist-info/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")),
}  # fmt: skip
SOURCES = ("generator/paperbound/__init__.py", "generator/paperbound/py.typed", "themes/default/theme.yaml")


def test_a_file_that_a_wheel_lacks_or_has_too_many_is_a_fault(tmp_path: Path) -> None:
    assert check_wheel(make_wheel(tmp_path, WHEEL), SOURCES) == []
    for name in WHEEL:
        (fault,) = check_wheel(make_wheel(tmp_path, WHEEL - {name}), SOURCES)
        assert fault.endswith(f": {name} is missing")
    (fault,) = check_wheel(make_wheel(tmp_path, {*WHEEL, "paperbound/notes.txt"}), SOURCES)
    assert fault.endswith(": paperbound/notes.txt is stray")


def test_a_file_that_a_source_archive_lacks_or_has_too_many_is_a_fault(tmp_path: Path) -> None:
    archive = tmp_path / "paperbound-0.1.0.tar.gz"

    def check(*names: str) -> list[str]:
        with tarfile.open(archive, "w:gz") as file:
            for name in names:
                file.addfile(tarfile.TarInfo(f"paperbound-0.1.0/{name}"), io.BytesIO())
        return check_source_archive(archive, SOURCES)

    beside = ("PKG-INFO", "pyproject.toml", ".gitignore", "README.md", "CHANGELOG.md", "LICENSE")
    assert check(*SOURCES, *beside) == []
    assert check(*SOURCES, *beside, ".env") == ["paperbound-0.1.0.tar.gz: .env is stray"]
    assert check(*SOURCES, *beside[:-1]) == ["paperbound-0.1.0.tar.gz: LICENSE is missing"]


def test_archives_with_other_bytes_are_faults(tmp_path: Path) -> None:
    (wheel,) = build_archives(ROOT, tmp_path).glob("*.whl")
    with zipfile.ZipFile(wheel, "a") as file:
        file.comment = b"another build"
    assert check_archives(ROOT, tmp_path) == [
        f"{wheel.name}: other bytes when built from a fresh copy",
        f"{wheel.name}: other bytes when built from the source archive",
    ]


def test_a_check_that_fails_is_reported_and_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faults = {"version": [], "archives": ["a.whl: b is missing", "a.whl: c is stray"]}
    assert run_checks(tmp_path, {name: lambda _, name=name: faults[name] for name in faults}) == 1
    assert capsys.readouterr().out == (
        "ok     version\nFAULT  archives\n       a.whl: b is missing\n       a.whl: c is stray\n1 of 2 checks failed\n"
    )


@pytest.mark.slow
def test_a_document_that_is_not_as_the_code_says_is_named(tmp_path: Path) -> None:
    for name in DOCUMENTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("def test_it(): assert True\n", "utf-8")
    assert check_documents(tmp_path) == []
    (tmp_path / DOCUMENTS[0]).write_text("def test_it(): assert False\n", "utf-8")
    (fault,) = check_documents(tmp_path)
    assert fault.startswith(f"FAILED {DOCUMENTS[0]}::test_it")
    assert all((ROOT / name).is_file() for name in DOCUMENTS)
