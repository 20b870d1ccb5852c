"""Enrichers: they fill takeaway, summary and tags of new records.

Each is a row here and a module with a function `fill`; `enrich` in `fill.py` runs them.
"""

from __future__ import annotations

from typing import NamedTuple


class Enricher(NamedTuple):
    """A row of the registry: name in sources.yaml, module, fields to fill, numbers.

    `numbers` are whole numbers of its settings: name, default, least and most. The module has `fill`.
    """

    name: str
    module: str
    fields: tuple[str, ...]
    numbers: tuple[tuple[str, int, int, int], ...] = ()


_LENGTH = ("sentences", 0, 1, 20)

ENRICHERS: tuple[Enricher, ...] = (
    Enricher("first-sentences", "first_sentences", ("takeaway", "summary"), (_LENGTH,)),
    Enricher("central-sentence", "central_sentence", ("takeaway", "summary"), ()),
    Enricher("suggest-tags", "suggested_tags", ("tags",), (("most", 3, 1, 3),)),
    Enricher("command", "command", ("takeaway", "summary", "tags"), (("seconds", 60, 1, 3_600),)),
)
