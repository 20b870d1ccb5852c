"""LaTeX that is left in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...markup.latex import decode_characters
from ...markup.texts import TEXTS, text_of
from ...model.errors import Fault
from ..rule import WARNING, Content, Rule
from .fields import PEOPLE, PLAIN, list_code, list_plain_texts, make_fault

_COMMAND = r"\\[A-Za-z]{2,}|\\[A-Za-z]\{|\\[oOlLij](?![A-Za-z\\])|\\[\"'`^~=.][{]?[A-Za-z]|[{]\\"
_LATEX = re.compile(rf"{_COMMAND}|\\[&%$#_]")
# What Markdown leaves of an accent in braces; Markdown has `\&` and the like, too.
_MARKED = re.compile(rf"{_COMMAND}|\{{[\"'`^~=.]\{{?\\?[A-Za-z]\}}")
# A path of Windows, a key of its registry or a name of PHP: `C:\temp\new`, `\\server\share`, `App\Http\Kernel`.
_PATH = re.compile(
    r"(?<![^\s\"'(\[])(?:(?:[A-Za-z]:|\.{1,2}|%\w+%)\\[^\s{}]*+|(?:\\\\)?[\w.$-]++(?:\\[\w.$-]++){2,}+)(?![{}])"
)

_ACCENT = r"\\[\"'`^~=.](?:[A-Za-z]|\{(?:[A-Za-z]|\\[ij])\}|\\[ij](?![A-Za-z]))|\\[uvHtcdbkr]\{(?:[A-Za-z]|\\[ij])\}"
# An accent with its letter, and a letter in braces, each of which is one letter of Unicode; and an escaped sign.
_LETTER = re.compile(rf"\{{(?:{_ACCENT})\}}|{_ACCENT}|\{{\\(?:ss|[oOlLij]|ae|AE|oe|OE|aa|AA)\}}|\\[&%$#_]")


def _find(content: Content) -> Iterator[Fault]:
    for record in content.catalogue.records.values():
        texts = [*list_plain_texts(record)]
        for name in TEXTS:
            if "\\" in getattr(record, name):
                parsed = text_of(record, name)
                # Formulas that no library reads are shown as TeX, and reported while content is read.
                plain = parsed.plain
                for shown in (*parsed.unreadable, *list_code(getattr(record, name))):
                    plain = plain.replace(shown, "")
                texts.append((name, plain))
        for name, text in texts:
            searched = _PATH.sub(lambda match: " " * len(match[0]), text)
            if match := (_MARKED if name in TEXTS else _LATEX).search(searched):
                remedy = "Write the sign itself, Markdown (*emphasis*), or a formula between dollar signs."
                yield make_fault(record, name, text, match.start(), "LaTeX is left in the text", remedy)


def _mend(value: str) -> str:
    return _LETTER.sub(_read_letter, value)


def _read_letter(match: re.Match[str]) -> str:
    if len(match[0]) == 2 and match[0][1] in "&%$#_":
        return match[0][1]
    letter = unicodedata.normalize("NFC", decode_characters(match[0]))
    return letter if len(letter) == 1 and letter.isalpha() else match[0]


LATEX = Rule(
    "latex",
    WARNING,
    "A text shows commands of LaTeX.",
    r"""Readers see `\emph{only}` or `Erd\H{o}s` as it stands. Texts of records are Markdown: write `*only*` and
`Erdős`, and formulas between dollar signs. `paperbound import` turns the LaTeX of BibTeX files into Markdown.
`--fix` writes letters with accents, and `&` for `\&`, in names, venues and other plain fields; in titles and abstracts
`\"` is a sign of Markdown. Paths such as `C:\temp` are none of LaTeX; what else is meant stands in code.""",
    find_in_content=_find,
    mend=_mend,
    mended_fields=(*PLAIN, *PEOPLE),
    piece=_LETTER,
)
