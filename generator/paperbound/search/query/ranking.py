"""Ranking: the papers of a query, by lunr's scores. The twin of `ranking.js`, `scoring.js`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

import numpy as np

from ..arrays import Array, decode_numbers
from ..stemmer import stem
from ..tokens import find_term, is_sign, split_compounds
from .identifiers import strip_addresses
from .index_reader import Index, ResultRecord, find_near
from .parser import Word, parse_query

_FEWEST = 10
_MOST_EXPANSIONS = 32
_MOST_SLOTS = 30
_PREFIX_BOOST = 0.3
_PHRASE_LENGTH = 5
_MORE = re.compile(r" and [0-9]+ more$")
_HEADLINE = ("title", "authors", "tags", "venue", "year", "id")
Slot = list[tuple[str, float]]


@dataclass(slots=True)
class Clause:
    """A word of the query as alternative ways, each a list of slots.

    A way matches if each of its slots has one of its terms in the document.
    """

    sign: str
    mask: int
    plain: bool
    ways: list[list[Slot]]
    phrase: list[str] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Ranked:
    """Documents with all words, unordered; with some, best first; all scores."""

    whole: Array
    some: Array
    scores: Array
    top: Array


@dataclass(frozen=True, slots=True)
class Results:
    """Numbers of papers with all words and with some; the best papers with scores."""

    whole: int
    some: int
    papers: tuple[tuple[ResultRecord, float], ...]


def search(index: Index, query: str, limit: int = 10) -> Results:
    """Returns the results of the search page for a complete query."""
    words, sort = parse_query(strip_addresses(query))
    ranked = rank(index, words)
    first = pick_best(index, words, ranked)
    if sort == "date":
        documents = sorted(ranked.whole.tolist(), reverse=True)
    elif sort == "title":
        places = _read_titles(index)
        documents = sorted(ranked.whole.tolist(), key=places.__getitem__)
    else:
        rest = [
            one for one in [*order(ranked.whole, ranked.scores).tolist(), *ranked.some.tolist()] if one not in first
        ]
        documents = first + rest
    papers = tuple((index.record(number), float(ranked.scores[number])) for number in documents[:limit])
    return Results(len(ranked.whole), len(ranked.some), papers)


def _read_titles(index: Index) -> list[int]:
    return decode_numbers(index.load("titles", index.manifest["titles"])[0])[1::2]


def order(documents: Array, scores: Array) -> Array:
    """Sorts documents by falling score; of equal ones the newer first."""
    return documents[np.lexsort((-documents, -scores[documents]))]


def _forgive(index: Index, word: str, edits: int) -> Slot:
    likely: dict[str, float] = {}
    for other, bits, _ in find_near(index, word, edits):
        term = find_term(other)
        if term and other != word:
            likely[term] = max(likely.get(term, 0), 2**bits * (10 if other[0] == word[0] else 1))
    best = max(likely.values(), default=0)
    found = sorted((-value, place, term) for place, (term, value) in enumerate(likely.items()) if value >= best / 1000)
    return [(term, 0.7 / edits) for _, _, term in found[:_MOST_EXPANSIONS]]


def _expand(index: Index, word: str, *, prefix: bool, edits: int, lenient: bool) -> Slot | None:
    term = find_term(word)
    found: dict[str, float] = {}
    if term and index.postings(term) is not None:
        found[term] = 1
    if prefix:
        for line in index.range("terms", word):
            found.setdefault(line.partition("\t")[0], _PREFIX_BOOST)
    if edits:
        for other, _, is_term in find_near(index, term, edits, whole=True):
            if is_term:
                found.setdefault(other, 1 if other == term else 0.7 / edits)
    if not term and not found:
        return None
    simple = not prefix and not edits
    if (not found or lenient) and simple and len(word) > 3:
        for other, boost in _forgive(index, word, 1):
            found.setdefault(other, boost)
    if not found and simple and len(word) > 6:
        found.update(_forgive(index, word, 2))
    return list(found.items())


def _mask(index: Index, names: tuple[str, ...]) -> int:
    return sum(1 << at for at, (name, _, _) in enumerate(index.fields) if not names or name in names)


def _make_clause(index: Index, word: Word, *, lenient: bool) -> Clause | None:
    clause = Clause(word.sign, _mask(index, word.fields), not word.fields and not word.sign, [])
    if word.years:
        clause.ways.append([[(year, 1) for year in word.years]])
        return clause
    if word.phrase:
        terms = [find_term(part) for part in word.parts]
        clause.phrase = terms if any(terms) and len(terms) > 1 else []
        clause.plain = False
        clause.ways.append([[(term, 1)] for term in terms if term])
        return clause if clause.ways[0] else None
    joined = stem(word.joined) if word.joined else ""
    if joined and index.postings(joined) is not None:
        clause.ways.append([[(joined, 2)]])
    slots = []
    for at, part in enumerate(word.parts):
        last = at == len(word.parts) - 1
        prefix = (last and word.prefix) or is_sign(part)
        slots.append(_expand(index, part, prefix=prefix, edits=word.edits if last else 0, lenient=lenient))
    known = [slot for slot in slots if slot is not None]
    if known:
        clause.ways.append(known)
    return clause if clause.ways else None


def find_phrase(index: Index, phrase: list[str], mask: int) -> list[int]:
    """Returns documents where the terms are adjacent in one field.

    An empty term matches any word.
    """
    starts: dict[tuple[int, int], set[int]] | None = None
    for offset, term in enumerate(phrase):
        if not term:
            continue
        postings = index.postings(term)
        if postings is None:
            return []
        following: dict[tuple[int, int], set[int]] = {}
        for (place, document, _, _), positions in zip(postings.tolist(), index.positions(term, postings), strict=True):
            if mask >> place & 1:
                begins = {position - offset for position in positions}
                if starts is not None:
                    begins &= starts.get((document, place), set())
                if begins:
                    following[document, place] = begins
        starts = following
    return [document for document, _ in starts or {}]


def evaluate(index: Index, clauses: list[Clause]) -> Ranked:
    """Returns the documents of clauses, and lunr's score of every document."""
    weights: dict[str, dict[int, float]] = {}
    seen, top = np.zeros(index.size, np.int64), np.zeros(index.size, np.int64)
    head, number = _mask(index, _HEADLINE), 0
    for clause in clauses:
        for way in clause.ways:
            bits = 0
            for slot in way:
                if number == _MOST_SLOTS:
                    break
                bits |= 1 << number
                for term, boost in slot:
                    _mark(index, term, clause.mask, head, 1 << number, seen, top)
                    if clause.sign != "-":
                        boosts = weights.setdefault(term, {})
                        for place in range(len(index.fields)):
                            if clause.mask >> place & 1:
                                boosts[place] = boosts.get(place, 0) + boost
                number += 1
            clause.bits.append(bits)
        if clause.phrase and number < _MOST_SLOTS:
            found = find_phrase(index, clause.phrase, clause.mask)
            seen[found] |= 1 << number
            top[found] |= 1 << number
            clause.bits = [bits | 1 << number for bits in clause.bits]
            number += 1
    return _choose(clauses, seen, top, _score(index, weights))


def _mark(index: Index, term: str, mask: int, head: int, bit: int, seen: Array, top: Array) -> None:
    postings = index.postings(term)
    if postings is not None:
        fields, documents = postings[:, 0], postings[:, 1]
        seen[documents[mask >> fields & 1 == 1]] |= bit
        top[documents[(mask & head) >> fields & 1 == 1]] |= bit


def _score(index: Index, boosted: dict[str, dict[int, float]]) -> Array:
    known = {term: boosts for term, boosts in boosted.items() if index.postings(term) is not None}
    squares = [sum(boosts.get(place, 0) ** 2 for boosts in known.values()) for place in range(len(index.fields))]
    scores = np.zeros(index.size)
    k1, b = index.manifest["k1"], index.manifest["b"]
    for term, boosts in known.items():
        postings = index.postings(term)
        assert postings is not None
        holding = len(postings)
        idf = math.log(1 + abs((index.size - holding + 0.5) / (holding + 0.5)))
        for place, boost in boosts.items():
            _, weight, average = index.fields[place]
            rows = postings[postings[:, 0] == place]
            norm = k1 * (1 - b + b * (rows[:, 2] / average)) + rows[:, 3] if len(rows) else rows[:, 3]
            weights = np.floor((idf * ((k1 + 1) * rows[:, 3])) / norm * weight * 1000 + 0.5) / 1000
            scores[rows[:, 1]] += boost * weights / (math.sqrt(squares[place]) or 1)
    return scores


def _fits(bits: list[int], mask: Array) -> Array:
    fitting = np.zeros(len(mask), bool)
    for way in bits:
        fitting |= mask & way == way
    return fitting


def _choose(clauses: list[Clause], seen: Array, top: Array, scores: Array) -> Ranked:
    positive = [clause for clause in clauses if clause.sign != "-"]
    open_ = np.ones(len(seen), bool)
    for clause in clauses:
        if clause.sign == "-":
            open_ &= ~_fits(clause.bits, seen)
    if positive:
        open_ &= seen != 0
    every, strict, some, heading = open_.copy(), open_.copy(), np.zeros(len(seen), bool), open_.copy()
    for clause in positive:
        fitting = _fits(clause.bits, seen)
        every &= fitting
        some |= fitting
        heading &= _fits(clause.bits, top)
        if not clause.plain:
            strict &= fitting
    return Ranked(np.flatnonzero(every), np.flatnonzero(strict & some & ~every), scores, every & heading)


def rank(index: Index, words: tuple[Word, ...]) -> Ranked:
    """Ranks the documents for a query's words."""
    ranked = Ranked(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(index.size), np.zeros(index.size, bool))
    for lenient in (False, True):
        each = (_make_clause(index, word, lenient=lenient and not word.sign) for word in words)
        clauses = [clause for clause in each if clause is not None]
        if not clauses:
            return ranked
        ranked = evaluate(index, clauses)
        ranked.scores[ranked.top] *= 3
        _lift_phrase(index, words, ranked)
        if len(ranked.whole) or sum(clause.plain for clause in clauses) < 2:
            break
    ranked.some = order(ranked.some, ranked.scores)[: max(0, _FEWEST - len(ranked.whole))]
    return ranked


def _lift_phrase(index: Index, words: tuple[Word, ...], ranked: Ranked) -> None:
    parts = [part for word in words for part in word.parts]
    if len(parts) < _PHRASE_LENGTH or len(ranked.whole) < 2 or not all(word.plain for word in words):
        return
    phrase = [find_term(part) for part in parts]
    if sum(map(bool, phrase)) > 1:
        for document in find_phrase(index, phrase, _mask(index, ())):
            ranked.scores[document] *= 4


def _count_typed(index: Index, typed: list[str], document: int) -> int:
    """Counts the typed words that are in a document's title or authors.

    A record of many authors names a few of them; then the postings decide.
    """
    record = index.record(document)
    held = {word for parts, joined in split_compounds(f"{record.title} {record.authors}") for word in (*parts, joined)}
    hidden = _MORE.search(record.authors) is not None
    return sum(word in held or (hidden and _is_author(index, word, document)) for word in typed)


def _is_author(index: Index, word: str, document: int) -> bool:
    postings = index.postings(find_term(word))
    if postings is None:
        return False
    names = _mask(index, ("authors",))
    return bool(np.any((postings[:, 1] == document) & (names >> postings[:, 0] & 1 == 1)))


def pick_best(index: Index, words: tuple[Word, ...], ranked: Ranked) -> list[int]:
    """Returns at most ten of the best documents with all words, then those with some.

    Documents with more of the words as typed come first.
    """
    best: list[int] = order(ranked.whole, ranked.scores)[:_FEWEST].tolist()
    typed = [part for word in words if word.plain and not word.joined for part in word.parts]
    if 1 < len(typed) < _PHRASE_LENGTH:
        counts = {document: _count_typed(index, typed, document) for document in best}
        best.sort(key=lambda document: -counts[document])
    return [*best, *ranked.some.tolist()]
