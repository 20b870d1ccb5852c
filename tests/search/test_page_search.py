"""The search of pages: by the documentation's own data, each thing is found first by its name."""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paperbound.builder.executors import InlineExecutor
from paperbound.builder.pipeline import Options, build_site
from paperbound.cli import COMMANDS
from paperbound.config import KEYS
from paperbound.model.record import FIELDS
from surroundings import ROOT

pytestmark = pytest.mark.judge  # the ranking runs in node
ASSETS = ROOT / "themes" / "default" / "assets"
SCRIPT = """
import { readFileSync } from "node:fs";
const [assets, data] = process.argv.slice(1);
const { cutAround, listPassages, rankPassages } = await import(`${assets}/passages.js`);
const passages = listPassages(JSON.parse(readFileSync(data, "utf8")));
let text = ""; for await (const part of process.stdin) text += part;
const queries = JSON.parse(text);
console.log(JSON.stringify(queries.map((query) => rankPassages(passages, query).map((one) =>
  ({ ...one, text: cutAround(one.text, query.toLowerCase().split(/\\s+/)) })))));
"""
Find = Callable[[list[str]], list[list[dict[str, Any]]]]


def make_find(file: Path) -> Find:
    """A function that answers queries by the data of a site."""

    def find(queries: list[str]) -> list[list[dict[str, Any]]]:
        command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(file)]
        done = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
        answers: list[list[dict[str, Any]]] = json.loads(done.stdout)
        return answers

    return find


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """Answers queries by the documentation."""
    site = tmp_path_factory.mktemp("docs") / "site"
    build_site(Options(ROOT / "docs", site, base_url="https://example.org/docs/"), InlineExecutor())
    return make_find(site / "search-data" / "pages.json")


@pytest.fixture(scope="module")
def find_few(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """Answers queries by a small site."""
    rows = [
        [
            "Salt",
            "/salt/",
            [["", "", [], "What salt is, and étangs."], ["Boiling salt", "boiling", [], "Water, long."]],
        ],
        [
            "Rows",
            "/rows/",
            [["Options", "options", [["--salt", "options-salt"], ["salty", "options-salty"]], "Of rows."]],
        ],
        ["Code", "/code/", [["salt", "salt", [["salt", "salt"]], "A command."]]],
        ["Other", "/other/", [["", "", [], "Rows that boil, (and more) of salt."]]],
    ]
    file = tmp_path_factory.mktemp("few") / "pages.json"
    file.write_text(json.dumps(rows), "utf-8")
    return make_find(file)


def list_options() -> Iterator[str]:
    for command in COMMANDS:
        for action in command.make_parser()._actions:
            if action.help != argparse.SUPPRESS and action.dest != "help":
                yield from action.option_strings


# Where each sort of thing is described. What several sorts have is first on one of their pages.
PAGES = {"command-line": 0, "settings": 1, "fields": 2}


def test_every_command_option_setting_and_field_is_found_first_by_its_name(find: Find) -> None:
    names: dict[str, set[str]] = {}
    for page, found in (
        ("command-line", [f"paperbound {one.name}" for one in COMMANDS]),
        ("command-line", [one.name for one in COMMANDS]),
        ("command-line", list(dict.fromkeys(list_options()))),
        ("settings", list(KEYS)),
        ("fields", list(FIELDS)),
    ):
        for name in found:
            names.setdefault(name, set()).add(page)
    assert len(names) > 140
    misses = []
    for (name, pages), answer in zip(names.items(), find(list(names)), strict=True):
        first = answer[0]
        if first["label"] != name or first["href"].split("/")[2] not in pages or "#" not in first["href"]:
            misses.append((name, first["label"], first["href"]))
    assert misses == []


def test_every_page_and_heading_is_found_by_its_words(find: Find) -> None:
    queries = ["publishing", "nginx", "netlify", "Getting started", "reading group", "base path", "étang"]
    answers = dict(zip(queries, find(queries), strict=True))
    assert answers["publishing"][0]["href"] == "/docs/publishing/"
    assert answers["nginx"][0]["href"] == "/docs/publishing/#a-server-with-nginx"
    assert answers["netlify"][0]["href"] == "/docs/publishing/#netlify"
    assert answers["Getting started"][0]["href"] == "/docs/getting-started/"
    assert answers["reading group"][0]["href"] == "/docs/tutorials/#a-reading-group"
    assert answers["base path"]
    assert answers["étang"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # The name itself, the title, the name with dashes, names that begin so, headings, texts.
        ("salt", ["/code/#salt", "/salt/", "/rows/#options-salt", "/salt/#boiling", "/other/"]),
        ("--salt", ["/rows/#options-salt", "/code/#salt"]),
        ("SALTY", ["/rows/#options-salty"]),
        ("boil salt", ["/salt/#boiling", "/other/"]),
        ("salt long", ["/salt/#boiling"]),
        ("rows salt", ["/other/"]),
        ("etang", ["/salt/"]),
        ("(and", ["/other/"]),
        ("", []),
        ("salt brine", []),
    ],
)
def test_passages_come_in_the_order_that_the_documents_say(find_few: Find, query: str, expected: list[str]) -> None:
    (answer,) = find_few([query])
    assert [one["href"] for one in answer] == expected


def test_a_piece_of_the_text_is_marked_around_the_words(find_few: Find) -> None:
    (answer,) = find_few(["rows (and"])
    assert answer[0]["text"] == [
        ["", False],
        ["Rows", True],
        [" that boil, ", False],
        ["(and", True],
        [" more) of salt.", False],
    ]
