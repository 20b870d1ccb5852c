"""Marks: signs of a private area for the styles and formulas of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...markup.latex import decode_formula, split_formulas
from ...markup.markdown import escape_inline, escape_line_starts

# Of Unicode's last private plane, which no file of papers uses; such signs of a file are removed.
EMPHASIS, STRONG, CODE, END = "\U0010ff00", "\U0010ff01", "\U0010ff02", "\U0010ff03"
PARAGRAPH, BREAK, ITEM = "\U0010ff04", "\U0010ff05", "\U0010ff06"
_FIRST, _LAST = 0x10_0000, 0x10_FEFF
_MARK = re.compile("[\U00100000-\U0010ffff]")
_STYLED = re.compile(f"([{EMPHASIS}{STRONG}{CODE}])([^{EMPHASIS}{STRONG}{CODE}{END}]*){END}")
_SIGNS = {EMPHASIS: "*", STRONG: "**", CODE: "`"}
# A digit beside a formula would make it text: `37$^\\circ$C`.
_DEGREES = re.compile(
    r"(\d)\s*+\$\s*+\^\s*+(?:\\circ|\{\\circ\})\s*+(?:\\?(?:mathrm|text)?\{?\s*+([CFK])\s*+\}?)?\s*+\$\s*+([CFK]\b)?"
)
_TIGHT = re.compile(r"(?<![\\$])(\d[\d.,]{0,40})?\$(?![\s$])((?:\\.|[^$\\])*?)(?<!\s)\$(\d+)?(?!\$)", re.DOTALL)
_TEX = re.compile(r"[\\^_]")
# `5$^{th}$`, and the same as one formula.
_ORDINAL = re.compile(
    r"(\d*)\s*+\^\s*+\{?\s*+(?:\\(?:rm|text|textrm|mathrm|textup|textit)\s*+\{?\s*+)?(st|nd|rd|th)\s*+\}{0,2}"
)
_BLANKS = re.compile(r"(?:(?<![ \t\r\f\v\xa0])[ \t\r\f\v\xa0]+)?\n[ \t\r\f\v]*|[ \t\r\f\v]+")


@dataclass(slots=True)
class Marked:
    """The Markdown of the formulas and links that one sign each replaces in a text."""

    hidden: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)

    def hide(self, markdown: str, plain: str) -> str:
        """Returns a sign for a piece of Markdown, which is `plain` in plain text."""
        place = _FIRST + len(self.hidden)
        if place > _LAST:
            return plain
        self.hidden.append(markdown)
        self.plain.append(plain)
        return chr(place)

    def hide_formula(self, tex: str, *, display: bool = False, plain: str = "") -> str:
        """Returns a sign for a formula; without a formula, its text.

        `plain` is the formula in plain text, by default as far as Unicode has it.
        """
        tex = " ".join(tex.replace("$", "").split())
        if not tex or tex.endswith("\\"):
            return tex
        sign = "$$" if display else "$"
        ordinal = _ORDINAL.fullmatch(tex)
        return self.hide(f"{sign}{tex}{sign}", plain or (ordinal[1] + ordinal[2] if ordinal else decode_formula(tex)))

    def hide_formulas(self, text: str) -> str:
        """Replaces each formula of a text by a sign."""
        if "$" not in text and "\\(" not in text and "\\[" not in text:
            return text
        text = _DEGREES.sub(lambda match: f"{match[1]} °{match[2] or match[3] or ''}".rstrip(" "), text)
        text = _TIGHT.sub(_widen, text)
        parts = split_formulas(text)
        return "".join(
            part if kind == "text" else self.hide_formula(part, display=kind == "display") for kind, part in parts
        )


def clear_marks(text: str) -> str:
    """Removes signs of the private plane from a text of a file."""
    return text if text.isascii() else _MARK.sub("", text)


def _widen(match: re.Match[str]) -> str:
    left, tex, right = match[1] or "", match[2], match[3] or ""
    if not (left or right) or not _TEX.search(tex):
        return match[0]
    return f"${left}{tex}{right}$"


def write_marked(text: str, marked: Marked, *, escape: bool = True) -> str:
    """Writes a text with marks as Markdown; with `escape`, its own signs are escaped."""
    pieces = re.split("([\U00100000-\U0010ffff])", text)
    if escape:
        alone = len(pieces) == 1
        pieces = [one if at % 2 else escape_inline(one, alone=alone) for at, one in enumerate(pieces)]
    text = "".join(pieces)
    while True:
        text, found = _STYLED.subn(_write_style, text)
        if not found:
            break
    text = re.sub(f"[{EMPHASIS}{STRONG}{CODE}{END}]", "", text)
    paragraphs = [_write_paragraph(one, marked, escape=escape) for one in re.split(f"{PARAGRAPH}|\n\\s*\n", text)]
    return "\n\n".join(one for one in paragraphs if one)


def _write_paragraph(text: str, marked: Marked, *, escape: bool) -> str:
    text = _BLANKS.sub(lambda match: "\n" if "\n" in match[0] else " ", text).strip()
    text = escape_line_starts(text) if escape else text
    text = re.sub(f"(?:(?<!\\s)\\s+)?{ITEM}\\s*", "\n- ", text).strip()
    text = re.sub(f"(?:(?<!\\s)\\s+)?{BREAK}\\s*", "\n" if "\n" in text else " ", text)
    return _MARK.sub(lambda match: marked.hidden[ord(match[0]) - _FIRST], text) if marked.hidden else text


def _write_style(match: re.Match[str]) -> str:
    inside, sign = match[2], _SIGNS[match[1]]
    core = inside.strip()
    if not core or PARAGRAPH in core or ITEM in core:
        return inside
    left = match.string[match.start() - 1 : match.start()]
    right = match.string[match.end() : match.end() + 1]
    # Between letters and punctuation a sign of Markdown would be text.
    if (left.isalnum() and not core[0].isalnum()) or (right.isalnum() and not core[-1].isalnum()):
        return inside
    start = inside.index(core)
    return f"{inside[:start]}{sign}{core}{sign}{inside[start + len(core) :]}"


def remove_marks(text: str, marked: Marked) -> str:
    """Returns a text with marks as plain text, with formulas as Unicode."""
    text = re.sub(f"[{BREAK}{ITEM}{PARAGRAPH}]", " ", text)
    text = re.sub(f"[{EMPHASIS}{STRONG}{CODE}{END}]", "", text)
    return _MARK.sub(lambda match: marked.plain[ord(match[0]) - _FIRST], text) if marked.plain else text
