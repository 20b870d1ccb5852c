"""Entities of HTML that are left in texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ...model.errors import Fault
from ..rule import WARNING, Content, Rule
from .fields import PEOPLE, PLAIN, list_shown_texts, make_fault

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def _find(content: Content) -> Iterator[Fault]:
    for record in content.catalogue.records.values():
        for name, text in list_shown_texts(record):
            match = _ENTITY.search(text) if "&" in text else None
            if match and html.unescape(match[0]) != match[0]:
                remedy = f"Write {html.unescape(match[0])!r} itself."
                yield make_fault(record, name, text, match.start(), "an entity of HTML is left in the text", remedy)


def _mend(value: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), value)


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
