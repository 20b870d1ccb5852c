"""Topics by likeness to the papers that have them, with shared words as reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...content.suggestions import Suggestion, suggest_tags
from ...model.record import Record
from ...text.characters import cut_words
from .filling import EnrichContext, Filling, Step

_LONGEST_REASON = 180


def fill(records: Sequence[Record], step: Step, context: EnrichContext) -> Iterator[Filling]:
    """Yields the topics that `paperbound tags suggest` suggests for the records."""
    ids = {record.id for record in records}
    suggestions, _ = suggest_tags([*(one for one in context.known if one.id not in ids), *records], context.tags, ids)
    found: dict[str, list[Suggestion]] = {}
    for one in suggestions:
        found.setdefault(one.paper, []).append(one)
    for ident, topics in found.items():
        topics = topics[: step.number("most")]
        reason = ", ".join(f"{context.tags[one.tag].name} ({', '.join(one.words)})" for one in topics)
        program = f"suggest-tags: {cut_words(reason, _LONGEST_REASON)}"
        yield Filling(ident, {"tags": [one.tag for one in topics]}, program)
