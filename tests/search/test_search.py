"""The index in Python, its twin in JavaScript, and lunr as the judge of both."""

from __future__ import annotations

import json
import math
import re
import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.pipeline import Pipeline

from paperbound.config import Config
from paperbound.search.arrays import ALPHABET, LETTERS, decode_numbers, encode_rows
from paperbound.search.blocks import build_block, count_totals, utf16_key
from paperbound.search.document import FIELDS, K1, B, Document
from paperbound.search.merging import merge_terms
from paperbound.search.stemmer import stem
from paperbound.search.tokens import analyze, fold, split_compounds
from paperbound.themes.loader import collect_assets, load_theme
from paperbound.themes.scripts import name_assets
from surroundings import JUDGES, ROOT, SHARED, WHOLE

ASSETS = ROOT / "themes" / "default" / "assets"
WORDS = """survey surveys key essay play array reasoning reasoner inference inferences satellites satellite auditing
relational conditional rational valenci hesitanci digitizer conformabli radicalli differentli vileli analogousli
vietnamization predication operator feudalism decisiveness hopefulness callousness formaliti sensitiviti sensibiliti
triplicate formative formalize electriciti electrical hopeful goodness revival allowance inference airliner gyroscopic
adjustable defensible irritant replacement adjustment dependent adoption homologou communism activate angulariti
homologous effective bowdlerize probate rate cease controll roll caresses ponies ties caress cats feed agreed plastered
bled motoring sing conflated troubled sized hopping tanned falling hissing fizzed failing filing happy sky yes yellow
yys y eye ion lion bion ss s as is us bus this text2earth 4o gpt4o 2510 φ 李明 naive ied eeds eed""".split()


def ask_node(script: str, value: object) -> object:
    """What a module in the theme's assets makes of a value, in node."""
    run = subprocess.run(
        [
            "node",
            "--input-type=module",
            "-e",
            f"{script}\nlet text = ''; for await (const part of process.stdin) text += part;"
            "console.log(JSON.stringify(answer(JSON.parse(text))));",
        ],
        input=json.dumps(value),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return json.loads(run.stdout)


def stem_in_javascript(words: list[str]) -> list[str]:
    script = f"import {{ stem }} from '{(ASSETS / 'stemmer.js').as_uri()}'; const answer = (words) => words.map(stem);"
    return ask_node(script, words)  # type: ignore[return-value]


def stem_with_lunr(words: list[str]) -> list[str]:
    script = f"""import lunr from '{(JUDGES / "lunr" / "lunr.js").as_uri()}';
    const answer = (words) => words.map((word) => lunr.stemmer(new lunr.Token(word)).toString());"""
    return ask_node(script, words)  # type: ignore[return-value]


@pytest.mark.judge
def test_stemmer_is_that_of_lunr_js() -> None:
    assert [stem(word) for word in WORDS] == stem_with_lunr(WORDS)
    assert stem_in_javascript(WORDS) == stem_with_lunr(WORDS)


@pytest.mark.judge
@pytest.mark.real
@pytest.mark.slow
def test_stemmer_is_that_of_lunr_js_on_every_word_of_the_corpora() -> None:
    import lzma

    text = (SHARED / "trending-papers.txt").read_text("utf-8") + (SHARED / "papers.jsonl").read_text("utf-8")
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt", encoding="utf-8") as file:
        text += file.read()
    words = sorted({word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) < 40})
    assert len(words) > 100_000
    words = words if WHOLE else words[::4]
    expected = stem_with_lunr(words)
    assert [(word, stem(word)) for word in words] == list(zip(words, expected, strict=True))
    assert stem_in_javascript(words) == expected


SAMPLES = [
    "φ-Decoding: A*-Decoding and GPT-4o",
    "Póczos, (i.e., 99.72%) don't — l’étude",
    "李明 and 東京大学 の研究 한국어 test",
    "https://example.org/a.b?c=d 10.1109/MGRS.2025 2510.00128v2",
    "Text2Earth état-de-l'art naïve ＡＢＣ ﬁne ½ Straße İstanbul",
    "x" * 100 + " a-" * 30,
    "\U0001d49c𝓑 🙂 Ünï ǅ Σίσυφος ΑΣ",
    "nod­shy non‑breaking‐hyphen a_b _c_ C++ C# .NET --- ... '",
]


def split_in_javascript(texts: list[str]) -> list[list[tuple[list[str], str]]]:
    script = f"""import {{ splitCompounds }} from '{(ASSETS / "tokens.js").as_uri()}';
    const split = (text) => splitCompounds(text).map(({{ parts, joined }}) => [parts, joined]);
    const answer = (texts) => texts.map(split);"""
    return ask_node(script, texts)  # type: ignore[return-value]


def split_in_python(texts: list[str]) -> list[object]:
    return [[[parts, joined] for parts, joined in split_compounds(text)] for text in texts]


@pytest.mark.judge
def test_tokenizers_are_twins() -> None:
    assert split_in_javascript(SAMPLES) == split_in_python(SAMPLES)


@pytest.mark.judge
@pytest.mark.real
@pytest.mark.slow
def test_tokenizers_are_twins_on_real_text() -> None:
    import lzma

    lines = (SHARED / "trending-papers.txt").read_text("utf-8").split("\n")
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % (7 if WHOLE else 21) == 0:
                row = json.loads(line)
                lines.append(" ".join([row["title"], row["abstract"] or "", *(row.get("authors") or [])]))
    assert split_in_javascript(lines) == split_in_python(lines)


def test_words_are_found_apart_and_joined() -> None:
    terms = analyze("φ-Decoding by A*-Decoding with GPT-4o, Póczos and Surveys of 東京大")
    words = "phidecod phi decod adecod decod gpt4o gpt 4o poczo survey 東京 京大 大"
    assert " ".join(terms) == words


@given(st.lists(st.integers(0, 2**30 - 1)))
def test_numbers_are_written_so_that_they_are_read(numbers: list[int]) -> None:
    cells = np.array(numbers, np.int64)[:, None]
    data, ends = encode_rows(cells, np.ones(cells.shape, bool))
    assert decode_numbers(data.decode()) == numbers
    assert [decode_numbers(data[:end].decode()) for end in ends.tolist()] == [
        numbers[: place + 1] for place in range(len(numbers))
    ]


def test_small_and_large_numbers_have_known_digits() -> None:
    data, _ = encode_rows(np.array([[0, 31, 32, 1023, 1024]]), np.ones((1, 5), bool))
    assert data == b"0VW1-VWW1"


def test_alphabets_are_apart() -> None:
    assert len(set(ALPHABET)) == 64
    assert not set(ALPHABET) & set(LETTERS)
    assert len(LETTERS) >= len(FIELDS)


def decode(line: str) -> dict[tuple[int, int], tuple[int, int]]:
    """(field, document) to (length, frequency)."""
    found = {}
    for part in re.findall(f"[{re.escape(LETTERS)}][A-Za-z0-9+-]*", line.partition("\t")[2]):
        numbers, document = iter(decode_numbers(part[1:])), 0
        for gap in numbers:
            document += gap
            length = next(numbers)
            found[(LETTERS.index(part[0]), document)] = (length >> 1, next(numbers) if length & 1 else 1)
    return found


def write_lines(documents: list[Document]) -> list[str]:
    terms, _ = merge_terms([build_block(documents)], -1, nodes=False)
    return terms.files[0].data.decode().split("\n")[:-2] if terms.files else []


def make_document(*texts: str) -> Document:
    pieces = tuple((text,) if text else () for text in (*texts, *[""] * (len(FIELDS) - len(texts))))
    return Document(pieces, "", "", "")


CORPUS = [
    make_document("satellite images of cities", "Ada Lovelace", "remote sensing", "acl", "2024"),
    make_document("cities and satellites, satellites and roads", "José Póczos", "remote sensing", "", "2023"),
    make_document("reading lists", "Ada Lovelace Poczos", "reading", "acl", "2023"),
    make_document("", "Nobody", "", "", ""),
    make_document("a survey of the inference of satellites", "Z. Other", "reading remote", "emnlp", "2024"),
]


def test_weights_are_those_of_lunr() -> None:
    """Our terms in lunr's own builder: the same weights, to the last of three decimals."""
    builder = Builder()
    builder.pipeline = builder.search_pipeline = Pipeline()
    builder.ref("ref")
    for field in FIELDS:
        builder.field(field.name, boost=field.boost)
    for number, document in enumerate(CORPUS):
        terms = {
            field.name: [term for piece in pieces for term in analyze(piece)]
            for field, pieces in zip(FIELDS, document.texts, strict=True)
        }
        builder.add({"ref": str(number), **terms})
    index = builder.build()
    totals = count_totals(build_block(CORPUS))
    checked = 0
    for line in write_lines(CORPUS):
        term = line.partition("\t")[0]
        found = decode(line)
        x = (len(CORPUS) - len(found) + 0.5) / (len(found) + 0.5)
        idf = math.log(1 + abs(x))
        position = index.inverted_index[term]["_index"]
        for (field, document), (length, frequency) in found.items():
            norm = K1 * (1 - B + B * length / (totals[field] / len(CORPUS))) + frequency
            weight = round(idf * ((K1 + 1) * frequency) / norm * FIELDS[field].boost, 3)
            vector = index.field_vectors[f"{FIELDS[field].name}/{document}"]
            at = vector.elements.index(position)
            assert vector.elements[at + 1] == weight, (term, field, document)
            checked += 1
    assert checked > 30


def test_lines_are_in_the_order_of_javascript() -> None:
    terms = [line.partition("\t")[0] for line in write_lines([make_document("\U0001d49c ﬀ z a é 李 \uffee")])]
    assert terms == sorted(terms, key=utf16_key)


def test_the_client_is_small_enough() -> None:
    import gzip

    files = collect_assets(load_theme(Config(), ROOT / "content", ()))
    named = name_assets(files)
    sizes = {name: len(gzip.compress(data, mtime=0)) for name, (_, data) in named.items()}
    first, later = {"theme.js", "site.js"}, {"download.js", "filter.js", "lookup.js", "panel.js"}
    own = {
        "pages.js": 3_500,
        "reader.js": 4_900,
        "reading-list.js": 7_000,
        "random.js": 1_500,
        "search.js": 12_600,
        "map.js": 13_500,
        "worker.js": 2_500,
        "offline.js": 1_500,
    }
    assert {name for name in sizes if name.endswith(".js")} == {*first, *later, *own}
    assert [name for name, most in own.items() if sizes[name] > most] == []
    assert sum(sizes[name] for name in first) <= 6_000
    assert sum(sizes[name] for name in later) <= 4_000
    assert len(gzip.compress(files["site.css"], mtime=0)) <= 12_000
