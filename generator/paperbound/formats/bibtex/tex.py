"""Texts of records as LaTeX that BibTeX, biber and their readers read alike.

Escaping after "BibTeXing" (Patashnik 1988). BibTeX counts each brace, also behind a backslash: no value has one that is
not closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIGNS = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    # Before another one these would be a dash, a quotation mark and, for readers of publishers' files, a tag.
    "-": "-{}",
    "'": "'{}",
    "<": "{<}",
}
_SIGN = re.compile(r"[\\&%$#_{}~^`]|-(?=-)|'(?=')|<(?=/)")
_PERCENT = re.compile(r"(?<!\\)%")
_STYLES = {"em": r"\emph", "strong": r"\textbf"}
_PUNCTUATION = ".,:;!?"


def escape_tex(text: str) -> str:
    """Escapes plain text for LaTeX; Unicode stays."""
    return _SIGN.sub(lambda match: _SIGNS[match[0]], text)


def write_formula(tex: str) -> str:
    r"""Returns a formula between dollars; one whose braces do not match becomes text.

    `\left\{ … \right.` has one brace for BibTeX, and `\lbrace` none.
    """
    if tex.count(r"\{") != tex.count(r"\}"):
        tex = tex.replace(r"\{", r"\lbrace ").replace(r"\}", r"\rbrace ")
    plain = re.sub(r"\\[{}]", "", tex)
    if "$" in tex or tex.endswith("\\") or not (_is_balanced(tex) and _is_balanced(plain)):
        return escape_tex(f"${tex}$")
    written = _PERCENT.sub(r"\\%", tex)
    return f"${written}$"


def _is_balanced(tex: str) -> bool:
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return not depth


def write_title(spans: Iterable[tuple[str, str]]) -> str:
    """Converts the spans of a title: emphasis and formulas kept, words with capitals in braces."""
    words: list[tuple[str, bool]] = [("", False)]
    for style, text in spans:
        pieces = [text] if style else text.split(" ")
        for number, piece in enumerate(pieces):
            word, protected = words.pop() if not number else ("", False)
            if style == "math":
                tex, capital = write_formula(piece), True
            elif style in _STYLES:
                tex, capital = f"{_STYLES[style]}{{{escape_tex(piece)}}}", False
            else:
                tex, capital = escape_tex(piece), has_inner_capital(piece)
            words.append((word + tex, protected or capital))
    return " ".join(_protect(word) if protected else word for word, protected in words)


def _protect(word: str) -> str:
    core = word.rstrip(_PUNCTUATION)
    # Behind a brace a command would make the word one whose case changes.
    inside = f"{{{core}}}" if core.startswith("\\") else core
    return f"{{{inside}}}{word[len(core) :]}"


def has_inner_capital(word: str) -> bool:
    """Returns whether a word has a capital behind its first letter."""
    if word == word.lower() or (word[1:].islower() and word.isalpha()):
        return False  # nine words in ten
    letters = [character for character in word if character.isalpha()]
    return any(letter.isupper() for letter in letters[1:])
