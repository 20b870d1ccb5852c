"""LaTeX that is left in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...markup.texts import TEXTS, text_of
from ...model.errors import Fault
from ..rule import WARNING, Content, Rule
from .fields import list_plain_texts, make_fault

_LATEX = re.compile(r"\\[A-Za-z]{2,}|\\[\"'`^~=.][{]?[A-Za-z]|[{]\\")


def _find(content: Content) -> Iterator[Fault]:
    for record in content.catalogue.records.values():
        texts = [*list_plain_texts(record)]
        for name in TEXTS:
            if "\\" in getattr(record, name):
                parsed = text_of(record, name)
                # Formulas that no library reads are shown as TeX, and reported while content is read.
                plain = parsed.plain
                for formula in parsed.unreadable:
                    plain = plain.replace(formula, "")
                texts.append((name, plain))
        for name, text in texts:
            if match := _LATEX.search(text):
                remedy = "Write the sign itself, Markdown (*emphasis*), or a formula between dollar signs."
                yield make_fault(record, name, text, match.start(), "LaTeX is left in the text", remedy)


LATEX = Rule(
    "latex",
    WARNING,
    "A text shows commands of LaTeX.",
    r"""Readers see `\emph{only}` or `Erd\H{o}s` as it stands. Texts of records are Markdown: write `*only*` and
`Erdős`, and formulas between dollar signs. `paperbound import` turns the LaTeX of BibTeX files into Markdown.""",
    find_in_content=_find,
)
