"""Bytes of a query: five exact words of an abstract, at 10,000 papers, load at most 120 kB."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
from itertools import accumulate
from pathlib import Path

import pytest

from paperbound.config import Config
from paperbound.search.document import Document
from paperbound.themes.loader import collect_assets, load_theme
from paperbound.themes.scripts import name_assets
from search_index import write_index
from surroundings import ROOT

ASSETS = ROOT / "themes" / "default" / "assets"
MOST = 120_000
PAPERS, WORDS, PHRASES = 10_000, 130, 100
SCRIPT = """
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
const [assets, folder] = process.argv.slice(1);
const [{ Index }, { parseQuery }, { rank, pickBest }] = await Promise.all(
  ["index", "query", "ranking"].map((name) => import(`${assets}/${name}.js`)));
const read = (path) => readFileSync(`${folder}/${path}`);
const manifest = read("manifest.json");
let text = ""; for await (const part of process.stdin) text += part;
const sizes = [];
for (const query of JSON.parse(text)) {
  let size = gzipSync(manifest).length;
  const index = new Index(JSON.parse(manifest), async (path) => {
    const data = read(path);
    size += gzipSync(data).length;
    return new Uint8Array(data);
  });
  const { words } = parseQuery(query);
  const result = await rank(index, words, false);
  const best = (await pickBest(index, words, result)).slice(0, 10);
  await Promise.all(best.map((number) => index.record(number)));
  sizes.push([size, result.whole.length]);
}
console.log(JSON.stringify(sizes));
"""


def make_corpus() -> list[Document]:
    """Papers whose words are as frequent as those of a language, by Zipf's law with an offset, and share phrases."""
    chance = random.Random(3)
    letters = "abdefghiklmnoprstuvz"
    words = list({"".join(chance.choices(letters, k=chance.randrange(4, 12))): None for _ in range(40_000)})
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    texts = [chance.choices(words, cum_weights=weights, k=WORDS) for _ in range(PAPERS)]
    phrases = [chance.choices(words, cum_weights=weights, k=5) for _ in range(PHRASES)]
    for text in texts:
        text += chance.choice(phrases)
    return [
        Document(
            ((" ".join(text[:8]),), (f"{text[8]} {text[9]}",), *[()] * 5, (" ".join(text[10:]),), ()), f"p{at}", "", ""
        )
        for at, text in enumerate(texts)
    ]


@pytest.mark.judge
@pytest.mark.slow
def test_five_exact_words_load_no_more_than_the_bound(tmp_path: Path) -> None:
    documents = make_corpus()
    folder = write_index(documents, tmp_path)
    queries = list({" ".join(document.texts[7][0].split()[-5:]): None for document in documents})
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri(), str(folder)]
    run = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
    files = name_assets(collect_assets(load_theme(Config(), ROOT / "content", ())))
    client = len(gzip.compress(files["search.js"][1], mtime=0))
    found = json.loads(run.stdout)
    # Each finds several papers, and so has loaded the positions of its words.
    assert len(queries) == PHRASES
    assert all(whole > 1 for _, whole in found)
    sizes = sorted(size + client for size, _ in found)
    assert sizes[-1] <= MOST, sizes[-5:]
