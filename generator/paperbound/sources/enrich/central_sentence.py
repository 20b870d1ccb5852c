"""The central sentence of an abstract: its own words weigh this one most.

A term t (a stem; stop words have none) weighs n(t), how often it stands in the abstract. The weight of a sentence s is
the cosine of its terms and those of the abstract, without the abstract's length, which is the same for all:
`w(s) = Σ n_s(t)·n(t) / √(Σ n_s(t)²)`, with n_s(t) how often t stands in s. It is the sentence nearest to the centroid
(Radev, Jing and Budzikowska 2000, https://aclanthology.org/W00-0403/). Of equal weights the first sentence counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from ...markup.texts import parse_text
from ...model.record import Record
from ...search.tokens import find_term, split_compounds
from ...text.sentences import split_sentences
from .filling import EnrichContext, Filling, Step
from .first_sentences import LONGEST, quote

# Terms that a sentence has at least, if another one has them: headings and exclamations have fewer.
_FEWEST = 4
# Sentences that are compared: an abstract has some ten.
_MOST = 500


def fill(records: Sequence[Record], step: Step, _context: EnrichContext) -> Iterator[Filling]:
    """Yields the central sentence of each abstract in quotation marks."""
    for record in records:
        if sentence := find_central(record.abstract):
            yield Filling(record.id, {step.field: quote(sentence)}, "central-sentence")


def find_central(abstract: str) -> str:
    """Finds the central sentence of an abstract, with its markup; empty without one."""
    sentences = [sentence for sentence in split_sentences(abstract) if len(sentence) <= LONGEST][:_MOST]
    terms = [_count_terms(sentence) for sentence in sentences]
    enough = [counts.total() >= _FEWEST for counts in terms]
    total: Counter[str] = sum(terms, Counter())
    weights = [
        _weigh(counts, total) if long or not any(enough) else -1.0 for counts, long in zip(terms, enough, strict=True)
    ]
    return sentences[weights.index(max(weights))] if weights else ""


def _count_terms(sentence: str) -> Counter[str]:
    plain = parse_text("abstract", sentence).plain
    words = (part for parts, _ in split_compounds(plain) for part in parts)
    return Counter(term for term in map(find_term, words) if len(term) > 1)


def _weigh(counts: Counter[str], total: Counter[str]) -> float:
    length = math.sqrt(sum(count * count for count in counts.values()))
    return sum(count * total[term] for term, count in counts.items()) / length if length else 0.0
