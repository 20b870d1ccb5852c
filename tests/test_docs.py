"""Documents are true: their commands run, their references agree with the code."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from field_texts import read_field_texts
from fields_reference import GROUPS as RECORD
from fields_reference import describe_fields
from paperbound.cli import main
from paperbound.config import KEYS, Config, Mailing, Subscription
from paperbound.config.reader import CHOICES
from paperbound.feeds import FEED_FORMATS
from paperbound.formats import EXPORTS
from paperbound.importers import IMPORTERS
from paperbound.model.record import FIELDS, KINDS, Author, Record
from settings_reference import GROUPS as SETTINGS
from settings_reference import MAPPINGS, describe_settings
from surroundings import ROOT, blocks, check_workflow, find_port, read_records

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")


def run_script(script: str, folder: Path) -> None:
    """Runs the commands of a document, as in a terminal."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder, capture_output=True, text=True, check=False, env=make_environment(folder),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def make_environment(folder: Path) -> dict[str, str]:
    people = {f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **people, "PATH": path, "HOME": str(folder)}


def show_site(script: str, folder: Path) -> None:
    """Runs the commands of a document that end with a preview, and looks at its first page."""
    copy_bibliography(folder)
    assert script.endswith("paperbound serve\n")
    # The preview takes the place of the shell, and a free port, since tests run side by side.
    served = script.replace("paperbound serve", "exec paperbound serve --port 0")
    running = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", served],
        cwd=folder, stderr=subprocess.PIPE, text=True, env=make_environment(folder),
    )  # fmt: skip
    try:
        assert running.stderr
        lines = iter(running.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        with urllib.request.urlopen(address, timeout=60) as page:
            assert "Measuring the Étang" in page.read().decode()
    finally:
        running.terminate()
        running.communicate(timeout=60)


def copy_bibliography(folder: Path) -> None:
    for name in ("library.bib", "more.bib"):
        shutil.copyfile(ROOT / "tests" / "importers" / "cases" / "bibtex" / "messy.bib", folder / name)


def test_the_readmes_commands_run(tmp_path: Path) -> None:
    (start,) = blocks(README, "sh start")
    show_site(start, tmp_path)
    scripts = blocks(README, "sh")
    assert "make serve\n" in scripts
    assert len(scripts) >= 3
    for script in scripts:
        if script != "make serve\n":
            run_script(script, tmp_path / "mine")
    site = tmp_path / "mine" / "site"
    assert (site / "papers" / "a-first-paper" / "index.html").is_file()
    assert "https://example.org/papers/" in (site / "sitemap.xml").read_text("utf-8")
    # The list that was imported is no edition of today.
    assert "Winter 2024" not in (site / "index.html").read_text("utf-8").partition("<footer")[0]


def test_the_first_steps_run(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "getting-started.md").read_text("utf-8")
    (start,) = blocks(text, "sh start")
    show_site(start, tmp_path)
    folder = tmp_path / "mine"
    copy_bibliography(folder)
    for name in ("more", "push", "publish"):
        (script,) = blocks(text, f"sh {name}")
        run_script(script, folder)
    known = subprocess.run(["git", "ls-files"], cwd=folder, capture_output=True, text=True, check=True).stdout
    assert "content/papers/on-reading-lists.yaml" in known
    assert ".github/workflows/pages.yml" in known
    assert "site/index.html" not in known.splitlines()
    assert ".paperbound" not in known
    sitemap = (folder / "site" / "sitemap.xml").read_text("utf-8")
    assert "https://example.org/papers/papers/on-reading-lists/" in sitemap


_SITES = {
    "group": ("collections/spring/index.html", "A paper that Ada suggested"),
    "lab": ("people/index.html", "Group leader, since 2015"),
    "conference": ("programme/index.html", "Hall B"),
    "daily": ("index.html", "Tides of a pond"),
    "anthology": ("papers/index.html", "Crusts of old lakes"),
}


_TUTORIALS = blocks((ROOT / "docs" / "tutorials.md").read_text("utf-8"), "sh tutorial")


@pytest.mark.parametrize(
    "script", [_TUTORIALS[0], *(pytest.param(script, marks=pytest.mark.slow) for script in _TUTORIALS[1:])]
)
def test_the_tutorials_run(script: str, tmp_path: Path) -> None:
    run_script(script, tmp_path)
    (name,) = re.findall(r"^paperbound init (\w+)", script, re.MULTILINE)
    path, text = _SITES[name]
    assert text in (tmp_path / name / "site" / path).read_text("utf-8")
    # Topics of the examples that the papers do not have.
    assert "Bayesian inference" not in (tmp_path / name / "site" / "index.html").read_text("utf-8")


def test_make_lists_its_targets_and_serve_begins_with_site() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("site", "serve", "test", "check", "golden", "bench", "clean"):
        assert re.search(rf"^\s+{target}\s+\w", listed, re.MULTILINE), target
    planned = subprocess.run(
        ["make", "--dry-run", "serve"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert planned.index("paperbound build") < planned.index("paperbound serve")


def test_the_readmes_record_is_one() -> None:
    for block in blocks(README, "yaml") + blocks((ROOT / "docs" / "records.md").read_text("utf-8"), "yaml record"):
        records, faults = read_records("yaml", block, "content/papers/2510.00128.yaml")
        assert records
        assert not faults


def test_references_are_those_of_the_code() -> None:
    docs = ROOT / "docs"
    assert (docs / "settings.md").read_text("utf-8") == describe_settings(), "say make reference"
    assert (docs / "fields.md").read_text("utf-8") == describe_fields(), "say make reference"
    # Each setting and each field has its text, and its place.
    assert sorted(name for names in SETTINGS.values() for name in names) == sorted(set(KEYS) - MAPPINGS.keys())
    assert sorted(name for names in RECORD.values() for name in names) == sorted(FIELDS)
    for kind in (Config, Mailing, Subscription, Record, Author):
        named = {item.name for item in fields(kind) if item.init} - {"own_languages", "style_texts", "origin", "texts"}
        assert named == set(read_field_texts(kind)), kind
    kinds = read_field_texts(Record)["kind"]
    assert all(f"`{name}`" in kinds for name in KINDS)
    choices = read_field_texts(Config)
    assert all(f"`{word}`" in choices[name] for name, words in CHOICES.items() if name in KEYS for word in words)


def test_formats_md_has_a_row_for_each_format_in() -> None:
    text = (ROOT / "docs" / "formats.md").read_text("utf-8").partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| .+ \| .+ \|$", text, re.MULTILINE)
    known = [(one.name, ", ".join(f"`{suffix}`" for suffix in one.suffixes)) for one in IMPORTERS]
    assert sorted(rows) == sorted(known)


def test_every_document_has_its_place_in_the_menu_and_on_the_home_page() -> None:
    settings = yaml.safe_load((ROOT / "docs" / "site.yaml").read_text("utf-8"))
    entries = [page for chapter in settings["nav"] for page in chapter["pages"]]
    listed = [page if isinstance(page, str) else page["page"] for page in entries]
    names = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"README"} | {"decisions", "checks"}
    assert sorted(listed) == sorted(names)
    home = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert [name for name in listed if f"]({name}.md)" not in home and f"]({name}/README.md)" not in home] == []


def test_the_documentation_builds_strictly_and_no_link_is_broken(tmp_path: Path) -> None:
    arguments = ["--content", str(ROOT / "docs"), "--output", str(tmp_path / "site"), "--strict", "--quiet"]
    arguments += ["--base-url", "https://example.org/name/docs/"]
    assert main(["build", *arguments]) == 0
    assert main(["check", *arguments]) == 0
    (tmp_path / "site" / "people" / "index.html").unlink()
    assert main(["check", *arguments]) == 1


def test_formats_that_are_written_are_named() -> None:
    table = (ROOT / "docs" / "formats.md").read_text("utf-8").partition("\n## Formats out")[2]
    rows = "".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE))
    assert [one.name for one in EXPORTS.values() if one.name not in rows] == []
    feeds = (ROOT / "docs" / "feeds.md").read_text("utf-8")
    assert [one.file for one in FEED_FORMATS if f"`{one.file}` " not in feeds] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_repository_lead_somewhere(document: Path) -> None:
    text = re.sub(r"^```.*?^```", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]+`", "", text)  # code is no link
    for target in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text):
        if not target.startswith(("http://", "https://", "#")):
            assert (document.parent / target.partition("#")[0]).exists(), target


def test_locked_files_have_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "http" not in text.replace("httplib", "")
        pins = [line for line in text.splitlines() if re.match(r"[a-z]", line)]
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
    for folder in ("tests/judges", "benchmarks/peers"):
        lock = (ROOT / folder / "package-lock.json").read_text("utf-8")
        packages = [one for name, one in json.loads(lock)["packages"].items() if name]
        assert packages
        assert all(one["integrity"] for one in packages)
        assert '"resolved"' not in lock


def test_the_workflow_passes_its_schema_and_is_as_small_as_can_be() -> None:
    workflow = ROOT / ".github" / "workflows" / "pages.yml"
    _, value = check_workflow(workflow)
    assert value["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    upload = next(step for step in value["jobs"]["build"]["steps"] if "upload-pages" in step.get("uses", ""))
    assert upload["with"]["include-hidden-files"] is True


def test_the_tests_run_on_each_system_and_each_version_of_python() -> None:
    text, value = check_workflow(ROOT / ".github" / "workflows" / "test.yml")
    matrix = value["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert matrix["python"] == re.findall(r"Python :: (3\.\d+)", project)
    assert f'requires-python = ">={matrix["python"][0]}"' in project
    assert "PYTHON=python check" in text
    assert "PYTHON=python test" in text
    install = value["jobs"]["install"]["steps"][-1]
    assert install["run"].endswith("pytest -q tests/test_installing.py")
    assert install["env"] == {"PAPERBOUND_NEWEST": "yes", "PAPERBOUND_NO_SKIPS": "1"}


def test_screenshots_are_there() -> None:
    names = {path.name for path in (ROOT / "docs" / "screenshots").glob("*.png")}
    mails = {f"mail-{width}-{scheme}.png" for width in (360, 640) for scheme in ("light", "dark")}
    assert names == mails | {"home-1280-light.png", "paper-1280-dark.png", "home-360-light.png", "paper-360-light.png"}
    # Each picture of the gallery is linked, wide and narrow.
    pictures = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").glob("screenshots/*/*.webp")}
    assert pictures == set(
        re.findall(r"\((screenshots/[^)]+\.webp)\)", (ROOT / "docs" / "gallery.md").read_text("utf-8"))
    )
    assert len(pictures) > 100
    assert sum(path.stat().st_size for path in (ROOT / "docs" / "screenshots").rglob("*.*")) < 6_000_000


def test_nothing_names_this_machine() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    here = str(ROOT.parent) + "/"
    for name in files:
        path = ROOT / name
        if path.is_file() and path.suffix in (
            ".py",
            ".md",
            ".yaml",
            ".yml",
            ".toml",
            ".js",
            ".css",
            ".html",
            ".lock",
            ".json",
        ):
            assert here not in path.read_text("utf-8", "replace"), name


_NOT_HERE = {
    "2401.10020",
    "2021.acl-long.5",
    "author:poczos",
    "2401.10020v2",
    "10.1109/5.771073",
    "doi:",
    "id:2401",
    "translation -neural",
    "sort:date",
    "sort:title",
}


def test_the_queries_of_the_search_page_find_something(default_site: Path) -> None:
    from paperbound.search.query.index_reader import Index
    from paperbound.search.query.results import search

    text = (ROOT / "docs" / "searching.md").read_text("utf-8")
    index = Index(lambda path: (default_site / "search-data" / path).read_bytes())
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    queries = [query for row in rows for query in re.findall(r"`([^`]+)`", row)]
    assert len(queries) > 12
    for query in queries:
        results = search(index, query)
        found = results.whole + results.some
        # What names another site's paper or author finds nothing here, and is no error; an order alone is no query.
        assert (found == 0) == (query in _NOT_HERE), query


@pytest.mark.slow
def test_the_commands_of_a_cluster_run(tmp_path: Path) -> None:
    (commands,) = blocks((ROOT / "docs" / "scale.md").read_text("utf-8"), "sh cluster")
    port = str(find_port())
    scripts = Path(sys.executable).parent
    lines = [
        [str(scripts / line.split()[0]), *line.split()[1:]] for line in commands.replace("8786", port).splitlines()
    ]
    shutil.copytree(ROOT / "tests" / "sites" / "minimal", tmp_path / "content")
    running = [subprocess.Popen(line, cwd=tmp_path, stderr=subprocess.DEVNULL) for line in lines[:-1]]
    try:
        for _ in range(60):  # workers come when they are ready
            done = subprocess.run(lines[-1], cwd=tmp_path, capture_output=True, text=True, check=False)
            if not done.returncode:
                break
            assert "no scheduler answers" in done.stderr or "no workers" in done.stderr, done.stderr
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(60)
    assert "1 paper" in done.stdout


def test_every_decision_has_a_date_and_a_status() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert len(decisions) >= 18
    for number, path in enumerate(decisions, 1):
        title, _, status = path.read_text("utf-8").split("\n", 3)[:3]
        assert f"{number}. [{title.partition('. ')[2]}]({path.name})" in listed
        assert path.name.startswith(f"{number:04d}-")
        assert title.startswith(f"# {number}. ")
        assert re.match(r"\d{4}-\d\d-\d\d, (accepted|superseded)", status), path.name


# Features of the language and the first Chrome, Firefox and Safari with each: https://caniuse.com.
_FEATURES = {
    r"\?\?=|\|\|=|&&=": (85, 79, 14.0),
    r"\.at\(": (92, 90, 15.4),
    r"\bObject\.hasOwn\b": (93, 92, 15.4),
    r"\.replaceAll\(": (85, 77, 13.1),
    r"\bstatic \{": (94, 93, 16.4),
    r"\bstructuredClone\b": (98, 94, 15.4),
    r"\.findLast(Index)?\(": (97, 104, 15.4),
    r"\.(toSorted|toReversed|toSpliced|with)\(": (110, 115, 16.0),
    r"\b(Object|Map)\.groupBy\b": (117, 119, 17.4),
    r"\bArray\.fromAsync\b": (121, 115, 16.4),
    r"\bPromise\.withResolvers\b": (119, 121, 17.4),
    r"\.(isSubsetOf|intersection|union|difference)\(": (122, 127, 17.0),
}


def test_the_browsers_that_the_documents_name_are_those_that_the_scripts_need() -> None:
    scripts = "".join(file.read_text("utf-8") for file in sorted((ROOT / "themes" / "default" / "assets").glob("*.js")))
    needed = [versions for feature, versions in _FEATURES.items() if re.search(feature, scripts)]
    chrome, firefox, safari = (max(column) for column in zip(*needed, strict=True))
    for name in ("README.md", "docs/searching.md"):
        text = " ".join((ROOT / name).read_text("utf-8").split())
        found = re.search(
            r"Chrome (?:and|or) Edge (?:from )?(\d+), Firefox (?:from )?(\d+), Safari (?:from )?([\d.]+)", text
        )
        assert found, name
        assert (int(found[1]), int(found[2]), float(found[3])) == (chrome, firefox, safari), name


def test_the_tests_that_the_tables_of_tests_name_are_there() -> None:
    text = (ROOT / "tests" / "README.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", text)
    assert len(named) > 40
    for file, name in named:
        assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8"), (file, name)
    cases = {path.name for path in (ROOT / "tests" / "importers" / "cases").iterdir()} | {"search"}
    assert set(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE)) == cases


def _list_messages(text: str) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    for node in ast.walk(ast.parse(text)):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr):
                yield child.value


def test_no_message_names_a_file_of_the_documentation() -> None:
    """An installed Paperbound has no folder `docs`: messages name a command, or a page of the documentation."""
    package = ROOT / "generator" / "paperbound"
    texts = {file: "\n".join(_list_messages(file.read_text("utf-8"))) for file in package.rglob("*.py")}
    texts |= {file: file.read_text("utf-8") for file in (package / "commands" / "starter").rglob("*") if file.is_file()}
    assert [str(file) for file, text in texts.items() if re.search(r"(?<![\w./-])docs/\w+", text)] == []
    assert list(_list_messages('"""docs/a.md"""\nx = f"see docs/b.md {y}"\n')) == ["see docs/b.md "]
