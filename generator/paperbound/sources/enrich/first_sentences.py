"""The first sentences of the abstract: one as takeaway, three as summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.record import Record
from ...text.sentences import split_sentences
from .filling import EnrichContext, Filling, Step

_DEFAULTS = {"takeaway": 1, "summary": 3}
# Characters of a sentence for a takeaway.
LONGEST = 500


def fill(records: Sequence[Record], step: Step, _context: EnrichContext) -> Iterator[Filling]:
    """Yields the first sentences of each abstract in quotation marks.

    A summary that were the whole abstract is left out."""
    count = step.number("sentences") or _DEFAULTS[step.field]
    for record in records:
        sentences = split_sentences(record.abstract)
        text = " ".join(sentences[:count])
        if text and (len(sentences) > count or step.field == "takeaway") and len(text) <= LONGEST * count:
            yield Filling(record.id, {step.field: quote(text)}, "first-sentences")


def quote(text: str) -> str:
    """Returns a text of the abstract in quotation marks."""
    return f"“{text}”"
