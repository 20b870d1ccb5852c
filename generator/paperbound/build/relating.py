"""Related papers, read from what the jobs of the search index left in the work folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..model.job import Receipt
from ..planning.outline import Outline
from ..planning.related import RelatedPapers
from ..urls import WORK


def read_related(outline: Outline, receipts: Mapping[str, Sequence[Receipt]], work: Path) -> RelatedPapers:
    """For each paper's id the ids of those most like it, best first, with the words that they share."""
    idents = list(outline.catalogue.records)[::-1]
    found: dict[str, list[tuple[str, list[str]]]] = {}
    blocks = sum(key.startswith("search related ") for key in receipts)
    for number in range(blocks):
        path = receipts[f"search related {number}"][0].path
        for row in json.loads((work / path.removeprefix(WORK)).read_bytes()):
            found[idents[len(found)]] = [(idents[other], words) for other, _, words in row]
    return found
