"""Keys of entries: readable, of letters and digits, one for each paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import copy

from ...markup.texts import text_of
from ...model.record import Record
from ...text.names import divide_name
from ...text.slugs import make_slug
from ..citing import find_year

_SKIPPED = frozenset("a an the on of in for to and with from by is are do does how what why".split())


def make_key(record: Record) -> str:
    """Returns the entry's key: the record's, or first author, year and a title word.

    Names in other scripts are transliterated, as in addresses. The title word is the first one that is no stop word.
    """
    if record.bibkey:
        return record.bibkey
    name = _name_first(record)
    return f"{name}{find_year(record)}{_find_word(text_of(record, 'title').plain)}"


def _name_first(record: Record) -> str:
    if not record.authors:
        return "anonymous"
    name = divide_name(record.authors[0].name)
    if name.is_group and " " in name.family:
        return _find_word(name.family) or "anonymous"
    return make_slug(name.family).replace("-", "") or "anonymous"


def _find_word(text: str) -> str:
    words = make_slug(text).split("-")
    return next((word for word in words if len(word) > 2 and word not in _SKIPPED), "")


def make_keys(records: Iterable[Record]) -> dict[str, str]:
    """Returns the key of each record by its id; no two are equal.

    Case does not count. Of equal ones the oldest record has the plain key, and later ones have letters: `doe2024graph`,
    `doe2024grapha`.
    """
    # Keys that records name come first; a new record changes no other key.
    ordered = sorted(records, key=lambda record: (not record.bibkey, record.day, record.id))
    keys: dict[str, str] = {}
    used: set[str] = set()
    counts: Counter[str] = Counter()
    for record in ordered:
        key = first = make_key(record)
        while key.lower() in used:
            counts[first.lower()] += 1
            key = first + _write_letters(counts[first.lower()])
        used.add(key.lower())
        keys[record.id] = key
    return keys


def name_record(record: Record, key: str) -> Record:
    """Returns the record with the key that its entry has on the site."""
    if record.bibkey == key:
        return record
    named = copy(record)  # nothing else changes, so nothing is checked again
    object.__setattr__(named, "bibkey", key)
    return named


def _write_letters(number: int) -> str:
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(97 + letter) + text
    return text
