"""Any text is a query, in both languages, and both read the same words of it, at once."""

from __future__ import annotations

import json
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbound.search.query.parser import parse_query
from surroundings import ROOT, try_examples

ASSETS = ROOT / "themes" / "default" / "assets"
PIECES = st.sampled_from(
    [*"+-~*:\"'()^._/\\@#%&=<>[]{}|!?,;", "~1", "~2", "~9", "..", "2020..2023", "9999..0000", "title:", "year:", "sort:date",
     "sort:", "__proto__:", "constructor:", "id:", "AUTHOR:", '"', "\u00a0", "\ufeff", "\u2028", "\x00", "\u202e", "\u0301", "ǅ",
     "ﬁ", "İ", "ß", "李明", "a b", "c++", "C#", "10.1000/x", "arXiv:2401.00001v2", "<img onerror=x>", "𝒳", "👩‍👩‍👧"]
)  # fmt: skip
# Without characters that Unicode got after Python's tables: the index has no words of them, whatever a browser knows.
KNOWN = st.characters(exclude_categories=["Cn", "Cs"])
QUERIES = st.lists(PIECES | st.text(KNOWN, max_size=8) | st.text("abcdefxyz ", max_size=12), max_size=30).map("".join)
# Cases that were found once.
FOUND: tuple[str, ...] = (
    "+",
    "~",
    "title:",
    "a^b",
    "t:",
    "*",
    '"',
    '""',
    "year:2020..",
    "-\u00a0-",
    "x" * 10_000,
    "é" * 3_000,
)
SCRIPT = """
const { parseQuery } = await import(`${process.argv[1]}/query.js`);
let text = ""; for await (const part of process.stdin) text += part;
const begin = performance.now();
const answers = JSON.parse(text).map((query) => {
  const { words, sort } = parseQuery(query);
  return [sort, words.map((one) => [one.parts, one.joined, one.sign, one.fields ?? [], one.prefix, one.edits, one.years ?? [], one.phrase])];
});
console.log(JSON.stringify([performance.now() - begin, answers]));
"""


def read(query: str) -> list[object]:
    words, sort = parse_query(query)
    return [
        sort,
        [
            [
                list(one.parts),
                one.joined,
                one.sign,
                list(one.fields),
                one.prefix,
                one.edits,
                list(one.years),
                one.phrase,
            ]
            for one in words
        ],
    ]


@try_examples(1_000)
@given(QUERIES)
def test_any_text_is_a_query(query: str) -> None:
    words, sort = parse_query(query)
    assert len(words) <= 24
    assert sort in ("", "relevance", "date", "title")
    assert all(len(one.parts) <= 24 and one.edits in (0, 1, 2) for one in words)


@pytest.mark.parametrize(
    "sign", ["a ", '"', "+", ":", "~1 ", "*", "..", "é", "a:", "\u0301", "李", "- ", "a" * 50 + "-"]
)
def test_queries_of_one_sign_end_at_once(sign: str) -> None:
    begin = time.process_time()
    parse_query((sign * 100_000)[:100_000])
    assert time.process_time() - begin < 2


@pytest.mark.judge
def test_twins_read_the_same_words() -> None:
    queries: list[str] = [*FOUND]

    @try_examples(2_000)
    @given(QUERIES)
    def collect(query: str) -> None:
        queries.append(query)

    collect()
    command = ["node", "--input-type=module", "-e", SCRIPT, ASSETS.as_uri()]
    run = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
    milliseconds, answers = json.loads(run.stdout)
    assert milliseconds < 2_000 + len(queries)
    for query, answer in zip(queries, answers, strict=True):
        assert read(query) == answer, repr(query)
