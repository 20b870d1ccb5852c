"""Known items: queries from a paper's words that should find the paper. One kind of mistake or need each.

`python benchmarks/known_items.py ROWS SEED COUNT` reads rows of JSON and prints JSON lines (kind, query, number).
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_WORD = re.compile(r"[^\W\d_]{4,}")


def fold(text: str) -> str:
    """The text in lower case without accents, as people type names."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).lower()


def misspell(word: str, chance: random.Random) -> str:
    """The word with one substitution, deletion, insertion or transposition."""
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    at = chance.randrange(len(word))
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + letter + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + letter + word[at:]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def make_queries(rows: list[Row], seed: int, count: int) -> Iterator[tuple[str, str, int]]:
    """Yields kind, query and number of the row, `count` of each kind."""
    chance = random.Random(seed)
    frequency = Counter(word for row in rows for word in set(_WORD.findall(row["title"].lower())))
    counts: Counter[str] = Counter()
    while min((counts[kind] for kind in KINDS), default=0) < count:
        number = chance.randrange(len(rows))
        for kind, query in _ask(rows[number], frequency, chance):
            if counts[kind] < count:
                counts[kind] += 1
                yield kind, query, number


KINDS = ("title words", "title typo", "author and word", "author and year", "phrase", "identifier")


def _ask(row: Row, frequency: Counter[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    words = list(dict.fromkeys(_WORD.findall(row["title"].lower())))
    by_frequency = sorted(words, key=lambda word: frequency[word])
    rare = by_frequency[: chance.choice((3, 4))]
    if len(rare) >= 3:
        rare = [word for word in words if word in rare]
        yield "title words", " ".join(rare)
        wrong = chance.randrange(len(rare))
        yield "title typo", " ".join(misspell(word, chance) if at == wrong else word for at, word in enumerate(rare))
    if row["authors"] and words:
        last = chance.choice(row["authors"]).split()[-1]
        yield "author and word", f"{last} {chance.choice(by_frequency[:3])}"
        yield "author and year", f"{fold(last)} {row['year']}"
    abstract = (row["abstract"] or "").split()
    if len(abstract) > 20:
        start = chance.randrange(len(abstract) - 5)
        yield "phrase", " ".join(abstract[start : start + 5])
    yield "identifier", row["id"]


def main() -> None:
    """Prints the queries."""
    path, seed, count = sys.argv[1:4]
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    for item in make_queries(rows, int(seed), int(count)):
        sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
