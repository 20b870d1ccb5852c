"""What contributors need: issue forms that a page's link fills, and files that name what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from paperbound.cli import main
from surroundings import ROOT

FORMS = [file for file in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) if file.stem != "config"]


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form_is_one_by_the_hosts_schema(file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-issue-forms", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_the_link_of_an_imported_paper_fills_the_form(
    make_content: Callable[[dict[str, str | bytes]], Path], tmp_path: Path
) -> None:
    content = make_content(
        {
            "site.yaml": "title: S\nrepository: https://github.com/someone/papers\n",
            "papers/a.bib": "@misc{a+b&c, title={Salt}, year={2024}}\n",
        }
    )
    assert main(["build", "--content", str(content), "--output", str(tmp_path / "site"), "--quiet"]) == 0
    page = (tmp_path / "site" / "papers" / "salt" / "index.html").read_text("utf-8")
    found = re.search(r'href="(https://github\.com/someone/papers/issues/new\?[^"]*)"', page)
    assert found
    values = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / values["template"][0]).read_text("utf-8"))
    assert values["paper"] == ["a+b&c"]
    assert "paper" in [part["id"] for part in form["body"]]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"])
def test_links_of_the_files_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    targets = [one for one in re.findall(r"\]\(([^)]+)\)", text) if not one.startswith("http")]
    assert [one for one in targets if not (ROOT / one).exists()] == []
