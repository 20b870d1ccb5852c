"""Text to terms: the tokenizer that the browser has too (`tokens.js`), so that both speak of the same terms.

A word is a run of Unicode letters and digits; accents are folded ("Póczos" is found as "poczos"); words
joined by a hyphen, a point or an apostrophe are kept apart and together (`GPT-4o`: gpt, 4o, gpt4o); a
lone Greek letter is also its name (`φ-Decoding`: phi); Chinese, Japanese and Korean go by pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lunr.stop_word_filter import WORDS

from .stemmer import stem

STOP_WORDS = frozenset(WORDS)
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
            "sigma tau upsilon phi chi psi omega"
        ).split(),
        strict=True,
    )
)
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = r"[^\W_]+"
_COMPOUND = re.compile(rf"{_WORD}(?:(?:[-‐‑'’._/+]|\*-){_WORD})*")
_PART = re.compile(_WORD)
_IDEOGRAPHS = re.compile(f"[{_CJK}]+|[^{_CJK}]+")
_IDEOGRAPH = re.compile(f"[{_CJK}]")
_LONGEST = 60


def fold(text: str) -> str:
    """The text in lower case without accents, compatibility forms resolved."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
    return unicodedata.normalize("NFC", bare)


def split_compounds(text: str) -> Iterator[tuple[list[str], str]]:
    """Each word of a text as its parts and, where there are several, the parts joined; folded, not stemmed."""
    for match in _COMPOUND.finditer(fold(text)):
        parts = [piece for part in _PART.findall(match[0]) for piece in _split_scripts(part)]
        joined = "".join(parts) if len(parts) > 1 and not _IDEOGRAPH.search(match[0]) else ""
        yield parts, joined[:_LONGEST] if len(joined) <= _LONGEST else ""


def _split_scripts(part: str) -> list[str]:
    if not _IDEOGRAPH.search(part):
        return [GREEK.get(part, part)[:_LONGEST]]
    pieces: list[str] = []
    for run in _IDEOGRAPHS.findall(part):
        if _IDEOGRAPH.match(run) and len(run) > 1:
            pieces.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            pieces.append(run[:_LONGEST])
    return pieces


class Analyzer:
    """Text to terms, with a memory of words: each distinct one is stopped and stemmed once.

    93,000 distinct words stand for 1.64 million at 10,000 papers.
    """

    def __init__(self) -> None:
        self._terms: dict[str, str] = {}

    def analyze(self, text: str) -> list[str]:
        """The terms of a text in their order, stop words left out."""
        terms: list[str] = []
        known = self._terms
        for parts, joined in split_compounds(text):
            for word in (*parts, joined) if joined else parts:
                term = known.get(word)
                if term is None:
                    term = known[word] = "" if word in STOP_WORDS else stem(word)
                if term:
                    terms.append(term)
        return terms
