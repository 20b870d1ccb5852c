"""What the last build left for the next one changes how long an index takes, and not a byte of it."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from paperbound.search.blocks import build_block, sort_terms
from paperbound.search.document import Document
from paperbound.search.merging import merge_words
from paperbound.search.tokens import find_term, split_compounds

WORDS = (
    "the of and parsing parsers parsed GPT-4o gpt4o φ-decoding Póczos poczos l'homme 東京大学 東京 東 naïve "
    "state-of-the-art state art ʼn ᾳ don't 3.5 x_y covid-19 Übersetzung 𝒜 \uffee " + "verylong" * 9
).split()


def make_documents(chance: random.Random, count: int) -> list[Document]:
    documents = []
    for number in range(count):
        new = [f"w{chance.randrange(400)}ing" for _ in range(3)]
        title, abstract = (" ".join(chance.choices(WORDS + new, k=k)) for k in (4, 20))
        texts = ((title,), ("Ada King", "Bo Li"), (), ("ACL",), ("2020",), (), (), (abstract,), (f"id-{number}",))
        documents.append(Document(texts, f"p{number}", title, "", "", "", "", ""))
    return documents


@pytest.mark.parametrize("seed", range(8))
def test_a_block_is_the_same_with_any_block_before_it(seed: int) -> None:
    chance = random.Random(seed)
    documents, others = make_documents(chance, 30), make_documents(chance, 20)
    plain = build_block(documents)
    for before in (plain, build_block(others), build_block(documents[5:] + others[:5]), build_block([])):
        assert build_block(documents, before) == plain


@pytest.mark.parametrize("nodes", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_words_are_the_same_whether_all_blocks_are_counted_or_those_that_changed(seed: int, nodes: bool) -> None:
    chance = random.Random(seed)
    blocks = [build_block(make_documents(chance, chance.randrange(25))) for _ in range(chance.randrange(5))]
    words, endings, left = merge_words(blocks, nodes=nodes)
    for _ in range(5):
        gone = chance.sample(range(len(blocks)), chance.randrange(len(blocks) + 1))
        new = [build_block(make_documents(chance, chance.randrange(25))) for _ in range(chance.randrange(3))]
        stays = [block for number, block in enumerate(blocks) if number not in gone]
        whole = merge_words([*stays, *new], nodes=nodes)
        assert merge_words(new, nodes=nodes, previous=left, removed=[blocks[number] for number in gone]) == whole
        blocks, (words, endings, left) = [*stays, *new], whole
    assert len(words.files) == len(endings.files)


def test_words_are_counted_over_all_blocks() -> None:
    documents = make_documents(random.Random(1), 60)
    words, _, _ = merge_words([build_block(documents[:25]), build_block(documents[25:])], nodes=False)
    counts: Counter[str] = Counter()
    for document in documents:
        for piece in (piece for pieces in document.texts[:-1] for piece in pieces):
            for parts, joined in split_compounds(piece):
                counts.update(part for part in (*parts, *filter(None, [joined])) if find_term(part))
    keys = sort_terms({*counts, *map(find_term, counts)})
    lines = words.files[0].data.decode().split("\n")[:-2]
    assert [line[:-1] for line in lines] == keys
    # A term that is no word counts as often as it stands there: never.
    assert {line[:-1] for line in lines if line[-1] in "01"} == set(keys) - set(counts)
