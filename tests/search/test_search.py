"""The index in Python, its twin in JavaScript, and lunr as the judge of both."""

from __future__ import annotations

import json
import math
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.pipeline import Pipeline

from paperbound.model.document import FIELDS, Document
from paperbound.search.manifest import K1, B
from paperbound.search.postings import ALPHABET, LETTERS, build_postings, encode_number, utf16_key
from paperbound.search.stemmer import stem
from paperbound.search.tokens import Analyzer, fold, split_compounds
from surroundings import JUDGES, ROOT, SHARED

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
def test_stemmer_is_that_of_lunr_js_on_every_word_of_the_corpora() -> None:
    import lzma

    text = (SHARED / "trending-papers.txt").read_text() + (SHARED / "papers.jsonl").read_text()
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt") as file:
        text += file.read()
    words = sorted({word for word in re.findall(r"[^\W_]+", fold(text)) if len(word) < 40})
    assert len(words) > 100_000
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
def test_tokenizers_are_twins_on_real_text() -> None:
    import lzma

    lines = (SHARED / "trending-papers.txt").read_text().split("\n")
    with lzma.open(SHARED / "anthology.jsonl.xz", "rt") as file:
        for number, line in enumerate(file):
            if number % 7 == 0:
                row = json.loads(line)
                lines.append(" ".join([row["title"], row["abstract"] or "", *(row.get("authors") or [])]))
    assert split_in_javascript(lines) == split_in_python(lines)


def test_words_are_found_apart_and_joined() -> None:
    terms = Analyzer().analyze("φ-Decoding by A*-Decoding with GPT-4o, Póczos and Surveys of 東京大")
    assert terms == [
        "phi",
        "decod",
        "phidecod",
        "decod",
        "adecod",
        "gpt",
        "4o",
        "gpt4o",
        "poczo",
        "survey",
        "東京",
        "京大",
    ]


def read_number(text: str, at: int) -> tuple[int, int]:
    value, shift = 0, 1
    while True:
        digit = ALPHABET.index(text[at])
        at += 1
        value += (digit & 31) * shift
        shift *= 32
        if digit < 32:
            return value, at


@given(st.integers(0, 2**40))
def test_numbers_are_written_so_that_they_are_read(number: int) -> None:
    text = encode_number(number)
    assert read_number(text, 0) == (number, len(text))


def test_alphabets_are_apart() -> None:
    assert len(set(ALPHABET)) == 64
    assert not set(ALPHABET) & set(LETTERS)
    assert len(LETTERS) >= len(FIELDS)


def decode(line: str) -> dict[tuple[int, int], tuple[int, int]]:
    """(field, document) to (length, frequency)."""
    body, found, at = line.partition("\t")[2], {}, 0
    while at < len(body):
        field, document = LETTERS.index(body[at]), 0
        at += 1
        while at < len(body) and body[at] in ALPHABET:
            gap, at = read_number(body, at)
            document += gap
            length, at = read_number(body, at)
            frequency = 1
            if length & 1:
                frequency, at = read_number(body, at)
            found[(field, document)] = (length >> 1, frequency)
    return found


def make_document(*texts: str) -> Document:
    pieces = tuple((text,) if text else () for text in (*texts, *[""] * (len(FIELDS) - len(texts))))
    return Document(pieces, "", "", "", "", "", "", "", "")


CORPUS = [
    make_document("satellite images of cities", "Ada Lovelace", "remote sensing", "acl", "2024"),
    make_document("cities and satellites, satellites and roads", "José Póczos", "remote sensing", "", "2023"),
    make_document("reading lists", "Ada Lovelace Poczos", "reading", "acl", "2023"),
    make_document("", "Nobody", "", "", ""),
    make_document("a survey of the inference of satellites", "Z. Other", "reading remote", "emnlp", "2024"),
]


def test_weights_are_those_of_lunr() -> None:
    """Our terms in lunr's own builder: the same weights, to the last of three decimals."""
    analyzer = Analyzer()
    builder = Builder()
    builder.pipeline = builder.search_pipeline = Pipeline()
    builder.ref("ref")
    for field in FIELDS:
        builder.field(field.name, boost=field.boost)
    for number, document in enumerate(CORPUS):
        terms = {
            field.name: [term for piece in pieces for term in analyzer.analyze(piece)]
            for field, pieces in zip(FIELDS, document.texts, strict=True)
        }
        builder.add({"ref": str(number), **terms})
    index = builder.build()
    postings = build_postings(CORPUS)
    checked = 0
    for line in postings.lines():
        term = line.partition("\t")[0]
        found = decode(line)
        x = (len(CORPUS) - len(found) + 0.5) / (len(found) + 0.5)
        idf = math.log(1 + abs(x))
        position = index.inverted_index[term]["_index"]
        for (field, document), (length, frequency) in found.items():
            norm = K1 * (1 - B + B * length / postings.averages[field]) + frequency
            weight = round(idf * ((K1 + 1) * frequency) / norm * FIELDS[field].boost, 3)
            vector = index.field_vectors[f"{FIELDS[field].name}/{document}"]
            at = vector.elements.index(position)
            assert vector.elements[at + 1] == weight, (term, field, document)
            checked += 1
    assert checked > 30


def test_lines_are_in_the_order_of_javascript() -> None:
    postings = build_postings([make_document("\U0001d49c ﬀ z a é 李 \uffee")])
    terms = [line.partition("\t")[0] for line in postings.lines()]
    assert terms == sorted(terms, key=utf16_key)


def test_the_client_is_small_enough() -> None:
    import gzip

    names = ("search.js", "tokens.js", "stemmer.js", "postings.js", "query.js", "ranking.js")
    size = sum(len(gzip.compress((ASSETS / name).read_bytes(), mtime=0)) for name in names)
    assert size <= 12_000
    first = sum(len(gzip.compress((ASSETS / name).read_bytes(), mtime=0)) for name in ("theme.js", "site.js"))
    assert first <= 6_000
    styles = (ASSETS / "tokens.css").read_bytes() + (ASSETS / "site.css").read_bytes()
    assert len(gzip.compress(styles, mtime=0)) <= 12_000


def test_nothing_is_vendored() -> None:
    assert not [
        path for path in Path(ROOT / "themes").rglob("*.js") if "lunr" in path.name or path.stat().st_size > 20_000
    ]
