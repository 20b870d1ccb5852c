"""Text to terms: the tokenizer, with a twin in the browser (`tokens.js`).

A word is a run of Unicode letters and digits; accents are folded ("Póczos" is found as "poczos"); words joined by a
hyphen, a point or an apostrophe are indexed both separately and joined (`GPT-4o`: gpt, 4o, gpt4o); a single Greek
letter is also its name (`φ-Decoding`: phi); a letter with signs is a word of its own (`C++`: cplusplus, `C#`: csharp).
Chinese, Japanese and Korean are split into pairs of characters. The index has the last character of each run, too: one
character is then the beginning of a pair, or stands alone, wherever it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

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
# Followed by a hyphen, as if a number after it were joined: `C++17`.
_SIGNED = re.compile(r"(^|[\W_])([a-z])(\+\+|#)(?![a-z+#])")
_SIGNS = {"++": "plusplus-", "#": "sharp-"}
_COMPOUND = re.compile(rf"{_WORD}(?:(?:[-‐‑'’._/+]|\*-){_WORD})*")
_PART = re.compile(_WORD)
_IDEOGRAPHS = re.compile(f"[{_CJK}]+|[^{_CJK}]+")
_IDEOGRAPH = re.compile(f"[{_CJK}]")
LONGEST = 60
_FIRST = (0,)
Analysis = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], int]


def fold(text: str) -> str:
    """Returns the text in lower case without accents and compatibility forms."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).lower()
    # A text has few distinct characters: one check for each is five times as fast.
    for character in {one for one in set(bare) if one > "\x7f" and unicodedata.category(one)[0] == "M"}:
        bare = bare.replace(character, "")
    return unicodedata.normalize("NFC", bare)


def find_compounds(text: str) -> list[str]:
    """Returns the folded words of a text, joined words as one."""
    folded = fold(text)
    if "#" in folded or "++" in folded:
        folded = _SIGNED.sub(lambda match: match[1] + match[2] + _SIGNS[match[3]], folded)
    return _COMPOUND.findall(folded)


def split_compound(compound: str) -> tuple[list[str], str]:
    """Splits a folded word into parts; returns the joined parts, too, if there are several.

    Nothing is stemmed.
    """
    if compound.isascii():
        parts = [part[:LONGEST] for part in _PART.findall(compound)]
        joined = "".join(parts) if len(parts) > 1 else ""
        return parts, joined if len(joined) <= LONGEST else ""
    parts = [piece for part in _PART.findall(compound) for piece in _split_scripts(part)]
    joined = "".join(parts) if len(parts) > 1 and not _IDEOGRAPH.search(compound) else ""
    return parts, joined if len(joined) <= LONGEST else ""


def split_compounds(text: str) -> Iterator[tuple[list[str], str]]:
    """Splits each word of a text into its parts and the joined parts."""
    return map(split_compound, find_compounds(text))


def is_sign(part: str) -> bool:
    """Returns whether a part of a word is one Chinese, Japanese or Korean character."""
    return len(part) == 1 and bool(_IDEOGRAPH.match(part))


def _list_ends(parts: list[str]) -> list[tuple[str, int]]:
    """Lists the last character of each run of pairs, and the place of its pair."""
    pairs = [part if len(part) == 2 and _IDEOGRAPH.match(part) else "" for part in parts]
    return [
        (pair[1], place)
        for place, (pair, following) in enumerate(zip(pairs, [*pairs[1:], ""], strict=True))
        if pair and following[:1] != pair[1]
    ]


def _split_scripts(part: str) -> list[str]:
    if not _IDEOGRAPH.search(part):
        return [GREEK.get(part, part)[:LONGEST]]
    pieces: list[str] = []
    for run in _IDEOGRAPHS.findall(part):
        if _IDEOGRAPH.match(run) and len(run) > 1:
            pieces.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            pieces.append(run[:LONGEST])
    return pieces


@lru_cache(1 << 18)
def find_term(word: str) -> str:
    """Returns the term of a folded word; an empty text for a stop word.

    Cached: at 10,000 papers, 1.64 million words are 93,000 distinct ones.
    """
    return "" if word in STOP_WORDS else stem(word)


@lru_cache(1 << 17)
def analyze_compound(compound: str) -> Analysis:
    """Returns a folded word's words, their terms, their offsets and its width, without stop words.

    Cached: blocks of one process have most of their words in common.
    """
    if compound.isascii() and compound.isalnum():
        # Nine in ten words are plain. The general case takes four times as long.
        word = compound[:LONGEST]
        term = find_term(word)
        return ((word,), (term,), _FIRST, 1) if term else ((), (), (), 1)
    parts, joined = split_compound(compound)
    known = [(joined, 0)] if joined else []
    known += [(part, place) for place, part in enumerate(parts)]
    known += () if compound.isascii() else _list_ends(parts)
    rows = [(word, term, place) for word, place in known if (term := find_term(word))]
    words, terms, places = tuple(zip(*rows, strict=True)) or ((), (), ())
    return words, terms, places, len(parts)


def analyze(text: str) -> list[str]:
    """Returns the terms of a text in order, without stop words."""
    return [term for compound in find_compounds(text) for term in analyze_compound(compound)[1]]
