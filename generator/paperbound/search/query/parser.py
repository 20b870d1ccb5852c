"""Parser of queries: every text is a query. The twin of the browser's `query.js`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..tokens import split_compounds

ALIASES = {
    "title": ("title",),
    "author": ("authors",),
    "authors": ("authors",),
    "tag": ("tags",),
    "topic": ("tags",),
    "tags": ("tags",),
    "venue": ("venue",),
    "year": ("year",),
    "abstract": ("abstract", "summary"),
    "id": ("id",),
}
ORDERS = ("relevance", "date", "title")
_LONGEST = 2000
_MOST_WORDS = 24
_MOST_YEARS = 300
# White space of JavaScript (https://tc39.es/ecma262/#prod-WhiteSpace); that of Python has U+001C to U+001F and U+0085.
_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_FORM = re.compile(rf'([+-]?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|([^{_SPACE}"]+))')
_YEARS = re.compile(r"([0-9]{4})\.\.([0-9]{4})")
_ENDING = re.compile(r"(?:(\*)|~([12]))\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: its parts, the joined parts, its sign and its fields.

    `fields` is empty for all fields. A phrase has all its words as parts; a range of years has `years`.
    """

    parts: tuple[str, ...] = ()
    joined: str = ""
    sign: str = ""
    fields: tuple[str, ...] = ()
    prefix: bool = False
    edits: int = 0
    years: tuple[str, ...] = ()
    phrase: bool = False

    @property
    def plain(self) -> bool:
        """Whether the word has no sign, field, phrase or range."""
        return not (self.sign or self.fields or self.phrase or self.years)


def parse_query(text: str) -> tuple[tuple[Word, ...], str]:
    """Returns the words of a query, 24 at most, and its sort order, if any."""
    words: list[Word] = []
    sort = ""
    for match in _FORM.finditer(text[:_LONGEST]):
        sign, name, quoted, plain = match.groups()
        if name == "sort" and plain in ORDERS:
            sort = plain
            continue
        fields = ALIASES.get((name or "").lower(), ())
        body = quoted if quoted is not None else plain
        if name is not None and not fields:
            body = f"{name} {body}"
        words += _read_words(Word(sign=sign, fields=fields), body, quoted=quoted is not None)
        if len(words) >= _MOST_WORDS:
            break
    return tuple(words[:_MOST_WORDS]), sort


def _read_words(word: Word, body: str, *, quoted: bool) -> list[Word]:
    years = _YEARS.fullmatch(body) if word.fields == ("year",) else None
    if years:
        first, last = sorted((int(years[1]), int(years[2])))
        span = range(first, first + min(last - first + 1, _MOST_YEARS))
        return [replace(word, years=tuple(map(str, span)))]
    ending = None if quoted else _ENDING.search(body)
    compounds = list(split_compounds(body[: ending.start()] if ending else body))
    if quoted and compounds:
        return [replace(word, parts=tuple(part for parts, _ in compounds for part in parts)[:_MOST_WORDS], phrase=True)]
    words = [replace(word, parts=tuple(parts[:_MOST_WORDS]), joined=joined) for parts, joined in compounds]
    if words and ending:
        words[-1] = replace(words[-1], prefix=ending[1] == "*", edits=int(ending[2] or 0))
    return words
