"""Phrases of the interface, and the languages that a site adds or changes by files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Phrases = Mapping[str, str | Mapping[str, str]]
"""A phrase by each key: a text, or texts by plural category."""


@dataclass(frozen=True, slots=True)
class OwnLanguage:
    """A language of a site's own file: code, phrases by key, code of its base."""

    code: str
    phrases: Phrases
    base: str = "en"
