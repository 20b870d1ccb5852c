"""Plural forms that several languages make in one way."""

from __future__ import annotations


def count_millions(one: str, other: str, of: str = "de ") -> dict[str, str]:
    """Returns the forms of a counted noun, with a preposition after whole millions.

    So French says `1 000 000 d’articles`, and Spanish and Portuguese `1 000 000 de …`; CLDR calls that form `many`.
    """
    return {"one": one, "many": other.replace("{count} ", f"{{count}} {of}"), "other": other}
