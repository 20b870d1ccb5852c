"""Languages of the interface: phrases in a module or folder, and a row, each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module

from ..model.phrases import OwnLanguage
from ..model.phrases import Phrases as Phrases
from ..text.memo import memoize
from .calendar_words import list_calendar_words
from .language import Language as Language
from .language import PhraseError as PhraseError
from .language import find_direction as find_direction
from .language import list_placeholders as list_placeholders
from .language import name_language as name_language

# A language is a module or a folder here with its `PHRASES`; docs/extending.md adds one.
LANGUAGES = ("en", "de", "fr", "es", "pt", "zh", "ja", "ar")


def find_code(tag: str, known: Iterable[str] = ()) -> str:
    """Returns the code of a tag's language: `de` for `de-AT`.

    `known` are codes besides Paperbound's. It is empty for a language without phrases.
    """
    codes = {*LANGUAGES, *known}
    return next((code for code in (tag, tag.partition("-")[0].lower()) if code in codes), "")


def find_language(tag: str, own: Sequence[OwnLanguage] = ()) -> Language:
    """Returns the language of a tag (`de`, `pt-BR`), English for one that has no file.

    `own` are the languages of the site's own files.
    """
    files = {one.code: one for one in own}
    code = find_code(tag, files) or "en"
    return memoize("language", f"{code} {own!r}", lambda: _load_language(code, files))


def _load_language(code: str, files: Mapping[str, OwnLanguage]) -> Language:
    """Returns a language with the phrases of its file, its base, and English."""
    phrases = import_module(f".{code if code in LANGUAGES else 'en'}", __package__).PHRASES
    if code in files:
        own = files[code]
        if own.base != code:
            phrases = {**_load_language(own.base, files).phrases, **list_calendar_words(code)}
        phrases = {**phrases, **own.phrases}
    return Language(code, {**import_module(".en", __package__).PHRASES, **phrases})
