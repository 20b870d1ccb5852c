"""LaTeX in imported text: accents and commands to Unicode, formulas unchanged.

pylatexenc reads single commands only: in a whole text, `50% of` would be a comment and `~50` a space.
"""

from __future__ import annotations

import logging
import re

from pylatexenc.latex2text import LatexNodes2Text

from ..text.memo import memoize, memoize_text

_FORMULA = re.compile(
    r"(?<!\\)\$\$(?P<display>[^$]+)\$\$"
    r"|\\\[(?P<bracket>(?:(?!\\\[).)+?)\\\]"
    r"|\\\((?P<paren>(?:(?!\\\().)+?)\\\)"
    r"|(?<![\\\d$])\$(?P<inline>(?![\s$])(?:\\.|[^$\\])*?(?:\\.|[^$\\\s]))\$(?![\d$])",
    re.DOTALL,
)
_FORMULA_SIGN = re.compile(r"[\\^_=<>+{}|*/]")
_STYLE = re.compile(
    r"\\(?:textbf|textit|textsc|texttt|textrm|textsf|emph|mbox|text|underline|url|href\{[^{}]*\})\s*\{([^{}]*)\}"
)
_LETTER = r"[A-Za-zÀ-ɏḀ-ỿ]"
_ACCENT_CORE = (
    r"\\(?:[\"'`^~=.]\s*|[uvHtcdbkr](?:\s+|(?=\{)))"
    rf"(?:\{{\s*(?:{_LETTER}|\\[A-Za-z])\s*\}}|\\[ij](?![A-Za-z])\s?|{_LETTER})"
)
_COMMAND_CORE = r"\\(?:[A-Za-z]+(?:\{\}|\s(?=\s)|(?![A-Za-z{])\s?))"
_ACCENT = re.compile(rf"\{{{_ACCENT_CORE}\}}|{_ACCENT_CORE}")
_COMMAND = re.compile(rf"\{{{_COMMAND_CORE}\}}|{_COMMAND_CORE}")
_OPEN_CALL = re.compile(r"\\[A-Za-z]+\Z")
_QUOTES = re.compile(r"``((?:(?!``).)+?)(?:''|\")", re.DOTALL)
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_SHORT = 40


def split_formulas(text: str) -> list[tuple[str, str]]:
    """Splits a text into (kind, part); kind is `text`, `inline` or `display`.

    A `$` pair is a formula under pandoc's rule (no space inside the signs, no digit after them), if it holds a sign of
    mathematics or one short word: `$5 and $10` is text.
    """
    parts: list[tuple[str, str]] = []
    last = 0
    for match in _FORMULA.finditer(text):
        inline = match["inline"]
        if inline is not None and not _is_formula(inline):
            continue
        parts.append(("text", text[last : match.start()]))
        if inline is not None or match["paren"] is not None:
            parts.append(("inline", (inline or match["paren"]).strip()))
        else:
            parts.append(("display", (match["display"] or match["bracket"]).strip()))
        last = match.end()
    parts.append(("text", text[last:]))
    return [part for part in parts if part[1]]


def _is_formula(inside: str) -> bool:
    if _FORMULA_SIGN.search(inside):
        return "\n\n" not in inside and len(inside) <= 2_000
    return len(inside) <= 12 and " " not in inside


def decode_latex(text: str) -> str:
    """Replaces accents, symbols and styles in text without formulas; unknown commands stay."""
    if "``" in text:
        text = _QUOTES.sub("“\\1”", text)
    if "\\" not in text:
        return text
    last = None
    while last != text:  # styles are nested
        last = text
        text = _STYLE.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", decode_characters(text))


def decode_characters(text: str) -> str:
    """Replaces TeX accents and symbols by Unicode; styles and unknown commands stay."""
    reader = memoize("latex", "text", lambda: _make_reader(keep_comments=True))
    for _ in range(2):  # a letter may have two: `\~{\^e}`
        text = _ACCENT.sub(lambda match: _read_match(reader, match, match[0].rstrip()), text)
    return _COMMAND.sub(lambda match: _read_match(reader, match, match[0]), text)


def _read_match(reader: LatexNodes2Text, match: re.Match[str], snippet: str) -> str:
    start = match.start()
    if snippet[0] == "{" and _OPEN_CALL.search(match.string, max(0, start - 30), start):
        return f"{{{_read(reader, snippet[1:-1])}}}"  # the braces are those of an argument
    return _read(reader, snippet)


def _read(reader: LatexNodes2Text, snippet: str) -> str:
    # A text has few distinct ones, and the library takes 60 µs for each.
    if len(snippet) > _SHORT:
        return _read_anew(reader, snippet)
    return memoize_text("character", snippet, lambda text: _read_anew(reader, text), snippet)


def _read_anew(reader: LatexNodes2Text, snippet: str) -> str:
    inner = snippet[1:-1] if snippet.startswith("{") else snippet
    try:
        result = str(reader.latex_to_text(inner, tolerant_parsing=False))
    except Exception:  # pylatexenc cannot read the command: the source stays
        return snippet
    if not result.strip():
        return snippet
    return result + (" " if inner.endswith(" ") and not result.endswith(" ") else "")


def decode_formula(tex: str) -> str:
    r"""Converts a formula to plain text (`\alpha^2` to `α^2`), unless it is unreadable."""
    return read_formula(tex) or tex


def read_formula(tex: str) -> str:
    """Returns a formula as plain text; an empty text for an unreadable formula."""
    return memoize_text("formula", tex.strip(), _read_formula, tex.strip())


def _read_formula(tex: str) -> str:
    try:
        reader = memoize("latex", "formula", _make_reader)
        return " ".join(str(reader.latex_to_text(tex)).split())
    except Exception:  # pylatexenc raises many kinds, and _Refusal its own
        return ""


class _Refusal(logging.Handler):
    """Raises an error for a warning that pylatexenc would write to the terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        raise ValueError(record.getMessage())


def _make_reader(*, keep_comments: bool = False) -> LatexNodes2Text:
    logger = logging.getLogger("pylatexenc")
    logger.propagate = False
    logger.handlers = [_Refusal(logging.WARNING)]
    return LatexNodes2Text(keep_comments=keep_comments)
