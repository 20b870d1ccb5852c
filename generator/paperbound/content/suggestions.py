"""Topics suggested for papers without one, with the reasons.

A topic suits a paper by the cosine of the paper's terms and those of the topic's papers, weighted by TF-IDF. Terms are
stems and pairs of stems that follow each other. A phrase that several other papers have is a new topic.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..markup.texts import text_of
from ..model.catalogue import Tag
from ..model.record import Record
from ..search.tokens import find_compounds, find_term
from ..text.slugs import is_free, make_slug

# The least cosine, and the least part of a paper's best one. Of 60 papers of this repository, each without its topics,
# 46 of 56 suggested topics are right; from 0.12 on, 97 of 160 are.
_LEAST, _NEAR = 0.2, 0.75
_MOST_TOPICS, _MOST_PHRASES, _REASONS = 3, 20, 3
# A topic speaks for itself, and a phrase is one, from this number of papers on.
_FEW, _SEVERAL = 2, 3
# The least part of the papers with the rarer word of a phrase that have the phrase, and the most of all papers.
_BOUND, _COMMON = 0.2, 0.25
_ENDS = re.compile(r"(?<![.,;:!?()\"“”–—])[.,;:!?()\"“”–—]+(?:\s|$)")
_Vector = dict[str, float]


class Suggestion(NamedTuple):
    """A topic for a paper.

    `score` is their cosine, `words` are those that both have, `papers` is the number of the topic's papers.
    """

    paper: str
    tag: str
    score: float
    words: tuple[str, ...]
    papers: int


class Phrase(NamedTuple):
    """A phrase of several papers without a topic, as a new topic."""

    slug: str
    name: str
    papers: tuple[str, ...]


def suggest_tags(
    records: Sequence[Record], tags: Mapping[str, Tag], only: Collection[str] | None = None
) -> tuple[list[Suggestion], list[Phrase]]:
    """Suggests topics for the records without one, or for those of the ids `only`.

    Phrases come from records that no topic suits. Returns suggestions in the order of the records, the best topic
    first, and phrases, those of most papers first.
    """
    terms = {record.id: dict(_list_terms(record)) for record in records}
    counts = Counter(term for found in terms.values() for term in found)
    vectors = {ident: _weigh(found, counts, len(records)) for ident, found in terms.items()}
    papers: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for tag in record.tags:
            if tag in tags:
                papers[tag].append(record.id)
    centres = {tag: _add(vectors[ident] for ident in ids) for tag, ids in papers.items() if len(ids) >= _FEW}
    found, rest = [], []
    for record in records:
        if any(tag in tags for tag in record.tags) or (only is not None and record.id not in only):
            continue
        mine = vectors[record.id]
        scores = sorted(
            ((_multiply(mine, centre), tag) for tag, centre in centres.items()), key=lambda one: (-one[0], one[1])
        )
        good = [(score, tag) for score, tag in scores[:_MOST_TOPICS] if score >= max(_LEAST, _NEAR * scores[0][0])]
        for score, tag in good:
            common = sorted(
                mine.keys() & centres[tag].keys(), key=lambda term: (-mine[term] * centres[tag][term], term)
            )
            words = tuple(terms[record.id][term] for term in common[:_REASONS])
            found.append(Suggestion(record.id, tag, round(score, 2), words, len(papers[tag])))
        if not good:
            rest.append(record.id)
    return found, _find_phrases({ident: terms[ident] for ident in rest}, counts, len(records), tags)


def _list_terms(record: Record) -> Iterator[tuple[str, str]]:
    """Yields the terms of a record's texts, each with the words as written."""
    for name in ("title", "takeaway", "summary", "abstract"):
        for part in _ENDS.split(text_of(record, name).plain):
            words = [(find_term(word), word) for word in find_compounds(part)]
            yield from ((term, word) for term, word in words if len(term) > 1 and not term.isdecimal())
            for (one, first), (other, second) in pairwise(words):
                if one.isalpha() and other.isalpha():
                    yield f"{one} {other}", f"{first} {second}"


def _weigh(terms: Iterable[str], counts: Mapping[str, int], total: int) -> _Vector:
    """Returns weights by term, of length 1.

    A term of one paper says nothing of others.
    """
    weights = {term: math.log(total / counts[term]) for term in terms if 1 < counts[term] < total}
    return _normalize(weights)


def _add(vectors: Iterable[_Vector]) -> _Vector:
    total: _Vector = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            total[term] += weight
    return _normalize(total)


def _normalize(vector: _Vector) -> _Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def _multiply(one: _Vector, other: _Vector) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _find_phrases(
    terms: Mapping[str, Mapping[str, str]], counts: Mapping[str, int], total: int, tags: Mapping[str, Tag]
) -> list[Phrase]:
    papers: dict[str, list[str]] = defaultdict(list)
    for ident, found in terms.items():
        for term in found:
            if " " in term:
                papers[term].append(ident)
    phrases: list[Phrase] = []
    covered: set[str] = set()
    for term, ids in sorted(papers.items(), key=lambda one: (-len(one[1]), one[0])):
        rarer = min(counts[word] for word in term.split())
        if len(ids) < _SEVERAL or counts[term] < _BOUND * rarer or counts[term] > max(_SEVERAL, _COMMON * total):
            continue
        name = Counter(terms[ident][term] for ident in ids).most_common(1)[0][0]
        slug = make_slug(name)
        # Overlapping phrases have the same papers.
        if covered.issuperset(ids) or not is_free(slug) or slug in tags:
            continue
        covered.update(ids)
        phrases.append(Phrase(slug, name.capitalize(), tuple(ids)))
    return phrases[:_MOST_PHRASES]
