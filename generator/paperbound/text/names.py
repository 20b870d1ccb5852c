"""Names of people: given and family name, initials, the order in an index."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Particles that belong to the family name after a given name (BibTeX's "von" part).
_PARTICLES = frozenset(
    "af al bin da dal de del della den der des di do dos du el ibn la le o' ten ter van vande vanden vander vom von y "
    "zu zum zur".split()
)
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd"])
_MARKS = " \t*†‡§¶#,;"
_GROUP = re.compile(
    r"\b(?:group|collaboration|consortium|team|committee|society|university|institute|association|organi[sz]ation|"
    r"foundation|department|ministry|council|commission|agency|initiative|network|project|laborator(?:y|ies)|"
    r"corporation|company|cent(?:er|re)|federation|alliance|academy|investigators|contributors|developers|partnership|"
    r"task force|inc|ltd|llc|gmbh)\b|"
    r"\s(?:and|&|of the|for)\s",
    re.IGNORECASE,
)
# Latin letters that are no letter with an accent to Unicode.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
)
_CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")


def is_suffix(word: str) -> bool:
    """Returns whether a word is a suffix of a name, such as `Jr.`."""
    return word.lower() in _SUFFIXES


def is_group(name: str) -> bool:
    """Returns whether a word of a name makes it that of a group."""
    return bool(_GROUP.search(name))


class NameParts(NamedTuple):
    """The parts of a name in a citation; the family name has its particles.

    A group, a name in signs of Chinese, Japanese or Korean, and a single word are a family name alone.
    """

    given: str
    family: str
    suffix: str = ""
    is_group: bool = False


# Names return: editors of a book on each of its papers, and authors in each format.
@lru_cache(maxsize=16_384)
def divide_name(name: str) -> NameParts:
    """Divides a name for a citation, without signs such as `*` for equal contribution."""
    name = name.strip(_MARKS)
    if _GROUP.search(name):
        return NameParts("", name, is_group=True)
    parts = [part.strip() for part in name.split(",") if part.strip()]
    suffixes = [part for part in parts[1:] if is_suffix(part)]
    others = [part for part in parts if part not in suffixes]
    given, family = split_name(", ".join(others))
    words = family.split()
    if not suffixes and given and len(words) > 1 and is_suffix(words[-1]):
        family, suffixes = " ".join(words[:-1]), words[-1:]
    if len(others) > 2 or "," in given:
        return NameParts("", name, is_group=True)
    return NameParts(given, family, ", ".join(suffixes))


def split_name(name: str) -> tuple[str, str]:
    """Splits a name, also `Family, Given`, into given and family name."""
    if "," in name:
        family, _, given = name.partition(",")
        if given.strip().lower() not in _SUFFIXES:
            return given.strip(), family.strip()
        name = family
    words = name.split()
    if len(words) < 2 or _CJK.search(name):
        return "", name.strip()
    end = len(words) - 1
    if words[end].lower() in _SUFFIXES and end > 1:
        end -= 1
    while end > 1 and words[end - 1].lower() in _PARTICLES:
        # `Ortega y Gasset` has two family names.
        end -= 2 if words[end - 1] == "y" and end > 2 else 1
    return " ".join(words[:end]), " ".join(words[end:])


def sort_key(name: str) -> tuple[str, str]:
    """Returns the sort key of a name: family name, given name.

    Both are without accents and case. A group has its whole name."""
    if _GROUP.search(name):
        return fold(name), ""
    given, family = split_name(name)
    words = family.split()
    while len(words) > 1 and words[0].lower() in _PARTICLES:
        words.pop(0)
    return fold(" ".join(words)), fold(given)


def index_letter(name: str) -> str:
    """Returns the letter of a name in an index: a capital, or `#`."""
    return _find_letter(sort_key(name)[0])


def place_in_index(name: str) -> tuple[bool, str, str]:
    """Returns the sort key of a name in an index, those without letters last."""
    family, given = sort_key(name)
    return _find_letter(family) == "#", family, given


def _find_letter(family: str) -> str:
    first = family[:1]
    return first.upper() if first.upper() != first else "#"


def fold(text: str) -> str:
    """Removes accents and case from a text, for sorting.

    The rest sorts by code points nearly as the Unicode collation algorithm has it (decision 20).
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(_LETTERS)
