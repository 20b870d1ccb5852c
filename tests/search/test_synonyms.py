"""Synonyms of a site: faults of their file, and the papers that a query finds by them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from paperbound.cli import main
from paperbound.content.lists.synonyms import read_synonyms
from paperbound.model.errors import Fault
from paperbound.search.synonyms import Synonyms
from surroundings import ROOT, Build, read_tree

Make = Callable[[dict[str, str | bytes]], Path]
ASSETS = ROOT / "themes" / "default" / "assets"
PAPERS = """\
- {id: short, title: An LLM-based parser, date: 2024}
- {id: long, title: Parsing, date: 2023, abstract: We ask large language models for trees.}
- {id: apart, title: Large trees, date: 2022, abstract: A language with a model.}
- {id: salt, title: Salt, date: 2021, authors: [Ada Salt]}
"""
SYNONYMS = "- [LLM, large language model]\n# Chemistry\n- [sodium chloride, salt, NaCl]\n"
SCRIPT = """
import { readFileSync } from "node:fs";
const [assets, folder] = process.argv.slice(1);
const [{ Index }, { parseQuery }, { rank, pickBest }] = await Promise.all(
  ["index", "query", "ranking"].map((name) => import(`${assets}/${name}.js`)));
const read = async (path) => new Uint8Array(readFileSync(`${folder}/${path}`));
const index = new Index(JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8")), read);
let text = ""; for await (const part of process.stdin) text += part;
const { words } = parseQuery(text);
const best = await pickBest(index, words, await rank(index, words, false));
console.log(JSON.stringify(await Promise.all(best.map(async (number) => (await index.record(number)).href))));
"""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- [LLM]", 1, "a group has two synonyms"),
        ("\n- [LLM, [a, b]]", 2, "a synonym is a text"),
        ("- [LLM, null]", 1, "a synonym is a text"),
        ("- [LLM, of the]", 1, "'of the' begins with no word"),
        ("- [x, y]\n- LLM", 2, "a list is expected here"),
        ("LLM: large", 1, "a list is expected here"),
        ("- [LLM, large model]\n- [big one, LLMs]", 2, "'LLMs' is 'LLM', which stands above"),
        ("- [LLM, one two three four five six seven eight nine]", 1, "has more than 8 words"),
        ("- [LLM", 2, "the YAML cannot be read"),
    ],
)
def test_a_faulty_group_is_named_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "synonyms.yaml").write_text(text, "utf-8")
    faults: list[Fault] = []
    read_synonyms(tmp_path, faults.append)
    assert [(fault.file.rpartition("/")[2], fault.line) for fault in faults] == [("synonyms.yaml", line)]
    assert message in faults[0].message
    assert not faults[0].warning
    assert faults[0].remedy


def test_a_field_gets_the_synonyms_of_words_that_it_has() -> None:
    synonyms = Synonyms((("LLM", "large language model"), ("state of the art", "SOTA")))
    abstract = ("A large language-model of the state of the art",)
    texts = (("LLMs",), ("L. Lm",), (), (), (), abstract, (), ("large model",), ())
    extended = synonyms.extend(texts)
    assert extended[0] == ("LLMs", "large language model")
    assert extended[5] == (*abstract, "LLM", "SOTA")
    assert (extended[1], extended[2], extended[7]) == (texts[1], (), texts[7])
    assert Synonyms(()).extend(texts) is texts


@pytest.mark.judge
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("LLM", ["short", "long"]),
        ("large language models", ["long", "short", "apart"]),
        ('"large language model"', ["long", "short"]),
        ("title:LLM", ["short"]),
        ("trees -llm", ["apart"]),
        ("nacl", ["salt"]),
        ("author:nacl", []),
    ],
)
def test_browser_and_command_line_find_the_same_synonyms(
    make_content: Make, tmp_path: Path, build: Build, capsys: pytest.CaptureFixture[str], query: str, found: list[str]
) -> None:
    content = make_content({"papers/all.yaml": PAPERS, "synonyms.yaml": SYNONYMS})
    build(content, tmp_path / "site")
    assert main(["search", query, "--json", "--output", str(tmp_path / "site")]) == 0
    hrefs = [paper["href"] for paper in json.loads(capsys.readouterr().out)["papers"]]
    titles = {"short": "an-llm-based-parser", "long": "parsing", "apart": "large-trees", "salt": "salt"}
    assert sorted(hrefs) == sorted(f"/papers/{titles[one]}/" for one in found)
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(tmp_path / "site" / "search-data")]
    run = subprocess.run(command, input=query, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == hrefs


def test_other_synonyms_are_those_of_a_clean_build(make_content: Make, tmp_path: Path, build: Build) -> None:
    build(make_content({"papers/all.yaml": PAPERS}), tmp_path / "site")
    before = read_tree(tmp_path / "site")
    content = make_content({"papers/all.yaml": PAPERS, "synonyms.yaml": SYNONYMS})
    build(content, tmp_path / "site")
    build(content, tmp_path / "clean")
    assert read_tree(tmp_path / "site") == read_tree(tmp_path / "clean") != before
