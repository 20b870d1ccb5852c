"""Text dialects of foreign files, LaTeX, HTML, JATS and plain text, to our Markdown."""

from __future__ import annotations

import html
import re

from ..markup.markdown import escape_line_starts, escape_markdown
from .text.html_text import mark_html
from .text.latex_text import mark_latex
from .text.marks import PARAGRAPH, Marked, clear_marks, remove_marks, write_marked

_SPECIAL = re.compile(r"[\\&<${}~`*_\[\]#\n]|--|''")
_COMMANDS = re.compile(r"[\\&<${}~`]|--|''")
_DASHES = re.compile(r"[^\\&<${}~`']*")
# Signs of markup, and characters, that no text of a paper has, and that keep parsers busy for minutes.
_MOST_SIGNS, _LONGEST = 1_000, 100_000
_MIXED = re.compile(r"[\\&<{}]|``|\$[^$]*[\\^_][^$]*\$")


def from_plain(text: str) -> str:
    """Converts plain text to Markdown: entities decoded, signs of Markdown escaped, formulas kept."""
    if not _SPECIAL.search(text):
        return escape_line_starts(text)
    if _is_hostile(text):
        return escape_markdown(clear_marks(text))
    marked = Marked()
    return write_marked(marked.hide_formulas(_decode_entities(text)), marked)


def from_html(text: str, *, known_only: bool = False) -> str:
    """Converts HTML, JATS and MathML to Markdown: styles kept, blocks as paragraphs, formulas as TeX.

    With `known_only` the text is plain but for tags of texts and entities, and other tags stay.
    """
    if not _SPECIAL.search(text):
        return escape_line_starts(text)
    if _is_hostile(text):
        return escape_markdown(clear_marks(text))
    marked = Marked()
    return write_marked(marked.hide_formulas(mark_html(text, marked, known_only=known_only)), marked)


def from_latex(text: str) -> str:
    """Converts LaTeX to Markdown: accents, styles, quotes, dashes, lists; formulas kept."""
    if not _SPECIAL.search(text):
        return escape_line_starts(text)
    if _is_hostile(text):
        return escape_markdown(clear_marks(text))
    marked = Marked()
    return write_marked(mark_latex(marked.hide_formulas(clear_marks(text)), marked), marked)


def from_mixed(text: str, *, markdown: bool = False) -> str:
    """Converts text with entities, tags and LaTeX to Markdown.

    With `markdown` the text is Markdown otherwise, and its signs are kept.
    """
    if _is_hostile(text):
        return escape_markdown(clear_marks(text))
    if markdown and not _MIXED.search(text):
        return text
    if not _SPECIAL.search(text):
        return escape_line_starts(text)
    marked = Marked()
    text = mark_html(text, marked, known_only=True)
    text = mark_latex(marked.hide_formulas(text), marked, typed=not markdown)
    return write_marked(text, marked, escape=not markdown)


def to_plain(text: str, *, tags: bool = True) -> str:
    """Converts LaTeX to plain text in one line, for names, venues and publishers.

    With `tags`, entities and tags are converted, too.
    """
    if not _COMMANDS.search(text):
        return " ".join(text.split())
    if _DASHES.fullmatch(text):
        return " ".join(clear_marks(text).replace("---", "—").replace("--", "–").split())
    if _is_hostile(text):
        return " ".join(clear_marks(text).split())
    marked = Marked()
    text = mark_html(text, marked, known_only=True) if tags else clear_marks(text)
    text = mark_latex(marked.hide_formulas(text), marked)
    return " ".join(remove_marks(text.replace(PARAGRAPH, " "), marked).split())


def _is_hostile(text: str) -> bool:
    return len(text) > _MOST_SIGNS and (len(text) > _LONGEST or any(text.count(sign) > _MOST_SIGNS for sign in "\\<$`"))


def _decode_entities(text: str) -> str:
    return html.unescape(text) if "&" in text else text
