"""Names in BibTeX: lists of persons, corporate names in braces, and biblatex's named parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..names import read_homonym, split_names
from ..text.name_forms import TEX_FOOTNOTE

# Signs of equal contribution and the like, behind a name or a part of one.
_FOOTNOTE = re.compile(r"(?<![*†‡§¶])[*†‡§¶]++(?= ?(?:,|\}|$| and ))")
# TeX reads no further than `%`; no name has one.
_REMARK = re.compile(r"(?<!\\)%[^\n]*(?=\n|$)")
_AND = re.compile(r" and ", re.IGNORECASE)
# A brace, and the word between two names; each word is followed by a sign of a name.
_SIGN = re.compile(r"(?<!\\)[{}]| and (?=\S)", re.IGNORECASE)
_SEPARATOR = re.compile(r";| \\?& |\bet\.? al\b")
_FRINGE = re.compile(r"^and | and$|(?<= and)(?: and)+(?= )", re.IGNORECASE)
# Most names, `Kern, Ada`: BibTeX's `and`, `et al.` and signs of footnotes are in none of them.
_WORD = r"(?!(?:and|et)\b)[^\W\d_]+"
_USUAL = re.compile(rf"{_WORD}(?:[ -]{_WORD})*, {_WORD}\.?(?:[ -]{_WORD}\.?)*", re.IGNORECASE)
_PART = re.compile(r"\s*(family|given|prefix|suffix|useprefix|[a-z-]+-i)\s*=", re.IGNORECASE)
_KEYS = {"family": "family", "given": "given", "prefix": "particle", "suffix": "suffix"}


def read_people(text: str) -> list[Any]:
    """Returns the persons of a value: text, or mappings of the parts of names.

    A name that braces enclose is that of a group of people.
    """
    text = _REMARK.sub("", text) if "%" in text else text
    names = text.split(" and ")
    if all(map(_USUAL.fullmatch, names)):
        return names
    text = " ".join(text.split())
    text = TEX_FOOTNOTE.sub("", text) if "^" in text or "\\text" in text else text
    text = _FRINGE.sub("", _FOOTNOTE.sub("", text))
    names = list(_split_at_and(text)) if "{" in text else _AND.split(text)
    if _is_list(names):
        names = split_names(text.replace("\\&", "&"))
    # A value without any name, such as commas, is one name that none is.
    return [_read_name(name.strip()) for name in names if name.strip()] or [text]


def _is_list(names: list[str]) -> bool:
    """Returns whether names have other signs between them than BibTeX's `and`.

    BibTeX divides one name at up to two commas; more of them are between names.
    """
    if len(names) > 1:
        return any(name.rstrip().endswith(",") for name in names)
    text = "".join(names)
    return "{" not in text and ("=" not in text) and (text.count(",") > 2 or bool(_SEPARATOR.search(text)))


def _read_name(name: str) -> Any:
    # LaTeX is decoded once, where the parts are joined.
    if "=" in name and _PART.match(name):
        return _read_parts(name)
    if "{" not in name:
        shown, ident = read_homonym(name)
        return {"name": shown, "id": ident} if ident else name
    if name[0] == "{" and _find_end(name) == len(name) - 1 and not name.startswith("{\\"):
        return {"literal": name[1:-1]}
    family, *others = (part.strip() for part in _split_at_commas(name))
    return {"family": family, "given": others[-1] if others else "", "suffix": ", ".join(others[:-1])}


def _find_end(name: str) -> int:
    depth = 0
    for place, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return place
    return -1


def _split_at_and(text: str) -> Iterator[str]:
    depth = start = 0
    for match in _SIGN.finditer(text):
        depth += (match[0] == "{") - (match[0] == "}")
        if len(match[0]) > 1 and depth <= 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _split_at_commas(name: str) -> Iterator[str]:
    depth = start = 0
    for place, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if sign == "," and depth <= 0:
            yield name[start:place]
            start = place + 1
    yield name[start:]


def _read_parts(name: str) -> dict[str, str]:
    person: dict[str, str] = {}
    for part in _split_at_commas(name):
        key, _, value = part.partition("=")
        known = _KEYS.get(key.strip().lower())
        if known:
            person[known] = value.strip().strip('"')
    return person
