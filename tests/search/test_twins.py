"""The search of the command line and that of the browser: the same papers, in the same order, with the same scores."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from paperbound.cli import main
from paperbound.search.document import BLOCK, SMALL, Document
from paperbound.search.query.index_reader import Index
from paperbound.search.query.parser import parse_query
from paperbound.search.query.results import mend_query, search
from search_index import write_index
from surroundings import ROOT, Build

ASSETS = ROOT / "themes" / "default" / "assets"
QUERIES = """jerzak|satelite imagery|text2earth|title:hyperspectralvits|tag:statistics auditing|φ-decoding|phi decoding
A*-Decoding|2510.00128|author:růžička|ruzicka|Remote Auditing: Design-based Tests|venue:neurips undervolted|hyperspec*
scriptsizeFLaws|"repeated sampling"|"sampling repeated"|year:2020..2023|year:2025 inference|+inference -reasoning|-inference
inference~1|samplng~2|the of and|"of the"|a review of the methods for inference|sort:title inference|sort:date sampling|~|*|"
languege modle reasonning|inferense sampling|GPT-4o|test-time scaling|author:"anshuman suri"|title:inference author:suri
one two three four five six seven|repeated sampling with language models at inference|zzzzqqqq|+zzzzqqqq inference
how do repeated samples scale inference compute of language models with moss|hyperspectrel models of satelites|reasonng""".replace(
    "\n", "|"
).split("|")
SCRIPT = """
import { readFileSync } from "node:fs";
const [assets, folder] = process.argv.slice(1);
const [{ Index }, { parseQuery }, { rank, pickBest }] = await Promise.all(
  ["index", "query", "ranking"].map((name) => import(`${assets}/${name}.js`)));
const read = async (path) => new Uint8Array(readFileSync(`${folder}/${path}`));
const index = new Index(JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8")), read);
const [looked, positions] = [[], index.positions.bind(index)];
index.positions = (term, postings) => { looked.push(term); return positions(term, postings); };
let text = ""; for await (const part of process.stdin) text += part;
const answers = [];
for (const query of JSON.parse(text)) {
  const { words, sort } = parseQuery(query);
  const result = words.length ? await rank(index, words, false) : { whole: [], some: [], scores: [] };
  const best = await pickBest(index, words, result);
  const records = await Promise.all(best.map((number) => index.record(number)));
  const mended = [...(result.mended ?? []), ...(result.likely ? [result.likely] : [])];
  answers.push({ sort, whole: result.whole.length, some: result.some.length, mended,
    least: result.some.length ? result.least : 0, asked: result.asked ?? 0, looked: looked.splice(0),
    papers: records.map(({ href }, at) => [href, result.scores[best[at]]]) });
}
console.log(JSON.stringify(answers));
"""


def make_queries() -> list[str]:
    chance = random.Random(9)
    words = [word for query in QUERIES for word in query.split()]
    random_ones = [" ".join(chance.choice(words) for _ in range(chance.randrange(1, 6))) for _ in range(300)]
    signs = "+-~*:\"'() .²ǅﬁ李明東京φΣς\u0301"
    return [
        *QUERIES,
        *random_ones,
        *("".join(chance.choice(signs + "abcdeinfr ") for _ in range(30)) for _ in range(100)),
    ]


@pytest.mark.judge
def test_twins_find_the_same(tmp_path: Path, build: Build) -> None:
    build(ROOT / "content", tmp_path / "site")
    folder = tmp_path / "site" / "search-data"
    queries = make_queries()
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(folder)]
    run = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
    index = Index(lambda path: (folder / path).read_bytes())
    for query, answer in zip(queries, json.loads(run.stdout), strict=True):
        assert parse_query(query)[1] == answer["sort"], query
        found = search(index, query)
        assert (found.whole, found.some) == (answer["whole"], answer["some"]), query
        assert (found.least, found.asked) == (answer["least"], answer["asked"]), query
        assert found.meant == mend_query(query, map(tuple, answer["mended"])), query
        if not answer["sort"]:
            assert [paper.href for paper, _ in found.papers] == [href for href, _ in answer["papers"]][:10], query
            expected = [score for _, score in answer["papers"]][:10]
            assert [score for _, score in found.papers] == pytest.approx(expected, abs=1e-9), query


@pytest.mark.judge
@pytest.mark.parametrize("count", [BLOCK + 90, SMALL + 90])
def test_twins_show_every_record(tmp_path: Path, count: int) -> None:
    # Of one block and a bit, with one file of each kind and with lists of files.
    documents = [
        Document(((f"Paper w{number}",), *[()] * 8), f"paper-w{number}", f"Paper w{number}", "")
        for number in range(count)
    ]
    folder = write_index(documents, tmp_path / "index")
    numbers = [0, BLOCK - 1, BLOCK, count - 1]
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(folder)]
    queries = json.dumps([f"w{number}" for number in numbers])
    run = subprocess.run(command, input=queries, capture_output=True, text=True, check=True)
    index = Index(lambda path: (folder / path).read_bytes())
    for number, answer in zip(numbers, json.loads(run.stdout), strict=True):
        href = f"/papers/paper-w{number}/"
        assert [one for one, _ in answer["papers"]] == [href]
        assert [paper.href for paper, _ in search(index, f"w{number}").papers] == [href]


@pytest.mark.judge
@pytest.mark.parametrize("copies", [1, 2])
def test_exact_words_need_no_more_positions_than_make_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: int
) -> None:
    # One paper has all words in a row, or two have; the last three of them stand in most papers.
    query = "moss-lined pond of common language models"
    texts = [query] * copies + ["common language models of the pond, moss-lined or not"]
    texts += [f"language models and common words {number}" for number in range(30)]
    documents = [
        Document(((f"Paper {number}",), *[()] * 6, (text,), ()), f"p{number}", f"Paper {number}", "")
        for number, text in enumerate(texts)
    ]
    folder = write_index(documents, tmp_path / "index")
    index, looked, positions = Index(lambda path: (folder / path).read_bytes()), [], Index.positions

    def note(index: Index, term: str, postings: Any) -> Any:
        looked.append(term)
        return positions(index, term, postings)

    monkeypatch.setattr(Index, "positions", note)
    queries = {query: 3, f'"{query}"': 6}
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(folder)]
    run = subprocess.run(command, input=json.dumps([*queries]), capture_output=True, text=True, check=True)
    for (one, count), answer in zip(queries.items(), json.loads(run.stdout), strict=True):
        looked.clear()
        assert search(index, one).papers[0][0].title == f"Paper {copies - 1}"
        assert looked == answer["looked"]
        assert len(looked) == count, one


@pytest.mark.judge
@pytest.mark.parametrize("settings", ["language: en", "language: de", "language: ja", "languages: [en, ar]"])
def test_an_author_behind_the_first_ones_is_found_in_any_language(tmp_path: Path, build: Build, settings: str) -> None:
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text(f"title: X\n{settings}\n", "utf-8")
    # The stem of the author's name is that of a word in the other title.
    papers = "- {id: a, title: Salt, authors: [A One, B Two, C Three, D Four, E Rivers]}\n- {id: b, title: Salt of a river}\n"
    (tmp_path / "content" / "papers" / "a.yaml").write_text(papers, "utf-8")
    build(tmp_path / "content", tmp_path / "site")
    folder = tmp_path / "site" / "search-data"
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(folder)]
    run = subprocess.run(command, input='["salt rivers"]', capture_output=True, text=True, check=True)
    found = search(Index(lambda path: (folder / path).read_bytes()), "salt rivers")
    hrefs = [href for href, _ in json.loads(run.stdout)[0]["papers"]]
    assert hrefs == [paper.href for paper, _ in found.papers] == ["/papers/salt/", "/papers/salt-of-a-river/"]


def test_the_command_line_searches_the_built_site(
    tmp_path: Path, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    build(ROOT / "tests" / "sites" / "features", tmp_path / "site")
    assert main(["search", "sorted shelves", "--output", str(tmp_path / "site")]) == 0
    text = capsys.readouterr().out
    found = search(Index(lambda path: (tmp_path / "site" / "search-data" / path).read_bytes()), "sorted shelves")
    assert (found.whole, found.some) == (1, 0)
    assert text.startswith("1 paper for 'sorted shelves'")
    assert found.papers[0][0].title in text
    assert main(["search", "shelves", "--json", "--limit", "1", "--output", str(tmp_path / "site")]) == 0
    value = json.loads(capsys.readouterr().out)
    assert len(value["papers"]) == 1
    assert set(value["papers"][0]) >= {"href", "title", "authors", "score"}
    next((tmp_path / "site" / "search-data").glob("terms.*")).write_bytes(b"<!DOCTYPE html>")
    assert main(["search", "shelves", "--output", str(tmp_path / "site")]) == 1
    assert "damaged" in capsys.readouterr().err
    assert main(["search", "x", "--output", str(tmp_path / "nowhere")]) == 1
