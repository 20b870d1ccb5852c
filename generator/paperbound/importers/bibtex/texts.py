"""Texts of BibTeX fields: LaTeX, with the tags and entities that publishers leave in it."""

from __future__ import annotations

import re

from ...markup.markdown import escape_line_starts
from ..dialects import from_latex, from_mixed, to_plain

# A formula may hold `<` and `&`: closing tags and entities alone are HTML.
_HTML = re.compile(r"</[a-zA-Z]|(?<!\\)&(?:#x?[0-9a-fA-F]+|[a-zA-Z]+);")
# Mendeley writes tags so, and entities like `{\\&}lt;`.
_TAG = re.compile(
    r"\{?\\textless(?:\{\}|\})(/?(?:jats:)?(?:b|bold|em|i|italic|p|strong|su[bp]|title))"
    r"\{?\\textgreater(?:\{\}|\}|(?![A-Za-z]))"
)
_ENTITY = re.compile(r"(?:\{\\&\}|\\&)(?=(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9A-Fa-f]{2,5});)")
_ESCAPED_TAG = re.compile(r"&lt;(/?(?:b|em|i|strong|su[bp]))&gt;")
# Formulas whose signs Mendeley and OpenReview escape: `{\$}{\textbackslash}ell{\_}2{\$}`.
_DOLLARS = re.compile(r"(?:\{\\\$\}|\\\$)((?:(?!\{?\\\$)[^$]){1,200})(?:\{\\\$\}|\\\$)")
_ESCAPED = (
    (re.compile(r"\{\\textbackslash\s*\}|\\textbackslash(?:\{\}|\s+|(?![A-Za-z]))"), r"\\"),
    (re.compile(r"\{\\\^\{\}\}|\\\^\{\}|\{\\textasciicircum\}"), "^"),
    (re.compile(r"\{\\([_&#%{}])\}|\\([_&#%{}])"), r"\1\2"),
)
_COMMANDS = re.compile(r"[\\&<$~`*_\[\]#\n]|--|''")
_BRACES = re.compile("[{}]")
_DOUBLED = re.compile(r"\\\\(?=[A-Za-z&%$#_{}])")
_SINGLE = re.compile(r"(?<!\\)\\[A-Za-z&%$#_{}]")


def read_markdown(text: str) -> str:
    """Returns a text as Markdown."""
    if not _COMMANDS.search(text):
        return escape_line_starts(_BRACES.sub("", text))  # most titles: braces protect capitals
    text = _mend_tags(text)
    text = _DOLLARS.sub(_read_dollars, text) if "\\$" in text else text
    return from_mixed(text) if _HTML.search(text) else from_latex(text)


def _mend_tags(text: str) -> str:
    """Returns a text with the tags and entities that a program escaped."""
    text = _TAG.sub(r"<\1>", text) if "\\textless" in text else text
    return _ESCAPED_TAG.sub(r"<\1>", _ENTITY.sub("&", text)) if "&" in text else text


def _read_dollars(match: re.Match[str]) -> str:
    tex = match[1]
    for form, sign in _ESCAPED:
        tex = form.sub(sign, tex)
    return f"${tex}$" if tex != match[1] and re.search(r"[\\^_]", tex) else match[0]


def read_plain(text: str) -> str:
    """Returns a text as plain text in one line."""
    if not text or text.isalnum():
        return text
    text = _mend_tags(text)
    return to_plain(text, tags=("&" in text or "<" in text) and bool(_HTML.search(text)))


def halve_backslashes(text: str) -> str:
    r"""Returns a text with one backslash for two, if all its commands have two.

    PMLR writes `\\emph{x}`. Beside other commands, two backslashes end a line.
    """
    return text if _SINGLE.search(_DOUBLED.sub("", text)) else _DOUBLED.sub(r"\\", text)
