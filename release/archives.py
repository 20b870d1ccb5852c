"""Wheel and source archive: built, built again, and compared with the files that git knows."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

# The sources of both archives, for git's listing.
_SOURCES = ("generator", "themes", "release/typeface.py", "*.md", "LICENSE", "pyproject.toml", ".gitignore")
_WHEEL = {"generator/paperbound/": "paperbound/", "themes/": "paperbound/_themes/"}
_INFORMATION = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
_BESIDE = {"PKG-INFO", "pyproject.toml", ".gitignore", "README.md", "CHANGELOG.md", "LICENSE"}
_TYPEFACE = {f"paperbound/_themes/default/assets/literata.{suffix}" for suffix in ("txt", "woff2")}
_NEEDED = {"paperbound/py.typed", "paperbound/_themes/default/theme.yaml"} | _TYPEFACE


def build_archives(source: Path, target: Path, *arguments: str) -> Path:
    """Builds wheel and source archive of a source folder into another folder, which is returned."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target), *arguments]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return target


def list_sources(root: Path) -> list[str]:
    """Lists files that git knows, and new ones that git does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *_SOURCES]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if (root / name).exists()]


def copy_sources(root: Path, target: Path) -> Path:
    """Copies the sources without build output, with other times and modes."""
    for name in list_sources(root):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target / name)
        (target / name).chmod(0o600)
    return target


def check_archives(root: Path, dist: Path) -> list[str]:
    """Returns faults of the archives in a folder: other bytes when built again, files missing or stray."""
    (wheel,), (archive,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        again = build_archives(copy_sources(root, Path(folder, "copy")), Path(folder, "again"))
        shutil.unpack_archive(archive, folder, filter="data")
        unpacked = Path(folder, archive.name.removesuffix(".tar.gz"))
        derived = build_archives(unpacked, Path(folder, "derived"), "-t", "wheel")
        for file, copy, way in (
            (wheel, again / wheel.name, "from a fresh copy"),
            (archive, again / archive.name, "from a fresh copy"),
            (wheel, derived / wheel.name, "from the source archive"),
        ):
            if not copy.exists() or copy.read_bytes() != file.read_bytes():
                faults.append(f"{file.name}: other bytes when built {way}")
    return [*faults, *check_wheel(wheel, list_sources(root)), *check_source_archive(archive, list_sources(root))]


def check_wheel(wheel: Path, sources: Iterable[str]) -> list[str]:
    """Returns faults of a wheel: each file of package and themes, and its information, and no other."""
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    information = f"{'-'.join(wheel.name.split('-')[:2])}.dist-info/"
    wanted = {information + name for name in _INFORMATION} | _NEEDED
    for name in sources:
        wanted |= {name.replace(old, new, 1) for old, new in _WHEEL.items() if name.startswith(old)}
    return compare_names(wheel.name, names, wanted)


def check_source_archive(archive: Path, sources: Iterable[str]) -> list[str]:
    """Returns faults of a source archive: each source, and no other file."""
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    wanted = {name for name in sources if name.startswith((*_WHEEL, "release/"))} | _BESIDE
    return compare_names(archive.name, names, wanted)


def compare_names(archive: str, names: set[str], wanted: set[str]) -> list[str]:
    """Returns a fault for each file of an archive that is missing or stray."""
    missing = [f"{archive}: {name} is missing" for name in sorted(wanted - names)]
    return missing + [f"{archive}: {name} is stray" for name in sorted(names - wanted)]
