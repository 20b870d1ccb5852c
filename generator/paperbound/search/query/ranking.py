"""Ranking: the papers of a query, by lunr's scores. The twin of `ranking.js`, `scoring.js`."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from ..arrays import Array
from ..stemmer import stem
from ..tokens import find_term, is_sign
from .index_reader import Index, find_near
from .parser import Word

FEWEST = 10
_MOST_EXPANSIONS = 32
_MOST_SLOTS = 30
_PREFIX_BOOST = 0.3
PHRASE_LENGTH = 5
_CERTAIN = 3
# A typo: its least letters, its most postings, and by how many bits the count of the right word is longer.
_LEAST_LETTERS, _RARE, _LIKELIER = 5, 3, 4
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
    word: str = ""
    """The word as typed, if it stands alone and is of letters: one that may be a typo."""
    mended: list[tuple[str, str]] = field(default_factory=list)
    """Words that no paper has, each with the word that it was meant for."""


@dataclass(slots=True)
class Ranked:
    """Documents with all words, unordered; with some, best first; all scores.

    `held` is the number of the `asked` words that each document has, `least` that of the documents with some. `mended`
    are words that no paper has, and a rare one that may be a typo, each with the right word.
    """

    whole: Array
    some: Array
    scores: Array
    top: Array
    held: Array
    asked: int = 0
    least: int = 0
    mended: tuple[tuple[str, str], ...] = ()

    @property
    def most(self) -> int:
        """The largest number of words of a document with some of them."""
        return int(self.held[self.some].max()) if len(self.some) else 0


def order(documents: Array, scores: Array) -> Array:
    """Sorts documents by falling score; of equal ones the newer first."""
    return documents[np.lexsort((-documents, -scores[documents]))]


def _forgive(index: Index, word: str, edits: int) -> tuple[Slot, str]:
    """Returns the terms that a word was meant for, and the likeliest word."""
    likely: dict[str, float] = {}
    words: dict[str, str] = {}
    for other, bits, _ in find_near(index, word, edits):
        term, value = find_term(other), 2**bits * (10 if other[0] == word[0] else 1)
        if term and other != word and value > likely.get(term, 0):
            likely[term], words[term] = value, other
    best = max(likely.values(), default=0)
    found = sorted((-value, place, term) for place, (term, value) in enumerate(likely.items()) if value >= best / 1000)
    return [(term, 0.7 / edits) for _, _, term in found[:_MOST_EXPANSIONS]], words[found[0][2]] if found else ""


def _expand(
    index: Index, word: str, *, prefix: bool, edits: int, lenient: bool, exact: bool
) -> tuple[Slot, str] | None:
    """Returns the terms of a word, and the likeliest word for one of no paper.

    Returns None for a stop word.
    """
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
    known, meant = bool(found), ""
    for distance, shortest in ((1, 4), (2, 7)) if not (prefix or edits or exact) else ():
        if len(word) >= shortest and (not found or (lenient and distance == 1)):
            slot, likeliest = _forgive(index, word, distance)
            for other, boost in slot:
                found.setdefault(other, boost)
            meant = meant if known else likeliest
    return list(found.items()), meant


def make_mask(index: Index, names: tuple[str, ...]) -> int:
    """Returns the bits of these fields, or of all for no names."""
    return sum(1 << at for at, (name, _, _) in enumerate(index.fields) if not names or name in names)


def _make_clause(index: Index, word: Word, *, lenient: bool, exact: bool) -> Clause | None:
    clause = Clause(word.sign, make_mask(index, word.fields), not word.fields and not word.sign, [])
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
        slots.append(_expand(index, part, prefix=prefix, edits=word.edits if last else 0, lenient=lenient, exact=exact))
    known = [slot for slot, _ in filter(None, slots)]
    if known:
        clause.ways.append(known)
    clause.mended = [(part, slot[1]) for part, slot in zip(word.parts, slots, strict=True) if slot and slot[1]]
    if word.plain and not word.prefix and not word.edits and len(word.parts) == 1:
        clause.word = word.parts[0] if word.parts[0].isalpha() and len(word.parts[0]) >= _LEAST_LETTERS else ""
    return clause if clause.ways else None


def find_phrase(index: Index, phrase: list[str], mask: int, *, loose: bool = False) -> list[int]:
    """Returns documents where the terms are adjacent in one field.

    An empty term matches any word. Rare terms are looked up first. `loose` is sure enough when one document is left, or
    after three terms of those that half of the papers have: their positions are the largest files.
    """
    found = [(offset, term, index.postings(term)) for offset, term in enumerate(phrase) if term]
    known = [(offset, term, postings) for offset, term, postings in found if postings is not None]
    if len(known) < len(found):
        return []
    starts: dict[tuple[int, int], set[int]] | None = None
    for place, (offset, term, postings) in enumerate(sorted(known, key=lambda one: len(one[2]))):
        if starts is not None and len(starts) <= loose:
            break
        if loose and place >= _CERTAIN and len(postings) * 2 > index.size:
            break
        following: dict[tuple[int, int], set[int]] = {}
        for (number, document, _, _), positions in zip(postings.tolist(), index.positions(term, postings), strict=True):
            if mask >> number & 1:
                begins = {position - offset for position in positions}
                if starts is not None:
                    begins &= starts.get((document, number), set())
                if begins:
                    following[document, number] = begins
        starts = following
    return [document for document, _ in starts or {}]


def evaluate(index: Index, clauses: list[Clause]) -> Ranked:
    """Returns the documents of clauses, and lunr's score of every document."""
    weights: dict[str, dict[int, float]] = {}
    seen, top = np.zeros(index.size, np.int64), np.zeros(index.size, np.int64)
    head, number = make_mask(index, _HEADLINE), 0
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
    strict, held, heading = open_.copy(), np.zeros(len(seen), np.int64), open_.copy()
    for clause in positive:
        fitting = _fits(clause.bits, seen)
        held += fitting
        heading &= _fits(clause.bits, top)
        if not clause.plain:
            strict &= fitting
    every = open_ & (held == len(positive))
    some = np.flatnonzero(strict & (held > 0) & ~every)
    return Ranked(np.flatnonzero(every), some, scores, every & heading, held, len(positive))


def rank(index: Index, words: tuple[Word, ...], *, exact: bool = False) -> Ranked:
    """Ranks the documents for a query's words; with `exact`, typos are not forgiven."""
    nothing = np.zeros(0, np.int64)
    ranked = Ranked(nothing, nothing, np.zeros(index.size), np.zeros(index.size, bool), np.zeros(index.size, np.int64))
    typed: list[Clause] = []
    first = -1
    for lenient in (False, True):
        each = (_make_clause(index, word, lenient=lenient and not word.sign, exact=exact) for word in words)
        clauses = [clause for clause in each if clause is not None]
        typed = typed or clauses
        if not clauses:
            return ranked
        ranked = evaluate(index, clauses)
        first = len(ranked.whole) if first < 0 else first
        ranked.mended = tuple(pair for clause in clauses for pair in clause.mended)
        ranked.scores[ranked.top] *= 3
        _lift_phrase(index, words, ranked)
        count = sum(clause.plain for clause in clauses)
        # Of many words most find the paper that one is not in.
        if exact or len(ranked.whole) or count < 2 or (count >= PHRASE_LENGTH and ranked.most * 2 > ranked.asked):
            break
    if not ranked.mended and not exact:
        ranked.mended = find_likelier(index, typed, first)
    return _pick_some(ranked)


def _pick_some(ranked: Ranked) -> Ranked:
    """Returns the result with the best of the documents that have some words.

    Those with most words come first, up to ten in all. Where none has all of three words or more, every document with
    as many of them as any has is kept, if that is more than half.
    """
    few, most = max(0, FEWEST - len(ranked.whole)), ranked.most
    if not len(ranked.whole) and ranked.asked > 2 and most * 2 > ranked.asked:
        few = max(few, int(np.sum(ranked.held[ranked.some] == most)))
    # More words count more than any score.
    ranked.some = order(ranked.some, ranked.scores + ranked.held * 1e6)[:few]
    ranked.least = int(ranked.held[ranked.some].min()) if len(ranked.some) else 0
    return ranked


def find_likelier(index: Index, clauses: list[Clause], matched: int) -> tuple[tuple[str, str], ...]:
    """Returns a rare word of the query with the likely right word.

    Certain enough is a word of five letters that at most three papers have, in their texts alone, and one edit from it
    a word that begins alike, is sixteen times as frequent, and with which more papers have all words.
    """
    rare = []
    for at, clause in enumerate(clauses if matched < FEWEST else ()):
        postings = index.postings(find_term(clause.word)) if clause.word else None
        if postings is not None and len(postings) <= _RARE:
            heading = (make_mask(index, _HEADLINE) >> postings[:, 0] & 1).any()
            rare += [] if heading else [(len(postings), at, clause)]
    if not rare:
        return ()
    _, at, clause = min(rare, key=lambda one: one[:2])
    near = {other: bits for other, bits, _ in find_near(index, clause.word, 1)}
    least = near.get(clause.word, 0) + _LIKELIER
    likely = [(-bits, other) for other, bits in near.items() if other[0] == clause.word[0] and bits >= least]
    meant = min(likely)[1] if likely else ""
    if find_term(meant) in ("", find_term(clause.word)):
        return ()
    changed = replace(clause, ways=[[[(find_term(meant), 1)]]], bits=[])
    others = [changed if place == at else replace(one, bits=[]) for place, one in enumerate(clauses)]
    return ((clause.word, meant),) if len(evaluate(index, others).whole) > matched else ()


def _lift_phrase(index: Index, words: tuple[Word, ...], ranked: Ranked) -> None:
    parts = [part for word in words for part in word.parts]
    if len(parts) < PHRASE_LENGTH or len(ranked.whole) < 2 or not all(word.plain for word in words):
        return
    phrase = [find_term(part) for part in parts]
    if sum(map(bool, phrase)) > 1:
        for document in find_phrase(index, phrase, make_mask(index, ()), loose=True):
            ranked.scores[document] *= 4
