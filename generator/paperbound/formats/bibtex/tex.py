"""Texts of records as LaTeX that BibTeX, biber and their readers read alike.

Escaping after "BibTeXing" (Patashnik 1988). BibTeX counts each brace, also behind a backslash: no value has one that is
not closed.
"""

from __future__ import annotations

import re

from ...markup.markdown import is_hostile, may_be_markup, parser

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
_STYLES = {"em_open": r"\emph", "strong_open": r"\textbf"}
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


class _Title:
    """The words of a title: LaTeX, and whether braces protect the word."""

    def __init__(self) -> None:
        self.words: list[tuple[str, bool]] = [("", False)]
        self.styles: list[str] = []

    def add(self, tex: str, *, protected: bool) -> None:
        """Adds a piece to the last word, or to the innermost style."""
        if self.styles:
            self.styles[-1] += tex
        else:
            word, is_protected = self.words[-1]
            self.words[-1] = (word + tex, is_protected or protected)

    def add_text(self, text: str) -> None:
        """Adds plain text; blanks end words."""
        if self.styles:
            self.styles[-1] += escape_tex(text)
            return
        for number, word in enumerate(text.split(" ")):
            if number:
                self.words.append(("", False))
            self.add(escape_tex(word), protected=has_inner_capital(word))

    def close(self) -> None:
        """Closes the innermost style."""
        style = self.styles.pop()
        self.add(f"{style}}}", protected=False)

    def write(self) -> str:
        """Returns the title as LaTeX."""
        return " ".join(_protect(word) if protected else word for word, protected in self.words)


def write_title(title: str) -> str:
    """Converts a title: emphasis and formulas kept, words with capitals in braces."""
    writer = _Title()
    title = " ".join(title.split())
    if not may_be_markup(title) or is_hostile(title):
        writer.add_text(title)
        return writer.write()
    for token in parser().parseInline(title)[0].children or ():
        if token.type in _STYLES:
            writer.styles.append(f"{_STYLES[token.type]}{{")
        elif token.type in ("em_close", "strong_close"):
            writer.close()
        elif token.type.startswith("math_inline"):
            writer.add(write_formula(token.content.strip()), protected=True)
        elif token.type in ("softbreak", "hardbreak"):
            writer.add_text(" ")
        else:
            writer.add_text(token.content)
    return writer.write()


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
