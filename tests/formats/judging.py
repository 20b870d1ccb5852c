"""Citations as citeproc-py renders them."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from paperbound.formats.csl import make_csl
from paperbound.model.record import Record


def render_citations(records: Sequence[Record]) -> list[str]:
    """The bibliography's texts, in the order of the records, by the style that comes with citeproc-py."""
    items = [
        {**json.loads(make_csl(record, "https://example.org/")), "id": f"p{at}"} for at, record in enumerate(records)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        texts = []
        for item in items:
            bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
            bibliography.register(Citation([CitationItem(item["id"])]))
            texts.append("".join(map(str, bibliography.bibliography())))
    return texts
