"""Related papers are the six of the largest cosine, computed here once more in the plainest way."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from paperbound.search.blocks import build_block
from paperbound.search.common_words import COMMON
from paperbound.search.document import BLOCK, FIELDS, Document
from paperbound.search.matrix import BEST, RelatedMatrix, merge_matrix
from paperbound.search.neighbours import compare_rows, find_related, reuse_neighbours
from paperbound.search.tokens import analyze
from surroundings import Build

READ = ("title", "tags", "summary", "abstract")


def make_documents(count: int) -> list[Document]:
    chance = random.Random(3)
    words = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in ("rling", "stone", "xy", "mp")]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    documents = []
    for number in range(count):
        title = " ".join(chance.choices(words, weights, k=5))
        abstract = " ".join(chance.choices(words, weights, k=chance.choice([0, 40])))
        texts = ((title,), ("Ada Lovelace",), (), ("ACL",), ("2020",), (), (), (abstract,), (f"id{number}",))
        documents.append(Document(texts, f"p{number}", title, ""))
    return [*documents, documents[0]]  # the same title again: a duplicate


def step(count: int) -> float:
    return float(2 ** (round(4 * math.log2(count)) / 4))


def compare_plainly(documents: list[Document]) -> list[list[tuple[int, float]]]:
    bags = []
    for document in documents:
        texts = [pieces for field, pieces in zip(FIELDS, document.texts, strict=True) if field.name in READ]
        bags.append(Counter(term for pieces in texts for piece in pieces for term in analyze(piece)))
    papers = Counter(term for bag in bags for term in bag)
    rows = []
    for bag in bags:
        row = {
            term: (1 + math.log(tf)) * max(0.0, math.log(step(len(bags)) / step(papers[term])))
            for term, tf in bag.items()
        }
        length = math.sqrt(sum(weight**2 for weight in row.values())) or 1
        rows.append({term: weight / length for term, weight in row.items()})
    return [
        sorted(
            (
                (other, sum(weight * rows[other].get(term, 0) for term, weight in row.items()))
                for other in range(len(rows))
            ),
            key=lambda pair: -pair[1],
        )
        for row in rows
    ]


def test_the_six_are_those_of_the_largest_cosine() -> None:
    documents = make_documents(BLOCK + 100)  # more than one block
    blocks = [build_block(documents[start : start + BLOCK]) for start in range(0, len(documents), BLOCK)]
    matrix = RelatedMatrix(merge_matrix(blocks))
    chosen = [0, 1, 17, BLOCK - 1, BLOCK, len(documents) - 1]
    plain = compare_plainly(documents)
    for document in chosen:
        found = find_related(matrix, document, document + 1).find(0)
        scores = dict(plain[document])
        seen, expected = {documents[document].title}, []
        for other, score in plain[document]:
            if documents[other].title not in seen and len(expected) < BEST:
                seen.add(documents[other].title)
                expected.append(score)
        assert len(found) == BEST
        assert document not in [other for other, _, _ in found]
        assert len({documents[other].title for other, _, _ in found} | {documents[document].title}) == BEST + 1
        for (other, score, words), wanted in zip(found, expected, strict=True):
            assert abs(score - wanted) < 2e-6
            assert abs(scores[other] - wanted) < 2e-6
            shared = set(
                analyze(
                    documents[other].title + " " + documents[other].texts[7][0]
                    if documents[other].texts[7]
                    else documents[other].title
                )
            )
            assert {analyze(word)[0] for word in words} <= shared


def write(folder: Path, name: str, text: str) -> None:
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "papers" / f"{name}.yaml").write_text(text, "utf-8")


def test_pinned_papers_come_first_and_reasons_are_shown(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yaml").write_text("title: Shelves\n", "utf-8")
    write(
        content,
        "one",
        "title: Sorting shelves <b>by</b> colour\nauthors: [Ada Lovelace]\ntags: [shelves]\nrelated: [three]\n",
    )
    write(content, "two", "title: Sorting shelves by size\nauthors: [Ada Lovelace]\ntags: [shelves]\n")
    write(content, "three", "title: Whales\nauthors: [Bob]\n")
    write(content, "four", "title: Nothing alike\nauthors: [Eve]\n")
    build(content, tmp_path / "site")
    page = (tmp_path / "site" / "papers" / "sorting-shelves-b-by-b-colour" / "index.html").read_text("utf-8")
    part = page[page.index('id="related"') :].split("</section>")[0]
    assert part.index("Whales") < part.index("by size")
    assert "Chosen by hand" in part
    assert "Shares <em>Shelves</em>; also by <em>Ada Lovelace</em>; both on <em>sorting</em>" in part
    assert "Nothing alike" not in part
    markdown = (tmp_path / "site" / "papers" / "sorting-shelves-by-size" / "index.md").read_text("utf-8")
    assert "## Related papers" in markdown
    assert "shares *Shelves*" in markdown


def test_reasons_name_words_that_are_written() -> None:
    titles = ["Parsing text-to-SQL quickly", "Slowly parsing text-to-SQL", "Text of SQL", "On quokkas"]
    documents = [
        Document(((title,), (), (), (), (), (), (), (), (f"id{number}",)), f"p{number}", title, "")
        for number, title in enumerate(titles)
    ]
    found = find_related(RelatedMatrix(merge_matrix([build_block(documents)])), 0, 1).find(0)
    assert found[0][0] == 1
    assert found[0][2]
    assert {word for _, _, words in found for word in words} <= {"parsing", "text", "sql"}


def edit(documents: list[Document], chance: random.Random) -> list[Document]:
    """The documents after some changes: texts, dates, one more, one less, another order."""
    changed = list(documents)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        one = changed[place]
        what = chance.choice(["abstract", "title", "date", "less", "more"])
        if what == "less":
            del changed[place]
        elif what == "more":
            changed.append(replace(one, slug=f"{one.slug}-{chance.random()}"))
        elif what == "date":
            changed[place] = replace(one, iso=str(chance.randint(1990, 2030)))
        else:
            field = next(number for number, field in enumerate(FIELDS) if field.name == what)
            words = " ".join(chance.sample(["bastone", "korling", "never", "gulxy", "fomp"], 3))
            texts = tuple((words,) if number == field else text for number, text in enumerate(one.texts))
            changed[place] = replace(one, texts=texts, title=words if what == "title" else one.title)
    return sorted(changed, key=lambda one: (one.iso, one.texts[-1]))


@pytest.mark.parametrize("seed", range(12))
def test_previous_neighbours_change_nothing(seed: int) -> None:
    chance = random.Random(seed)
    plain = make_documents(120 if seed % 3 else BLOCK + 90)
    documents = [replace(one, slug=f"{number}") for number, one in enumerate(plain)]
    documents.sort(key=lambda one: (one.iso, one.texts[-1]))
    last, found, kept = b"", list[bytes](), 0
    for _ in range(5):
        data = merge_matrix([build_block(documents[at : at + BLOCK]) for at in range(0, len(documents), BLOCK)])
        matrix = RelatedMatrix(data)
        before = compare_rows(matrix, last) if last else None
        blocks = list(found)
        spans = [(at, min(at + BLOCK, len(documents))) for at in range(0, len(documents), BLOCK)]
        found = [find_related(matrix, *span).pack() for span in spans]
        held = reuse_neighbours(matrix, before, blocks.__getitem__) if before else None
        kept += int(held[1].sum()) if held else 0
        for span, fresh in zip(spans, found, strict=True) if held else ():
            assert find_related(matrix, *span, held).pack() == fresh
        last = data
        documents = edit(documents, chance)
    assert kept or seed % 3


def test_words_of_any_abstract_are_no_reasons() -> None:
    for word in ("against", "gains", "seeks", "misses", "reaches", "art", "promising", "fewer"):
        assert word in COMMON, word
    for word in ("reasoning", "sampling", "attention", "generation", "posterior", "devices", "caches"):
        assert word not in COMMON, word
