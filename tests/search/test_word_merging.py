"""Words are counted over all blocks."""

from __future__ import annotations

import random
from collections import Counter

from paperbound.search.blocks import build_block, sort_terms
from paperbound.search.document import Document
from paperbound.search.merging import merge_words
from paperbound.search.tokens import analyze_compound, find_compounds, find_term

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
        documents.append(Document(texts, f"p{number}", title, ""))
    return documents


def test_words_are_counted_over_all_blocks() -> None:
    documents = make_documents(random.Random(1), 60)
    words, endings = merge_words([build_block(documents[:25]), build_block(documents[25:])], nodes=False)
    counts: Counter[str] = Counter()
    for document in documents:
        for piece in (piece for pieces in document.texts[:-1] for piece in pieces):
            for compound in find_compounds(piece):
                counts.update(analyze_compound(compound)[0])
    keys = sort_terms({*counts, *map(find_term, counts)})
    lines = words.files[0].data.decode().split("\n")[:-2]
    assert [line[:-1] for line in lines] == keys
    # A term that is no word counts as often as it stands there: never.
    assert {line[:-1] for line in lines if line[-1] in "01"} == set(keys) - set(counts)
    assert {line[-2::-1] + line[-1] for line in endings.files[0].data.decode().split("\n")[:-2]} == set(lines)
