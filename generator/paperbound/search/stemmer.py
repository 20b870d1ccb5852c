"""The stemmer of lunr.js 2.3.9: Porter's of 1980 with lunr's deviations.

M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. lunr for Python stems differently ("survey"
becomes "survei"), so the browser would not find its terms. `stemmer.js` is the twin of this module; both are tested
against lunr.js on every distinct word of the corpora.
"""

from __future__ import annotations

import re

_C = "[^aeiou][^aeiouy]*"
_V = "[aeiouy][aeiou]*"
_MORE_THAN_0 = re.compile(f"(?:{_C})?{_V}{_C}")
_EXACTLY_1 = re.compile(f"(?:{_C})?{_V}{_C}(?:{_V})?$")
_MORE_THAN_1 = re.compile(f"(?:{_C})?{_V}{_C}{_V}{_C}")
_HAS_VOWEL = re.compile(f"(?:{_C})?[aeiouy]")
_SHORT = re.compile(f"{_C}[aeiouy][^aeiouwxy]$")
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate",
    "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al",
    "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_2_FORM = re.compile(f"(.+?)({'|'.join(_STEP_2)})$")
_STEP_3_FORM = re.compile(f"(.+?)({'|'.join(_STEP_3)})$")
# A first test in one call: most words have none of these endings.
_STEP_2_ENDS, _STEP_3_ENDS = tuple(_STEP_2), tuple(_STEP_3)
_STEP_4_ENDS = tuple("al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize".split())
_STEP_4_FORM = re.compile(f"(.+?)({'|'.join(_STEP_4_ENDS)})$")
# Every ending has these letters; numbers, identifiers and other scripts have none.
_ENDS = frozenset("abcdefghijklmnopqrstuvwxyz")


def stem(word: str) -> str:
    """Returns the stem of a word in lower case; shorter words than three characters stay."""
    if len(word) < 3 or word[-1] not in _ENDS:
        return word
    # A `y` at the beginning is a consonant.
    first_y = word[0] == "y"
    if first_y:
        word = "Y" + word[1:]
    for step in (_step_1a, _step_1b, _step_1c, _step_2, _step_3, _step_4, _step_5):
        word = step(word)
    return "y" + word[1:] if first_y else word


def _step_1a(word: str) -> str:
    if (len(word) > 4 and word.endswith("sses")) or (len(word) > 3 and word.endswith("ies")):
        return word[:-2]
    if len(word) > 2 and word[-1] == "s" and word[-2] != "s":
        return word[:-1]
    return word


def _step_1b(word: str) -> str:
    if word.endswith("eed") and len(word) > 3:
        return word[:-1] if _MORE_THAN_0.match(word[:-3]) else word
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending):
            rest = word[: -len(ending)]
            return _mend(rest) if _HAS_VOWEL.match(rest) else word
    return word


def _mend(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _SHORT.match(word) else word


def _step_1c(word: str) -> str:
    return word[:-1] + "i" if len(word) > 2 and word[-1] == "y" and word[-2] not in "aeiou" else word


def _step_2(word: str) -> str:
    match = _STEP_2_FORM.match(word) if word.endswith(_STEP_2_ENDS) else None
    return match[1] + _STEP_2[match[2]] if match and _MORE_THAN_0.match(match[1]) else word


def _step_3(word: str) -> str:
    match = _STEP_3_FORM.match(word) if word.endswith(_STEP_3_ENDS) else None
    return match[1] + _STEP_3[match[2]] if match and _MORE_THAN_0.match(match[1]) else word


def _step_4(word: str) -> str:
    match = _STEP_4_FORM.match(word) if word.endswith(_STEP_4_ENDS) else None
    if match:
        return match[1] if _MORE_THAN_1.match(match[1]) else word
    if word.endswith(("sion", "tion")) and len(word) > 4 and _MORE_THAN_1.match(word[:-3]):
        return word[:-3]
    return word


def _step_5(word: str) -> str:
    if word.endswith("e") and len(word) > 1:
        rest = word[:-1]
        if _MORE_THAN_1.match(rest) or (_EXACTLY_1.match(rest) and not _SHORT.match(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _MORE_THAN_1.match(word) else word
