"""Results of a query: the best papers, and the query without typos. The twin of `search.js` and `ranking.js`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np

from ..arrays import decode_numbers
from ..tokens import find_term, fold, split_compounds
from .identifiers import strip_addresses
from .index_reader import Index, ResultRecord
from .parser import Word, parse_query
from .ranking import FEWEST, PHRASE_LENGTH, Ranked, make_mask, order, rank

_TYPED = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Results:
    """Numbers of papers with all words and with some; the best papers with scores.

    Those with some have at least `least` of the `asked` words. `meant` is the query with its typos mended, or empty.
    """

    whole: int
    some: int
    papers: tuple[tuple[ResultRecord, float], ...]
    least: int = 0
    asked: int = 0
    meant: str = ""


def search(index: Index, query: str, limit: int = 10) -> Results:
    """Returns the results of the search page for a complete query."""
    words, sort = parse_query(strip_addresses(query))
    ranked = rank(index, words)
    first = pick_best(index, words, ranked)
    found = (ranked.whole if len(ranked.whole) else ranked.some).tolist()
    if sort == "date":
        documents = sorted(found, reverse=True)
    elif sort == "title":
        places = _read_titles(index)
        documents = sorted(found, key=places.__getitem__)
    else:
        rest = [
            one for one in [*order(ranked.whole, ranked.scores).tolist(), *ranked.some.tolist()] if one not in first
        ]
        documents = first + rest
    papers = tuple((index.record(number), float(ranked.scores[number])) for number in documents[:limit])
    meant = mend_query(query, ranked.mended)
    return Results(len(ranked.whole), len(ranked.some), papers, ranked.least, ranked.asked, meant)


def mend_query(query: str, mended: Iterable[tuple[str, str]]) -> str:
    """Returns a query with its typos mended; an empty text for one without."""
    words = dict(mended)
    return _TYPED.sub(lambda match: words.get(fold(match[0]), match[0]), normalize("NFC", query)) if words else ""


def _read_titles(index: Index) -> list[int]:
    return decode_numbers(index.load("titles", index.manifest["titles"])[0])[1::2]


def _count_typed(index: Index, typed: list[str], document: int) -> int:
    """Counts the typed words that are in a document's title or authors.

    A record of many authors names a few of them; then the postings decide.
    """
    record = index.record(document)
    held = {word for parts, joined in split_compounds(f"{record.title} {record.authors}") for word in (*parts, joined)}
    # Their number is in the words of any language; names have none.
    hidden = any(sign.isdecimal() for sign in record.authors)
    return sum(word in held or (hidden and _is_author(index, word, document)) for word in typed)


def _is_author(index: Index, word: str, document: int) -> bool:
    postings = index.postings(find_term(word))
    if postings is None:
        return False
    names = make_mask(index, ("authors",))
    return bool(np.any((postings[:, 1] == document) & (names >> postings[:, 0] & 1 == 1)))


def pick_best(index: Index, words: tuple[Word, ...], ranked: Ranked) -> list[int]:
    """Returns at most ten of the best documents with all words, then those with some.

    Documents with more of the words as typed come first.
    """
    best: list[int] = order(ranked.whole, ranked.scores)[:FEWEST].tolist()
    typed = [part for word in words if word.plain and not word.joined for part in word.parts]
    if 1 < len(typed) < PHRASE_LENGTH:
        counts = {document: _count_typed(index, typed, document) for document in best}
        best.sort(key=lambda document: -counts[document])
    return [*best, *ranked.some.tolist()]
