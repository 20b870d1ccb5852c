"""Forms of names in papers and lists: footnotes, titles, degrees, initials behind the family."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Signs of footnotes behind a name: `Ada Kern1,2`, `Ada Kern¹`, `Ada Kern^{1,*}`, `Ada Kern$^\dagger$`.
_MARK = r"(?:\\(?:dagger|ddagger|ast|star)\b|[\d*†‡§¶,])"
TEX_FOOTNOTE = re.compile(
    rf"\s?\$\^\{{?{_MARK}{{1,8}}\}}?\$|\s?\\textsuperscript\{{{_MARK}{{1,8}}\}}|\s?(?<!\\)\^(?:\{{{_MARK}{{1,8}}\}}|[\d*†‡§¶])"
)
_DIGITS = re.compile(r"(?<=[^\W\d_]{2})[1-9]\d?(?:, ?[1-9]\d?(?!\w))*+(?=[*†‡§¶]*+ ?(?:[,;&|]|and\b|$))")
_SUPERSCRIPT = re.compile("(?<=[^\\W\\d_.])[¹²³⁰⁴-⁹]++(?:, ?[¹²³⁰⁴-⁹]++)*+")
_LIST = re.compile(r"[,;&|]| and ")
_TITLE = re.compile(
    r"(?:(?:prof(?:essor)?|dr|mr|mrs|ms)(?:\. ?| )(?:(?:ing|rer|nat|med|phil|habil)\. ?)*+)+(?=\S+ \S)", re.IGNORECASE
)
_DEGREES = frozenset(
    "ph.d. ph.d phd m.d. m.d md m.sc. msc b.sc. bsc mph m.p.h. mba d.phil. dphil pharmd pharm.d. dvm dds rn jd j.d. "
    "facs frcp mbbs scd sc.d. edd ed.d. psyd psy.d. esq. esq".split()
)
_INITIALS = frozenset(("md", "rn", "jd"))
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_CAPITALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,3}")
_AFFILIATION = re.compile(r"([^()]{3,200}?) \(([^()]{2,200})\)")


def drop_footnotes(text: str) -> str:
    """Drops signs of footnotes from a text of names; digits only of several names."""
    if "^" in text or "\\" in text:
        text = TEX_FOOTNOTE.sub("", text)
    if not text.isascii():
        text = _SUPERSCRIPT.sub("", text)
    return _DIGITS.sub("", text) if _LIST.search(text) else text


def is_degree(word: str, name: str) -> bool:
    """Returns whether a word is the academic degree behind a name: `PhD`, `M.D.`.

    `MD` behind a single word is the initials of a given name.
    """
    return word.lower() in _DEGREES and (" " in name or word.lower() not in _INITIALS)


def drop_titles(name: str) -> str:
    """Drops titles and degrees from a name: `Prof. Dr. Ada Kern, PhD` is `Ada Kern`."""
    if "," in name:
        first, *parts = (part.strip() for part in name.split(","))
        start = " ".join((first, *parts[:-1]))
        rest = [part for part in parts if not is_degree(part, start)]
        name = ", ".join((first, *rest)) if len(rest) < len(parts) else name
    title = _TITLE.match(name)
    return name[title.end() :] if title else name


def split_affiliation(name: str) -> tuple[str, str]:
    """Splits a name of several words and the affiliation in brackets behind it.

    `Chen, Xi (Leslie)` has another given name there.
    """
    marked = name.rstrip("*†‡§¶ ")
    match = _AFFILIATION.fullmatch(marked) if marked.endswith(")") else None
    return (match[1], match[2]) if match and " " in match[1] and "," not in match[1] else (name, "")


def split_initials(text: str) -> list[str]:
    """Splits names with initials behind the family name: `Kern A, Lund BC`.

    Returns any other text as it is.
    """
    names = [name.strip() for name in text.split(",")]
    return names if len(names) > 1 and all(map(_find_initials, names)) else [text]


def turn_initials(names: Sequence[str], *, dotted: bool = False) -> list[str]:
    """Writes `Kern, A.` for each `Kern A`, where all persons have this form.

    It is that of PubMed, Scopus and the Vancouver style. One of the names has a single initial: in `Wei WU, Bo LI` the
    families are in capitals. With `dotted` initials have full stops, or all are capitals: names in southern
    India end with bare ones.
    """
    found = {name: initials for name in names if (initials := _find_initials(name))}
    if dotted and not all("." in name or name.isupper() for name in found):
        return list(names)
    others = [name for name in names if name not in found and ("," in name or len(name.split()) < 3)]
    if len(found) < 2 or others or not any(len(initials) == 1 for initials in found.values()):
        return list(names)
    return [_turn(name) if name in found else name for name in names]


def _find_initials(name: str) -> str:
    return _divide(name)[1]


def _divide(name: str) -> tuple[str, str, str]:
    """Returns family name, initials and suffix; empty texts for a name of another form."""
    words = name.split() if len(name) < 100 else []
    suffix = words.pop() if words and words[-1].lower() in _SUFFIXES else ""
    initials = ""
    while len(words) > 1 and _CAPITALS.fullmatch(words[-1]) and (not initials or len(words[-1]) < 3):
        initials = words.pop() + initials
    letters = re.sub(r"\W", "", initials)
    if len(letters) > 3 or not all(len(word) > 1 and "." not in word and "," not in word for word in words):
        return "", "", ""
    return " ".join(words), letters, suffix


def _turn(name: str) -> str:
    family, initials, suffix = _divide(name)
    return ", ".join(filter(None, (family, suffix, " ".join(f"{sign}." for sign in initials))))
