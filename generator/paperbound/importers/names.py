"""Names of people in foreign files: lists of names, and the order of one name."""

from __future__ import annotations

import re

from ..text.characters import collapse
from ..text.names import is_group, is_suffix
from .dialects import to_plain
from .text.name_forms import drop_footnotes, drop_titles, is_degree, split_initials, turn_initials

_AND = re.compile(r"(?:(?:(?<!\s)\s+)?,\s+|(?<!\s)\s+)(?:and|AND)\s+")
_OTHER_AND = re.compile(r" (?:und|et|y) ")
_AMPERSAND = re.compile(r"(?:(?:(?<!\s)\s+)?,\s+|(?<!\s)\s+)&\s+")
_OTHERS = re.compile(
    r"\b(?:et al\.?|et alii|(?:and )?(?:\d{1,4} )?others|\d{1,4} more(?: authors)?|u\. ?a\.)$", re.IGNORECASE
)
_HOMONYM = re.compile(r"(.*\D) \d{4}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")
_COMPANY = re.compile(r"(?:inc|ltd|llc|gmbh|co|corp|plc|s\.?a|ag|e\.?v)\.?", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_]+\.?(?:[ '-][^\W\d_]+\.?)*")
_INVERTED = re.compile(r"([^\W\d_]+(?:[ -][^\W\d_]+)*), ([^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*)")
_NUMERAL = re.compile(r"[IVX]+|[2-9](?:nd|rd|th)", re.IGNORECASE)
# Han and Hangul: the family name comes first, without a space.
_EAST_ASIAN = re.compile("[\u3400-\u9fff\uac00-\ud7af]+")
_MARKS = " \t,;*†‡§¶#"
# The full stop of a list.
_ENDED = re.compile(r"[;,] [^;,]*[^\W\d_]{4}\.$")
_MAIL = re.compile(r"(?:(?<!\s)\s+)?[<(\[]?(?<![\w.+-])[.+-]*+\w[\w.+-]*+@[\w-]+\.[\w.-]+[>)\]]?")
_SEPARATORS = (";", "；", "؛", "、", "，", "،", "|", "\n", " / ")
# `Kern, A., Lund, B., … Pim, C.`: the names between are left out.
_ELLIPSIS = re.compile(r",\s*+(?:…|\.\s?\.\s?\.),?\s*+(?=\w|&)")
_LISTED = re.compile(r"\[([^\[\]]*)\]")
_BRACKETS = re.compile(r"[{}()]")


def split_names(text: str, separator: str = "auto") -> list[str]:
    """Splits a text of names; no name in braces is split.

    `separator` is `and`, a sign, or `auto`: semicolons, lines, `and`, and commas between whole names. A final `et al.`
    is a name of its own, `others`.
    """
    # Patterns below take long for long runs of white space.
    text = "\n".join(map(collapse, [text] if separator == "and" else text.split("\n"))).strip()
    text = listed[1] if (listed := _LISTED.fullmatch(text)) else text
    text, gaps = _ELLIPSIS.subn(", ", text)
    text, others = _OTHERS.subn("", drop_footnotes(text))
    text = text.removesuffix(".") if _ENDED.search(text) else text
    names = [name for one in _split(text, separator) for name in split_initials(one)]
    # Lists in the Vancouver style, `Kern A, Lund BC`, have commas.
    names = [name for name in (one.strip(" \t\r\n,;|") for one in names) if name]
    names = turn_initials(names, dotted="," not in text)
    return [*names, "others"] if others or gaps else names


def _split(text: str, separator: str) -> list[str]:
    if separator == "and":
        return _split_outside(_AND, text)
    if separator != "auto":
        return _split_outside(re.compile(re.escape(separator)), text)
    for sign in _SEPARATORS:
        if sign in text:
            return _split_outside(re.compile(re.escape(sign)), text)
    parts = _split_outside(_AND, text)
    if len(parts) == 1 and all(map(_is_person, _OTHER_AND.split(text))):
        parts = _OTHER_AND.split(text)
    if len(parts) == 1 and _AMPERSAND.search(text):
        parts = _split_outside(_AMPERSAND, text)
        if "," not in text and not all(len(part.split()) > 1 for part in parts):
            parts = [text]
    head = _split_commas(parts[0])
    # `Lee, A., Lund, B., & Dorn, C.`, and not `De Berg, Jan and Lund, Bo`.
    if len(parts) > 2 or (len(parts) == 2 and "," in parts[1] and not (len(head) > 1 and "," in head[0])):
        return parts
    return [*head, *parts[1:]]


def _is_person(text: str) -> bool:
    words = text.split()
    return 1 < len(words) < 5 and all(word[0].isupper() for word in words)


def _split_commas(text: str) -> list[str]:
    parts = [part.strip() for part in _split_outside(re.compile(","), text) if part.strip()]
    joined: list[str] = []
    for part in parts:
        if joined and (is_suffix(part) or _COMPANY.fullmatch(part) or is_degree(part, joined[-1])):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    if len(joined) < 2 or joined[0][0].islower():
        return [text]
    # `李明, 王小红` are two, `田中, 太郎` is one.
    if all(map(_EAST_ASIAN.fullmatch, joined)) and max(map(len, joined)) > 2:
        return joined
    if len(joined) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in joined[1::2]):
        return [f"{family}, {given}" for family, given in zip(joined[::2], joined[1::2], strict=True)]
    whole = all(len(part.split()) > 1 for part in joined)
    if len(parts) != len(joined) and len(joined) == 2 and not whole:
        return [text]
    return joined if whole or len(joined) > 2 else [text]


def _split_outside(pattern: re.Pattern[str], text: str) -> list[str]:
    """Splits a text at a pattern outside of braces, and of brackets that match."""
    brackets = "({" if text.count("(") == text.count(")") else "{"
    if not _BRACKETS.search(text):
        return pattern.split(text)
    parts: list[str] = []
    start = at = depth = 0
    for match in pattern.finditer(text):
        signs = _BRACKETS.findall(text, at, match.start())
        depth += sum((sign in brackets) - (sign in "}" or (sign == ")" and "(" in brackets)) for sign in signs)
        at = match.end()
        if depth <= 0:
            parts.append(text[start : match.start()])
            start, depth = at, 0
    return [*parts, text[start:]]


def is_others(name: str) -> bool:
    """Returns whether a name stands for further authors: `others`, `et al.`."""
    return name.strip(" .{}").lower() in ("others", "and others", "et al", "et alii", "…", "...")


def read_homonym(name: str) -> tuple[str, str]:
    """Returns a name without the number that DBLP gives homonyms, and its id."""
    match = _HOMONYM.fullmatch(name) if name[-1:].isdigit() else None
    return (match[1], name.lower().replace(" ", "-")) if match else (name, "")


def is_plain_name(name: str) -> bool:
    """Returns whether a name is shown as it is: words without commas and other signs."""
    return bool(_PLAIN.fullmatch(name)) and not is_others(name) and drop_titles(name) == name


def show_name(name: str) -> str:
    """Returns a name as shown: `van der Berg, Jan` is `Jan van der Berg`.

    A name in braces is of a body, and keeps its order.
    """
    if _PLAIN.fullmatch(name):
        return drop_titles(name)  # most names
    plain = _INVERTED.fullmatch(name)
    if plain and not (
        (" " in plain[2] and is_group(plain[2]))
        or is_suffix(plain[2])
        or _COMPANY.fullmatch(plain[2])
        or is_degree(plain[2], plain[1])
    ):
        return join_name(plain[2], plain[1])  # most names
    name = _MAIL.sub("", name).strip() if "@" in name else name.strip()
    if name.startswith("{") and name.endswith("}") and name.find("}") == len(name) - 1:
        return " ".join(to_plain(name[1:-1]).split())
    name = drop_titles(to_plain(name).strip(_MARKS))
    parts = [part.strip() for part in name.split(",") if part.strip()]
    # `Salt, Brine and Flats Working Group` is in its order, `Group, Salt` is not.
    if len(parts) == 2 and not (is_suffix(parts[1]) or _COMPANY.fullmatch(parts[1]) or is_group(parts[1])):
        parts = [join_name(parts[1], parts[0])]
    elif len(parts) == 3 and (is_suffix(parts[1]) or is_suffix(parts[2])):
        given, suffix = (parts[2], parts[1]) if is_suffix(parts[1]) else (parts[1], parts[2])
        parts = [join_name(given, parts[0], suffix=suffix)]
    return " ".join(", ".join(parts).split())


def join_name(given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """Joins the parts of a name as shown: `Ada Kern, Jr.`, `Ada Kern III`, `李明`.

    A suffix behind the given name is one of the whole name.
    """
    if not suffix and " " in given and is_suffix(given.rpartition(" ")[2]):
        given, _, suffix = given.rpartition(" ")
    if _EAST_ASIAN.fullmatch(family) and _EAST_ASIAN.fullmatch(given):
        return family + given
    name = " ".join(part for part in (given, particle, family) if part)
    comma = "" if _NUMERAL.fullmatch(suffix) else ","
    return f"{name}{comma} {suffix}" if suffix else name
