"""The papers of the bench: rows of the anthology, evenly chosen; and papers that all have abstracts, with formulas.

0.9 % of the anthology's abstracts hold a formula. `choose_abstracts` takes all of these, evenly chosen others, and
gives formulas to some of the others, evenly chosen, until 15 % of all hold some: the k-th of these gets the formulas of
the k-th abstract that has some (the first again after the last), evenly between its words.
"""

from __future__ import annotations

import json
import lzma
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from same_work import Paper, make_paper

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "anthology.jsonl.xz"
ALL = 81_417
SHARE = 0.15
_Item = TypeVar("_Item")
_FORMULA = re.compile(r"(?<![\\$\w])\$(?!\s)([^$]{1,200}?)(?<![\s\\])\$(?![\d$])")
# Words in a row: prose between two prices.
_PROSE = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")
# Places where the peers' template languages would begin.
_TEMPLATE = re.compile(r"(?<=[{}])(?=[{}%#])")


@dataclass(frozen=True)
class Mix:
    """What papers hold: how many have an abstract, how many of these formulas; how many formulas, how many distinct."""

    papers: int
    abstracts: int
    with_formulas: int
    given: int
    formulas: int
    distinct: int

    def __str__(self) -> str:
        share = f"{100 * self.with_formulas / self.papers:.0f} %"
        return (
            f"{self.papers:,} papers, {self.abstracts:,} with an abstract, {self.with_formulas:,} ({share}) with "
            f"formulas, {self.given:,} of these by the rule; {self.formulas:,} formulas, {self.distinct:,} distinct"
        )


def read_rows() -> list[dict[str, Any]]:
    """All rows of the anthology."""
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def choose_papers(rows: list[dict[str, Any]], size: int) -> list[Paper]:
    """Returns `size` papers, evenly from those with an abstract, which have more authors than the oldest; or all."""
    full = rows if size == ALL else [row for row in rows if row["abstract"]]
    return [make_paper(row) for row in _spread(full, size)]


def choose_abstracts(rows: list[dict[str, Any]], size: int) -> tuple[list[Paper], Mix]:
    """Returns `size` papers with abstracts in Markdown, of which 15 % hold formulas; and the counts."""
    papers = {at: _mark(make_paper(row)) for at, row in enumerate(rows) if row["abstract"]}
    own = [at for at, paper in papers.items() if list_formulas(paper.markdown)]
    rest = _spread(sorted(papers.keys() - set(own)), size - len(own))
    donors = [list_formulas(papers[at].markdown) for at in own]
    given = _spread(rest, max(0, round(size * SHARE) - len(own)))
    for number, at in enumerate(given):
        papers[at] = add_formulas(papers[at], donors[number % len(donors)])
    chosen = [papers[at] for at in sorted([*own, *rest])]
    formulas = [list_formulas(paper.markdown) for paper in chosen]
    every = [one for found in formulas for one in found]
    abstracts = sum(bool(paper.markdown) for paper in chosen)
    return chosen, Mix(size, abstracts, sum(map(bool, formulas)), len(given), len(every), len(set(every)))


def choose_formulas(rows: list[dict[str, Any]], size: int, each: int) -> tuple[list[Paper], list[Paper]]:
    """Returns `size` papers with abstracts and no formula, and the same with `each` formulas, all of them distinct."""
    papers = [_mark(make_paper(row)) for row in rows if row["abstract"]]
    donors = [one for paper in papers for one in list_formulas(paper.markdown)]
    plain = _spread([paper for paper in papers if not list_formulas(paper.markdown)], size)
    dense = []
    for number, paper in enumerate(plain):
        numbers = range(number * each, (number + 1) * each)
        dense.append(add_formulas(paper, [f"{donors[at % len(donors)]} + {at}" for at in numbers]))
    return plain, dense


def list_formulas(markdown: str) -> list[str]:
    """The formulas of a text, without their dollars."""
    return [found[1] for found in _FORMULA.finditer(markdown) if _is_formula(found[1])]


def add_formulas(paper: Paper, formulas: list[str]) -> Paper:
    """A paper with formulas more, evenly between the words of its abstract."""
    words = paper.markdown.split(" ")
    for number in range(len(formulas), 0, -1):
        words.insert(max(1, number * len(words) // (len(formulas) + 1)), f"${formulas[number - 1]}$")
    return replace(paper, markdown=" ".join(words))


def _mark(paper: Paper) -> Paper:
    """A paper whose abstract is Markdown: formulas as they are, everything else escaped."""
    parts, end = [], 0
    for found in _FORMULA.finditer(paper.abstract):
        if _is_formula(found[1]):
            parts += [_escape(paper.abstract[end : found.start()]), _TEMPLATE.sub(" ", found[0])]
            end = found.end()
    return replace(paper, markdown="".join((*parts, _escape(paper.abstract[end:]))))


def _is_formula(text: str) -> bool:
    return text.count("{") == text.count("}") and not _PROSE.search(text)


def _escape(text: str) -> str:
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
    text = re.sub(r"([\\`*_\[\]$~{}])", r"\\\1", text)
    return re.sub(r"^([#>+=|-])", r"\\\1", text)


def _spread(items: list[_Item], size: int) -> list[_Item]:
    return [items[number * len(items) // size] for number in range(size)]
