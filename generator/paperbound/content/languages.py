"""Files of `content/languages/`: a site's own languages, and other words for phrases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from ..config import Config
from ..languages import LANGUAGES, Phrases, find_code, find_language, list_placeholders
from ..model.errors import Fault, FieldError, Report, name_nearest
from ..model.phrases import OwnLanguage
from ..storage.sources import walk_files
from ..text.characters import clean
from ..urls import OWN_FOLDERS
from .yaml_files import Fields, load_yaml

_BASE = "base"
# Phrases that are lists of words, with the number of these.
_COUNTED = {
    **dict.fromkeys(("date.months", "date.short_months", "mail.months"), 12),
    **dict.fromkeys(("calendar.weekdays", "calendar.short_weekdays"), 7),
}


def read_languages(folder: Path, report: Report) -> tuple[OwnLanguage, ...]:
    """Reads the languages of a content folder, one a file.

    Reports faulty files and phrases.
    """
    files = [file for file in walk_files(folder / "languages") if file.suffix in (".yaml", ".yml")]
    codes = {file.stem for file in files}
    found: dict[str, OwnLanguage] = {}
    for file in files:
        loaded = load_yaml(file, folder, report)
        if loaded and loaded[1]:
            source, (entry, *_) = loaded
            fields = Fields(source.file, entry, report)
            categories = fields.read(frozenset(), list_categories, file.stem)
            base = fields.read("en", _find_base, file.stem, fields.text(_BASE), codes) if categories else "en"
            if file.stem in found:
                fields.fail(FieldError("", f"{file.stem} has two files", "Keep one of them."))
            phrases = {
                key: fields.read("", read_phrase, key, value, categories)
                for key, value in entry.values.items()
                if key != _BASE and categories
            }
            found.setdefault(file.stem, OwnLanguage(file.stem, phrases, base))
    for code in _find_loops(found):
        message, remedy = f"the base of {code!r} leads back to it", "Name another one, or none."
        report(Fault(f"{folder.resolve().name}/languages/{code}.yaml", 0, _BASE, message, remedy))
    return () if any(_find_loops(found)) else tuple(found.values())


def check_languages(config: Config) -> Iterator[FieldError]:
    """Yields languages without phrases, and those whose folder is the site's own."""
    own = [one.code for one in config.own_languages]
    key = "languages" if config.languages else "language"
    for code in [one.code for one in config.languages] or [config.language]:
        if not find_code(code, own):
            remedy = f"Add languages/{code}.yaml, or write one of {', '.join((*LANGUAGES, *own))}."
            yield FieldError(key, f"there are no phrases in {code!r}", remedy)
    for place, one in enumerate(config.languages):
        if place and one.code.lower() in OWN_FOLDERS:
            message = f"/{one.code.lower()}/ is a folder of the site itself"
            yield FieldError("languages", message, f"Write the language with a country: {one.code}-{one.code.upper()}.")


def list_categories(code: str) -> frozenset[str]:
    """Returns the plural categories of a language by CLDR; raises FieldError for an unknown one."""
    from babel import Locale, UnknownLocaleError

    try:
        return frozenset((*Locale.parse(code, sep="-").plural_form.tags, "other"))
    except (UnknownLocaleError, ValueError) as error:
        remedy = "Name the file by the code of a language, such as nl.yaml or pt-BR.yaml."
        raise FieldError("", f"{code!r} is no language that CLDR knows", remedy) from error


def read_phrase(key: str, value: Any, categories: frozenset[str]) -> Any:
    """Returns a phrase: a text, or texts by plural category.

    Raises FieldError for one with other forms or placeholders than the English.
    """
    known: Phrases = find_language("en").phrases
    if key not in known:
        raise FieldError(key, f"there is no phrase {key!r}", name_nearest(key, known, "phrases"))
    english = known[key]
    if isinstance(english, str):
        if not isinstance(value, str):
            raise FieldError(key, "a text is expected here", f"In English it is: {english}")
        text = _read_form(key, value, list_placeholders(english))
        if key in _COUNTED and len(text.split()) != _COUNTED[key]:
            raise FieldError(key, f"{_COUNTED[key]} words are expected here", f"In English they are: {english}")
        if key == "layout.direction" and text not in ("ltr", "rtl"):
            raise FieldError(key, f"{text!r} is no direction", "Write ltr or rtl.")
        return text
    shown = ", ".join(f"{category}: …" for category in sorted(categories))
    if not isinstance(value, dict) or value.keys() != categories:
        message = f"a text for each plural form of the language is expected here ({', '.join(sorted(categories))})"
        raise FieldError(key, message, f"Write `{key}: {{{shown}}}`. In English it is: {english['other']}")
    # A form may leave out the number: `one paper`.
    names = list_placeholders(english)
    return {form: _read_form(key, text, names, names - {"count"}) for form, text in value.items()}


def _read_form(key: str, value: Any, names: frozenset[str], least: frozenset[str] | None = None) -> str:
    """Returns a text with the placeholders `names`, or at least `least` of them."""
    if not isinstance(value, str) or not value.strip():
        raise FieldError(key, "a phrase needs a text", "Leave the key out for the phrase of the base.")
    text = " ".join(clean(value)[0].strip("\n").split("\n"))
    try:
        found = frozenset(_list_plain(text))
    except ValueError as error:
        remedy = "Write a brace that is no placeholder twice: {{ or }}."
        raise FieldError(key, f"the braces of {text!r} are not in order", remedy) from error
    if not (names if least is None else least) <= found <= names:
        shown = ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
        raise FieldError(key, f"the placeholders of this phrase are {shown}", "Write each of them, and no other.")
    return text


def _list_plain(text: str) -> Iterator[str]:
    """Yields the names of a text's placeholders.

    Raises ValueError for one that is more than a name.
    """
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            if form or conversion:
                raise ValueError(name)
            yield name


def _find_base(code: str, base: str, codes: set[str]) -> str:
    """Returns the code of the language that has the other phrases; raises FieldError."""
    if code in LANGUAGES:
        if base:
            raise FieldError(_BASE, f"{code!r} has all phrases of its own", "Leave the base out.")
        return code
    if not base:
        return find_code(code.partition("-")[0], codes - {code}) or "en"
    if base == code or base not in {*LANGUAGES, *codes}:
        known = {*LANGUAGES, *codes} - {code}
        raise FieldError(_BASE, f"there are no phrases in {base!r}", name_nearest(base, known, "languages"))
    return base


def _find_loops(found: dict[str, OwnLanguage]) -> list[str]:
    """Returns the languages whose bases lead back to them."""
    loops = []
    for code in found:
        seen = [code]
        while (one := found.get(seen[-1])) and one.base not in seen:
            seen.append(one.base)
        if one and one.base != one.code:
            loops.append(code)
    return loops
