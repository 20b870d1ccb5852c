"""Languages of the interface: phrases in a module or folder, and a row, each."""

from __future__ import annotations

from importlib import import_module

from ..text.memo import memoize
from .language import Language as Language
from .language import PhraseError as PhraseError
from .language import Phrases as Phrases
from .language import find_direction as find_direction
from .language import list_placeholders as list_placeholders

# A language is a module or a folder here with its `PHRASES`; docs/extending.md adds one.
LANGUAGES = ("en", "de", "fr", "es", "pt", "zh", "ja", "ar")


def find_language(tag: str) -> Language:
    """Returns the language of a tag (`de`, `pt-BR`), English for one that has no file."""
    code = tag.partition("-")[0].lower()
    return memoize("language", code, lambda: _load_language(code if code in LANGUAGES else "en"))


def _load_language(code: str) -> Language:
    english, own = (import_module(f".{one}", __package__).PHRASES for one in ("en", code))
    return Language(code, {**english, **own})
