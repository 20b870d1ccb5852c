"""Locked packages and their licences: each in docs/dependencies.md, as its metadata says, and allowed."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Licences, by their SPDX identifiers, under which an unchanged library may be used by any program.
ALLOWED = set(
    "0BSD Apache-2.0 Artistic-1.0-Perl BSD-2-Clause BSD-2-Clause-Views BSD-3-Clause BlueOak-1.0.0 CC0-1.0 ISC MIT "
    "MIT-0 MIT-CMU MPL-2.0 PSF-2.0 Unlicense Zlib".split()
)
# That of typefaces, which leaves text and pages under their own licences.
ALLOWED.add("OFL-1.1")
# Packages of which a part is in the wheel: the default theme's typeface.
BUNDLED = ("fontpkg-literata",)
# Those of packages that only tests import, and no user gets from us.
ALLOWED_IN_TESTS = {"LGPL-3.0-only"}
# Words in the field License or in a classifier, and their meanings as SPDX expressions.
_WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl OR GPL-2.0-or-later",
    "BSD": "BSD-2-Clause|BSD-3-Clause",
    "BSD 3-Clause license": "BSD-3-Clause",
    "BSD License": "BSD-2-Clause|BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
# Where Paperbound runs, for markers: its oldest and newest Python on each system.
_PLACES = [
    {"extra": "", "python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    for python in ("3.11", "3.14")
    for system in ("linux", "darwin", "win32")
]


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned version of a lock file, with the SHA-256 digests of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def read_lock(file: Path) -> list[Package]:
    """Returns the packages of a lock file, in its order."""
    packages = []
    for line in file.read_text("utf-8").replace("\\\n", " ").splitlines():
        pin, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        requirement = Requirement(pin)
        version = str(requirement.specifier).removeprefix("==")
        packages.append(Package(requirement.name, version, str(requirement.marker or ""), tuple(hashes)))
    return packages


def read_licences(root: Path) -> dict[str, str]:
    """Returns the SPDX expression of each package of docs/dependencies.md, by its name."""
    text = (root / "docs" / "dependencies.md").read_text("utf-8")
    return dict(re.findall(r"^\| `([a-z0-9@/-]+)` \| ([^|]+?) \|", text, re.MULTILINE))


def find_stated(name: str) -> set[str]:
    """Returns the SPDX expressions that the metadata of a package may mean; nothing for one not installed here."""
    try:
        information: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return set()
    words = [one.rpartition(" :: ")[2] for one in information.get_all("Classifier", ()) if one.startswith("License")]
    text = information.get("License-Expression") or information.get("License") or next(iter(words), "no licence")
    return set(_WORDS.get(text, text).split("|"))


def read_npm(lock: Path) -> dict[str, set[str]]:
    """Returns the licence of each package of a lock file of npm, by its name."""
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return {path.rpartition("node_modules/")[2]: {one["license"]} for path, one in packages.items() if path}


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Returns whether one alternative of an SPDX expression without brackets has only allowed licences."""
    return any(set(one.split(" AND ")) <= allowed for one in expression.split(" OR "))


def list_requirements(root: Path) -> dict[str, list[Requirement]]:
    """Returns the requirements of pyproject.toml: required at run time, optional as extras, excluded as tools."""
    file = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    project = file["project"]
    texts = {
        "required": project["dependencies"],
        "optional": chain(*project["optional-dependencies"].values()),
        "excluded": [one for group in file["dependency-groups"].values() for one in group if isinstance(one, str)],
    }
    return {scope: [Requirement(text) for text in group] for scope, group in texts.items()}


def find_needs(name: str) -> set[str]:
    """Returns the names that an installed package requires somewhere without extras; nothing for one not installed."""
    try:
        requirements = [Requirement(text) for text in metadata.requires(name) or ()]
    except metadata.PackageNotFoundError:
        return set()
    return {
        canonicalize_name(one.name)
        for one in requirements
        if not one.marker or any(one.marker.evaluate(place) for place in _PLACES)
    }


def find_scopes(root: Path) -> dict[str, str]:
    """Returns the first scope of each package that is needed, directly or not, by its name."""
    scopes: dict[str, str] = dict.fromkeys(BUNDLED, "required")
    for scope, requirements in list_requirements(root).items():
        names: set[str] = {canonicalize_name(one.name) for one in requirements}
        while names:
            name = names.pop()
            if name not in scopes:
                scopes[name] = scope
                names |= find_needs(name)
    return scopes


def check_dependencies(root: Path) -> list[str]:
    """Returns faults of the lock files and of docs/dependencies.md."""
    packages = read_lock(root / "requirements-dev.lock")
    pins = {one.name: one.version for one in packages}
    faults = [
        f"requirements.lock: {one.name} {one.version} is not in requirements-dev.lock"
        for one in read_lock(root / "requirements.lock") if one not in packages
    ]  # fmt: skip
    faults += [
        f"pyproject.toml: {one} is not what requirements-dev.lock pins"
        for one in chain(*list_requirements(root).values())
        if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))
    ]
    lines, scopes = read_licences(root), find_scopes(root)
    stated = {name: find_stated(name) for name in pins} | read_npm(root / "tests" / "judges" / "package-lock.json")
    for name, texts in stated.items():
        licence = lines.get(name, "")
        if not licence:
            faults.append(f"docs/dependencies.md: no line with the licence of {name}")
        elif texts and licence not in texts:
            faults.append(
                f"docs/dependencies.md: {name} is under {licence}, but says {' or '.join(sorted(texts))[:60]}"
            )
        elif not is_allowed(
            licence, ALLOWED | (ALLOWED_IN_TESTS if scopes.get(name, "excluded") == "excluded" else set())
        ):
            faults.append(f"docs/dependencies.md: {name} is under {licence}, which is not allowed")
    faults += [f"docs/dependencies.md: {name} is not locked" for name in lines if name not in stated]
    return faults
