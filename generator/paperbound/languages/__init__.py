"""Languages of the interface: a file of phrases and a row for each."""

from __future__ import annotations

from importlib import import_module

from ..text.memo import memoize
from .language import Language

# A language is a module of this folder with its `PHRASES`; docs/extending.md adds one.
LANGUAGES = ("en", "de", "fr", "es", "zh")


def find_language(tag: str) -> Language:
    """Returns the language of a tag (`de`, `pt-BR`), English for one that has no file."""
    code = tag.partition("-")[0].lower()
    return memoize("language", code, lambda: _load_language(code if code in LANGUAGES else "en"))


def _load_language(code: str) -> Language:
    english, own = (import_module(f".{one}", __package__).PHRASES for one in ("en", code))
    return Language(code, {**english, **own})
