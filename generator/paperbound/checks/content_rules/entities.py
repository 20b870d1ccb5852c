"""Entities of HTML that are left in texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ...markup.texts import TEXTS
from ...model.errors import Fault
from ..rule import WARNING, Content, Rule
from .fields import PEOPLE, PLAIN, list_code, list_shown_texts, make_fault

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def _find(content: Content) -> Iterator[Fault]:
    for record in content.catalogue.records.values():
        for name, text in list_shown_texts(record):
            if "&" not in text:
                continue
            code = list_code(getattr(record, name)) if name in TEXTS else ()
            match = next((one for one in _ENTITY.finditer(text) if _is_left(one, code)), None)
            if match:
                sign = html.unescape(match[0])
                remedy = f"Write {sign!r} itself." if sign.isprintable() else f"Write U+{ord(sign[0]):04X} itself."
                yield make_fault(record, name, text, match.start(), "an entity of HTML is left in the text", remedy)


def _is_left(match: re.Match[str], code: Sequence[str]) -> bool:
    return html.unescape(match[0]) != match[0] and not any(match[0] in one for one in code)


def _mend(value: str) -> str:
    for _ in range(3):  # escaped twice, or more often
        value = _ENTITY.sub(lambda match: html.unescape(match[0]), value)
    return value


ENTITY = Rule(
    "entity",
    WARNING,
    "A text shows an entity of HTML, such as `&eacute;`.",
    """\
It was escaped twice, or stands in a field that is no Markdown. Write the character itself. `--fix` writes it in
names, venues and other plain fields; in titles and abstracts the entity may be meant.""",
    find_in_content=_find,
    mend=_mend,
    mended_fields=(*PLAIN, *PEOPLE),
)
