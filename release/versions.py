"""The version in package, project and changelog."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any


def read_version(root: Path) -> str:
    """Returns the version that the package states."""
    text = (root / "generator" / "paperbound" / "__init__.py").read_text("utf-8")
    return text.partition('\n__version__ = "')[2].partition('"')[0]


def read_project(root: Path) -> dict[str, Any]:
    """Returns the table `project` of pyproject.toml."""
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def check_versions(root: Path) -> list[str]:
    """Returns faults of the version: the newest section of the changelog is of the version of the package."""
    version, stated = read_version(root), read_project(root).get("version")
    faults = (
        [f"pyproject.toml: version {stated}, but the package is {version}"] if stated not in (None, version) else []
    )
    _, *parts = re.split(r"^## ", (root / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    sections = {title.strip(): text for title, _, text in (part.partition("\n") for part in parts)}
    newest = next(iter(sections), "")
    if newest.lower() == "unreleased":
        faults.append(f"CHANGELOG.md: the section Unreleased has no version; its title is to be {version}")
    elif newest != version:
        faults.append(f"CHANGELOG.md: the first section is {newest!r}, but the package is {version}")
    faults += [f"CHANGELOG.md: the section {title} is empty" for title, text in sections.items() if "\n- " not in text]
    return faults
