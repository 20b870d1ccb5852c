"""Sentences of a Markdown text; abbreviations, initials, decimals, formulas and code end none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# A point, with what closes after it, and the white space behind; the stops of Chinese and Japanese need none.
_STOP = re.compile(r"(?:(?<![.!?…])(?P<stop>[.!?…]+)[\"'”’»)\]*_]*\s+|[。！？｡]+[\"'”’」』）*_]*\s*)")
# Never the end of a sentence, in English, German, French and Spanish.
_INSIDE = frozenset(
    "e.g i.e cf vs viz resp approx ca fig figs eq eqs eqn sec sect secs ch chap tab thm lem prop def ref refs no nos "
    "vol pp p ed eds dr mr mrs ms prof st mt ft z.b d.h u.a bzw vgl abb nr s.o p.ex p.ej n.b m.e".split()
)
# The end of a sentence if a word follows that begins one.
_MAY_END = frozenset("al etc usw i.i.d w.r.t a.k.a s.t ph.d m.sc b.sc u.s u.k e.u u.n jr sr inc ltd co corp".split())
_STARTERS = frozenset(
    "a an the this that these those we our us it its in on at by for from to with without as if when while where after "
    "although however here there moreover furthermore finally first second third then thus therefore hence such both "
    "each all most many some more no not one two using based given since because compared experiments results "
    "extensive existing recent code motivated inspired unlike despite instead additionally specifically".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\Z")
_NEXT = re.compile(r"[\"'“‘«(\[*_]*([^\W_][\w'’-]*)?")
# Formulas, code, links and addresses, in which nothing ends.
_GUARDED = re.compile(
    r"\$\$.+?\$\$|\$[^$\s](?:[^$]*[^$\s])?\$|(`{1,3})[^`]+\1|\]\([^)\s]{0,500}\)|https?://\S+(?<![.,;!?])", re.DOTALL
)
# Characters around a stop, and sentences that emphasis may span.
_NEAR, _FEW = 80, 4
_NO_PROSE = re.compile(r"\s*(?:#{1,6}\s|[-*+>|]\s|\d+[.)]\s|```|~~~)")
_OPENING, _CLOSING = re.compile(r"(?<![\w\\*])\*{1,2}(?=[^\s*])"), re.compile(r"(?<=[^\s\\*])\*{1,2}(?![\w*])")


def split_sentences(text: str) -> list[str]:
    """Splits a Markdown text into its sentences, each in one line, with its markup.

    Paragraphs end sentences. Headings, lists, quotations and tables have none.
    """
    sentences: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        if not _NO_PROSE.match(block):
            sentences += _join_marked(list(_split_block(" ".join(block.split()))))
    return sentences


def _split_block(line: str) -> Iterator[str]:
    # In capitals, which neither end a sentence nor go on with one.
    masked = _GUARDED.sub(lambda match: "X" * len(match[0]), line)
    start = 0
    for match in _STOP.finditer(masked):
        at, end = match.start(), match.end()
        if match["stop"] and not _ends(masked[max(start, at - _NEAR) : at], match["stop"], masked[end : end + _NEAR]):
            continue
        yield line[start : match.end()].strip()
        start = match.end()
    if rest := line[start:].strip():
        yield rest


def _ends(sentence: str, stop: str, rest: str) -> bool:
    """Returns whether a stop between a text and the rest ends a sentence."""
    found = _NEXT.match(rest)
    following = (found[1] or "") if found else ""
    if following[:1].islower() and not any(map(str.isupper, following)):
        return False
    if stop != ".":
        return True
    match = _WORD.search(sentence)
    word = match[0] if match else ""
    lowered = word.lower()
    if lowered in _INSIDE or (sentence.strip() == word.strip() and word.isdecimal()):
        return False
    initial = len(word) == 1 and word.isupper()
    if lowered in _MAY_END or initial:
        return following.lower() in _STARTERS and following[:1].isupper()
    return True


def _join_marked(sentences: Sequence[str]) -> Iterator[str]:
    """Joins a few sentences that divide emphasis."""
    at = 0
    while at < len(sentences):
        ends = (
            end for end in range(at + 1, min(at + _FEW, len(sentences)) + 1) if _is_whole(" ".join(sentences[at:end]))
        )
        end = next(ends, at + 1)
        yield " ".join(sentences[at:end])
        at = end


def _is_whole(text: str) -> bool:
    return len(_OPENING.findall(text)) <= len(_CLOSING.findall(text))
